"""Cards and press letters (P17, R-04, R-60): heard before decided, never about oneself, never deleted."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.exc import DBAPIError

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.operators import OperatorCall
from tests.workflows import papers
from tests.workflows.centre import Centre
from tests.workflows.filing import actor
from workflows.clock import hall_day
from workflows.organisation.tables import assessment_entry
from workflows.supervision import storage
from workflows.supervision.card import CardColour, require_measure, rules, scale
from workflows.supervision.letters import answer_order
from workflows.supervision.operators import decide_card
from workflows.supervision.orders import is_overdue
from workflows.supervision.tables import press_letter, supervision_card, supervision_card_event

OWNER, COLLEAGUE = "window-commerce-1", "window-commerce-2"
FOUND = {
    "rule": "SUP",
    "department": "县工商局",
    "group": "window-commerce",
    "evidence": "巡查发现窗口空岗二十分钟，有照片两张。",
}
SAID = {"statement": "当时到后台取件，已请同事代岗。"}
CONFIRM = {"outcome": "confirm", "measure": "rectify", "reason": "空岗属实。"}
ORDER = {"group": "window-commerce", "matter": "说明空岗原因并整改。", "days": 3}
SECOND_JUDGE = Actor("committee-2", actor("committee").groups)


@pytest.fixture
def centre(centre_url: str) -> Iterator[Centre]:
    made = Centre(centre_url)
    yield made
    made.close()


def issue(centre: Centre, who: str = "supervisor", **changes: Any) -> str:
    return centre.file("supervision_card", who, finding=FOUND | {"account": OWNER} | changes)


def card(centre: Centre) -> Any:
    with centre.runtime.database.read() as connection:
        return connection.execute(select(supervision_card).order_by(supervision_card.c.number.desc()).limit(1)).one()


def log(centre: Centre) -> list[str]:
    with centre.runtime.registers.read() as session:
        return [event.event for event in storage.events_of(session, card(centre).number)]


def scores(centre: Centre) -> list[tuple[str, str, int, str]]:
    names = ("account_id", "rule", "points", "source")
    with centre.runtime.database.read() as connection:
        return [tuple(row) for row in connection.execute(select(*(assessment_entry.c[name] for name in names)))]


def refused(code: str, centre: Centre, case: str | None, act: Callable[[], object]) -> None:
    """Refused with its code, and, within a case, on record in its history."""
    with pytest.raises(Rejection) as rejection:
        act()
    assert rejection.value.code == code
    if case is not None:
        kept = centre.runtime.queries.history(case, limit=200).items[-1]
        assert (kept.outcome, kept.code) == ("refused", code)


def test_a_card_is_heard_decided_and_counted(centre: Centre) -> None:
    case = issue(centre)
    assert (card(centre).number, card(centre).colour, card(centre).state) == ("JC202600001", "yellow", "issued")
    centre.fill("explain", OWNER, case, **SAID)
    centre.fill("decide", "supervisor", case, **CONFIRM)
    centre.fill("consider_appeal", OWNER, case, appeals="no")
    assert (centre.status(case), card(centre).outcome) == ("completed", "confirmed")
    assert scores(centre) == [(OWNER, "yellow-card", -500, "监察牌JC202600001")]
    assert log(centre) == ["issued", "explained", "confirmed", "closed"]
    centre.check(case)


def test_without_a_word_for_five_working_days_it_goes_up_one_colour(centre: Centre) -> None:
    case = issue(centre)
    refused("card-without-reply", centre, None, lambda: decide_early(centre))
    centre.wait(days=8)
    assert (card(centre).colour, card(centre).state) == ("red", "unexplained")
    centre.fill("decide", "supervisor", case, **CONFIRM | {"measure": "criticise"})
    centre.wait(days=8)
    assert centre.status(case) == "completed"
    assert scores(centre)[0][1:3] == ("red-card", -1000)
    assert log(centre) == ["issued", "overdue", "confirmed", "closed"]


def decide_early(centre: Centre) -> None:
    """What a repair that moves the token past the explanation would meet."""
    with centre.runtime.registers.read() as session:
        call = OperatorCall("i", "j", "supervision.decide_card", centre.now, actor("supervisor"), "supervision_card", None)
        decide_card(session, {"number": card(centre).number, **CONFIRM}, call)


def test_a_cancelled_card_stays_on_record_and_costs_nothing(centre: Centre) -> None:
    case = issue(centre)
    centre.fill("explain", OWNER, case, **SAID)
    centre.fill("decide", "supervisor", case, outcome="cancel", reason="监控证实有人代岗。")
    assert (centre.status(case), card(centre).outcome, scores(centre)) == ("completed", "cancelled", [])
    for table in (supervision_card, supervision_card_event):
        with pytest.raises(DBAPIError), centre.runtime.registers.read() as session:
            session.execute(delete(table))


@pytest.mark.parametrize(("outcome", "ends", "points"), [("upheld", "cancelled", []), ("rejected", "confirmed", [-1000])])
def test_an_appeal_is_decided_by_somebody_else(centre: Centre, outcome: str, ends: str, points: list[int]) -> None:
    case = issue(centre, "committee")
    centre.fill("explain", OWNER, case, **SAID)
    centre.fill("decide", "supervisor", case, **CONFIRM | {"outcome": "upgrade", "measure": "criticise"})
    refused("card-not-the-owner", centre, case, lambda: appeal(centre, COLLEAGUE, case))
    appeal(centre, OWNER, case)
    said = {"outcome": outcome, "reason": "经调取监控复核。"}
    refused("card-same-person", centre, case, lambda: centre.fill("review", "committee", case, **said))
    centre.fill("review", SECOND_JUDGE, case, **said)
    assert (centre.status(case), card(centre).colour, card(centre).outcome) == ("completed", "red", ends)
    assert [row[2] for row in scores(centre)] == points
    centre.check(case)


def appeal(centre: Centre, who: str, case: str) -> None:
    centre.fill("consider_appeal", who, case, appeals="yes", grounds="同事代岗有监控录像可查。")


def test_who_may_not(centre: Centre) -> None:
    refused("card-group-only", centre, None, lambda: issue(centre, OWNER))
    refused("card-about-oneself", centre, None, lambda: issue(centre, "supervisor", account="supervisor"))
    case = issue(centre, "committee", account="supervisor", group="supervision")
    refused("card-not-the-owner", centre, case, lambda: centre.fill("explain", Actor("x", ("supervision",)), case, **SAID))
    centre.fill("explain", "supervisor", case, **SAID)
    own = Actor("supervisor", actor("committee").groups)
    refused("separation-of-duties", centre, case, lambda: centre.fill("decide", own, case, **CONFIRM))
    of_the_group = issue(centre, "committee", account=None, group="supervision")
    centre.fill("explain", "supervisor", of_the_group, **SAID)
    colleague = Actor("supervisor-2", ("supervision",))
    refused("card-about-oneself", centre, of_the_group, lambda: centre.fill("decide", colleague, of_the_group, **CONFIRM))


def test_a_measure_fits_the_colour(centre: Centre) -> None:
    case = issue(centre)
    centre.fill("explain", OWNER, case, **SAID)
    hard = CONFIRM | {"measure": "refer"}
    refused("card-measure", centre, case, lambda: centre.fill("decide", "supervisor", case, **hard))


@given(st.sampled_from(sorted(scale())), st.sampled_from(list(CardColour)))
def test_no_measure_is_for_a_milder_colour_than_its_own(code: str, colour: CardColour) -> None:
    order = list(CardColour)
    if order.index(scale()[code].least) <= order.index(colour):
        assert require_measure(code, colour).code == code
    else:
        with pytest.raises(Rejection, match="scale"):
            require_measure(code, colour)


@given(st.sampled_from(list(CardColour)))
def test_colours_only_go_up(colour: CardColour) -> None:
    order = list(CardColour)
    assert order.index(colour.upgraded()) == min(order.index(colour) + 1, len(order) - 1)


def test_the_rules_are_those_of_electronic_supervision() -> None:
    assert set(rules()) == {f"E-{number:02d}" for number in range(1, 25)} | {"SUP"}
    assert rules()["E-03"].under("A") is CardColour.RED
    assert rules()["E-03"].under("B") is CardColour.YELLOW


def order(centre: Centre, who: str = "supervisor", **changes: Any) -> str:
    return centre.file("press_letter", who, order=ORDER | changes)


def letter(centre: Centre) -> Any:
    with centre.runtime.database.read() as connection:
        return connection.execute(select(press_letter)).one()


def test_an_order_is_answered_and_accepted_by_somebody_else(centre: Centre) -> None:
    case = order(centre)
    assert letter(centre).number == "服务中心管委会督〔2026〕1号"
    centre.fill("respond", OWNER, case, answer="已整改，实行AB岗。")
    centre.fill("settle", "supervisor", case, accepted="no", opinion="须附值班表。")
    due = letter(centre).due_at
    assert hall_day(due) == hall_day(centre.now) + timedelta(days=3)
    centre.fill("respond", OWNER, case, answer="已整改，值班表附后。")
    both = Actor(OWNER, ("supervision",))
    refused("separation-of-duties", centre, case, lambda: centre.fill("settle", both, case, accepted="yes"))
    centre.fill("settle", "supervisor", case, accepted="yes")
    assert (centre.status(case), letter(centre).settled_by) == ("completed", "supervisor")
    centre.check(case)


def test_an_order_past_its_day_is_a_card_and_a_red_light_and_still_stands(centre: Centre) -> None:
    filed = centre.file("outdoor_advertising_registration", **an_application())
    number = centre.known("examine", filed)["receipt"]["number"]
    case = order(centre, case=number)
    assert not overdue(centre, filed)
    centre.wait(days=4)
    assert overdue(centre, filed)
    assert (card(centre).rule, card(centre).case_number, card(centre).colour) == ("E-16", number, "red")
    centre.fill("respond", OWNER, case, answer="已经办理。")
    assert not overdue(centre, filed)


def overdue(centre: Centre, filed: str) -> bool:
    with centre.runtime.registers.read() as session:
        return is_overdue(session, filed, centre.now)


def an_application() -> dict[str, Any]:
    return dict(papers.APPLICATIONS["outdoor_advertising_registration"])


def test_a_case_with_an_unanswered_order_is_not_closed(centre: Centre) -> None:
    filed = centre.file("outdoor_advertising_registration", **an_application())
    case = order(centre, case=centre.known("examine", filed)["receipt"]["number"], days=30)
    with pytest.raises(Rejection) as rejection:
        centre.drive(filed)
    assert rejection.value.code == "case-order-unanswered"
    assert centre.open() == ["deliver", "respond"]
    centre.fill("respond", OWNER, case, answer="已经办理。")
    centre.drive(filed)
    assert centre.status(filed) == "completed"


@pytest.mark.parametrize(
    ("who", "changes", "code"),
    [
        (OWNER, {}, "press-letter-group-only"),
        ("supervisor", {"case": "500225200202603021100017"}, "case-not-found"),
    ],
)
def test_nobody_else_presses_and_nothing_that_is_not_there(centre: Centre, who: str, changes: Any, code: str) -> None:
    refused(code, centre, None, lambda: order(centre, who, **changes))


def test_only_the_group_that_was_pressed_answers(centre: Centre) -> None:
    case = order(centre)
    task = centre.opened("respond", case)
    stranger = Actor("window-land-1", ("window-land",))
    with pytest.raises(Rejection):
        centre.fill("respond", stranger, task, answer="已经办理。")
    call = OperatorCall("i", "j", "supervision.answer_order", centre.now, stranger, "press_letter", None)
    said = {"number": letter(centre).number, "answer": "已经办理。"}
    with centre.runtime.registers.read() as session, pytest.raises(Rejection) as rejection:
        answer_order(session, said, call)
    assert rejection.value.code == "press-letter-not-yours"
