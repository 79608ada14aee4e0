"""The desk of the collection of fees: what it does outside of cases is in the audit log, refused attempts too."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.case_file.storage import find as find_case
from workflows.clock import hall_day
from workflows.collection import agent_bank, basis, corrections, notices, origin, out_of_turn, return_file
from workflows.collection.agent_bank import Outcome
from workflows.collection.basis import Entry
from workflows.collection.month_end import MonthLine, settlement
from workflows.collection.separation import record_duty, require_separate
from workflows.collection.tables import fee_attempt, payment_notice, transfer_order
from workflows.fees.assessing import Assessment
from workflows.fees.fee import Fee
from workflows.fees.versions import book_of
from workflows.ledger import posting
from workflows.ledger.balances import lines_of_entry
from workflows.ledger.ledger_register import CASHIERS, FINANCE, require_by_hand
from workflows.ledger.posting import Stamp

Result = TypeVar("Result")


class CollectionRegister:
    """Reads notices and enters what banks bring. Notices are made by their process alone."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def assess(self, case_number: str, fee: str, actor: Actor) -> Assessment:
        """What a case owes by a fee: quantity and whether it is free are the case's and the catalogue's, never the caller's.

        :raises Rejection: ``fee-window-only``, and as :func:`workflows.collection.basis.assessed`.
        """

        def change(session: Session, now: datetime) -> Assessment:
            if find_case(session, case_number).window_group not in actor.groups:
                raise Rejection("fee-window-only", field="actor", actor=actor.id)
            return basis.assessed(session, case_number, fee, Entry(now, actor.id))

        return self._registers.change("AssessFee", actor, change, subject=case_number[:50], detail={"fee": fee[:40]})

    def bring_in(self, content: bytes, ticket_kind: str, actor: Actor) -> Outcome:
        """Enter an agent bank's file. :raises Rejection: as :func:`workflows.collection.agent_bank.bring_in`."""

        def change(session: Session, stamp: Stamp) -> Outcome:
            return agent_bank.bring_in(session, return_file.read(content), ticket_kind, stamp)

        return self._do("BringInAgentFile", CASHIERS, actor, change, bytes=len(content))

    def match(self, ticket_kind: str, actor: Actor) -> list[str]:
        """Look again for what is in suspense. :raises Rejection: ``payment-cashiers-only``."""

        def change(session: Session, stamp: Stamp) -> list[str]:
            return agent_bank.match(session, ticket_kind, stamp)

        return self._do("MatchSuspense", CASHIERS, actor, change)

    def send_back(self, bank: str, reference: str, reason: str, actor: Actor) -> None:
        """Send money in suspense back; a payment made twice goes back in its own case, where two agree.

        :raises Rejection: ``suspense-in-case``, and as :func:`workflows.collection.agent_bank.send_back`.
        """

        def change(session: Session, stamp: Stamp) -> None:
            out_of_turn.require_by_hand(session, bank, reference)
            agent_bank.send_back(session, bank, reference, Stamp(stamp.at, stamp.actor_id, reason))

        self._do("ReturnSuspense", FINANCE, actor, change, bank=bank[:20], reference=reference[:60], reason=reason[:200])

    def reverse(self, number: int, reason: str, actor: Actor) -> int:
        """Take an entry back, as somebody who did nothing else with the money of its cases; never what a process decided, and
        an assessment only with a decision that stands (A-15).

        :raises Rejection: ``ledger-reversal-by-process``, ``assessment-stands``, ``money-duties-not-separate``, and as
            :func:`workflows.ledger.posting.reverse`.
        """

        def change(session: Session, stamp: Stamp) -> int:
            require_by_hand(session, number)
            if corrections.is_assessment(session, number):
                corrections.require_decision(session, number)
            cases = sorted({line.keys.case_number for line in lines_of_entry(session, number)} - {""})
            for case in cases:
                require_separate(session, case, "reverse", actor.id)
                record_duty(session, case, "reverse", actor.id, stamp.at)
            made = posting.reverse(session, number, Stamp(stamp.at, stamp.actor_id, reason))
            for case in cases:
                notices.reopen(session, case)
            return made

        return self._do("ReverseEntry", FINANCE, actor, change, number=number, reason=reason[:200])

    def unowed(self, number: int) -> list[str]:
        """The notices of an entry's cases that nothing is owed of and that nobody paid: their cases need not wait."""
        with self._registers.read() as session:
            cases = sorted({line.keys.case_number for line in lines_of_entry(session, number)} - {""})
            found = [notices.of_case(session, case) for case in cases]
            open_ones = [notice for notice in found if notice is not None and notice.state == "issued"]
            return [notice.code for notice in open_ones if notices.owed_of(session, notice) == 0]

    def propose_correction(self, number: int, reason: str, actor: Actor) -> None:
        """Say that an assessment is wrong. :raises Rejection: as :func:`workflows.collection.corrections.propose`."""

        def change(session: Session, now: datetime) -> None:
            corrections.propose(session, number, actor, Stamp(now, actor.id, reason))

        detail = {"number": number, "reason": reason[:200]}
        self._registers.change("ProposeCorrection", actor, change, subject="collection", detail=detail)

    def decide_correction(self, number: int, agreed: bool, opinion: str, actor: Actor) -> None:
        """Agree to that, or not. :raises Rejection: as :func:`workflows.collection.corrections.decide`."""

        def change(session: Session, now: datetime) -> None:
            corrections.decide(session, number, agreed, actor, Stamp(now, actor.id, opinion))

        detail = {"number": number, "agreed": agreed}
        self._registers.change("DecideCorrection", actor, change, subject="collection", detail=detail)

    def suspense(self) -> list[Row[Any]]:
        """What is in suspense, oldest first."""
        with self._registers.read() as session:
            return agent_bank.suspense(session)

    def paid_from(self, receipt: str | None) -> str | None:
        """The account a payment came from, masked; None of cash, and of a bank that does not tell."""
        with self._registers.read() as session:
            return origin.masked(origin.account_of(session, receipt))

    def read(self, code: str) -> tuple[Row[Any], list[Row[Any]], int]:
        """A notice, its lines, and what is owed of it in fen. :raises Rejection: ``payment-notice-not-found``."""
        with self._registers.read() as session:
            notice = notices.find(session, code)
            return notice, notices.lines_of(session, code), notices.owed_of(session, notice)

    def page(self, groups: tuple[str, ...] | None, state: str | None, cursor: str | None, limit: int) -> Page[Row[Any]]:
        """Notices by code. ``groups``: of windows; None: all of them. ``state``: also ``arrears``, ``late``."""
        columns = payment_notice.c
        wanted = select(payment_notice).order_by(columns.code).limit(limit + 1)
        if groups is not None:
            wanted = wanted.where(columns.window_group.in_(groups))
        if state == "arrears":
            wanted = wanted.where(columns.state == "issued", columns.arrears_on.is_not(None))
        elif state == "late":
            wanted = wanted.where(columns.state == "paid", columns.arrears_on.is_not(None))
        elif state is not None:
            wanted = wanted.where(columns.state == state)
        if cursor is not None:
            wanted = wanted.where(columns.code > cursor)
        with self._registers.read() as session:
            found = list(session.execute(wanted))
        return Page(found[:limit], found[limit - 1].code if len(found) > limit else None)

    def attempts(self) -> list[Row[Any]]:
        """What was to be charged and may not be, newest first (E-13, E-15)."""
        with self._registers.read() as session:
            return list(session.execute(select(fee_attempt).order_by(fee_attempt.c.number.desc()).limit(200)))

    def fees(self, day: date) -> list[Fee]:
        """The fees in force on a day, by code."""
        with self._registers.read() as session:
            found = [fee for fee in book_of(session).fees if fee.in_force.valid(day)]
        return sorted(found, key=lambda fee: fee.code)

    def month(self, month: str) -> list[MonthLine]:
        """A month by department, fee and fund. :raises Rejection: ``month-invalid``."""
        with self._registers.read() as session:
            return settlement(session, month)

    def transfers(self) -> list[Row[Any]]:
        """The last thousand transfer orders, newest first."""
        with self._registers.read() as session:
            return list(session.execute(select(transfer_order).order_by(transfer_order.c.number.desc()).limit(1000)))

    def findings(self, now: datetime) -> list[Row[Any]]:
        """Money in suspense for more than three working days."""
        with self._registers.read() as session:
            return agent_bank.overdue(session, hall_day(now))

    def _do(self, action: str, group: str, actor: Actor, change: Callable[[Session, Stamp], Result], **detail: Any) -> Result:
        def checked(session: Session, now: datetime) -> Result:
            if group not in actor.groups:
                code = "payment-cashiers-only" if group == CASHIERS else "ledger-group-only"
                raise Rejection(code, field="actor", group=group, actor=actor.id)
            return change(session, Stamp(now, actor.id))

        return self._registers.change(action, actor, checked, subject="collection", detail=detail)
