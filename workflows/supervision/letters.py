"""Press letters (督办单, R-04): supervision orders something by a day, the group answers, supervision accepts the answer."""

from typing import Any

from sqlalchemy.orm import Session

from engine.core.moments import from_text, to_text
from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry, context_of, text_of
from workflows.calendar.entry import working_days
from workflows.case_file.storage import find as find_case
from workflows.clock import hall_day
from workflows.clock.counting import closing
from workflows.supervision import storage
from workflows.supervision.card import is_supervision
from workflows.supervision.tables import press_letter

LONGEST, ANEW = 30, 3
"""Working days an order may give, and those that are left once an answer was sent back (SAMPLE)."""

declare(
    {
        "press-letter-group-only": (
            "只有督查、管委会可以督办。",
            "Expected somebody of supervision or the committee, but {actor} is neither.",
        ),
        "press-letter-incomplete": (
            "督办须写明责任单位、事项和期限。",
            "Expected whom, what and until when, but something is missing.",
        ),
        "press-letter-days": ("督办期限应为1至{most}个工作日。", "Expected 1 to {most} working days, but got {days}."),
        "press-letter-not-yours": (
            "{actor}不属于被督办的单位，不能答复。",
            "Expected somebody of the group that was pressed, but {actor} is not.",
        ),
        "press-letter-empty-answer": ("答复须写明办理情况。", "Expected an answer that says what was done, but there is none."),
        "press-letter-own-answer": (
            "{actor}答复了督办函{number}，不得自己核销。",
            "Nobody accepts his own answer to press letter {number}.",
        ),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add the steps of a press letter to the operators models may name."""
    registry.local("supervision.plan_order", parameters=("order",))(plan_order)
    registry.local("supervision.keep_order", parameters=("order", "number", "due_at"))(keep_order)
    registry.local("supervision.order_overdue", parameters=("number",))(order_overdue)
    registry.local("supervision.answer_order", parameters=("number", "answer"))(answer_order)
    registry.local("supervision.settle_order", parameters=("number", "accepted"))(settle_order)


def plan_order(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Whether this may be ordered, and until when: ``{"case", "group", "matter", "date", "due_at", "item"}``.

    :raises Rejection: ``press-letter-group-only``, ``press-letter-incomplete``, ``press-letter-days``, ``case-not-found``.
    """
    order = context_of(parameters.get("order"))
    if not is_supervision(call.actor):
        raise Rejection("press-letter-group-only", actor=call.actor.id)
    group, matter, case = (text_of(order.get(name)) for name in ("group", "matter", "case"))
    if group is None or matter is None:
        raise Rejection("press-letter-incomplete", field="group" if group is None else "matter")
    days = order.get("days")
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= LONGEST:
        raise Rejection("press-letter-days", field="days", most=LONGEST, days=str(days)[:10])
    item = "督查发现的问题" if case is None else f"办件{find_case(session, case).number}"
    due_at = closing(hall_day(call.now), days, working_days(session))
    when: dict[str, Value] = {"date": hall_day(due_at).isoformat(), "due_at": to_text(due_at)}
    return {"case": case, "group": group, "matter": matter, "item": item, **when}


def keep_order(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The letter ``number`` was issued: the order stands."""
    order = context_of(parameters.get("order"))
    row: dict[str, Any] = {
        "number": str(parameters.get("number")),
        "instance_id": call.instance_id,
        "case_number": text_of(order.get("case")),
        "to_group": str(order.get("group")),
        "matter": str(order.get("matter")),
        "issued_by": call.actor.id,
        "issued_at": call.now,
        "due_at": from_text(str(parameters.get("due_at"))),
    }
    session.execute(press_letter.insert().values(**row))
    due_at: Value = to_text(row["due_at"])
    return {"number": str(row["number"]), "due_at": due_at}


def order_overdue(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The day has passed without an answer: what the card is about (E-16)."""
    found = storage.letter(session, str(parameters.get("number")))
    storage.change_letter(session, found.number, overdue_at=call.now)
    said = f"督办函{found.number}要求的事项到期未答复：{found.matter}"
    finding = {"rule": "E-16", "case": found.case_number, "group": found.to_group, "evidence": said}
    return {**finding, "cause": f"E-16/{found.number}/{hall_day(found.due_at).isoformat()}"}


def answer_order(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What was done. True.

    :raises Rejection: ``press-letter-not-yours``, ``press-letter-empty-answer``.
    """
    found, answer = storage.letter(session, str(parameters.get("number"))), text_of(parameters.get("answer"))
    if found.to_group not in call.actor.groups:
        raise Rejection("press-letter-not-yours", actor=call.actor.id)
    if answer is None:
        raise Rejection("press-letter-empty-answer", field="answer")
    storage.change_letter(session, found.number, answer=answer, answered_by=call.actor.id, answered_at=call.now)
    return True


def settle_order(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Supervision accepts the answer, or the order stands again for some days: ``{"due_at"}``.

    :raises Rejection: ``press-letter-group-only``, ``press-letter-own-answer``.
    """
    found = storage.letter(session, str(parameters.get("number")))
    if not is_supervision(call.actor):
        raise Rejection("press-letter-group-only", actor=call.actor.id)
    if call.actor.id == found.answered_by:
        raise Rejection("press-letter-own-answer", actor=call.actor.id, number=found.number)
    if parameters.get("accepted") == "yes":
        storage.change_letter(session, found.number, settled_by=call.actor.id, settled_at=call.now)
        return {"due_at": to_text(found.due_at)}
    due_at = closing(hall_day(call.now), ANEW, working_days(session))
    storage.change_letter(session, found.number, answered_at=None, due_at=due_at)
    return {"due_at": to_text(due_at)}
