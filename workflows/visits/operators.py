"""What the model of a follow-up visit asks: every rule stands right behind the task it guards."""

from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.core.moments import to_text
from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorCall, OperatorRegistry, context_of, text_of
from workflows.calendar.entry import working_days
from workflows.case_file.storage import CaseFile
from workflows.case_file.storage import find as find_case
from workflows.clock import hall_day
from workflows.clock.counting import closing
from workflows.clock.hall_time import end_of
from workflows.complaints.storage import actors_of_case
from workflows.groups import has_members
from workflows.journal import Entry
from workflows.visits import storage
from workflows.visits.tables import visit_problem

VISIT_DAYS = 10
"""Working days after a joint case ended in which it is asked after. SAMPLE."""
JOINT = "joint"
VISITORS = "committee"

declare(
    {
        "follow-up-not-joint": (
            "办件{number}不是已经办结送达的联办件。",
            "Expected a joint case that was delivered, but {number} is none.",
        ),
        "follow-up-again": ("办件{number}已经安排回访。", "Expected a case without a visit, but {number} has one."),
        "follow-up-by-participant": (
            "{actor}不是管委会人员或者参与过该办件，不得回访。",
            "Expected somebody of the committee who had no part in the case, but {actor} is not.",
        ),
        "follow-up-day": ("{day}不能作为回访日期。", "Expected a day until today, but {day} is none."),
        "follow-up-incomplete": ("回访记录缺少{missing}。", "Expected {missing}, but it is missing."),
        "follow-up-problem-day": ("解决问题的时限{day}已经过去。", "Expected a day to come, but {day} is past."),
        "follow-up-group-unknown": ("没有“{group}”这个责任单位。", "Expected a group that has people, but {group} has none."),
        "follow-up-problem-not-yours": ("该问题由{group}解决。", "Expected somebody of {group}, but {actor} is not."),
    }
)


def register(registry: OperatorRegistry) -> None:
    """Add ``visits.*`` to the operators models may name."""
    registry.local("visits.open", parameters=("case",))(open_visit)
    registry.local("visits.record", parameters=("number", "record"))(record)
    registry.local("visits.overdue", parameters=("number",))(overdue)
    registry.local("visits.solve", parameters=("number", "sequence", "answer"))(solve)
    registry.local("visits.close", parameters=("number",))(close)


def open_visit(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The visit of a joint case that was delivered: ``{number, case, item, applicant, due_at}``.

    :raises Rejection: ``case-not-found``, ``follow-up-not-joint``, ``follow-up-again``.
    """
    case = find_case(session, str(parameters.get("case")))
    if not is_due(case):
        raise Rejection("follow-up-not-joint", number=case.number)
    if storage.visited(session, case.number):
        raise Rejection("follow-up-again", number=case.number)
    day = hall_day(call.now)
    number = f"HF{day.year}{next_number(session, f'follow-up-visit/{day.year}'):05d}"
    due = closing(day, VISIT_DAYS, working_days(session))
    row = {"number": number, "instance_id": call.instance_id, "case_number": case.number, "item_name": case.item_name}
    kept = {"applicant_name": case.applicant_name, "status": "open", "opened_at": call.now, "due_at": due}
    storage.JOURNAL.add(session, {**row, **kept}, _entry(call, "opened"))
    view = {"number": number, "case": case.number, "item": case.item_name, "applicant": case.applicant_name}
    return {**view, "due_at": to_text(due)}


def record(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What was said; each problem has a group that solves it and a day: ``{problems}``.

    :raises Rejection: ``follow-up-by-participant``, ``follow-up-day``, ``follow-up-incomplete``, ``follow-up-problem-day``,
        ``follow-up-group-unknown``.
    """
    found, said = storage.find(session, str(parameters.get("number")), locked=True), context_of(parameters.get("record"))
    if VISITORS not in call.actor.groups or call.actor.id in actors_of_case(session, found.case_number):
        raise Rejection("follow-up-by-participant", actor=call.actor.id)
    day = date.fromisoformat(str(said.get("visited_on")))
    if day > hall_day(call.now):
        raise Rejection("follow-up-day", field="visited_on", day=day.isoformat())
    kept = {"visited_on": day, "visited_by": call.actor.id, "status": "visited", **_answers(said)}
    problems = _problems(session, said, hall_day(call.now))
    storage.JOURNAL.change(session, found, _entry(call, "visited", problems=len(problems)), **kept)
    for sequence, problem in enumerate(problems, 1):
        session.execute(visit_problem.insert().values(visit=found.number, sequence=sequence, **problem))
    shown: list[Value] = [_shown(row) for row in storage.problems_of(session, found.number)]
    return {"problems": shown}


def overdue(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Nobody asked within the limit: it is on record."""
    found = storage.find(session, str(parameters.get("number")), locked=True)
    storage.JOURNAL.change(session, found, _entry(call, "overdue"), overdue_at=call.now)
    return True


def solve(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """What was done about a problem. :raises Rejection: ``follow-up-problem-not-yours``, ``follow-up-incomplete``."""
    number, sequence = str(parameters.get("number")), int(str(parameters.get("sequence")))
    found, answer = storage.problem(session, number, sequence), text_of(parameters.get("answer"))
    if found.responsible not in call.actor.groups:
        raise Rejection("follow-up-problem-not-yours", group=found.responsible, actor=call.actor.id)
    if answer is None:
        raise Rejection("follow-up-incomplete", field="answer", missing="answer")
    columns, values = visit_problem.c, {"answer": answer, "answered_by": call.actor.id, "answered_at": call.now}
    mine = (columns.visit == number) & (columns.sequence == sequence)
    session.execute(visit_problem.update().where(mine).values(**values))
    storage.JOURNAL.change(session, storage.find(session, number, locked=True), _entry(call, "solved", problem=sequence))
    return True


def close(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Asked, and everything that was found is solved."""
    found = storage.find(session, str(parameters.get("number")), locked=True)
    storage.JOURNAL.change(session, found, _entry(call, "closed"), status="closed", closed_at=call.now)
    return True


def is_due(case: CaseFile) -> bool:
    """A joint case as a whole, not its parts, that was delivered."""
    return case.kind == JOINT and case.parent_number is None and case.delivered_at is not None


def _answers(said: Variables) -> dict[str, Any]:
    """How, whether somebody answered, and what he said; whoever was reached gives a grade."""
    way, reached = text_of(said.get("way")), text_of(said.get("reached"))
    grade, words = text_of(said.get("satisfaction")), text_of(said.get("said"))
    wanted = {"way": way, "reached": reached, "said": words, **({"satisfaction": grade} if reached == "yes" else {})}
    for name, value in wanted.items():
        if value is None:
            raise Rejection("follow-up-incomplete", field=name, missing=name)
    return {"way": way, "reached": reached, "said": words, "satisfaction": None if grade is None else int(grade)}


def _problems(session: Session, said: Variables, today: date) -> list[dict[str, Any]]:
    given = said.get("problems")
    found = []
    for row in (context_of(one) for one in (given if isinstance(given, list) else [])):
        due_on, group = date.fromisoformat(str(row.get("due_on"))), str(row.get("responsible"))
        if due_on < today:
            raise Rejection("follow-up-problem-day", field="problems", day=due_on.isoformat())
        if not has_members(session, group):
            raise Rejection("follow-up-group-unknown", field="problems", group=group[:60])
        found.append({"matter": str(row.get("matter")), "responsible": group, "due_on": due_on})
    return found


def _shown(row: Row[Any]) -> dict[str, Value]:
    said = {"sequence": row.sequence, "matter": row.matter, "responsible": row.responsible}
    return {**said, "due_on": row.due_on.isoformat(), "due_at": to_text(end_of(row.due_on))}


def _entry(call: OperatorCall, event: str, **detail: Any) -> Entry:
    return Entry(call.now, call.actor.id, event, detail)
