"""What a case file keeps of the applicant: the name, and so much of the identity number as tells two people apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SHOWN_FIRST, SHOWN_LAST = 4, 4


@dataclass(frozen=True, slots=True)
class Applicant:
    """``kind``: ``individual`` or ``organisation``."""

    kind: str
    name: str
    masked_id: str

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Applicant":
        """From the applicant's part of an application form."""
        kind = str(given.get("kind") or ("organisation" if given.get("credit_code") else "individual"))
        return cls(kind, str(given.get("name") or "").strip(), masked(identity_of(given)))


def identity_of(given: Mapping[str, Any]) -> str:
    """The number on the papers of whoever a form names, in full; "" where there is none."""
    return str(given.get("resident_id") or given.get("credit_code") or given.get("id_number") or "")


def masked(identity: str) -> str:
    """``1101**********002X``. One that is too short to hide anything is hidden whole."""
    hidden = len(identity) - SHOWN_FIRST - SHOWN_LAST
    if hidden < SHOWN_FIRST:
        return "*" * len(identity)
    return f"{identity[:SHOWN_FIRST]}{'*' * hidden}{identity[-SHOWN_LAST:]}"


def masked_name(name: str) -> str:
    """For pages that anybody may see: the first character only."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""
