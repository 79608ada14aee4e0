"""The end of a day (日清, R-39, R-41): cash goes to the bank, money to the treasury or the department's account, by orders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session

from engine.core.moments import HALL
from engine.core.rejection import Rejection, declare
from engine.runtime.number_series import next_number
from workflows.clock import hall_day
from workflows.collection.tables import carry_over, transfer_order
from workflows.fees.fee import fee_book
from workflows.ledger import days
from workflows.ledger.balances import balance, pending
from workflows.ledger.entry import Keys
from workflows.ledger.posting import Stamp, post, remit, require_open
from workflows.ledger.tables import ledger_day

CLOSING = time(16)
"""When the day's money is closed; what is paid later belongs to the next day. SAMPLE."""
TREASURY = "budget"

declare(
    {
        "carry-reason-missing": (
            "现金过夜须写明原因并登记结转。",
            "Expected a reason why money is kept over night, but there is none.",
        ),
        "carry-without-cash": ("没有现金需要过夜。", "Expected cash to be kept over night, but there is none."),
        "transfer-not-found": (
            "{day}没有待确认的划缴凭证。",
            "Expected transfer orders of {day} to confirm, but there are none.",
        ),
        "transfer-reference-missing": ("须填写银行回单号。", "Expected the bank's reference, but there is none."),
    }
)


@dataclass(frozen=True, slots=True)
class DayEnd:
    """What was passed on and what was not, in fen."""

    banked_fen: int
    transferred_fen: int
    carried_fen: int
    orders: tuple[str, ...]


def closing_at(day: date) -> datetime:
    """The moment of the close of a day."""
    return datetime.combine(day, CLOSING, HALL)


def ensure_open(session: Session, by: Stamp) -> date:
    """Open today's books unless they are open. :raises Rejection: as :func:`workflows.ledger.days.open_day`."""
    day = hall_day(by.at)
    if session.execute(select(ledger_day.c.day).where(ledger_day.c.day == day)).first() is not None:
        require_open(session, day)
        return day
    return days.open_day(session, by)


def pass_on(session: Session, day: date, keep: bool, by: Stamp) -> DayEnd:
    """Bank the cash and order the transfers, split by fund nature; or keep it over night and say why. It may be done again.

    ``keep``: cash stays in the safe; ``by.reason`` says why.

    :raises Rejection: ``carry-reason-missing``, ``carry-without-cash``, and as :func:`workflows.ledger.post`.
    """
    held = balance(session, "cash")
    if keep:
        return _carry(session, day, held, by)
    if held:
        post(session, "bank-cash", held, Keys(), by)
    made = [order for nature in fee_book().fund_natures for order in _orders(session, day, nature.key, by)]
    return DayEnd(held, sum(fen for _, fen in made), 0, tuple(number for number, _ in made))


def carried(session: Session, day: date) -> tuple[int, int]:
    """Of a day: the cash that is kept over night, and all money that is not passed on, in fen; none without a record."""
    row = session.execute(select(carry_over).where(carry_over.c.day == day)).one_or_none()
    return (0, 0) if row is None or balance(session, "cash") == 0 else (row.cash_fen, row.amount_fen)


def close(session: Session, day: date, count: Mapping[int, int], slip_fen: int, by: Stamp) -> None:
    """Close a day. :raises Rejection: as :func:`workflows.ledger.days.close_day`."""
    days.close_day(session, day, count, slip_fen, by, carried(session, day))


def orders_of(session: Session, day: date) -> list[Row[tuple[object, ...]]]:
    """The transfer orders of a day."""
    return list(session.execute(select(transfer_order).where(transfer_order.c.day == day).order_by(transfer_order.c.number)))


def confirm(session: Session, day: date, reference: str, by: Stamp) -> int:
    """The bank says that the orders of a day were carried out: how many.

    :raises Rejection: ``transfer-reference-missing``, ``transfer-not-found``.
    """
    if not reference.strip():
        raise Rejection("transfer-reference-missing", field="reference")
    columns = transfer_order.c
    open_orders = columns.day == day, columns.confirmed_at.is_(None)
    waiting = int(session.execute(select(func.count()).where(*open_orders)).scalar_one())
    if not waiting:
        raise Rejection("transfer-not-found", field="day", day=day.isoformat())
    said = {"confirmed_at": by.at, "confirmed_by": by.actor_id, "bank_reference": reference[:60]}
    session.execute(update(transfer_order).where(*open_orders).values(**said))
    return waiting


def _carry(session: Session, day: date, held: int, by: Stamp) -> DayEnd:
    if not (by.reason or "").strip():
        raise Rejection("carry-reason-missing", field="reason")
    if not held:
        raise Rejection("carry-without-cash", field="keep")
    kept = -balance(session, "pending-revenue")
    if carried(session, day) != (held, kept):
        session.execute(
            insert(carry_over).values(day=day, cash_fen=held, amount_fen=kept, reason=by.reason, at=by.at, actor_id=by.actor_id)
        )
    return DayEnd(0, 0, kept, ())


def _orders(session: Session, day: date, nature: str, by: Stamp) -> list[tuple[str, int]]:
    """To the treasury in one order; to the account of each department in one of its own (R-39)."""
    kept = pending(session, nature)
    if not kept:
        return []
    entry, _ = remit(session, nature, by)
    sums: dict[str, int] = {}
    for keys, fen in kept.items():
        department = "" if nature == TREASURY else keys.department
        sums[department] = sums.get(department, 0) + fen
    made = []
    for department, fen in sorted(sums.items()):
        number = f"HJ{day:%Y%m%d}{next_number(session, f'transfer/{day:%Y%m%d}'):03d}"
        account = "金库" if nature == TREASURY else f"{department}收入专户"
        row = {"number": number, "day": day, "fund_nature": nature, "department": department, "account": account}
        said = {"amount_fen": fen, "entry": entry, "made_at": by.at, "made_by": by.actor_id}
        session.execute(insert(transfer_order).values(**row, **said))
        made.append((number, fen))
    return made
