"""Reading what the rules need to know, a page of cases at a time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.runtime.tables import user_task
from workflows.case_file.tables import case_event, case_file
from workflows.clock import hall_day
from workflows.clock import storage as clocks
from workflows.ledger.tables import ledger_close, ledger_day
from workflows.licences.tables import licence_event
from workflows.queue.queue import unregistered
from workflows.supervision.detection import CaseFacts, Finding, OpenStep
from workflows.tickets.findings import findings as ticket_findings

MAIN_CLOCK = "C1"
LOOK_BACK = timedelta(days=40)
"""Cases that ended longer ago were looked at then."""
CONSULTATION = ("consultation", "answer_question")
FINANCE, TICKETS = "fund-service", "ticket-centre"


def cases(session: Session, now: datetime) -> Iterator[CaseFacts]:
    """Every case that goes on or ended not long ago."""
    ended = case_file.c.ended_at.is_(None) & case_file.c.delivered_at.is_(None)
    recent = (case_file.c.ended_at >= now - LOOK_BACK) | (case_file.c.delivered_at >= now - LOOK_BACK)
    for row in session.execute(select(case_file).where(ended | recent).order_by(case_file.c.number)).all():
        yield _facts(session, row)


def _facts(session: Session, row: Any) -> CaseFacts:
    same = ("number", "department", "window_group", "leader_group", "kind", "channel", "received_at", "accepted_at")
    clock = next((clock for clock in clocks.of_case(session, row.instance_id) if clock.name == MAIN_CLOCK), None)
    return CaseFacts(
        **{name: getattr(row, name) for name in same},
        decided_at=row.decided_at,
        delivered_at=row.delivered_at,
        events=_events(session, row.number),
        clock=clock,
        steps=_steps(session, row.instance_id),
        deemed_renewed=_deemed_renewed(session, row.number),
    )


def _events(session: Session, number: str) -> list[tuple[str, datetime]]:
    changes = (case_event.c.number == number) & (case_event.c.event == "status")
    rows = session.execute(select(case_event.c.status, case_event.c.at).where(changes).order_by(case_event.c.sequence))
    return [(row.status, row.at) for row in rows]


def _steps(session: Session, instance_id: str) -> list[OpenStep]:
    waiting = (user_task.c.instance_id == instance_id) & user_task.c.ended_at.is_(None) & user_task.c.due.is_not(None)
    return [
        OpenStep(
            id=row.id,
            title=row.title,
            group=next(iter(row.candidate_groups), row.assignee or ""),
            assignee=row.assignee,
            due=row.due,
            consultation=(row.process_key, row.element_id) == CONSULTATION,
        )
        for row in session.execute(select(user_task).where(waiting).order_by(user_task.c.id))
    ]


def _deemed_renewed(session: Session, case_number: str) -> bool:
    mine = (licence_event.c.case_number == case_number) & (licence_event.c.event == "deemed-renewed")
    return session.execute(select(licence_event.c.event).where(mine).limit(1)).first() is not None


def of_queues(session: Session, now: datetime) -> list[Finding]:
    """A-04: somebody was called and went away without a receipt."""
    return [
        Finding(
            "SUP",
            None,
            None,
            row.window,
            row.called_by,
            f"{row.day.isoformat()} {row.number}号已经叫号，没有收件，也没有登记其他业务。",
            f"A-04/{row.window}/{row.day.isoformat()}/{row.number}",
        )
        for row in unregistered(session, hall_day(now))
    ]


def of_money(session: Session, now: datetime) -> list[Finding]:
    """E-19: tickets that are nowhere or twice, and days of the ledger that were not closed."""
    found = [
        Finding("E-19", None, None, TICKETS, None, f"票据{one.kind} {one.first}至{one.last}：{one.what}", cause)
        for one in ticket_findings(session, now)
        if one.first is not None and (cause := f"E-19/{one.what}/{one.kind}/{one.first}")
    ]
    closed = select(ledger_close.c.day)
    overdue = (ledger_day.c.opened_at < now - timedelta(days=1)) & ledger_day.c.day.not_in(closed)
    for day in session.execute(select(ledger_day.c.day).where(overdue).order_by(ledger_day.c.day)).scalars():
        said = f"{day.isoformat()}的账尚未日清。"
        found.append(Finding("E-19", None, None, FINANCE, None, said, f"E-19/day/{day.isoformat()}"))
    return found
