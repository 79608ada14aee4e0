"""What a case may be charged by, pinned by the case itself (A-12): nobody enters a quantity, and no message brings one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.runtime.number_series import next_number
from workflows.case_file.storage import CaseFile
from workflows.case_file.storage import find as find_case
from workflows.catalogue import storage as catalogue
from workflows.catalogue.direct_approval import ItemClass
from workflows.catalogue.item import Item
from workflows.clock import hall_day
from workflows.collection.tables import fee_attempt, fee_basis
from workflows.fees.assessing import Assessment, Charge, assess
from workflows.fees.fee import Fee
from workflows.fees.versions import book_of
from workflows.licences.storage import matter_of

LICENSING = frozenset({ItemClass.LICENCE, ItemClass.REGISTRATION, ItemClass.GENERAL_APPROVAL})
"""Of these a fee needs a law or an administrative regulation (APPL Art. 58); a filing is no licence."""

NOT_LAWFUL = frozenset(
    {"fee-document-invalid", "fee-permit-invalid", "fee-range-unverified", "fee-level-too-low", "fee-nature-ended"}
)

declare(
    {
        "fee-basis-missing": (
            "办件{case}没有可据以核定{fee}的数据。",
            "Expected case {case} to have said itself what {fee} is charged by, but it has not.",
        ),
        "fee-case-foreign": (
            "计费依据只能由办件{case}本身的流程登记。",
            "Expected the process of case {case} itself to say what is charged by, but it is another.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Who acts, and when."""

    at: datetime
    actor_id: str


def item_of(session: Session, case: CaseFile) -> Item:
    """The item in the version the case pinned, as the catalogue publishes it."""
    return catalogue.parsed(catalogue.content(session, case.item_code, case.item_version))


def fees_of(session: Session, item: Item, day: date) -> list[Fee]:
    """The fees of an item that are in force on a day. None of a free item."""
    codes = {reference.code for reference in item.fees}
    return [fee for fee in book_of(session).fees if fee.code in codes and item.code in fee.items and fee.in_force.valid(day)]


def keep(session: Session, case: CaseFile, instance: str, details: Mapping[str, Any], entry: Entry) -> list[Fee]:
    """Pin what the case's fees are charged by, out of its own form, once: the fees. Renewal and change are not charged again.

    :raises Rejection: ``fee-case-foreign``, ``fee-basis-missing``.
    """
    item = item_of(session, case)
    found = [] if item.free or matter_of(session, case.number) else fees_of(session, item, day_of(case, entry.at))
    if found and case.instance_id != instance:
        raise Rejection("fee-case-foreign", case=case.number)
    for fee in found:
        quantity = _whole(_at(details, fee.quantity_field))
        if quantity is None:
            raise Rejection("fee-basis-missing", field=fee.quantity_field, case=case.number, fee=fee.name)
        charge = Charge(item.code, fee.code, quantity, day_of(case, entry.at), item.free, item.item_class in LICENSING)
        if _lawful(session, charge) and fee.code not in _pinned(session, case.number):
            row = {"case_number": case.number, "fee": fee.code, "quantity_field": fee.quantity_field, "quantity": quantity}
            session.execute(insert(fee_basis).values(**row, instance_id=instance, at=entry.at))
    return pinned(session, case, entry.at)


def pinned(session: Session, case: CaseFile, now: datetime) -> list[Fee]:
    """The fees whose basis the case has pinned."""
    codes = _pinned(session, case.number)
    return [fee for fee in fees_of(session, item_of(session, case), day_of(case, now)) if fee.code in codes]


def _pinned(session: Session, number: str) -> set[str]:
    return set(session.execute(select(fee_basis.c.fee).where(fee_basis.c.case_number == number)).scalars())


def _lawful(session: Session, charge: Charge) -> bool:
    """Whether it may be charged: without document, permit or sufficient law nothing is, and the case goes on (R-42)."""
    try:
        assess(charge, book_of(session))
    except Rejection as refused:
        if refused.code in NOT_LAWFUL:
            return False
        raise
    return True


def day_of(case: CaseFile, now: datetime) -> date:
    """The day by which a case's fees are chosen: that of its acceptance."""
    return case.accepted_on or hall_day(now)


def charge_of(session: Session, case: CaseFile, item: Item, fee: str, now: datetime) -> Charge:
    """The charge, whose quantity the case pinned and whose item the catalogue publishes free or not.

    :raises Rejection: ``fee-basis-missing``.
    """
    columns = fee_basis.c
    kept = select(columns.quantity).where(columns.case_number == case.number, columns.fee == fee)
    quantity = session.execute(kept).scalar_one_or_none()
    if quantity is None and not item.free:
        raise Rejection("fee-basis-missing", field="fee", case=case.number, fee=fee[:40])
    return Charge(item.code, fee, quantity or 0, day_of(case, now), item.free, item.item_class in LICENSING)


def assessed(session: Session, number: str, fee: str, entry: Entry) -> Assessment:
    """What a case owes by a fee.

    :raises Rejection: as :func:`charge_of` and :func:`workflows.fees.assessing.assess`.
    """
    case = find_case(session, number)
    return assess(charge_of(session, case, item_of(session, case), fee, entry.at), book_of(session))


def note_attempt(session: Session, case: CaseFile, fee: str, reason: str, entry: Entry) -> None:
    """Keep that something was to be charged that may not be (R-47, E-13, E-15)."""
    row = {"number": next_number(session, "fee-attempt"), "case_number": case.number, "item_code": case.item_code}
    said = {"fee": fee[:40], "reason": reason[:60], "actor_id": entry.actor_id, "at": entry.at}
    session.execute(insert(fee_attempt).values(**row, **said))


def _at(details: Mapping[str, Any], field: str) -> object:
    value: object = details
    for name in field.removeprefix("details.").split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _whole(given: object) -> int | None:
    """A quantity, parts of a unit counted as one; None where there is none."""
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    try:
        return max(0, -int(-Decimal(str(given)) // 1))
    except ArithmeticError:
        return None
