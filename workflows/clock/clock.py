"""A clock as a value: what was started, what stopped it and for how long, what it was extended by. Nothing here computes.

Days are the hall's dates, because the law counts days; the moments beside them say when somebody acted, in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from engine.core.moments import from_text, to_text
from workflows.clock.ground import LimitName
from workflows.clock.kind import Approver, Ends, ExtensionRule
from workflows.clock.unit import Unit


@dataclass(frozen=True, slots=True)
class Limit:
    """One of the limits that run side by side.

    ``days`` is what it was started with, ``extended`` what was added by extension, ``kept`` what was added so that a date
    already promised stands though the calendar would now give an earlier one. ``last_day`` is set where the end is a date and
    not a number of days (C8); then ``days`` is 0.
    """

    name: LimitName
    days: int
    unit: Unit
    basis: str
    extended: int = 0
    kept: int = 0
    last_day: date | None = None

    @property
    def total(self) -> int:
        """How many days it has in all."""
        return self.days + self.extended + self.kept


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch that does not count: (``started_on``, ``ended_on``], so the first day is still used and the last is not.

    ``planned_days`` are working days, as the applicant was told in writing (``notice``, the document's number).
    """

    ground: str
    basis: str
    stops: frozenset[LimitName]
    started_on: date
    started_at: datetime
    planned_days: int
    notice: str
    evidence: str
    by: str
    ended_on: date | None = None
    ended_at: datetime | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """The one extension (延长). ``approved_by`` is an account, ``approver`` the office it holds."""

    days: int
    reason: str
    approved_by: str
    approver: Approver
    at: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock of a case. ``name`` distinguishes clocks of one kind in one case (departments, steps)."""

    name: str
    kind: str
    variant: str
    title: str
    title_en: str
    started_on: date
    started_at: datetime
    limits: tuple[Limit, ...]
    ends: Ends
    on_lapse: str
    pausable: bool
    extendable: ExtensionRule | None = None
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None
    stopped_at: datetime | None = None
    stopped_on: date | None = None
    stop_reason: str | None = None

    @property
    def open_pauses(self) -> tuple[Pause, ...]:
        return tuple(pause for pause in self.pauses if pause.ended_on is None)

    @property
    def paused(self) -> bool:
        """Whether it stands still (some limit of it, at least)."""
        return self.stopped_at is None and bool(self.open_pauses)

    @property
    def last_event(self) -> datetime:
        """When somebody last did something to it."""
        moments = [self.started_at, *(pause.started_at for pause in self.pauses)]
        moments += [pause.ended_at for pause in self.pauses if pause.ended_at is not None]
        moments += [self.extension.at] if self.extension is not None else []
        return max(moments)

    def limit(self, name: LimitName) -> Limit | None:
        return next((limit for limit in self.limits if limit.name is name), None)

    def with_limit(self, changed: Limit) -> "Clock":
        return replace(self, limits=tuple(changed if limit.name is changed.name else limit for limit in self.limits))

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON, the same text for the same clock."""
        plain: dict[str, Any] = _plain(self)
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Clock":
        """The inverse of :meth:`to_dict`."""
        rule, extension = data["extendable"], data["extension"]
        return cls(
            **{
                **data,
                "started_on": date.fromisoformat(data["started_on"]),
                "started_at": from_text(data["started_at"]),
                "limits": tuple(map(_limit, data["limits"])),
                "ends": Ends(data["ends"]),
                "extendable": None if rule is None else ExtensionRule(rule["days"], Approver(rule["approver"]), rule["basis"]),
                "pauses": tuple(map(_pause, data["pauses"])),
                "extension": None if extension is None else _extension(extension),
                "stopped_at": _moment(data["stopped_at"]),
                "stopped_on": _day(data["stopped_on"]),
            }
        )


_RECORDS = (Clock, Limit, Pause, Extension, ExtensionRule)


def _plain(value: Any) -> Any:
    if isinstance(value, _RECORDS):
        return {name: _plain(getattr(value, name)) for name in value.__slots__}
    if isinstance(value, datetime):
        return to_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(str(name) for name in value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


def _moment(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _limit(data: Mapping[str, Any]) -> Limit:
    changed = {"name": LimitName(data["name"]), "unit": Unit(data["unit"]), "last_day": _day(data["last_day"])}
    return Limit(**{**data, **changed})


def _pause(data: Mapping[str, Any]) -> Pause:
    changed = {
        "stops": frozenset(map(LimitName, data["stops"])),
        "started_on": date.fromisoformat(data["started_on"]),
        "started_at": from_text(data["started_at"]),
        "ended_on": _day(data["ended_on"]),
        "ended_at": _moment(data["ended_at"]),
    }
    return Pause(**{**data, **changed})


def _extension(data: Mapping[str, Any]) -> Extension:
    return Extension(**{**data, "approver": Approver(data["approver"]), "at": from_text(data["at"])})
