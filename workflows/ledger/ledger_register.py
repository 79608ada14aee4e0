"""Keeping the ledger from day to day: each change in one transaction and in the audit log, refused ones too."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.registers import Registers
from workflows.ledger import days, posting
from workflows.ledger.balances import trial_balance
from workflows.ledger.entry import Keys
from workflows.ledger.posting import Receipt, Stamp
from workflows.ledger.tables import ledger_entry

Result = TypeVar("Result")
CASHIERS = "fund-service"
"""The group of the county's fund service: nobody else takes money (R-38a, R-44)."""
FINANCE = "finance-office"

DECIDED = frozenset({"waive", "refund-before-remittance", "refund-after-remittance", "pay-refund"})
"""Events that follow from a decision of several people: nobody takes one back by hand."""

declare(
    {
        "ledger-group-only": ("只有{group}可以办理。", "Expected somebody of the group {group}, but {actor} is not."),
        "ledger-reversal-by-process": (
            "第{number}号凭证依决定记账，须经原程序更正，不能手工冲销。",
            "Expected an entry of the counter or the bank, but {number} follows from a decision; its process takes it back.",
        ),
    }
)


def require_by_hand(session: Session, number: int) -> None:
    """An entry that no process decided. :raises Rejection: ``ledger-reversal-by-process``."""
    event = session.execute(select(ledger_entry.c.event).where(ledger_entry.c.number == number)).scalar_one_or_none()
    if event in DECIDED:
        raise Rejection("ledger-reversal-by-process", field="number", number=number)


class LedgerRegister:
    """Reads and changes the ledger."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def open_day(self, actor: Actor) -> date:
        """Open today. :raises Rejection: ``ledger-group-only``, and as :func:`workflows.ledger.days.open_day`."""
        return self._do("OpenDay", CASHIERS, actor, days.open_day)

    def post(self, event: str, amount_fen: int, keys: Keys, actor: Actor, *, group: str, reference: str = "") -> int:
        """Enter what happened, as one of ``group``. :raises Rejection: as :func:`workflows.ledger.posting.post`."""

        def change(session: Session, stamp: Stamp) -> int:
            return posting.post(session, event, amount_fen, keys, stamp, reference)

        return self._do("PostEntry", group, actor, change, event=event, amount_fen=amount_fen)

    def receive(self, event: str, amount_fen: int, keys: Keys, receipt: Receipt, actor: Actor, reference: str = "") -> int:
        """Take money, with its ticket. :raises Rejection: as :func:`workflows.ledger.posting.receive`."""

        def change(session: Session, stamp: Stamp) -> int:
            return posting.receive(session, event, amount_fen, keys, receipt, stamp, reference)

        return self._do("ReceiveMoney", CASHIERS, actor, change, receipt=receipt.name, amount_fen=amount_fen)

    def remit(self, nature: str, actor: Actor) -> tuple[int, int]:
        """Pass money on. :raises Rejection: as :func:`workflows.ledger.posting.remit`."""
        return self._do(
            "RemitMoney", CASHIERS, actor, lambda session, stamp: posting.remit(session, nature, stamp), nature=nature
        )

    def reverse(self, number: int, reason: str, actor: Actor) -> int:
        """Take an entry of the counter or the bank back; what a process decided is taken back by a process (A-15).

        :raises Rejection: ``ledger-reversal-by-process``, and as :func:`workflows.ledger.posting.reverse`.
        """

        def change(session: Session, stamp: Stamp) -> int:
            require_by_hand(session, number)
            return posting.reverse(session, number, Stamp(stamp.at, stamp.actor_id, reason))

        return self._do("ReverseEntry", FINANCE, actor, change, number=number, reason=reason)

    def close_day(self, day: date, count: Mapping[int, int], slip_fen: int, actor: Actor) -> None:
        """Close a day. :raises Rejection: as :func:`workflows.ledger.days.close_day`."""

        def change(session: Session, stamp: Stamp) -> None:
            days.close_day(session, day, count, slip_fen, stamp)

        pieces = {str(denomination): number for denomination, number in count.items()}
        self._do("CloseDay", FINANCE, actor, change, day=day.isoformat(), count=pieces, slip_fen=slip_fen)

    def sign_month(self, month: str, role: str, actor: Actor) -> bool:
        """Sign a month: whether it is closed. :raises Rejection: as :func:`workflows.ledger.days.sign_month`."""
        group = CASHIERS if role == "cashier" else FINANCE
        return self._do(
            "SignMonth", group, actor, lambda session, stamp: days.sign_month(session, month, role, stamp), month=month
        )

    def trial_balance(self) -> dict[str, int]:
        """Every account's balance in fen; they sum to zero."""
        with self._registers.read() as session:
            return trial_balance(session)

    def _do(self, action: str, group: str, actor: Actor, change: Callable[[Session, Stamp], Result], **detail: Any) -> Result:
        def checked(session: Session, now: datetime) -> Result:
            if group not in actor.groups:
                raise Rejection("ledger-group-only", field="actor", group=group, actor=actor.id)
            return change(session, Stamp(now, actor.id))

        return self._registers.change(action, actor, checked, subject="ledger", detail=detail)
