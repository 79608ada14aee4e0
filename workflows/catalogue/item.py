"""An approval item: everything the notice and the law want to see published of it."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Which of the routes a case of the item takes. (补办件 and 退回件 are states of a receipt, not kinds of an item.)"""

    IMMEDIATE = "immediate"
    """即办件: decided at the window on the spot."""
    PROMISED = "promised"
    """承诺件: decided behind the window within the promised limit."""
    JOINT = "joint"
    """联办件: several departments decide together."""
    REPORTED = "reported"
    """上报件: examined here, decided by a superior organ."""


@dataclass(frozen=True, slots=True)
class Material:
    """One paper an applicant brings (APPL Art. 29-31: none that has nothing to do with the item)."""

    name: str
    name_en: str
    need: str
    """``required``, ``conditional`` or ``optional``."""
    original: bool
    copies: int
    issued_by: str
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Consulted:
    """A department that is asked for its opinion."""

    name: str
    group: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item in one version. Limits are working days (Art. 82); the promise is never longer than the law's limit."""

    code: str
    name: str
    name_en: str
    kind: Kind
    sample: bool
    """Figures of this item are samples for the demonstration, not the county's."""
    department: str
    department_code: str
    window: str
    window_group: str
    department_group: str
    leader_group: str
    leader_signature: bool
    legal_basis: tuple[str, ...]
    conditions: tuple[str, ...]
    materials: tuple[Material, ...]
    statutory_days: int
    promised_days: int
    fees: tuple[str, ...]
    result_document: str
    contact: str
    appeal_channels: tuple[str, ...]
    process: str
    form: str
    needs_site_visit: bool = False
    consulted: tuple[Consulted, ...] = ()

    def to_variables(self) -> dict[str, Any]:
        """What a case knows of its item: the version it was accepted under, pinned by being a variable of the case."""
        return {
            "code": self.code,
            "name": self.name,
            "kind": self.kind.value,
            "department": self.department,
            "window_group": self.window_group,
            "department_group": self.department_group,
            "leader_group": self.leader_group,
            "leader_signature": self.leader_signature,
            "statutory_days": self.statutory_days,
            "promised_days": self.promised_days,
            "statutory_basis": self.legal_basis[0],
            "result_document": self.result_document,
            "needs_site_visit": self.needs_site_visit,
            "materials": [material.name for material in self.materials],
            "consulted": [asdict(department) for department in self.consulted],
        }
