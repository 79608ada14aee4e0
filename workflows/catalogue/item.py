"""An approval item: everything the notice and the law want to see published of it."""

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from workflows.catalogue.direct_approval import ItemClass, Route, route
from workflows.catalogue.limit import Limit, limit_on
from workflows.catalogue.result import Result, ResultKind


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
    basis: str | None = None
    """Which text of the item's legal basis asks for it."""
    elements: tuple[str, ...] = ()
    """The fields of the application form it is the evidence of, ``details.width_m`` (R-28)."""


@dataclass(frozen=True, slots=True)
class OtherField:
    """A field of the form that no material is evidence of, and why it is asked for (Art. 29)."""

    field: str
    because: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the procedure, the post that does it, and its limit in working days (0: on the spot)."""

    name: str
    post: str
    days: int


@dataclass(frozen=True, slots=True)
class FeeReference:
    """A fee of the fee catalogue by its code, and what is paid for: only ``item`` may be."""

    code: str
    charged_for: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What else the guide says (Art. 30): where the sample of a filled-in form hangs, telephone, hours."""

    sample_text: str
    telephone: str
    hours: str


@dataclass(frozen=True, slots=True)
class Consulted:
    """A department that is asked for its opinion."""

    name: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item in one version. The promise and the steps are working days (Art. 82)."""

    code: str
    name: str
    name_en: str
    kind: Kind
    item_class: ItemClass
    sample: bool
    """Figures of this item are samples for the demonstration, not the county's."""
    department: str
    department_code: str
    window: str
    window_group: str
    other_windows: tuple[str, ...]
    department_group: str
    leader_group: str
    leader_signature: bool
    issue_first: bool
    """核发后送回审签: the window issues, the leader signs afterwards (R-26)."""
    head_must_approve: bool
    """The law wants the head of the organ to approve before it is issued."""
    safety_related: bool
    """It directly concerns public safety, health, life or property: false papers close the door for a year, fraud for three
    (Art. 78, 79)."""
    legal_basis: tuple[str, ...]
    conditions: tuple[str, ...]
    quantity: str
    procedure: tuple[str, ...]
    materials: tuple[Material, ...]
    other_fields: tuple[OtherField, ...]
    limits: tuple[Limit, ...]
    promised_days: int
    notice_days: int
    """Working days to tell what is missing, at most 5 (Art. 32)."""
    delivery_days: int
    """Working days to deliver, at most 10 (Art. 44)."""
    steps: tuple[Step, ...]
    free: bool
    fees: tuple[FeeReference, ...]
    result_document: str
    result: Result | None
    contact: str
    publication: Publication
    appeal_channels: tuple[str, ...]
    process: str
    form: str
    form_version: str
    needs_site_visit: bool
    needs_hearing: bool
    """The law wants a hearing in every case of the item (Art. 46)."""
    needs_investigation: bool
    needs_upper_level: bool
    route_reason: str
    """Why an item that the window could decide directly is not; counted as authorisation not given in full (R-20)."""
    consulted: tuple[Consulted, ...]

    @property
    def statutory_days(self) -> int:
        """Working days of the limit in force last; 0 where none is entered."""
        return self.statutory_on(date.max)

    def statutory_on(self, day: date) -> int:
        """Working days for a case accepted on that day; 0 where no limit is entered for it."""
        limit = limit_on(self.limits, day)
        return 0 if limit is None else limit.working_days

    @property
    def gives_licence(self) -> bool:
        """Whether the hall gives a paper that goes into the register of licences: not a notice, nor what a superior gives."""
        return self.result is not None and self.result.kind is not ResultKind.NOTICE and self.kind is not Kind.REPORTED

    @property
    def route(self) -> Route:
        """What D1 says of it."""
        return route(
            self.item_class,
            several_departments=self.kind is Kind.JOINT,
            needs_site_visit=self.needs_site_visit,
            needs_investigation=self.needs_investigation,
            needs_upper_level=self.needs_upper_level,
        )

    def to_variables(self, on: date = date.max) -> dict[str, Any]:
        """What a case knows of its item, by the limits of the day: pinned by being a variable of the case (R-59)."""
        limit = limit_on(self.limits, on)
        same = ("code", "name", "department", "window_group", "department_group", "leader_group", "leader_signature")
        more = ("promised_days", "notice_days", "delivery_days", "result_document", "issue_first", "free")
        rest = ("safety_related", "gives_licence")
        needs = ("needs_site_visit", "needs_hearing", "needs_investigation", "needs_upper_level")
        return {
            **{name: getattr(self, name) for name in (*same, *more, *rest, *needs)},
            "kind": self.kind.value,
            "item_class": self.item_class.value,
            "statutory_days": self.statutory_on(on),
            "statutory_basis": self.legal_basis[0] if limit is None else limit.basis,
            "validity_months": None if self.result is None else self.result.validity_months,
            "fees": [fee.code for fee in self.fees],
            "materials": [material.name for material in self.materials],
            "consulted": [asdict(department) for department in self.consulted],
        }
