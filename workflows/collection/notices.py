"""Payment notices (一般缴款书): what is to be paid, until when, and what became of it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.runtime.number_series import next_number
from workflows.calendar.entry import working_days
from workflows.case_file.storage import CaseFile
from workflows.clock import hall_day
from workflows.collection import code as identification
from workflows.collection.tables import fee_basis, payment_notice, payment_notice_line
from workflows.fees.assessing import Assessment
from workflows.fees.versions import book_of
from workflows.ledger.balances import balance
from workflows.ledger.entry import Keys
from workflows.ledger.posting import Stamp, post
from workflows.waivers.tables import waiver

VALID_DAYS = 15
"""Working days a notice is valid. SAMPLE."""
REMIND_DAYS = 10
"""After so many working days the payer is reminded. SAMPLE."""
OWED = "receivable-memo"

declare(
    {
        "payment-notice-not-found": ("没有缴款通知书{number}。", "Expected payment notice {number}, but there is none."),
        "payment-notice-doubled": (
            "办件{case}已经开具缴款通知书{number}。",
            "Expected a case without a payment notice, but {case} has {number}.",
        ),
        "payment-notice-settled": ("缴款通知书{number}已经缴清。", "Expected notice {number} to be owed, but it is settled."),
        "payment-notice-owed": ("缴款通知书{number}尚未缴清。", "Expected notice {number} to be settled, but money is owed."),
        "payment-nothing-due": ("办件{case}没有应缴费用。", "Expected case {case} to owe something, but it does not."),
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a notice with where it stands in the ledger, and what is owed of it now, in fen."""

    keys: Keys
    owed_fen: int


def issue(session: Session, case: CaseFile, found: list[Assessment], instance: str, by: Stamp) -> Row[Any]:
    """Enter what a case owes and make out the notice.

    :raises Rejection: ``payment-nothing-due``, ``payment-notice-doubled``, and as :func:`workflows.ledger.post`.
    """
    if not found:
        raise Rejection("payment-nothing-due", case=case.number)
    if (there := of_case(session, case.number)) is not None:
        raise Rejection("payment-notice-doubled", case=case.number, number=there.code)
    day = hall_day(by.at)
    number = identification.make(day, next_number(session, f"payment-notice/{day:%Y%m%d}"))
    for one in found:
        keys = Keys(case.number, one.fee.department, one.fee.code, one.fee.version, one.fee.fund_nature, case.applicant_name)
        post(session, "assess", one.amount_fen, keys, by)
    session.execute(insert(payment_notice).values(**_row(session, case, found, instance, number, day, by)))
    session.execute(insert(payment_notice_line), [_line(number, place, one) for place, one in enumerate(found, start=1)])
    return find(session, number)


def find(session: Session, code: str, *, locked: bool = False) -> Row[Any]:
    """:raises Rejection: ``payment-notice-not-found``."""
    statement = select(payment_notice).where(payment_notice.c.code == code)
    row = session.execute(statement.with_for_update() if locked else statement).one_or_none()
    if row is None:
        raise Rejection("payment-notice-not-found", field="code", number=code[:40])
    return row


def of_case(session: Session, case: str) -> Row[Any] | None:
    """The notice of a case; None without one."""
    return session.execute(select(payment_notice).where(payment_notice.c.case_number == case)).one_or_none()


def lines_of(session: Session, code: str) -> list[Row[Any]]:
    """The lines of a notice, in order."""
    columns = payment_notice_line.c
    return list(session.execute(select(payment_notice_line).where(columns.code == code).order_by(columns.line)))


def parts_of(session: Session, notice: Row[Any]) -> list[Part]:
    """What is owed of each line, by the ledger: neither paid nor waived."""
    found = []
    for line in lines_of(session, notice.code):
        keys = Keys(notice.case_number, notice.department, line.fee, line.fee_version, line.fund_nature, notice.payer)
        found.append(Part(keys, balance(session, OWED, keys)))
    return [part for part in found if part.owed_fen > 0]


def owed_of(session: Session, notice: Row[Any]) -> int:
    """What is owed of a notice, in fen."""
    return sum(part.owed_fen for part in parts_of(session, notice))


def blocked(session: Session, case: str) -> bool:
    """Whether delivery waits: something is owed by a fee that is not put off and whose flag does not forbid the link (R-50)."""
    notice = of_case(session, case)
    if notice is None:
        pinned = session.execute(select(fee_basis.c.fee).where(fee_basis.c.case_number == case)).scalars()
        return bool({fee.code for fee in book_of(session).fees if fee.linked} & set(pinned))
    linked = {line.fee for line in lines_of(session, notice.code) if line.linked} - _put_off(session, case)
    return any(part.keys.fee in linked for part in parts_of(session, notice))


def _put_off(session: Session, case: str) -> set[str]:
    """The fees of a case whose deferral or instalments were granted and have not ended."""
    columns = waiver.c
    running = columns.case_number == case, columns.state == "granted", columns.due_on.is_not(None)
    return set(session.execute(select(columns.fee).where(*running)).scalars())


def put_off_until(session: Session, notice: Row[Any], today: date) -> date | None:
    """The first day on which a deferral of what is owed ends; None where anything is owed that was not put off."""
    columns, ends = waiver.c, []
    for part in parts_of(session, notice):
        mine = columns.case_number == notice.case_number, columns.fee == part.keys.fee, columns.state == "granted"
        latest = session.execute(select(func.max(columns.due_on)).where(*mine)).scalar_one()
        if latest is None or latest <= today:
            return None
        ends.append(latest)
    return min(ends, default=None)


def settle(session: Session, notice: Row[Any], state: str, by: Stamp, **said: Any) -> None:
    """The notice is paid, or nothing is owed of it any more."""
    values = {"state": state, "paid_at": by.at, **said}
    session.execute(update(payment_notice).where(payment_notice.c.code == notice.code).values(**values))


def reopen(session: Session, case: str) -> None:
    """A payment was taken back: what is owed again is asked for by the same notice."""
    notice = of_case(session, case)
    if notice is not None and owed_of(session, notice):
        values = {"state": "issued", "paid_at": None, "paid_by": None, "channel": None, "receipt": None}
        session.execute(update(payment_notice).where(payment_notice.c.code == notice.code).values(**values))


def fall_due(session: Session, notice: Row[Any], day: date) -> None:
    """The notice has expired unpaid: it is on the list of arrears from this day."""
    session.execute(update(payment_notice).where(payment_notice.c.code == notice.code).values(arrears_on=day))


def _row(
    session: Session, case: CaseFile, found: list[Assessment], instance: str, number: str, day: date, by: Stamp
) -> dict[str, Any]:
    until = working_days(session).after(day, VALID_DAYS).day
    return {
        "code": number,
        "case_number": case.number,
        "instance_id": instance,
        "item_code": case.item_code,
        "item_version": case.item_version,
        "department": found[0].fee.department,
        "window_group": case.window_group,
        "payer": case.applicant_name,
        "amount_fen": sum(one.amount_fen for one in found),
        "issued_at": by.at,
        "issued_by": by.actor_id,
        "issued_on": day,
        "valid_until": until,
        "state": "issued",
    }


def _line(code: str, place: int, one: Assessment) -> dict[str, Any]:
    fee = one.fee
    proof = None if fee.verification is None else fee.verification.number
    return {
        "code": code,
        "line": place,
        "fee": fee.code,
        "fee_version": fee.version,
        "fee_name": fee.name,
        "fund_nature": fee.fund_nature,
        "quantity_field": fee.quantity_field,
        "quantity": one.quantity,
        "amount_fen": one.amount_fen,
        "standard": {**asdict(fee.standard), "document": fee.document.number, "verification": proof},
        "linked": fee.linked,
    }


def remind_at(session: Session, issued: datetime) -> date:
    """The day on which an unpaid notice is reminded of."""
    return working_days(session).after(hall_day(issued), REMIND_DAYS).day
