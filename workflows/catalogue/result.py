"""What an applicant leaves with, how long it holds, and how it is renewed (Art. 39, 50)."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.catalogue.limit import Unit


class ResultKind(StrEnum):
    """What kind of paper it is."""

    LICENCE = "licence"
    CERTIFICATE = "certificate"
    REGISTRATION = "registration"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Renewal:
    """``apply_days_before``: how long before expiry renewal is asked for; 30 calendar days unless another law says otherwise.

    ``silence_renews``: no decision before expiry means renewed (Art. 50); true of licences.
    """

    apply_days_before: int
    unit: Unit
    basis: str
    silence_renews: bool


@dataclass(frozen=True, slots=True)
class Result:
    """``validity_months``: none is without end. ``validity_basis``: what says so."""

    kind: ResultKind
    validity_months: int | None
    validity_basis: str
    renewal: Renewal | None = None
