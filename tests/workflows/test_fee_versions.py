"""The life of a fee: drafted, checked, its low end fixed, in force from a day, off when its papers end (P18b, R-42, R-43)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.rejection import Rejection
from tests.databases import SqliteDatabases
from tests.workflows.centre import Centre, prepare
from tests.workflows.debts import operate, refused_codes
from tests.workflows.filing import actor
from workflows.clock import hall_day
from workflows.fees.assessing import Charge, assess
from workflows.fees.version_register import FeeVersionRegister
from workflows.fees.versions import book_of

DRAFTER = "construction-examiner-1"
CONTENT = {
    "code": "SAMPLE-01",
    "name": "样例规划设计审查费",
    "department": "县建委",
    "fund_nature": "budget",
    "document": {"number": "样例价费〔2026〕1号", "level": "law", "from": "2026-01-01", "to": "2026-12-31"},
    "permit": None,
    "standard": {"kind": "range", "low_fen": 80, "high_fen": 120},
    "quantity_field": "floor_area_m2",
    "items": ["SAMPLE-ITEM-1"],
}
FIXED = CONTENT | {"code": "NEW-01", "standard": {"kind": "fixed", "standard_fen": 500}}
PASSED = {"outcome": "passed", "document": "法审〔2026〕1号"}


@pytest.fixture
def centre(centre_url: str) -> Iterator[Centre]:
    made = Centre(centre_url)
    yield made
    made.close()


def drafted(centre: Centre, content: dict[str, Any] = CONTENT, who: str = DRAFTER) -> str:
    return register(centre).draft(content, "标准调整", actor(who)).version


def register(centre: Centre) -> FeeVersionRegister:
    return FeeVersionRegister(centre.runtime.registers)


def proposed(centre: Centre, version: str, code: str = "SAMPLE-01", action: str = "publish", who: str = DRAFTER) -> str:
    said = {"action": action, "code": code, "version": version, "document": "样例价费〔2026〕1号", "reason": "标准调整"}
    return centre.file("fee_lifecycle", who, proposal=said)


def verified(centre: Centre, ahead: int = 10, **more: Any) -> None:
    day = (centre.now + timedelta(days=ahead)).date().isoformat()
    said = {"outcome": "publish", "from_on": day, "verification": "低限核定〔2026〕1号", "low_fen": "0.80"}
    centre.fill("verify", "committee", **{**said, **more})


def charged(centre: Centre, day: date, fee: str = "SAMPLE-01") -> tuple[str, int] | str:
    """The version and what ten of it cost on a day, or the code by which it is not charged."""
    charge = Charge("SAMPLE-ITEM-1", fee, 10, day, published_free=False, licensing=False)
    with centre.runtime.registers.read() as session:
        try:
            found = assess(charge, book_of(session))
        except Rejection as refused:
            return refused.code
    return found.fee.version, found.amount_fen


def line(centre: Centre, version: str, code: str = "SAMPLE-01") -> Any:
    lines = register(centre).lines(hall_day(centre.now))
    return next(one for one in lines if (one.fee.code, one.fee.version) == (code, version))


def step_refused(centre: Centre, case: str, code: str, element: str, who: str, **data: Any) -> None:
    with pytest.raises(Rejection) as caught:
        centre.fill(element, who, case, **data)
    assert caught.value.code == code
    assert (who, code) in centre.refusals(case)


def test_a_new_version_counts_from_its_day_and_a_case_keeps_that_of_its_day(centre: Centre) -> None:
    today = hall_day(centre.now)
    version = drafted(centre)
    assert line(centre, version).state == "draft"
    proposed(centre, version)
    centre.fill("legal_check", "legal-officer", **PASSED)
    verified(centre)
    assert line(centre, version).state == "in-force"
    assert charged(centre, today + timedelta(days=9)) == ("1", 500)
    assert charged(centre, today + timedelta(days=10)) == (version, 800)
    assert charged(centre, today - timedelta(days=400)) == ("1", 500)


def test_a_fee_is_off_when_its_document_ends_whether_or_not_anybody_looks(centre: Centre) -> None:
    version = drafted(centre)
    case = proposed(centre, version)
    centre.fill("legal_check", "legal-officer", **PASSED)
    verified(centre)
    assert charged(centre, date(2026, 12, 31)) == (version, 800)
    assert charged(centre, date(2027, 1, 1)) == "fee-document-invalid"
    centre.now = datetime.fromisoformat("2026-12-31T15:59:00+00:00")
    centre.runtime.run_due()
    assert line(centre, version).state == "in-force"
    centre.now += timedelta(minutes=5)
    centre.runtime.run_due()
    assert (line(centre, version).state, line(centre, version).off) == ("lapsed", "fee-document-invalid")
    assert centre.status(case) == "completed"


def test_what_no_record_of_the_low_end_covers_is_not_put_in_force(centre: Centre) -> None:
    case = proposed(centre, drafted(centre))
    centre.fill("legal_check", "legal-officer", **PASSED)
    day = (centre.now + timedelta(days=1)).date().isoformat()
    without = {"outcome": "publish", "from_on": day}
    step_refused(centre, case, "fee-verification-missing", "verify", "committee", **without)
    other = {**without, "verification": "低限核定〔2026〕1号", "low_fen": "1.20"}
    step_refused(centre, case, "fee-low-end-differs", "verify", "committee", **other)
    past = {**other, "low_fen": "0.80", "from_on": (centre.now - timedelta(days=1)).date().isoformat()}
    step_refused(centre, case, "fee-in-the-past", "verify", "committee", **past)


def test_a_fee_without_a_valid_paper_does_not_pass(centre: Centre) -> None:
    ended = {**CONTENT["document"], "to": "2026-02-01"}  # type: ignore[dict-item]
    case = proposed(centre, drafted(centre, CONTENT | {"document": ended}))
    step_refused(centre, case, "fee-document-invalid", "legal_check", "legal-officer", **PASSED)
    centre.fill("legal_check", "legal-officer", outcome="returned", reason="收费文件已经失效")
    assert line(centre, "2").state == "draft"
    later = proposed(centre, drafted(centre))
    centre.fill("legal_check", "legal-officer", later, **PASSED)
    step_refused(centre, later, "fee-document-invalid", "verify", "committee",
                 outcome="publish", from_on="2027-01-01", verification="低限核定〔2026〕1号", low_fen="0.80")  # fmt: skip


def test_nobody_checks_what_he_drafted_and_strangers_propose_nothing(centre: Centre) -> None:
    version = drafted(centre, who="committee")
    case = proposed(centre, version, who="committee")
    centre.fill("legal_check", "legal-officer", **PASSED)
    step_refused(centre, case, "fee-own-draft", "verify", "committee", outcome="publish",
                 from_on=hall_day(centre.now).isoformat(), verification="1号文", low_fen="0.80")  # fmt: skip
    with pytest.raises(Rejection) as caught:
        proposed(centre, version, who="health-examiner-1")
    assert caught.value.code == "fee-proposal-foreign"
    with pytest.raises(Rejection) as caught:
        drafted(centre, FIXED, who="health-examiner-1")
    assert caught.value.code == "fee-proposal-foreign"
    assert "fee-proposal-foreign" in refused_codes(centre)


def test_a_fee_that_is_repealed_is_not_charged_from_its_day_and_stays_ended(centre: Centre) -> None:
    today = hall_day(centre.now)
    proposed(centre, "1", code="SAMPLE-04", action="end")
    centre.fill("decide_end", "committee", approves="yes", from_on=(today + timedelta(days=5)).isoformat())
    assert charged(centre, today + timedelta(days=4), "SAMPLE-04") == ("1", 20_000)
    assert charged(centre, today + timedelta(days=5), "SAMPLE-04") == "fee-unknown"
    again = proposed(centre, "1", code="SAMPLE-04", action="end")
    step_refused(centre, again, "fee-state-order", "decide_end", "committee", approves="yes", from_on=today.isoformat())


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("fee-content-invalid", {"code": "X", "name": "不完整"}),
        ("fee-content-invalid", CONTENT | {"standard": {"kind": "whatever-he-likes"}}),
        ("fee-content-invalid", CONTENT | {"amount_fen": 5}),
    ],
)
def test_a_draft_is_whole(centre: Centre, code: str, content: dict[str, Any]) -> None:
    with pytest.raises(Rejection) as caught:
        drafted(centre, content)
    assert caught.value.code == code
    assert code in refused_codes(centre)


def test_versions_are_not_drafted_twice_and_no_state_is_skipped(centre: Centre) -> None:
    version = drafted(centre)
    with pytest.raises(Rejection) as caught:
        drafted(centre)
    assert caught.value.code == "fee-unchanged"
    into_force = {"code": "SAMPLE-01", "version": version, "state": "in-force", "verification": "1号", "low_fen": 80}
    assert operate(centre, "fees.move", "committee", **into_force) == "fee-state-order"
    assert charged(centre, hall_day(centre.now)) == ("1", 500)


@settings(max_examples=5, deadline=None)
@given(days=st.lists(st.integers(0, 20), min_size=1, max_size=3))
def test_on_every_day_one_version_counts_at_most(sqlite_databases: SqliteDatabases, days: list[int]) -> None:
    centre = Centre(sqlite_databases.prepared(prepare))
    for number, ahead in enumerate(days):
        version = drafted(centre, CONTENT | {"name": f"样例审查费{number}"})
        case = proposed(centre, version)
        centre.fill("legal_check", "legal-officer", case, **PASSED)
        day = (centre.now + timedelta(days=ahead)).date().isoformat()
        centre.fill("verify", "committee", case, outcome="publish", from_on=day, verification="核定1号", low_fen="0.80")
    with centre.runtime.registers.read() as session:
        fees = [fee for fee in book_of(session).fees if fee.code == "SAMPLE-01"]
    for ahead in range(-5, 30):
        day_of = hall_day(centre.now) + timedelta(days=ahead)
        assert sum(fee.in_force.valid(day_of) for fee in fees) == 1
    centre.close()
