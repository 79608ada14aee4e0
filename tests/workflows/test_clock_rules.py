"""Kinds of clock and what is refused of their start, extension and stop (rules.md 2.1, 2.2, 2.4, 7)."""

from datetime import date

import pytest

from engine.core.rejection import Rejection
from tests.workflows.clocks import CALENDAR, GOVERNMENT_HEAD, ORGAN_HEAD, at, ends, extended, paused, resumed, started
from workflows.clock import (
    Clock,
    LimitName,
    fitting_days,
    kinds,
    latest_day,
    overdue_days,
    require_hearing_notice,
    require_steps_fit,
    stop,
)
from workflows.clock.hall_time import end_of
from workflows.clock.kind import Ends


def code_of(caught: pytest.ExceptionInfo[Rejection]) -> str:
    assert caught.value.sentence("zh").endswith("。")
    assert caught.value.sentence("en").endswith(".")
    assert "?" not in caught.value.sentence("en")
    return caught.value.code


def test_all_clocks_are_there() -> None:
    codes = {code for code, _ in kinds()}
    assert codes == {*(f"C{number}" for number in range(13) if number != 6), "C6a", "C6b", "C6c"}


@pytest.mark.parametrize(
    ("kind", "options", "end"),
    [
        ("C0", {}, "2026-03-09"),
        ("C3", {"days": 2}, "2026-03-04"),
        ("C5", {}, "2026-03-09"),
        ("C6a", {}, "2026-03-09"),
        ("C6b", {}, "2026-03-30"),
        ("C7", {}, "2026-03-30"),
        ("C8", {"last_day": date(2026, 4, 4)}, "2026-04-04"),
        ("C9", {}, "2026-03-05"),
        ("C10", {}, "2026-03-05"),
        ("C11", {"variant": "false-materials"}, "2027-03-02"),
        ("C11", {"variant": "fraud"}, "2029-03-02"),
        ("C12", {"variant": "acceptance"}, "2026-03-04"),
        ("C12", {"variant": "answer"}, "2026-03-23"),
        ("C12", {"variant": "petition"}, "2026-05-01"),
    ],
)
def test_each_clock_ends(kind: str, options: dict[str, object], end: str) -> None:
    clock = started("2026-03-02", kind, **options)
    assert ends(clock, clock.limits[0].name) == end


def test_a_ban_from_a_leap_day_ends_on_the_28th() -> None:
    clock = started("2024-02-29", "C11", variant="false-materials")
    assert ends(clock) == "2025-02-28"


def test_deemed_acceptance_counts_from_the_day_the_materials_came() -> None:
    assert ends(started("2026-03-10", on=date(2026, 3, 2))) == "2026-03-30"


def test_the_special_law_of_an_item_may_be_longer_with_its_article() -> None:
    clock = started("2026-03-02", days=45, basis="取水许可和水资源费征收管理条例第十九条")
    assert ends(clock) == "2026-05-08"
    assert clock.limits[0].basis == "取水许可和水资源费征收管理条例第十九条"


@pytest.mark.parametrize(
    ("code", "day", "kind", "options"),
    [
        ("clock-kind-unknown", "2026-03-02", "C99", {}),
        ("clock-kind-unknown", "2026-03-02", "C1", {"variant": "fast"}),
        ("clock-kind-not-in-force", "2003-03-03", "C1", {}),
        ("clock-kind-not-in-force", "2004-06-30", "C6a", {}),
        ("clock-days-missing", "2026-03-02", "C2", {}),
        ("clock-days-missing", "2026-03-02", "C3", {}),
        ("clock-days-invalid", "2026-03-02", "C2", {"days": 0}),
        ("clock-days-invalid", "2026-03-02", "C2", {"days": 1001}),
        ("clock-end-missing", "2026-03-02", "C8", {}),
        ("clock-end-missing", "2026-03-02", "C8", {"last_day": date(2026, 3, 1)}),
        ("limit-loosened", "2026-03-02", "C1", {"days": 21}),
        ("limit-loosened", "2026-03-02", "C1", {"days": 21, "basis": " "}),
        ("limit-loosened", "2026-03-02", "C0", {"days": 6, "basis": "local rule"}),
        ("promise-longer-than-law", "2026-03-02", "C1", {"promised_days": 21}),
        ("promise-without-statute", "2026-03-02", "C4", {"promised_days": 5}),
        ("clock-start-in-future", "2026-03-02", "C1", {"on": date(2026, 3, 3)}),
        ("clock-backwards", "2026-03-02", "C6c", {}),
    ],
)
def test_a_clock_that_cannot_be_started(code: str, day: str, kind: str, options: dict[str, object]) -> None:
    with pytest.raises(Rejection) as caught:
        started(day, kind, **options)
    assert code_of(caught) == code


def test_the_notice_of_2002_knows_a_promise_and_the_law_of_2004_both() -> None:
    assert [limit.name for limit in started("2004-06-30", "C2", days=5).limits] == [LimitName.PROMISED]
    both = started("2004-07-01", promised_days=5)
    assert [limit.name for limit in both.limits] == [LimitName.STATUTORY, LimitName.PROMISED]


def test_a_stricter_local_rule_is_data() -> None:
    assert ends(started("2026-03-02", "C0", days=2)) == "2026-03-04"


@pytest.mark.parametrize(
    ("code", "clock", "day", "days", "changes"),
    [
        ("extension-wrong-approver", started("2026-03-02"), "2026-03-20", 10, {"offices": frozenset()}),
        ("extension-wrong-approver", started("2026-03-02"), "2026-03-20", 10, {"offices": GOVERNMENT_HEAD}),
        ("extension-wrong-approver", started("2026-03-02", variant="joint"), "2026-03-20", 15, {"offices": ORGAN_HEAD}),
        ("extension-too-long", started("2026-03-02"), "2026-03-20", 11, {}),
        ("extension-too-long", started("2026-03-02"), "2026-03-20", 0, {}),
        ("extension-too-late", started("2026-03-02"), "2026-03-31", 5, {}),
        ("extension-already-given", extended(started("2026-03-02"), "2026-03-20", 5), "2026-03-24", 5, {}),
        ("extension-without-reason", started("2026-03-02"), "2026-03-20", 10, {"reason": "  "}),
        ("clock-not-extendable", started("2026-03-02", "C4"), "2026-03-05", 5, {}),
        ("clock-stopped", stop(started("2026-03-02"), "决定", at("2026-03-05")), "2026-03-06", 5, {}),
    ],
)
def test_an_extension_that_is_refused(code: str, clock: Clock, day: str, days: int, changes: dict[str, object]) -> None:
    with pytest.raises(Rejection) as caught:
        extended(clock, day, days, **changes)
    assert code_of(caught) == code


def test_an_extension_leaves_the_promise_unless_a_policy_says_so() -> None:
    clock = started("2026-03-02", promised_days=10)
    assert ends(extended(clock, "2026-03-10"), LimitName.PROMISED) == "2026-03-16"
    assert ends(extended(clock, "2026-03-10", promise_follows=True), LimitName.PROMISED) == "2026-03-30"


def test_an_extension_of_a_paused_clock_is_kept_in_the_remainder() -> None:
    clock = extended(paused(started("2026-03-02"), "2026-03-10"), "2026-03-12")
    assert ends(clock) is None
    assert ends(resumed(clock, "2026-03-24")) == "2026-04-28"


def test_days_overdue_stay_on_record() -> None:
    clock = stop(started("2026-03-02"), "不予许可", at("2026-04-02"))
    assert overdue_days(clock, clock.limits[0], date(2026, 12, 31), CALENDAR) == 3


@pytest.mark.parametrize(("code", "reason"), [("stop-without-reason", ""), ("clock-stopped", "again")])
def test_a_stop_that_is_refused(code: str, reason: str) -> None:
    clock = started("2026-03-02") if code == "stop-without-reason" else stop(started("2026-03-02"), "x", at("2026-03-03"))
    with pytest.raises(Rejection) as caught:
        stop(clock, reason, at("2026-03-04"))
    assert code_of(caught) == code


def test_a_stop_ends_open_pauses() -> None:
    clock = stop(paused(started("2026-03-02"), "2026-03-10"), "申请人撤回", at("2026-03-12"))
    assert not clock.open_pauses


def test_a_hearing_announced_too_late_is_invalid() -> None:
    require_hearing_notice(date(2026, 5, 27), date(2026, 6, 5), CALENDAR)
    with pytest.raises(Rejection) as caught:
        require_hearing_notice(date(2026, 5, 28), date(2026, 6, 5), CALENDAR)
    assert code_of(caught) == "hearing-notice-too-late"


def test_another_law_asks_for_renewal_earlier() -> None:
    """排污许可管理条例 Art. 14: sixty days."""
    expiry = date(2026, 10, 15)
    basis = "排污许可管理条例第十四条"
    assert latest_day("C8", expiry, CALENDAR, variant="application", days=60, basis=basis) == date(2026, 8, 16)
    with pytest.raises(Rejection) as caught:
        latest_day("C8", expiry, CALENDAR, variant="application", days=60)
    assert code_of(caught) == "limit-loosened"
    with pytest.raises(Rejection) as caught:
        latest_day("C1", expiry, CALENDAR)
    assert code_of(caught) == "clock-not-backwards"


def test_steps_fit_into_the_promise() -> None:
    require_steps_fit([1, 3, 1], 5)
    with pytest.raises(Rejection) as caught:
        require_steps_fit([1, 4, 1], 5)
    assert code_of(caught) == "steps-longer-than-promise"


def test_a_consultation_is_answered_within_what_is_left() -> None:
    clock = started("2026-03-02", promised_days=5)
    assert fitting_days(clock, 3, 1, at("2026-03-03"), CALENDAR) == 3
    assert fitting_days(clock, 3, 1, at("2026-03-06"), CALENDAR) == 1
    assert fitting_days(clock, 3, 1, at("2026-03-20"), CALENDAR) == 1


def test_a_limit_ends_when_the_hall_closes_and_a_licence_at_midnight() -> None:
    assert end_of(date(2026, 3, 30)).isoformat() == "2026-03-30T09:30:00+00:00"
    assert end_of(date(2026, 3, 30), Ends.MIDNIGHT).isoformat() == "2026-03-30T16:00:00+00:00"


@pytest.mark.parametrize(
    "clock",
    [
        started("2026-03-02", promised_days=5),
        stop(extended(resumed(paused(started("2026-03-02"), "2026-03-10"), "2026-03-24"), "2026-03-25"), "x", at("2026-03-30")),
        started("2026-03-02", "C8", last_day=date(2026, 9, 1)),
    ],
)
def test_a_clock_is_stored_and_read_again(clock: Clock) -> None:
    assert Clock.from_dict(clock.to_dict()) == clock
