"""Licences in the database: a change of the row and its event are written together, in the step's own transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection
from workflows.case_file.tables import case_file
from workflows.licences.ban import Ban
from workflows.licences.licence import Holder, Licence, Matter, State
from workflows.licences.tables import licence, licence_ban, licence_event, licence_matter

PLAIN = tuple(name for name in Licence.__dataclass_fields__ if name not in ("holder", "ending"))


@dataclass(frozen=True, slots=True)
class LicenceEvent:
    """A line of a licence's ledger. ``valid_until``: its last day after this."""

    sequence: int
    at: datetime
    actor_id: str
    event: str
    case_number: str
    document: str
    valid_until: date | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written into the ledger: who did what, in which case, by which document."""

    at: datetime
    actor_id: str
    event: str
    case_number: str
    document: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """A case about a licence that is there already."""

    case_number: str
    licence_number: str
    matter: Matter
    changes: dict[str, Any]
    outcome: str | None


def add(session: Session, given: Licence, entry: Entry) -> None:
    """Enter a licence with its first event."""
    holder = {"holder_kind": given.holder.kind, "holder_name": given.holder.name, "identity": given.holder.identity}
    row = {name: getattr(given, name) for name in PLAIN}
    session.execute(licence.insert().values(**row, **holder, ending=None))
    _write(session, given.number, 1, given.valid_until, entry)


def change(session: Session, found: Licence, entry: Entry, **values: Any) -> Licence:
    """Change a licence that was found ``locked`` in this transaction. ``values`` are columns."""
    length = found.length + 1
    session.execute(licence.update().where(licence.c.number == found.number).values(**values, length=length))
    changed = find(session, found.number)
    _write(session, found.number, length, changed.valid_until, entry)
    return changed


def _write(session: Session, number: str, sequence: int, valid_until: date | None, entry: Entry) -> None:
    said = {name: getattr(entry, name) for name in ("at", "actor_id", "event", "case_number", "document")}
    values = {**said, "valid_until": valid_until, "detail": dict(entry.detail)}
    session.execute(licence_event.insert().values(number=number, sequence=sequence, **values))


def find(session: Session, number: str, *, locked: bool = False) -> Licence:
    """:raises Rejection: ``licence-not-found``."""
    statement = select(licence).where(licence.c.number == number)
    found = read(session, statement.with_for_update() if locked else statement)
    if not found:
        raise Rejection("licence-not-found", field="licence", licence=number[:60])
    return found[0]


def of_case(session: Session, case_number: str) -> Licence:
    """The licence given in a case.

    :raises Rejection: ``licence-not-found``.
    """
    found = read(session, select(licence).where(licence.c.case_number == case_number))
    if not found:
        raise Rejection("licence-not-found", field="case", licence=case_number[:60])
    return found[0]


def read(session: Session, statement: Select[Any]) -> list[Licence]:
    """The licences a statement over the whole table selects."""
    return [of_row(row) for row in session.execute(statement)]


def of_row(row: Row[Any]) -> Licence:
    holder = Holder(row.holder_kind, row.holder_name, row.identity)
    ending = None if row.ending is None else State(row.ending)
    return Licence(**{name: getattr(row, name) for name in PLAIN}, holder=holder, ending=ending)


def events_of(session: Session, number: str) -> list[LicenceEvent]:
    """The ledger of a licence, oldest first."""
    names = tuple(LicenceEvent.__dataclass_fields__)
    statement = select(*(licence_event.c[name] for name in names)).where(licence_event.c.number == number)
    return [LicenceEvent(**row) for row in session.execute(statement.order_by(licence_event.c.sequence)).mappings()]


def open_matter(session: Session, opened: OpenMatter, at: datetime) -> None:
    """Say that a case is about a licence."""
    session.execute(
        licence_matter.insert().values(
            case_number=opened.case_number,
            licence_number=opened.licence_number,
            matter=opened.matter.value,
            changes=opened.changes,
            opened_at=at,
            outcome=opened.outcome,
        )
    )


def matter_of(session: Session, case_number: str) -> OpenMatter | None:
    """What the case wants of a licence that is there already; None: it is about a new one."""
    row = session.execute(select(licence_matter).where(licence_matter.c.case_number == case_number)).one_or_none()
    if row is None:
        return None
    return OpenMatter(row.case_number, row.licence_number, Matter(row.matter), dict(row.changes), row.outcome)


def close_matter(session: Session, case_number: str, outcome: str) -> None:
    session.execute(licence_matter.update().where(licence_matter.c.case_number == case_number).values(outcome=outcome))


def case_in_hand(session: Session, licence_number: str) -> str | None:
    """A case about the licence that is neither decided nor ended."""
    same = licence_matter.c.case_number == case_file.c.number
    waiting = case_file.c.decided_at.is_(None) & case_file.c.ended_at.is_(None)
    mine = (licence_matter.c.licence_number == licence_number) & licence_matter.c.outcome.is_(None)
    return session.execute(select(case_file.c.number).where(same & waiting & mine).limit(1)).scalar_one_or_none()


def bans_of(session: Session, identity: str, item_code: str) -> list[Ban]:
    """Every ban and warning of a person for an item, also those that are over."""
    names = tuple(Ban.__dataclass_fields__)
    mine = (licence_ban.c.identity == identity) & (licence_ban.c.item_code == item_code)
    statement = select(*(licence_ban.c[name] for name in names)).where(mine).order_by(licence_ban.c.from_on)
    return [Ban(**row) for row in session.execute(statement).mappings()]


def add_ban(session: Session, ban: Ban, finding: str, at: datetime, actor_id: str) -> None:
    """Enter a ban. The same one is not entered twice."""
    known = bans_of(session, ban.identity, ban.item_code)
    if any((one.variant, one.from_on) == (ban.variant, ban.from_on) for one in known):
        return
    row = {name: getattr(ban, name) for name in Ban.__dataclass_fields__}
    session.execute(licence_ban.insert().values(**row, finding=finding, entered_at=at, entered_by=actor_id))
