"""Seals for approval (审批专用章, R-22): registered, kept by one person, used on what was issued in a case, given back."""

from dataclasses import dataclass
from enum import StrEnum

from engine.core.rejection import Rejection, declare

declare(
    {
        "seal-not-registered": ("审批专用章{seal}没有登记。", "Expected seal {seal} to be registered, but it is not."),
        "seal-not-in-use": (
            "审批专用章{seal}已经缴销，不能使用。",
            "Expected seal {seal} to be in use, but it was given back or destroyed.",
        ),
        "seal-of-other-department": (
            "审批专用章{seal}属于{owner}，不能用于{department}的文书。",
            "Seal {seal} belongs to {owner}; it cannot be put on a document of {department}.",
        ),
        "seal-without-decision": (
            "没有{document}的签发记录，不能用印。",
            "Expected document {document} to have been issued in this case before it is sealed, but it was not.",
        ),
        "seal-not-kept": (
            "审批专用章{seal}由{keeper}保管，{actor}没有办理交接，不能使用。",
            "Seal {seal} is kept by {keeper}; {actor} cannot use it without a hand-over.",
        ),
        "seal-exists": ("审批专用章{seal}已经登记。", "Expected a new number, but seal {seal} is registered."),
        "seal-handed-to-itself": (
            "审批专用章{seal}已由{keeper}保管。",
            "Expected somebody other than {keeper}, who keeps seal {seal} already.",
        ),
    }
)


class SealState(StrEnum):
    """In use at a window, given back to the issuer, or destroyed by it (国发〔1999〕25号)."""

    IN_USE = "in-use"
    RETURNED = "returned"
    DESTROYED = "destroyed"


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal. ``impression``: SHA-256 of the picture of its imprint."""

    number: str
    department: str
    impression: str
    state: SealState
    keeper: str


def require_usable(seal: Seal, department: str, actor: str) -> None:
    """:raises Rejection: ``seal-not-in-use``, ``seal-of-other-department`` (R-18), ``seal-not-kept``."""
    if seal.state is not SealState.IN_USE:
        raise Rejection("seal-not-in-use", field="seal_number", seal=seal.number)
    if seal.department != department:
        raise Rejection(
            "seal-of-other-department", field="seal_number", seal=seal.number, owner=seal.department, department=department
        )
    if seal.keeper != actor:
        raise Rejection("seal-not-kept", field="seal_number", seal=seal.number, keeper=seal.keeper, actor=actor)
