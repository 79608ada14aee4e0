"""Keeping tickets from day to day: each change in one transaction and in the audit log, refused ones too."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.calendar.entry import working_days
from workflows.clock import hall_day
from workflows.tickets import book, issuing, proposals, settling
from workflows.tickets.book import Entry, Move
from workflows.tickets.findings import Finding, findings
from workflows.tickets.kind import ticket_rules
from workflows.tickets.life import State, Step
from workflows.tickets.proposals import Proposal
from workflows.tickets.settling import Sum
from workflows.tickets.span import Keeper
from workflows.tickets.tables import ticket_proposal, ticket_span

Result = TypeVar("Result")
KEEPERS = "ticket-centre"
"""The group of those who keep the tickets of the centre (R-48)."""

declare(
    {
        "ticket-keeper-only": ("只有票据管理中心可以办理。", "Expected somebody of the ticket centre, but {actor} is not."),
        "ticket-holder-missing": ("须写明领用人。", "Expected a person to hold the tickets, but none is named."),
        "ticket-cursor": ("翻页标记{cursor}有误。", "Expected a cursor of this list, but got {cursor}."),
    }
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers ``first`` to ``last`` of a kind."""

    kind: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.kind} {self.first:08d}-{self.last:08d}"


class TicketRegister:
    """Reads and changes where numbers stand."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def hand(self, numbers: Numbers, holder: str, actor: Actor) -> None:
        """Give numbers of a department to a person, or from one person to another.

        :raises Rejection: ``ticket-keeper-only``, ``ticket-holder-missing``, and as :func:`workflows.tickets.book.move`.
        """

        def change(session: Session, now: datetime) -> None:
            _require_keeper(actor)
            if not holder.strip():
                raise Rejection("ticket-holder-missing", field="holder")
            _move(session, Step.HAND, numbers, Entry(now, actor.id), Keeper(holder=holder))

        self._do("HandTickets", actor, numbers, change, holder=holder)

    def give_back(self, numbers: Numbers, reason: str, actor: Actor) -> None:
        """Numbers a person did not use go back to the department (leave, change of post).

        :raises Rejection: ``ticket-keeper-only``, and as :func:`workflows.tickets.book.move`.
        """

        def change(session: Session, now: datetime) -> None:
            _require_keeper(actor)
            _move(session, Step.GIVE_BACK, numbers, Entry(now, actor.id, reason=reason))

        self._do("GiveBackTickets", actor, numbers, change, reason=reason)

    def report_lost(self, numbers: Numbers, found_on: date, reason: str, reference: str, actor: Actor) -> bool:
        """Block lost numbers: whether the report came in time. ``reference``: the notice that declares them void.

        A late report is taken all the same, and the log says that it was late.

        :raises Rejection: ``ticket-reason-missing``, ``ticket-keeper-only``, and as :func:`workflows.tickets.book.move`.
        """

        def change(session: Session, now: datetime) -> bool:
            _require_keeper_or_holder(session, numbers, actor)
            if not reason.strip():
                raise Rejection("ticket-reason-missing", field="reason")
            days = working_days(session).between(found_on, hall_day(now))
            late = days > ticket_rules().report_days
            detail = {"found_on": found_on.isoformat(), "late": late, "working_days": days}
            entry = Entry(now, actor.id, reason=reason, reference=reference, detail=detail)
            _move(session, Step.LOSE, numbers, entry)
            return not late

        return self._do("ReportLostTickets", actor, numbers, change, reason=reason)

    def return_stubs(self, numbers: Numbers, actor: Actor) -> None:
        """:raises Rejection: ``ticket-keeper-only``, and as :func:`workflows.tickets.settling.return_stubs`."""

        def change(session: Session, now: datetime) -> None:
            _require_keeper(actor)
            settling.return_stubs(session, numbers.kind, numbers.first, numbers.last, Entry(now, actor.id))

        self._do("ReturnTicketStubs", actor, numbers, change)

    def write_off(self, numbers: Numbers, stubs: int, received_fen: int, actor: Actor) -> Sum:
        """:raises Rejection: ``ticket-keeper-only``, and as :func:`workflows.tickets.settling.write_off`."""

        def change(session: Session, now: datetime) -> Sum:
            _require_keeper(actor)
            entry = Entry(now, actor.id)
            return settling.write_off(session, numbers.kind, numbers.first, numbers.last, stubs, received_fen, entry)

        return self._do("WriteOffTickets", actor, numbers, change, stubs=stubs, received_fen=received_fen)

    def archive(self, numbers: Numbers, reference: str, actor: Actor) -> None:
        """Written-off stubs go to the archive; ``reference``: where they lie.

        :raises Rejection: ``ticket-keeper-only``, and as :func:`workflows.tickets.book.move`.
        """

        def change(session: Session, now: datetime) -> None:
            _require_keeper(actor)
            _move(session, Step.ARCHIVE, numbers, Entry(now, actor.id, reference=reference))

        self._do("ArchiveTickets", actor, numbers, change, reference=reference)

    def propose(self, wanted: Proposal, actor: Actor) -> int:
        """Ask that numbers be made void or be destroyed: the number of the proposal.

        :raises Rejection: ``ticket-keeper-only``, and as :func:`workflows.tickets.proposals.propose`.
        """
        numbers = Numbers(wanted.kind, wanted.first, wanted.last)

        def change(session: Session, now: datetime) -> int:
            _require_keeper_or_holder(session, numbers, actor)
            return proposals.propose(session, wanted, actor.id, now)

        return self._do(f"Propose{wanted.step.value.capitalize()}Tickets", actor, numbers, change, reason=wanted.reason)

    def confirm(self, proposal_id: int, actor: Actor) -> None:
        """:raises Rejection: ``ticket-keeper-only``, and as :func:`workflows.tickets.proposals.confirm`."""

        def change(session: Session, now: datetime) -> None:
            proposals.find(session, proposal_id)
            _require_keeper(actor)
            proposals.confirm(session, proposal_id, actor.id, now)

        self._registers.change("ConfirmTickets", actor, change, subject=str(proposal_id))

    def enter_certificate(self, number: str, department: str, basis: str, actor: Actor) -> None:
        """:raises Rejection: ``ticket-keeper-only``, ``ticket-certificate-exists``."""

        def change(session: Session, now: datetime) -> None:
            _require_keeper(actor)
            issuing.enter_certificate(session, number, department, basis, now)

        self._registers.change("EnterTicketCertificate", actor, change, subject=number, detail={"department": department})

    def review_certificate(self, number: str, passed: bool, actor: Actor) -> None:
        """:raises Rejection: ``ticket-keeper-only``, ``ticket-certificate-missing``."""

        def change(session: Session, now: datetime) -> None:
            _require_keeper(actor)
            issuing.review_certificate(session, number, passed, now)

        self._registers.change("ReviewTicketCertificate", actor, change, subject=number, detail={"passed": passed})

    def life(self, kind: str, number: int) -> list[Move]:
        """Everything that happened to one number, oldest first.

        :raises Rejection: ``ticket-kind-unknown``, ``ticket-out-of-range``.
        """
        with self._registers.read() as session:
            return book.life_of(session, kind, number)

    def findings(self, now: datetime) -> list[Finding]:
        """Gaps, doubles, differences between log and register, alarms of void numbers."""
        with self._registers.read() as session:
            return findings(session, now)

    def page(
        self, kind: str | None, department: str | None, state: State | None, cursor: str | None, limit: int
    ) -> Page[Row[Any]]:
        """Spans by kind and first number; the cursor is the last one's.

        :raises Rejection: ``ticket-cursor``.
        """
        columns = ticket_span.c
        statement = select(ticket_span).order_by(columns.kind, columns.first_number).limit(limit + 1)
        for column, value in ((columns.kind, kind), (columns.department, department), (columns.state, state)):
            if value is not None:
                statement = statement.where(column == value)
        if cursor is not None:
            after_kind, after_first = _cursor(cursor)
            later = (columns.kind == after_kind) & (columns.first_number > after_first)
            statement = statement.where((columns.kind > after_kind) | later)
        with self._registers.read() as session:
            found = list(session.execute(statement).all())
        last = found[limit - 1] if len(found) > limit else None
        return Page(found[:limit], None if last is None else f"{last.kind}:{last.first_number}")

    def proposals(self, cursor: str | None, limit: int) -> Page[Row[Any]]:
        """What was proposed, newest first; without a second person while ``confirmed_by`` is null.

        :raises Rejection: ``ticket-cursor``.
        """
        statement = select(ticket_proposal).order_by(ticket_proposal.c.id.desc()).limit(limit + 1)
        if cursor is not None:
            statement = statement.where(ticket_proposal.c.id < _cursor(f":{cursor}")[1])
        with self._registers.read() as session:
            found = list(session.execute(statement).all())
        return Page(found[:limit], str(found[limit - 1].id) if len(found) > limit else None)

    def _do(
        self, action: str, actor: Actor, numbers: Numbers, change: Callable[[Session, datetime], Result], **detail: Any
    ) -> Result:
        return self._registers.change(action, actor, change, subject=str(numbers), detail=detail)


def _move(session: Session, step: Step, numbers: Numbers, entry: Entry, keeper: Keeper = book.UNCHANGED) -> None:
    book.move(session, step, numbers.kind, numbers.first, numbers.last, entry, keeper)


def _require_keeper(actor: Actor) -> None:
    if KEEPERS not in actor.groups:
        raise Rejection("ticket-keeper-only", actor=actor.id)


def _require_keeper_or_holder(session: Session, numbers: Numbers, actor: Actor) -> None:
    if KEEPERS in actor.groups:
        return
    spans = book.touching(session, numbers.kind, numbers.first, numbers.last)
    inside = [span for span in spans if span.first <= numbers.last and span.last >= numbers.first]
    if not inside or any(span.holder != actor.id for span in inside):
        raise Rejection("ticket-keeper-only", actor=actor.id)


def _cursor(cursor: str) -> tuple[str, int]:
    kind, _, first = cursor.partition(":")
    if not first.isascii() or not first.isdigit() or len(first) > 9:
        raise Rejection("ticket-cursor", cursor=cursor[:40])
    return kind, int(first)
