"""Keeping the catalogue: every draft, every state and every refused attempt is in the audit log with who it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from engine.core.actor import Actor
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.catalogue import storage
from workflows.catalogue.difference import Difference, differences
from workflows.catalogue.direct_approval import Route
from workflows.catalogue.in_force import in_force
from workflows.catalogue.installation import install
from workflows.catalogue.item import Item, Kind
from workflows.catalogue.life import Move, draft, findings_of, move
from workflows.catalogue.validation import Finding
from workflows.catalogue.version import Event, ItemVersion, State
from workflows.clock.hall_time import hall_day

LETTERS = 100
"""Of what is searched for."""


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items: of a department, of a kind, in a state, with a text in code or name. Nothing said: all."""

    department: str | None = None
    kind: str | None = None
    state: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in the list: its version in force if there is one, otherwise its latest."""

    code: str
    version: int
    latest_version: int
    state: State
    item: Item

    @property
    def is_immediate(self) -> bool:
        """Whether the window decides it itself."""
        return self.item.kind is Kind.IMMEDIATE

    def __getattr__(self, name: str) -> Any:
        return getattr(self.item, name)


@dataclass(frozen=True, slots=True)
class KeptBack:
    """An item the window could decide and does not, with the department's reason."""

    code: str
    name: str
    department: str
    reason: str


@dataclass(frozen=True, slots=True)
class Authorisation:
    """How many items the window could decide by D1, how many it does, and the rest."""

    direct: int
    immediate: int
    kept_back: tuple[KeptBack, ...]


class ItemRegister:
    """Reads and changes the catalogue."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def install(self, actor: Actor) -> list[str]:
        """Enter the catalogue that comes with the program. The codes of what went in force now."""
        return self._registers.change("InstallCatalogue", actor, install)

    def page(
        self, wanted: ItemFilter, now: datetime, cursor: str | None, limit: int, *, public: bool = False
    ) -> Page[ItemLine]:
        """Items by code. ``public``: only what is in force now.

        The cursor is the last item's code.
        """
        with self._registers.read() as session:
            lines = map(_line, storage.shown(session, hall_day(now), cursor))
            found = list(islice((line for line in lines if _is_wanted(line, wanted, public)), limit + 1))
        return Page(found[:limit], found[limit - 1].code if len(found) > limit else None)

    def authorisation(self, now: datetime) -> Authorisation:
        """授权到位率: of the items in force that D1 lets the window decide, which the window does decide (R-20, A-17)."""
        with self._registers.read() as session:
            lines = [_line(one) for one in storage.shown(session, hall_day(now)) if one.state is State.IN_FORCE]
        direct = [line for line in lines if line.item.route is Route.DIRECT]
        kept = [
            KeptBack(line.code, line.item.name, line.item.department, line.item.route_reason)
            for line in direct
            if not line.is_immediate
        ]
        return Authorisation(len(direct), len(direct) - len(kept), tuple(kept))

    def published(self, code: str, now: datetime) -> ItemVersion:
        """The version in force.

        :raises Rejection: ``item-not-in-catalogue``, ``item-not-in-force``, ``item-suspended``, ``item-ended``.
        """
        with self._registers.read() as session:
            return storage.version(session, code, in_force(session, code, now).version)

    def version(self, code: str, number: int | None = None) -> ItemVersion:
        """A version; the latest where none is said.

        :raises Rejection: ``item-not-in-catalogue``, ``item-version-not-found``.
        """
        with self._registers.read() as session:
            return storage.version(session, code, storage.latest_version(session, code) if number is None else number)

    def versions(self, code: str) -> list[ItemVersion]:
        """:raises Rejection: ``item-not-in-catalogue``."""
        with self._registers.read() as session:
            return storage.versions(session, code)

    def events(self, code: str) -> list[Event]:
        """What happened to an item, oldest first.

        :raises Rejection: ``item-not-in-catalogue``.
        """
        with self._registers.read() as session:
            storage.versions(session, code)
            return storage.events(session, code)

    def differences(self, code: str, before: int, after: int) -> list[Difference]:
        """:raises Rejection: ``item-not-in-catalogue``, ``item-version-not-found``."""
        with self._registers.read() as session:
            one, other = (storage.version(session, code, number) for number in (before, after))
        return differences(one.content, other.content)

    def findings(self, code: str, number: int, now: datetime) -> list[Finding]:
        """What keeps a version from being published today.

        :raises Rejection: ``item-not-in-catalogue``, ``item-version-not-found``.
        """
        with self._registers.read() as session:
            return findings_of(session, storage.version(session, code, number), hall_day(now))

    def draft(self, content: Mapping[str, Any], actor: Actor, *, reason: str, based_on: int | None = None) -> ItemVersion:
        """A new version.

        :raises Rejection: as :func:`workflows.catalogue.life.draft`.
        """
        detail = {"reason": reason[:500], "based_on": based_on, "digest": storage.digest_of(content)}
        return self._registers.change(
            "DraftItem",
            actor,
            lambda session, now: draft(session, content, actor, now, reason=reason, based_on=based_on),
            subject=str(content.get("code"))[:20],
            detail=detail,
        )

    def move(self, code: str, number: int, to: State, actor: Actor, **said: Any) -> ItemVersion:
        """Put a version into another state; ``said``: from_on, reason, document.

        :raises Rejection: as :func:`workflows.catalogue.life.move`.
        """
        detail = {"version": number, "to": to.value, **{name: str(value)[:500] for name, value in said.items() if value}}
        return self._registers.change(
            "MoveItem",
            actor,
            lambda session, now: move(session, code, number, Move(to, actor, now, **said)),
            subject=code,
            detail=detail,
        )


def _line(shown: storage.Shown) -> ItemLine:
    return ItemLine(shown.code, shown.version, shown.latest_version, shown.state, storage.parsed(shown.content))


def _is_wanted(line: ItemLine, wanted: ItemFilter, public: bool) -> bool:
    if public and line.state is not State.IN_FORCE:
        return False
    same = ((wanted.department, line.item.department), (wanted.kind, line.item.kind.value), (wanted.state, line.state.value))
    if any(asked is not None and asked != has for asked, has in same):
        return False
    return (
        wanted.text is None
        or wanted.text[:LETTERS].casefold() in f"{line.code} {line.item.name} {line.item.name_en}".casefold()
    )
