"""The life of a fee's version: drafted, checked, its low end fixed, in force from a day, lapsed or ended (P18b). Pure."""

from datetime import date
from enum import StrEnum

from engine.core.rejection import Rejection, declare
from workflows.fees.assessing import permit_valid
from workflows.fees.fee import Fee, FeeBook

declare(
    {
        "fee-version-not-found": (
            "没有收费项目{fee}的版本{version}。",
            "Expected version {version} of fee {fee}, but there is none.",
        ),
        "fee-content-invalid": (
            "收费项目内容有误：{fields}。",
            "Expected a fee with all its parts, but these are wrong: {fields}.",
        ),
        "fee-state-order": (
            "{fee}不能由“{before}”转为“{after}”。",
            "Fee {fee} cannot go from {before} to {after}.",
        ),
        "fee-own-draft": (
            "起草人不得审查、核定自己起草的收费项目。",
            "Expected somebody else to check what {actor} drafted.",
        ),
        "fee-in-the-past": ("不得自{day}起施行，已经过去。", "Expected a day from today on, but {day} is past."),
        "fee-verification-missing": (
            "有幅度的收费须有管委会核定低限的文号。",
            "Expected the committee's record of the low end of a range, but there is none.",
        ),
        "fee-low-end-differs": (
            "低限应为{low}分，核定为{given}分。",
            "Expected the low end of the range, {low} fen, to be fixed, but {given} fen were.",
        ),
        "fee-range": ("幅度的低限不得高于高限。", "Expected a range whose low end is not above its high end, but it is."),
        "fee-unchanged": ("与现行版本相同。", "Expected a change, but the version is as the one before."),
        "fee-reason-missing": ("须写明理由。", "Expected a reason, but there is none."),
        "fee-proposal-foreign": (
            "只有执收部门或者管委会可以提出。",
            "Expected somebody of the fee's department or of the committee, but {actor} is not.",
        ),
    }
)


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    LEGAL_CHECK = "legal-check"
    CHECKED = "checked"
    IN_FORCE = "in-force"
    LAPSED = "lapsed"
    ENDED = "ended"


NAMES = {
    State.DRAFT: "起草",
    State.LEGAL_CHECK: "法制审查",
    State.CHECKED: "审查通过",
    State.IN_FORCE: "施行",
    State.LAPSED: "失效",
    State.ENDED: "废止",
}
NEXT = {
    State.DRAFT: frozenset({State.LEGAL_CHECK}),
    State.LEGAL_CHECK: frozenset({State.CHECKED, State.DRAFT}),
    State.CHECKED: frozenset({State.IN_FORCE, State.DRAFT}),
    State.IN_FORCE: frozenset({State.ENDED, State.LAPSED}),
    State.LAPSED: frozenset({State.ENDED}),
    State.ENDED: frozenset[State](),
}
BY_SECOND_PERSON = frozenset({State.CHECKED, State.IN_FORCE})
"""Nobody takes his own draft there."""


def require_move(fee: str, before: State, after: State) -> None:
    """:raises Rejection: ``fee-state-order``."""
    if after not in NEXT[before]:
        raise Rejection("fee-state-order", fee=fee, before=NAMES[before], after=NAMES[after])


def require_papers(book: FeeBook, fee: Fee, day: date) -> None:
    """Document and permit hold on a day (R-42).

    :raises Rejection: ``fee-document-invalid``, ``fee-permit-invalid``, ``fee-range``.
    """
    if not fee.document.valid(day):
        raise Rejection("fee-document-invalid", field="fee", fee=fee.name)
    if not permit_valid(book, fee, day):
        raise Rejection("fee-permit-invalid", field="fee", fee=fee.name)
    if fee.standard.kind == "range" and fee.standard.low_fen > fee.standard.high_fen:
        raise Rejection("fee-range", field="standard")


def require_low_end(fee: Fee, verification: str, low_fen: object) -> None:
    """A range goes into force by the committee's record of its low end, and by no other figure (R-43).

    :raises Rejection: ``fee-verification-missing``, ``fee-low-end-differs``.
    """
    if fee.standard.kind != "range":
        return
    if not verification.strip():
        raise Rejection("fee-verification-missing", field="verification")
    if low_fen != fee.standard.low_fen:
        raise Rejection("fee-low-end-differs", field="low_fen", low=fee.standard.low_fen, given=str(low_fen)[:20])


def expires_on(book: FeeBook, fee: Fee) -> date | None:
    """The last day on which the fee may be charged, by document, permit and its own end; None without one."""
    permit = None if fee.permit is None else fee.permit.to_on
    asked = permit if permit is not None and permit < book.permits_until else None
    ends = [day for day in (fee.document.to_on, fee.in_force.to_on, asked) if day is not None]
    return min(ends, default=None)


def off_because(book: FeeBook, fee: Fee, day: date) -> str | None:
    """Why a fee is not charged on a day though nobody ended it; None where it is charged."""
    if not fee.in_force.valid(day):
        return "fee-unknown"
    if not fee.document.valid(day):
        return "fee-document-invalid"
    if not permit_valid(book, fee, day):
        return "fee-permit-invalid"
    if fee.standard.kind == "range" and (fee.verification is None or not fee.verification.valid(day)):
        return "fee-range-unverified"
    nature = next(one for one in book.fund_natures if one.key == fee.fund_nature)
    return "fee-nature-ended" if nature.to_on is not None and day > nature.to_on else None
