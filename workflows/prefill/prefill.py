"""Looking up what an applicant said the last time.

Whose name and number somebody holds in his hand, he may ask for; that he did is in the audit log, with the number masked.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.runtime.runtime import Runtime
from workflows.case_file.applicant import identity_of, masked
from workflows.case_file.tables import case_file
from workflows.clock import hall_day
from workflows.licences.tables import licence

NOT_CARRIED = frozenset({"kind", "name", "resident_id", "credit_code", "id_number"})
"""The asker has these already."""


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A field of the applicant's part of a form, and where the hall has it from."""

    name: str
    value: Any
    case: str
    on: date


@dataclass(frozen=True, slots=True)
class HeldLicence:
    """A licence this hall issued to the applicant: not to be asked for again."""

    number: str
    item: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """Empty where the hall knows nothing."""

    values: tuple[KnownValue, ...]
    licences: tuple[HeldLicence, ...]


def known_of(runtime: Runtime, name: str, identity: str, actor: Actor) -> Known:
    """What the hall knows of whoever bears this name and number."""

    def look(session: Session, now: datetime) -> tuple[list[Any], tuple[HeldLicence, ...]]:
        return _cases(session, name, identity), _licences(session, identity, hall_day(now))

    cases, licences = runtime.registers.change("LookUpApplicant", actor, look, subject=masked(identity))
    for case in cases:
        given = runtime.queries.process_instance(case.instance_id).variables.get("applicant")
        if isinstance(given, dict) and identity_of(given) == identity:
            return Known(_values(given, case), licences)
    return Known((), licences)


def _cases(session: Session, name: str, identity: str) -> list[Any]:
    """The newest cases that may be theirs; the masked number of another may look the same."""
    theirs = (case_file.c.applicant_name == name.strip()) & (case_file.c.masked_id == masked(identity))
    columns = (case_file.c.number, case_file.c.instance_id, case_file.c.received_at)
    newest = select(*columns).where(theirs).order_by(case_file.c.received_at.desc(), case_file.c.number.desc())
    return list(session.execute(newest.limit(5)).all())


def _licences(session: Session, identity: str, day: date) -> tuple[HeldLicence, ...]:
    valid = licence.c.ending.is_(None) & (licence.c.valid_until.is_(None) | (licence.c.valid_until >= day))
    rows = session.execute(select(licence).where(licence.c.identity == identity, valid).order_by(licence.c.number))
    return tuple(HeldLicence(row.number, row.item_code, row.valid_until) for row in rows)


def _values(given: dict[str, Any], case: Any) -> tuple[KnownValue, ...]:
    said = {name: value for name, value in given.items() if name not in NOT_CARRIED and value is not None}
    return tuple(KnownValue(name, value, case.number, hall_day(case.received_at)) for name, value in sorted(said.items()))
