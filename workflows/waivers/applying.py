"""An application: what it is about comes from the ledger and the list of bases, and what it comes to is worked out (R-49)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.core.moments import to_text
from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorCall
from workflows.calendar.entry import working_days
from workflows.clock import hall_day
from workflows.fees.fee import Fee
from workflows.fees.versions import version_of
from workflows.journal import Entry
from workflows.organisation.department_group import department_group
from workflows.waivers import storage
from workflows.waivers.basis import KINDS, NONE, Basis, bases, basis_of
from workflows.waivers.obligation import Obligation, obligation_of
from workflows.waivers.plan import Plan, plan, require_within, shown
from workflows.waivers.storage import DEFERRING

declare(
    {
        "waiver-already-open": (
            "{fee}的减免缓申请{number}正在办理。",
            "Expected one application about a debt at a time, but {number} about {fee} is open.",
        ),
        "waiver-applied-late": (
            "应当自收到缴纳通知之日起{days}日内申请。",
            "Expected an application within {days} days of the payment notice, but it is later.",
        ),
        "waiver-payer-in-arrears": (
            "{payer}在欠缴名单内，不得再申请缓缴、分期。",
            "Expected a payer who is not in arrears, but {payer} let a deferral pass unpaid.",
        ),
        "waiver-not-written": ("减免缓须书面申请。", "Expected an application in writing, but there is none."),
    }
)


@dataclass(frozen=True, slots=True)
class Request:
    """An application with what it is found to be about. ``basis``: None of one that names none."""

    kind: str
    fee: Fee
    debt: Obligation
    basis: Basis | None
    plan: Plan


def apply(session: Session, given: Variables, call: OperatorCall) -> Row[Any]:
    """Enter an application.

    :raises Rejection: ``waiver-not-written``, ``waiver-already-open``, ``waiver-applied-late``, ``waiver-payer-in-arrears``,
        and as :func:`requested`.
    """
    if given.get("written") is not True:
        raise Rejection("waiver-not-written", field="written")
    today = hall_day(call.now)
    found = requested(session, given, today)
    _require_may_apply(session, found, today)
    number = f"JM{today.year}{next_number(session, f'waiver/{today.year}'):06d}"
    row = _row(session, found, given, call)
    said = {"kind": found.kind, "amount_fen": found.plan.amount_fen, "days": found.plan.days, "basis": row["basis"]}
    guarantee = {"guarantee": str(given.get("guarantee") or "") or None}
    storage.add(session, {"number": number, **row}, Entry(call.now, call.actor.id, "applied", said | guarantee))
    return storage.find(session, number)


def requested(session: Session, given: Variables, today: date) -> Request:
    """What is asked for, as it stands today.

    :raises Rejection: as :func:`workflows.waivers.obligation.obligation_of`, :func:`workflows.waivers.basis.basis_of`,
        :func:`workflows.waivers.plan.plan`; ``waiver-deferral-limit``.
    """
    kind, case, code = (str(given.get(name) or "") for name in ("kind", "case_number", "fee"))
    debt = obligation_of(session, case, code)
    basis = basis_of(str(given.get("basis") or NONE), kind, code, today)
    found = plan(kind, debt.payable_fen, given.get("amount_fen"), given.get("days"), _parts(given.get("instalments")), today)
    if kind in DEFERRING and basis is not None:
        require_within(storage.deferred_days(session, case, code), found.days, basis.max_days)
    return Request(kind, fee_version(session, debt), debt, basis, found)


def fee_version(session: Session, debt: Obligation) -> Fee:
    """The fee as it was when the debt was made: a case keeps the version of its day."""
    keys = debt.keys
    return version_of(session, keys.fee, keys.fee_version)


def facts(session: Session, found: Row[Any], fee: Fee) -> dict[str, Value]:
    """What D6 is asked with, and what tasks show. The sum is of the payer's whole year, added up here (A-27)."""
    basis = bases().get(found.basis)
    return {
        "number": found.number,
        "kind": found.kind,
        "kind_name": KINDS[found.kind],
        "case_number": found.case_number,
        "fee_name": fee.name,
        "department": found.department,
        "department_group": department_group(session, found.department, found.case_number),
        "payer": found.payer,
        "payable_fen": found.payable_fen,
        "amount_fen": found.amount_fen,
        "amount_yuan": f"{found.amount_fen // 100}.{found.amount_fen % 100:02d}",
        "days": found.days,
        "basis_name": "无依据" if basis is None else basis.name,
        "grounds": found.grounds,
        "evidence": found.evidence,
        "own_level_fee": fee.income == "own",
        "lawful_basis": basis is not None,
        "mandatory": basis is not None and basis.mandatory,
        "payer_year_fen": storage.year_of(session, found.payer, found.year),
        "silence": basis is not None and basis.silence,
        "decide_by": to_text(found.decide_by),
    }


def _require_may_apply(session: Session, found: Request, today: date) -> None:
    keys, basis = found.debt.keys, found.basis
    if (number := storage.open_of(session, keys.case_number, keys.fee)) is not None:
        raise Rejection("waiver-already-open", field="fee", fee=found.fee.name, number=number)
    days = None if basis is None else basis.apply_within_days
    if days is not None and today > found.debt.assessed_on + timedelta(days=days):
        raise Rejection("waiver-applied-late", field="basis", days=days)
    if found.kind in DEFERRING and storage.in_arrears(session, keys.payer):
        raise Rejection("waiver-payer-in-arrears", field="fee", payer=keys.payer)


def _row(session: Session, found: Request, given: Variables, call: OperatorCall) -> dict[str, Any]:
    today = hall_day(call.now)
    keys, basis = found.debt.keys, found.basis
    same = ("case_number", "department", "fee", "fee_version", "fund_nature", "payer")
    return {
        **{name: getattr(keys, name) for name in same},
        "instance_id": call.instance_id,
        "kind": found.kind,
        "basis": NONE if basis is None else basis.key,
        "payable_fen": found.debt.payable_fen,
        "amount_fen": found.plan.amount_fen,
        "days": found.plan.days,
        "plan": shown(found.plan.instalments),
        "grounds": str(given.get("grounds") or ""),
        "evidence": str(given.get("evidence") or ""),
        "sponsor": str(given.get("sponsor") or "").strip() or None,
        "applied_at": call.now,
        "applied_by": call.actor.id,
        "year": today.year,
        "decide_by": call.now if basis is None else basis.decide_by(today, working_days(session)),
        "state": "reviewing",
    }


def _parts(given: object) -> list[tuple[date, int]]:
    rows = given if isinstance(given, list) else []
    try:
        return [(date.fromisoformat(str(row["due_on"])), int(row["amount_fen"])) for row in rows]
    except (KeyError, TypeError, ValueError):
        return []
