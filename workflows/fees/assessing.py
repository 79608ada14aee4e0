"""What a case owes by a fee (核定, D5): worked out from the fee's version of the day, never entered. Pure."""

from dataclasses import dataclass
from datetime import date

from engine.core.rejection import Rejection, declare
from workflows.fees.fee import Fee, FeeBook, Tier, fee_book

LAWFUL = ("law", "administrative-regulation")

declare(
    {
        "fee-free": ("事项{item}公布为免费，一律不得收费。", "Expected an item that may be charged for, but {item} is free."),
        "fee-unknown": ("{day}没有收费项目{fee}。", "Expected a fee in force on {day}, but {fee} is none."),
        "fee-not-of-item": (
            "{fee}不得随事项{item}收取（搭车收费）。",
            "Expected a fee of item {item}, but {fee} is none; nothing is charged along with it.",
        ),
        "fee-document-invalid": (
            "{fee}没有有效的收费文件。",
            "Expected a valid charge document of {fee}, but there is none.",
        ),
        "fee-permit-invalid": ("{fee}没有有效的收费许可证。", "Expected {fee} to have a valid charge permit, but it has none."),
        "fee-range-unverified": (
            "{fee}的收费幅度未经管委会核定低限，不得收取。",
            "Expected the committee to have fixed the low end of {fee}, but no record of it is in force.",
        ),
        "fee-level-too-low": (
            "{fee}没有法律、行政法规依据，实施行政许可不得收取。",
            "Expected {fee} to rest on a law or administrative regulation, but it does not (article 58).",
        ),
        "fee-nature-ended": ("{nature}资金已经取消。", "Expected a fund nature in use on {day}, but {nature} has ended."),
        "fee-quantity": ("数量须为正整数。", "Expected a whole quantity above 0, but got {quantity}."),
    }
)


@dataclass(frozen=True, slots=True)
class Charge:
    """What is asked about. ``accepted_on``: the case's day, by which the version is chosen; ``licensing``: of a licence."""

    item: str
    fee: str
    quantity: int
    accepted_on: date
    published_free: bool
    licensing: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is owed. A range counts by its low end (R-43)."""

    fee: Fee
    quantity: int
    amount_fen: int


def assess(charge: Charge, book: FeeBook | None = None) -> Assessment:
    """Work out what is owed.

    :raises Rejection: ``fee-free``, ``fee-unknown``, ``fee-not-of-item``, ``fee-document-invalid``, ``fee-permit-invalid``,
        ``fee-range-unverified``, ``fee-level-too-low``, ``fee-nature-ended``, ``fee-quantity``.
    """
    if charge.published_free:
        raise Rejection("fee-free", field="fee", item=charge.item)
    kept = book or fee_book()
    fee = _in_force(kept, charge)
    _require_basis(kept, fee, charge)
    if isinstance(charge.quantity, bool) or not isinstance(charge.quantity, int) or charge.quantity <= 0:
        raise Rejection("fee-quantity", field="quantity", quantity=str(charge.quantity))
    return Assessment(fee, charge.quantity, _amount(fee, charge.quantity))


def permit_valid(book: FeeBook, fee: Fee, day: date) -> bool:
    """Whether the fee has its permit, or none is asked for any more (X-07)."""
    return day > book.permits_until or (fee.permit is not None and fee.permit.valid(day))


def _in_force(book: FeeBook, charge: Charge) -> Fee:
    found = [fee for fee in book.fees if fee.code == charge.fee and fee.in_force.valid(charge.accepted_on)]
    if not found:
        raise Rejection("fee-unknown", field="fee", fee=charge.fee[:40], day=charge.accepted_on.isoformat())
    if charge.item not in found[0].items:
        raise Rejection("fee-not-of-item", field="fee", fee=found[0].name, item=charge.item)
    return found[0]


def _require_basis(book: FeeBook, fee: Fee, charge: Charge) -> None:
    day = charge.accepted_on
    if not fee.document.valid(day):
        raise Rejection("fee-document-invalid", field="fee", fee=fee.name)
    if not permit_valid(book, fee, day):
        raise Rejection("fee-permit-invalid", field="fee", fee=fee.name)
    if fee.standard.kind == "range" and (fee.verification is None or not fee.verification.valid(day)):
        raise Rejection("fee-range-unverified", field="fee", fee=fee.name)
    if charge.licensing and day >= book.law_from and fee.document.level not in LAWFUL:
        raise Rejection("fee-level-too-low", field="fee", fee=fee.name)
    nature = next(one for one in book.fund_natures if one.key == fee.fund_nature)
    if nature.to_on is not None and day > nature.to_on:
        raise Rejection("fee-nature-ended", field="fee", nature=nature.name, day=day.isoformat())


def _amount(fee: Fee, quantity: int) -> int:
    standard = fee.standard
    if standard.kind == "fixed":
        return standard.standard_fen * quantity
    if standard.kind == "range":
        return standard.low_fen * quantity
    if standard.kind == "percent":
        share = quantity * standard.rate_bp // 10_000
        return min(share, standard.cap_fen) if standard.cap_fen else share
    if standard.kind == "tiers":
        return sum(_within(quantity, tier) * tier.step_fen for tier in standard.tiers)
    return min(standard.cap_fen, standard.base_fen + quantity * standard.step_fen)


def _within(quantity: int, tier: Tier) -> int:
    """How many units lie in a band."""
    return max(0, min(quantity, quantity if tier.up_to is None else tier.up_to) - tier.over)
