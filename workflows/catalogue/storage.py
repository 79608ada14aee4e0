"""Rows of the catalogue as versions and events, and which version is in force on a day."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection
from engine.runtime.columns import AnyRow
from engine.runtime.tables import form_definition, process_definition
from workflows.catalogue.item import Item
from workflows.catalogue.schema import item_of
from workflows.catalogue.tables import item_event, item_version
from workflows.catalogue.version import EFFECTIVE, Event, ItemVersion, State


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content, whatever order its fields are in."""
    return sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def latest_version(session: Session, code: str) -> int:
    """The number of an item's latest version; 0 where there is none."""
    newest = select(func.max(item_version.c.version)).where(item_version.c.code == code)
    return session.execute(newest).scalar() or 0


def add_version(
    session: Session, code: str, content: Mapping[str, Any], actor_id: str, now: datetime, *, reason: str, based_on: int | None
) -> int:
    """Keep a new version, a draft. Its number."""
    number = latest_version(session, code) + 1
    session.execute(
        item_version.insert().values(
            code=code,
            version=number,
            based_on=based_on,
            content=dict(content),
            digest=digest_of(content),
            created_by=actor_id,
            created_at=now,
            reason=reason,
        )
    )
    add_event(session, code, Event(number, State.DRAFT, None, now, actor_id, reason, ""))
    return number


def add_event(session: Session, code: str, event: Event) -> None:
    """A version entered a state."""
    names = ("version", "from_on", "at", "actor_id", "reason", "document")
    values = {name: getattr(event, name) for name in names}
    session.execute(item_event.insert().values(code=code, state=event.state.value, **values))


def version(session: Session, code: str, number: int, *, locked: bool = False) -> ItemVersion:
    """A version; ``locked``: nobody else moves it before this transaction ends.

    :raises Rejection: ``item-not-in-catalogue``, ``item-version-not-found``.
    """
    wanted = select(item_version).where(item_version.c.code == code, item_version.c.version == number)
    if locked:
        wanted = wanted.with_for_update()
    row = session.execute(wanted).first()
    if row is None:
        if not latest_version(session, code):
            raise Rejection("item-not-in-catalogue", field="item_code", item=code[:20])
        raise Rejection("item-version-not-found", field="version", item=code, version=number)
    return _version(session, row)


def versions(session: Session, code: str) -> list[ItemVersion]:
    """All versions of an item, newest first.

    :raises Rejection: ``item-not-in-catalogue``.
    """
    wanted = select(item_version).where(item_version.c.code == code).order_by(item_version.c.version.desc())
    found = [_version(session, row) for row in session.execute(wanted)]
    if not found:
        raise Rejection("item-not-in-catalogue", field="item_code", item=code[:20])
    return found


def _version(session: Session, row: AnyRow) -> ItemVersion:
    last = select(item_event).where(item_event.c.code == row.code, item_event.c.version == row.version)
    event = session.execute(last.order_by(item_event.c.id.desc()).limit(1)).one()
    names = ("code", "version", "based_on", "content", "digest", "created_by", "created_at", "reason")
    return ItemVersion(**{name: getattr(row, name) for name in names}, state=State(event.state), from_on=event.from_on)


def events(session: Session, code: str) -> list[Event]:
    """What happened to an item's versions, oldest first."""
    rows = session.execute(select(item_event).where(item_event.c.code == code).order_by(item_event.c.id))
    return [_event(row) for row in rows]


def _event(row: AnyRow) -> Event:
    return Event(row.version, State(row.state), row.from_on, row.at, row.actor_id, row.reason, row.document)


def standing(session: Session, code: str, day: date) -> Event | None:
    """What counts for applicants on a day: the last effective event that has begun; none where there is none yet."""
    row = session.execute(_effective(day).where(item_event.c.code == code).limit(1)).first()
    return None if row is None else _event(row)


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as a list shows it: the version that counts for applicants, or the latest where none does yet."""

    code: str
    version: int
    latest_version: int
    state: State
    content: dict[str, Any]


def shown(session: Session, day: date, after: str | None = None) -> list[Shown]:
    """All items by code, from behind ``after`` on; in four queries, however many there are."""
    counted = select(item_version.c.code, func.max(item_version.c.version)).group_by(item_version.c.code)
    wanted = counted if after is None else counted.where(item_version.c.code > after)
    latest = {code: int(number) for code, number in session.execute(wanted.order_by(item_version.c.code))}
    standing = standings(session, latest, day)
    numbers = {code: standing[code].version if code in standing else number for code, number in latest.items()}
    contents, states = _contents(session, numbers), _last_states(session, numbers)
    return [
        Shown(code, number, latest[code], standing[code].state if code in standing else states[code], contents[code])
        for code, number in numbers.items()
    ]


def _contents(session: Session, numbers: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    pairs = tuple_(item_version.c.code, item_version.c.version).in_(list(numbers.items()))
    rows = session.execute(select(item_version.c.code, item_version.c.content).where(pairs))
    return {row.code: row.content for row in rows}


def _last_states(session: Session, numbers: Mapping[str, int]) -> dict[str, State]:
    pairs = tuple_(item_event.c.code, item_event.c.version).in_(list(numbers.items()))
    rows = session.execute(select(item_event.c.code, item_event.c.state).where(pairs).order_by(item_event.c.id))
    return {row.code: State(row.state) for row in rows}


def standings(session: Session, codes: Iterable[str], day: date) -> dict[str, Event]:
    """The same of several items."""
    found: dict[str, Event] = {}
    for row in session.execute(_effective(day).where(item_event.c.code.in_(list(codes)))):
        found.setdefault(row.code, _event(row))
    return found


def _effective(day: date) -> "Select[Any]":
    states = [state.value for state in EFFECTIVE]
    begun = select(item_event).where(item_event.c.state.in_(states), item_event.c.from_on <= day)
    return begun.order_by(item_event.c.from_on.desc(), item_event.c.id.desc())


def content(session: Session, code: str, number: int) -> dict[str, Any]:
    """A version's content."""
    wanted = select(item_version.c.content).where(item_version.c.code == code, item_version.c.version == number)
    found: dict[str, Any] = session.execute(wanted).scalar_one()
    return found


@lru_cache(maxsize=512)
def _parsed(text: bytes) -> Item:
    return item_of(orjson.loads(text))


def parsed(found: Mapping[str, Any]) -> Item:
    """The item of a stored content; the same content is read once in a process."""
    return _parsed(orjson.dumps(found))


def results_in_force(session: Session, day: date) -> dict[str, str]:
    """What the items in force give, by the document's name: the code."""
    codes = session.execute(select(item_version.c.code).distinct()).scalars()
    found = standings(session, codes, day)
    in_force = {code: event for code, event in found.items() if event.state is State.IN_FORCE}
    return {content(session, code, event.version)["result_document"]: code for code, event in in_force.items()}


def deployed_processes(session: Session) -> frozenset[str]:
    """The keys of the processes somebody deployed."""
    return frozenset(session.execute(select(process_definition.c.key).distinct()).scalars())


def deployed_form_fields(session: Session, key: str) -> frozenset[str] | None:
    """The fields of the newest deployed form of this id, ``details.width_m``; none where it is not deployed."""
    newest = select(form_definition.c.source).where(form_definition.c.key == key)
    source = session.execute(newest.order_by(form_definition.c.version.desc()).limit(1)).scalar()
    return None if source is None else form_fields(json.loads(source))


def form_fields(form: Mapping[str, Any], path: str = "") -> frozenset[str]:
    """Where a form's answers go. A list of rows counts as one field, for its rows are of one material."""
    found: set[str] = set()
    for component in form.get("components", ()):
        place = component.get("key") or component.get("path")
        where = path if place is None else f"{path}{place}."
        if component.get("type") == "group":
            found |= form_fields(component, where)
        elif place is not None:
            found.add(where[:-1])
    return frozenset(found)
