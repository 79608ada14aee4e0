"""Reduction, exemption, deferral and instalments, from the application to the last day (P14, R-49 to R-51, A-15, A-27)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from tests.workflows.centre import Centre
from tests.workflows.debts import BUILDING, WATER, Debts, operate, refused_codes
from tests.workflows.money import CASHIER, FEE_FEN, Desk
from workflows.ledger import Keys
from workflows.tickets.tables import ticket_move
from workflows.waivers.waiver_register import WaiverRegister

OPENED = date(2026, 3, 2)
"""The first day of the books under test."""
OWED = 100_000
"""A thousand yuan."""
ASK = {"basis": "county-2002-77", "grounds": "遭受水灾，经营困难", "evidence": "受灾证明", "written": True}
AGREE = {"agrees": "yes", "opinion": "情况属实"}
GRANT = {"grants": "yes"}
TEN_THOUSAND_YUAN = 1_000_000


@pytest.fixture
def centre(centre_url: str) -> Iterator[Centre]:
    made = Centre(centre_url)
    yield made
    made.close()


@pytest.fixture
def debts(centre: Centre) -> Debts:
    return Debts(centre)


def asked(centre: Centre, keys: Keys, kind: str, **more: Any) -> str:
    application = {"case_number": keys.case_number, "fee": keys.fee, "kind": kind, **ASK, **more}
    return centre.file("fee_waiver", application=application)


def reviewed(centre: Centre, keys: Keys = BUILDING) -> None:
    """What department, finance office and committee say."""
    centre.fill("give_opinion", **AGREE)
    centre.fill("review_by_finance", **AGREE)
    centre.fill("check_by_committee", **AGREE)


def row(centre: Centre, case: str) -> Any:
    return WaiverRegister(centre.runtime.registers).read(centre.variables(case)["waiver"]["number"]).row


def refused(centre: Centre, code: str, *given: Any, **more: Any) -> None:
    """Starting is refused, and the attempt is on record."""
    with pytest.raises(Rejection) as caught:
        asked(centre, *given, **more)
    assert caught.value.code == code
    assert code in refused_codes(centre)


def test_a_reduction_goes_through_all_who_have_a_say_and_is_in_the_ledger(centre: Centre, debts: Debts) -> None:
    debts.assess(OWED, BUILDING)
    case = asked(centre, BUILDING, "reduce", amount_fen="300.00")
    reviewed(centre)
    centre.fill("decide_leader", **GRANT)
    assert debts.balance("receivable-memo", BUILDING) == OWED - 30_000
    assert debts.balance("uncollected-memo", BUILDING) == -(OWED - 30_000)
    found = row(centre, case)
    assert (found.state, found.decider, found.decided_by) == ("granted", "county-leader", "county-leader")
    assert found.published_on is not None
    debts.pay(OWED - 30_000, BUILDING)
    assert debts.balance("receivable-memo", BUILDING) == 0  # waived and paid is what was assessed
    assert debts.sums_to_zero()


def test_an_exemption_the_law_demands_is_verified_by_a_finance_officer(centre: Centre, debts: Debts) -> None:
    debts.assess(OWED, BUILDING)
    case = asked(centre, BUILDING, "exempt", basis="school-welfare")
    reviewed(centre)
    centre.fill("decide_finance", "finance-fee-officer-2", **GRANT)
    assert debts.balance("receivable-memo", BUILDING) == 0
    assert row(centre, case).amount_fen == OWED


def test_what_the_decider_refuses_leaves_the_debt(centre: Centre, debts: Debts) -> None:
    debts.assess(OWED, BUILDING)
    case = asked(centre, BUILDING, "exempt")
    reviewed(centre)
    centre.fill("decide_leader", grants="no", reason="经营正常")
    assert debts.balance("receivable-memo", BUILDING) == OWED
    assert (row(centre, case).state, row(centre, case).reason) == ("refused", "经营正常")


def test_the_executive_meeting_decides_large_sums_by_its_minutes(centre: Centre, debts: Debts) -> None:
    debts.assess(20 * TEN_THOUSAND_YUAN, BUILDING)
    case = asked(centre, BUILDING, "exempt")
    reviewed(centre)
    with pytest.raises(Rejection) as caught:
        centre.fill("decide_meeting", **GRANT)
    assert caught.value.code == "waiver-minutes-missing"
    assert ("county-executive-office", "waiver-minutes-missing") in centre.refusals(case)
    centre.fill("decide_meeting", minutes="常务会议纪要2026年第3期", **GRANT)
    assert row(centre, case).minutes == "常务会议纪要2026年第3期"


def test_a_split_request_reaches_whom_the_whole_would_have_reached(centre: Centre, debts: Debts) -> None:
    """A-27: the sums are of the payer's year, and nobody enters them."""
    parts = [Keys(f"20260302{n:05d}", "县建委", "SAMPLE-03", "1", "budget", "样例建筑公司") for n in range(11, 15)]
    deciders = []
    for part in parts:
        debts.assess(5 * TEN_THOUSAND_YUAN, part)
        case = asked(centre, part, "exempt")
        reviewed(centre)
        waiting = next(task.element_id for task in centre.tasks() if task.instance_id == case)
        deciders.append(waiting)
        centre.fill(waiting, minutes="纪要1号", **GRANT) if waiting == "decide_meeting" else centre.fill(waiting, **GRANT)
    assert deciders == ["decide_leader", "decide_leader", "decide_leader", "decide_meeting"]


def test_two_requests_at_once_count_together(centre: Centre, debts: Debts) -> None:
    other = Keys(
        "2026030200009", *[getattr(BUILDING, name) for name in ("department", "fee", "fee_version", "fund_nature", "payer")]
    )
    debts.assess(3 * TEN_THOUSAND_YUAN, BUILDING)
    debts.assess(3 * TEN_THOUSAND_YUAN, other)
    first = asked(centre, BUILDING, "defer", days=30)
    assert centre.variables(first)["authority"]["decider"] == "finance-head"
    asked(centre, other, "defer", days=30)
    reviewed(centre)
    centre.fill("decide_leader", **GRANT)  # six together: no longer the finance head's


@pytest.mark.parametrize(
    ("fee", "basis", "reason"),
    [("SAMPLE-04", "county-2002-77", "waiver-not-own-level"), ("SAMPLE-03", "none", "waiver-without-basis")],
)
def test_what_the_county_may_not_waive_is_refused_at_once(
    centre: Centre, debts: Debts, fee: str, basis: str, reason: str
) -> None:
    keys = Keys("2026030200021", "县建委", fee, "1", "budget", "样例建筑公司")
    debts.assess(OWED, keys)
    case = asked(centre, keys, "exempt", basis=basis)
    assert (row(centre, case).state, row(centre, case).reason) == ("refused", reason)
    assert centre.status(case) == "completed"
    assert debts.balance("receivable-memo", keys) == OWED


def test_nothing_is_waived_after_the_ticket(centre: Centre, debts: Debts) -> None:
    """A-15: neither asked for afterwards, nor granted afterwards."""
    debts.assess(OWED, BUILDING)
    case = asked(centre, BUILDING, "reduce", amount_fen="10.00")
    reviewed(centre)
    debts.pay(50_000, BUILDING)
    with pytest.raises(Rejection) as caught:
        centre.fill("decide_leader", **GRANT)
    assert caught.value.code == "waiver-after-ticket"
    assert ("county-leader", "waiver-after-ticket") in centre.refusals(case)
    centre.fill("decide_leader", grants="no", reason="已缴款")
    refused(centre, "waiver-after-ticket", BUILDING, "exempt")


def test_no_more_is_waived_than_is_owed(centre: Centre, debts: Debts) -> None:
    refused(centre, "waiver-nothing-assessed", BUILDING, "exempt")
    debts.assess(OWED, BUILDING)
    refused(centre, "waiver-more-than-payable", BUILDING, "reduce", amount_fen="1000.01")
    asked(centre, BUILDING, "reduce", amount_fen="1000.00")
    refused(centre, "waiver-already-open", BUILDING, "exempt")


def test_the_department_alone_decides_nothing(centre: Centre, debts: Debts) -> None:
    debts.assess(OWED, BUILDING)
    case = asked(centre, BUILDING, "exempt")
    centre.fill("give_opinion", "construction-examiner-1", **AGREE)
    with pytest.raises(Rejection) as caught:
        centre.fill("review_by_finance", "construction-leader", **AGREE)
    assert caught.value.code == "user-task-not-candidate"
    assert ("construction-leader", "user-task-not-candidate") in centre.refusals(case)
    number = centre.variables(case)["waiver"]["number"]
    assert operate(centre, "waivers.decide", "county-leader", number=number, decider="county-leader", grants="yes") == (
        "waiver-by-department-alone"
    )


def test_who_spoke_for_it_does_not_decide(centre: Centre, debts: Debts) -> None:
    debts.assess(OWED, BUILDING)
    case = asked(centre, BUILDING, "exempt", sponsor="county-leader")
    reviewed(centre)
    with pytest.raises(Rejection) as caught:
        centre.fill("decide_leader", **GRANT)
    assert caught.value.code == "waiver-decider-is-sponsor"
    assert ("county-leader", "waiver-decider-is-sponsor") in centre.refusals(case)


def test_who_reviewed_does_not_decide(centre: Centre, debts: Debts) -> None:
    debts.assess(OWED, BUILDING)
    case = asked(centre, BUILDING, "exempt", basis="school-welfare")
    centre.fill("give_opinion", **AGREE)
    centre.fill("review_by_finance", "finance-fee-officer-1", **AGREE)
    centre.fill("check_by_committee", **AGREE)
    with pytest.raises(Rejection) as caught:
        centre.fill("decide_finance", "finance-fee-officer-1", **GRANT)
    assert ("finance-fee-officer-1", caught.value.code) in centre.refusals(case)
    centre.fill("decide_finance", "finance-fee-officer-2", **GRANT)
    assert row(centre, case).state == "granted"


def test_deferrals_of_a_debt_last_ninety_days_in_all(centre: Centre, debts: Debts) -> None:
    """A-15: endless deferral."""
    debts.assess(OWED, BUILDING)
    case = asked(centre, BUILDING, "defer", days=60)
    reviewed(centre)
    centre.fill("decide_finance", "finance-head", **GRANT)
    assert row(centre, case).due_on == centre.now.date() + timedelta(days=60)
    assert debts.balance("receivable-memo", BUILDING) == OWED  # put off, not waived
    refused(centre, "waiver-deferral-limit", BUILDING, "defer", days=31)
    asked(centre, BUILDING, "defer", days=30)


def test_a_deferral_is_reminded_of_and_then_in_arrears(centre: Centre, debts: Debts) -> None:
    debts.assess(OWED, BUILDING)
    case = asked(centre, BUILDING, "defer", days=30)
    reviewed(centre)
    centre.fill("decide_finance", "finance-head", **GRANT)
    begun = centre.now
    assert events(centre, case) == {"applied", "opinion", "review", "check", "granted", "published"}
    centre.now = begun + timedelta(days=22)
    centre.runtime.run_due()
    assert "reminded" not in events(centre, case)
    centre.now = begun + timedelta(days=23, hours=9)
    centre.runtime.run_due()
    assert "reminded" in events(centre, case)
    centre.now = begun + timedelta(days=30, hours=9)
    centre.runtime.run_due()
    assert row(centre, case).state == "arrears"
    [late] = WaiverRegister(centre.runtime.registers).arrears()
    assert (late.payer, late.owed_fen) == (BUILDING.payer, OWED)
    refused(centre, "waiver-payer-in-arrears", BUILDING, "defer", days=5)


def test_a_deferral_that_is_paid_is_settled_and_the_list_is_empty(centre: Centre, debts: Debts) -> None:
    debts.assess(OWED, BUILDING)
    case = asked(centre, BUILDING, "defer", days=30)
    reviewed(centre)
    centre.fill("decide_finance", "finance-head", **GRANT)
    debts.pay(OWED, BUILDING)
    centre.now += timedelta(days=40)
    centre.runtime.run_due()
    assert row(centre, case).state == "settled"
    assert "reminded" not in events(centre, case)
    assert WaiverRegister(centre.runtime.registers).arrears() == []


def test_instalments_are_watched_one_by_one(centre: Centre, debts: Debts) -> None:
    debts.assess(OWED, BUILDING)
    days = [(centre.now + timedelta(days=ahead)).date().isoformat() for ahead in (30, 60)]
    case = asked(centre, BUILDING, "instalments", instalments=[{"due_on": day, "amount_fen": "500.00"} for day in days])
    reviewed(centre)
    centre.fill("decide_leader", **GRANT)
    debts.pay(50_000, BUILDING)
    centre.now += timedelta(days=31)
    centre.runtime.run_due()
    assert row(centre, case).state == "granted"
    centre.now += timedelta(days=31)
    centre.runtime.run_due()
    assert row(centre, case).state == "arrears"
    [late] = WaiverRegister(centre.runtime.registers).arrears()
    assert late.owed_fen == 50_000


def test_silence_is_consent_for_a_water_fee_after_five_working_days(centre: Centre, debts: Debts) -> None:
    """Article 34; the limit counts around the holidays of National Day."""
    debts.next_day((datetime(2026, 9, 29, 1, 0, tzinfo=UTC) - centre.now).days)
    debts.assess(OWED, WATER)
    case = asked(centre, WATER, "defer", basis="water-deferral", days=90)
    centre.fill("give_opinion", **AGREE)
    decide_by = datetime.fromisoformat(centre.variables(case)["waiver"]["decide_by"])
    assert decide_by.date().isoformat() == "2026-10-12"
    centre.now = decide_by - timedelta(minutes=1)
    centre.runtime.run_due()
    assert row(centre, case).state == "reviewing"
    centre.now = decide_by + timedelta(minutes=1)
    centre.runtime.run_due()
    found = row(centre, case)
    assert (found.state, found.decider, found.by_silence, found.decided_by) == ("granted", "silence", True, "system:scheduler")
    assert [task for task in centre.tasks() if task.instance_id == case] == []


def test_elsewhere_silence_is_no_consent_and_the_committee_presses(centre: Centre, debts: Debts) -> None:
    debts.assess(OWED, BUILDING)
    case = asked(centre, BUILDING, "defer", days=30)
    centre.now += timedelta(days=60)
    centre.runtime.run_due()
    assert row(centre, case).state == "reviewing"
    assert {task.element_id for task in centre.tasks() if task.instance_id == case} == {"give_opinion", "press"}
    number = centre.variables(case)["waiver"]["number"]
    assert operate(centre, "waivers.deem_granted", "committee", number=number) == "waiver-silence-is-none"


def test_a_water_fee_is_put_off_only_within_seven_days_of_the_notice(centre: Centre, debts: Debts) -> None:
    debts.assess(OWED, WATER)
    debts.next_day(7)
    asked(centre, WATER, "defer", basis="water-deferral", days=10)
    later = Keys("2026030200031", "县水利局", "SAMPLE-05", "1", "budget", "样例水厂")
    debts.assess(OWED, later)
    debts.next_day(8)
    refused(centre, "waiver-applied-late", later, "defer", basis="water-deferral", days=10)


def test_who_waived_what_can_be_counted(centre: Centre, debts: Debts) -> None:
    debts.assess(OWED, BUILDING)
    asked(centre, BUILDING, "reduce", amount_fen="300.00")
    reviewed(centre)
    centre.fill("decide_leader", **GRANT)
    [line] = WaiverRegister(centre.runtime.registers).statistics(2026)
    assert (line.decider, line.decided_by, line.number, line.amount_fen) == ("county-leader", "county-leader", 1, 30_000)


def events(centre: Centre, case: str) -> set[str]:
    number = centre.variables(case)["waiver"]["number"]
    return {event.event for event in WaiverRegister(centre.runtime.registers).read(number).events}


def waived(centre: Centre, number: str, kind: str, **more: Any) -> None:
    """A waiver of a fee that the hall's own collection asks for; the county leader agrees."""
    application = {"case_number": number, "fee": "SF-JW-01", "kind": kind, **ASK, **more}
    centre.file("fee_waiver", application=application)
    centre.fill("give_opinion", "construction-examiner-1", **AGREE)
    centre.fill("review_by_finance", "finance-fee-officer-1", **AGREE)
    centre.fill("check_by_committee", **AGREE)
    waiting = next(task.element_id for task in centre.tasks() if task.element_id.startswith("decide_"))
    centre.fill(waiting, **GRANT)
    centre.runtime.run_due()


def test_the_collection_of_a_fee_that_is_waived_is_over(centre: Centre) -> None:
    """P12 and P14 together: the notice is settled, and nobody waits for money any more."""
    desk = Desk(centre)
    case = desk.noticed()
    waived(centre, centre.receipt(case), "exempt")
    assert desk.notice(case).state == "settled"
    with pytest.raises(LookupError):
        desk.collection(case, "receive")


def test_a_payment_notice_is_valid_as_long_as_the_deferral(centre: Centre) -> None:
    desk = Desk(centre)
    case = desk.noticed()
    before = desk.notice(case).valid_until
    waived(centre, centre.receipt(case), "defer", days=60)
    after = desk.notice(case)
    assert after.valid_until == centre.now.date() + timedelta(days=60) > before
    centre.now += timedelta(days=30)
    centre.runtime.run_due()
    assert desk.notice(case).arrears_on is None
    centre.now += timedelta(days=31)
    centre.runtime.run_due()
    assert [late.case_number for late in WaiverRegister(centre.runtime.registers).arrears()] == [centre.receipt(case)]


def pressing(desk: Desk, case: str) -> list[Any]:
    """The tasks to press for the money of a case."""
    instance = desk.notice(case).instance_id
    return [task for task in desk.centre.tasks(element_id="press") if task.instance_id == instance]


def test_nobody_is_pressed_for_what_was_put_off_before_its_day(centre: Centre) -> None:
    desk = Desk(centre)
    case = desk.noticed()
    waived(centre, centre.receipt(case), "defer", days=60)
    for days, pressed in ((40, 0), (15, 0), (10, 1)):
        centre.now += timedelta(days=days)
        for _ in range(3):
            centre.runtime.run_due()
        assert len(pressing(desk, case)) == pressed
    assert desk.notice(case).arrears_on is not None


def test_what_was_put_off_and_then_paid_is_never_pressed_for(centre: Centre) -> None:
    desk = Desk(centre)
    case = desk.noticed()
    waived(centre, centre.receipt(case), "defer", days=60)
    centre.now += timedelta(days=40)
    centre.runtime.run_due()
    desk.ledger.close_day(OPENED, {}, 0, Actor("closer-test", ("finance-office",)))
    desk.ledger.open_day(Actor(CASHIER, ("fund-service",)))
    desk.pay(case)
    centre.now += timedelta(days=40)
    centre.runtime.run_due()
    assert (pressing(desk, case), desk.notice(case).arrears_on) == ([], None)


def test_by_whatever_model_the_operators_refuse_what_is_out_of_turn(centre: Centre, debts: Debts) -> None:
    debts.assess(OWED, BUILDING)
    base = {"case_number": BUILDING.case_number, "fee": BUILDING.fee, **ASK}
    for code, given in (
        ("waiver-not-written", {"kind": "exempt", "written": False}),
        ("waiver-basis-unknown", {"kind": "exempt", "basis": "friendship"}),
        ("waiver-kind-unknown", {"kind": "forget"}),
        ("waiver-instalments", {"kind": "instalments", "instalments": []}),
        ("waiver-days", {"kind": "defer", "days": 0}),
        ("waiver-amount", {"kind": "reduce", "amount_fen": 0}),
    ):
        assert operate(centre, "waivers.apply", "window-construction-1", application={**base, **given}) == code
        assert code in refused_codes(centre)
    debts.assess(OWED, WATER)
    water = asked(centre, WATER, "defer", basis="water-deferral", days=30)
    number = centre.variables(water)["waiver"]["number"]
    assert operate(centre, "waivers.deem_granted", "committee", number=number) == "waiver-silence-early"
    assert operate(centre, "waivers.facts", "committee", number="JM0") == "waiver-not-found"
    centre.fill("give_opinion", "water-examiner-1", **AGREE)
    said = {"number": number, "step": "review", "agrees": "yes", "opinion": "同意"}
    twice = operate(centre, "waivers.give_opinion", "water-examiner-1", **said)
    assert twice in ("waiver-two-roles", "money-duties-not-separate")
    centre.fill("review_by_finance", "finance-fee-officer-1", **AGREE)
    centre.fill("check_by_committee", **AGREE)
    grant = {"number": number, "decider": "finance-head", "grants": "yes"}
    assert operate(centre, "waivers.decide", "county-leader", **grant) == "waiver-decider-other"
    assert operate(centre, "waivers.decide", "water-leader", **grant) == "waiver-by-department-alone"
    centre.fill("decide_finance", "finance-head", **GRANT)
    assert operate(centre, "waivers.decide", "finance-head", **grant) == "waiver-not-open"


def test_what_is_waived_is_in_the_books_or_is_not_decided(centre: Centre, debts: Debts) -> None:
    """No decision without its entry: while the books are closed nothing is waived."""
    debts.assess(OWED, BUILDING)
    case = asked(centre, BUILDING, "exempt")
    reviewed(centre)
    centre.now += timedelta(days=1)
    with pytest.raises(Rejection) as caught:
        centre.fill("decide_leader", **GRANT)
    assert caught.value.code == "ledger-day-not-open"
    assert row(centre, case).state == "reviewing"


def test_after_a_reduction_the_cashier_takes_what_is_left_and_no_more(centre: Centre) -> None:
    desk = Desk(centre)
    case = desk.noticed()
    waived(centre, centre.receipt(case), "reduce", amount_fen=f"{FEE_FEN // 200}.00")
    desk.pay(case)
    assert desk.notice(case).state == "paid"
    with centre.runtime.registers.read() as session:
        taken = session.execute(select(ticket_move.c.amount_fen).where(ticket_move.c.step == "use")).scalar_one()
    assert taken == FEE_FEN - FEE_FEN // 200 * 100


def test_a_sponsor_does_not_decide_through_his_deputy(centre: Centre, debts: Debts) -> None:
    """Whose task it was counts as much as who completes it."""
    debts.assess(OWED, BUILDING)
    case = asked(centre, BUILDING, "defer", days=30, sponsor="finance-head")
    reviewed(centre)
    accounts = centre.runtime.accounts
    for account in ("finance-head", "deputy"):
        accounts.create(id=account, name=account, password="a long password", roles=["clerk"], groups=["finance-head"])
    head, deputy = Actor("finance-head", ("finance-head",)), Actor("deputy", ("finance-head",))
    task = centre.opened("decide_finance", case).id
    centre.runtime.user_tasks.claim(task, actor=head, command_id=centre.next_id())
    centre.runtime.user_tasks.delegate(task, "deputy", actor=head, command_id=centre.next_id())
    with pytest.raises(Rejection) as caught:
        centre.fill("decide_finance", deputy, case, **GRANT)
    assert caught.value.code == "waiver-decider-is-sponsor"
    assert ("deputy", "waiver-decider-is-sponsor") in centre.refusals(case)


def test_delivery_does_not_wait_for_what_was_lawfully_put_off(centre: Centre) -> None:
    """R-50: until paid or lawfully deferred."""
    desk = Desk(centre)
    case = desk.noticed()
    centre.drive(case)
    assert "deliver" not in [task.element_id for task in centre.tasks() if task.instance_id == case]
    waived(centre, centre.receipt(case), "defer", days=60)
    assert desk.notice(case).state == "issued"
    assert "deliver" in [task.element_id for task in centre.tasks() if task.instance_id == case]
    desk.pay(case)  # and is paid in time
    assert desk.notice(case).state == "paid"
