"""What the rules of electronic supervision find, and what they must leave alone; each cause is one card."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.workflows import papers
from tests.workflows.centre import Centre
from tests.workflows.clocks import CALENDAR, paused, resumed, started
from tests.workflows.money import open_counter
from workflows.clock.clock import Clock
from workflows.supervision.detection import CaseFacts, OpenStep, detect
from workflows.supervision.scan import SupervisionScan

ITEM = "outdoor_advertising_registration"
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
QUIET = CaseFacts(
    number="500225036202603020100001",
    department="县工商局",
    window_group="window-commerce",
    leader_group="leader-commerce",
    kind="promised",
    channel="window",
    received_at=NOW,
    accepted_at=NOW + timedelta(hours=1),
    decided_at=None,
    delivered_at=None,
    events=[("received", NOW), ("accepted", NOW + timedelta(hours=1))],
    clock=None,
    steps=[],
)
STEP = OpenStep("t1", "提出意见", "department-commerce", None, NOW + timedelta(days=1), consultation=False)


def found(case: CaseFacts, **later: float) -> list[tuple[str, str]]:
    return [(finding.rule, finding.group) for finding in detect(case, NOW + timedelta(**later), CALENDAR)]


def test_a_quiet_case_is_left_alone() -> None:
    assert found(QUIET) == []


def clock(**changes: Any) -> Clock:
    return replace(started("2026-03-02", promised_days=5), **changes)


@pytest.mark.parametrize(
    ("days", "rules"),
    [
        (3, []),
        (4, ["E-02"]),
        (7, ["E-02"]),
        (8, ["E-03"]),
        (28, ["E-03"]),
        (29, ["E-01"]),
    ],
)
def test_limits(days: int, rules: list[str]) -> None:
    """Five working days of promise, twenty of the law, from Monday 2 March."""
    assert [rule for rule, _ in found(replace(QUIET, clock=clock()), days=days)] == rules


def test_a_clock_that_stopped_in_time_is_left_alone_for_ever() -> None:
    assert found(replace(QUIET, clock=clock(stopped_at=NOW + timedelta(days=3))), days=200) == []


def test_a_pause_longer_than_told_and_one_that_is_not() -> None:
    standing = replace(QUIET, clock=paused(clock(), "2026-03-04"))
    assert found(standing, days=10) == []
    assert ("E-05", "window-commerce") in found(standing, days=30)


def test_a_result_earlier_than_its_application() -> None:
    ended = resumed(paused(clock(), "2026-03-04"), "2026-03-06")
    (pause,) = ended.pauses
    assert "E-06" not in [rule for rule, _ in found(replace(QUIET, clock=ended), days=5)]
    forged = replace(ended, pauses=(replace(pause, ended_on=pause.started_on - timedelta(days=1)),))
    assert "E-06" in [rule for rule, _ in found(replace(QUIET, clock=forged), days=5)]


def test_a_step_over_its_limit_is_its_owner_s_and_a_consultation_the_consultee_s() -> None:
    case = replace(QUIET, steps=[STEP, replace(STEP, id="t2", group="department-land", consultation=True)])
    assert found(case, hours=23) == []
    assert found(case, days=2) == [("E-04", "department-commerce"), ("E-24", "department-land")]


def test_a_second_list_is_found_and_a_first_one_is_not() -> None:
    once = [*QUIET.events, ("correcting", NOW)]
    assert found(replace(QUIET, events=once)) == []
    assert found(replace(QUIET, events=[*once, ("correcting", NOW)])) == [("E-07", "window-commerce")]


def test_moments_in_an_impossible_order() -> None:
    backwards = replace(QUIET, decided_at=NOW + timedelta(minutes=30))
    assert ("E-08", "window-commerce") in found(backwards)
    assert found(replace(QUIET, decided_at=NOW + timedelta(hours=2), delivered_at=NOW + timedelta(hours=3))) == []


def test_a_promised_case_decided_at_once_was_entered_afterwards() -> None:
    hurried = replace(QUIET, accepted_at=NOW, decided_at=NOW + timedelta(minutes=9))
    assert found(hurried) == [("E-17", "window-commerce")]
    assert found(replace(hurried, kind="immediate")) == []
    assert found(replace(hurried, decided_at=NOW + timedelta(minutes=11))) == []


def test_a_renewal_left_to_silence() -> None:
    assert found(replace(QUIET, deemed_renewed=True)) == [("E-23", "leader-commerce")]


@pytest.fixture
def centre(centre_url: str) -> Iterator[Centre]:
    made = Centre(centre_url)
    yield made
    made.close()


def cards(centre: Centre) -> list[Any]:
    return [task for task in centre.tasks() if task.element_id == "explain"]


def test_a_case_past_its_limits_is_carded_once_for_each_cause(centre: Centre) -> None:
    case = centre.file(ITEM, **papers.APPLICATIONS[ITEM])
    centre.fill("examine", case=case, **papers.ACCEPT)
    scan = SupervisionScan(centre.runtime)
    assert (scan.run(), cards(centre)) == (0, [])
    centre.wait(days=40)
    causes = {finding.cause for finding in scan.findings(centre.now)}
    assert any(cause.startswith("E-01/") for cause in causes)
    issued = scan.run()
    assert issued == len(causes) == len(cards(centre))
    assert scan.run() == 0
    assert len(cards(centre)) == issued


def test_a_cause_that_names_a_document_is_carded_too(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    case = centre.file(ITEM, **papers.APPLICATIONS[ITEM])
    centre.fill("examine", case=case, **papers.ACCEPT)
    centre.wait(days=40)
    scan = SupervisionScan(centre.runtime)
    finding = replace(scan.findings(centre.now)[0], cause="E-05/500225021202609222000014/县工商局听告〔2026〕8号")
    monkeypatch.setattr(scan, "findings", lambda now: [finding])
    assert (scan.run(), scan.run(), len(cards(centre))) == (1, 0, 1)


def test_a_case_that_went_well_is_not_carded(centre: Centre) -> None:
    case = centre.file(ITEM, **papers.APPLICATIONS[ITEM])
    centre.now += timedelta(hours=1)
    centre.drive(case)
    centre.wait(days=3)
    assert SupervisionScan(centre.runtime).findings(centre.now) == []


def test_a_day_whose_books_stay_open_is_found_the_next_day(centre: Centre) -> None:
    open_counter(centre.runtime.registers)
    scan = SupervisionScan(centre.runtime)
    assert scan.findings(centre.now) == []
    [finding] = scan.findings(centre.now + timedelta(days=2))
    assert (finding.rule, finding.group, finding.cause) == ("E-19", "fund-service", "E-19/day/2026-03-02")
