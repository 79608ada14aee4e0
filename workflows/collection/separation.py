"""Whoever has done one thing with a case's money does not do another that checks it (rules.md 3.1), however he came to it.

The operator behind a task asks for all who stand behind it: who completed it (claimed, assigned, or repaired), whose task it is
where he delegated it, and whom he stands in for while that person is on leave. What is done is recorded for all of them.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Select, insert, or_, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.runtime.operators import OperatorCall
from engine.runtime.tables import user_task
from workflows.clock import hall_day
from workflows.collection.duties import duties
from workflows.collection.tables import money_duty
from workflows.ledger.tables import ledger_entry, ledger_line
from workflows.organisation.absence import away_on

DAY, MONTH = "day/", "month/"

declare(
    {
        "money-duties-not-separate": (
            "{actor}已经办理该款项的“{done}”，不得再办“{wanted}”。",
            "Expected {actor} not to do {wanted} of money he did {done} of.",
        )
    }
)


def of_day(day: str) -> str:
    """The subject under which a day's close is kept. ``day``: ``2026-03-02``."""
    return DAY + day


def of_month(month: str) -> str:
    """The subject under which a month's settlement is kept. ``month``: ``2026-03``."""
    return MONTH + month


def require_separate(session: Session, case_number: str, duty: str, actor: str | Iterable[str]) -> None:
    """A person (or each of those behind a task) did nothing with the case's money that does not go with this duty.

    ``case_number``: or what :func:`of_day` and :func:`of_month` say; a day stands for every case with an entry on it, and the
    other way round.

    :raises Rejection: ``money-duties-not-separate``, ``money-duty-unknown``.
    """
    kept = duties()
    subjects = _subjects(session, case_number)
    for person in (actor,) if isinstance(actor, str) else actor:
        columns = money_duty.c
        done = select(columns.duty).where(columns.actor_id == person, columns.subject.in_(subjects))
        against = kept.against(duty, set(session.execute(done).scalars()))
        if against is not None:
            names = {"done": kept.names[against], "wanted": kept.names[duty]}
            raise Rejection("money-duties-not-separate", field="actor", actor=person, **names)


def record_duty(session: Session, case_number: str, duty: str, actor: str | Iterable[str], at: datetime) -> None:
    """Keep who did what, once; call it in the transaction in which it is done."""
    for person in dict.fromkeys((actor,) if isinstance(actor, str) else actor):
        row = {"subject": case_number, "duty": duty, "actor_id": person}
        columns = money_duty.c
        there = select(columns.at).where(*(columns[name] == value for name, value in row.items()))
        if session.execute(there).first() is None:
            session.execute(insert(money_duty).values(**row, at=at))


def take_duty(session: Session, case_number: str, duty: str, call: OperatorCall) -> None:
    """What an operator behind a task says before anything else: :func:`require_separate`, then :func:`record_duty`.

    :raises Rejection: as :func:`require_separate`.
    """
    people = people_behind(session, call)
    require_separate(session, case_number, duty, people)
    record_duty(session, case_number, duty, people, call.now)


def people_behind(session: Session, call: OperatorCall) -> tuple[str, ...]:
    """Who acts, who delegated the task to him, and for whom he stands in today."""
    columns = user_task.c
    delegated = (columns.instance_id == call.instance_id) & (columns.assignee == call.actor.id) & columns.owner.is_not(None)
    owners = session.execute(select(columns.owner).where(delegated, columns.ended_at.is_(None))).scalars()
    absent = [person for person, instead in away_on(session, hall_day(call.now)).items() if instead == call.actor.id]
    return tuple(dict.fromkeys((call.actor.id, *owners, *sorted(absent))))


def _subjects(session: Session, subject: str) -> list[str] | Select[tuple[str]]:
    """A case with the days and months its money moved in; a day or a month with the cases whose money moved in it."""
    if subject.startswith(DAY):
        day = date.fromisoformat(subject[len(DAY) :])
        return _with_cases(subject, day, day)
    if subject.startswith(MONTH):
        first = date.fromisoformat(subject[len(MONTH) :] + "-01")
        return _with_cases(subject, first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    moved = select(ledger_entry.c.day).join(ledger_line, ledger_line.c.entry == ledger_entry.c.number)
    days = session.execute(moved.where(ledger_line.c.case_number == subject).distinct()).scalars().all()
    texts = [day.isoformat() for day in days]
    return [subject, *map(of_day, texts), *(of_month(text[:7]) for text in texts)]


def _with_cases(subject: str, first: date, last: date) -> Select[tuple[str]]:
    moved = select(ledger_line.c.case_number).join(ledger_entry, ledger_line.c.entry == ledger_entry.c.number)
    cases = moved.where(ledger_entry.c.day.between(first, last), ledger_line.c.case_number != "")
    columns = money_duty.c
    return select(columns.subject).where(or_(columns.subject == subject, columns.subject.in_(cases)))
