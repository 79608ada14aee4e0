"""The life of an item's version, as a table of what may follow what (R-59, P18)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from engine.core.rejection import Rejection
from workflows.catalogue import refusals  # noqa: F401  (declares its sentences)
from workflows.catalogue.item import Item
from workflows.catalogue.schema import item_of


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    """起草."""
    LEGAL_CHECK = "legal-check"
    """法制审查."""
    QUEUED = "queued"
    """待公布."""
    IN_FORCE = "in-force"
    """现行有效, from its first day on."""
    SUSPENDED = "suspended"
    """暂停办理."""
    ENDED = "ended"
    """已取消."""


NAMES = {
    State.DRAFT: "起草",
    State.LEGAL_CHECK: "法制审查",
    State.QUEUED: "待公布",
    State.IN_FORCE: "现行有效",
    State.SUSPENDED: "暂停办理",
    State.ENDED: "已取消",
}

NEXT = {
    State.DRAFT: (State.LEGAL_CHECK,),
    State.LEGAL_CHECK: (State.QUEUED, State.DRAFT),
    State.QUEUED: (State.IN_FORCE, State.DRAFT),
    State.IN_FORCE: (State.SUSPENDED, State.ENDED),
    State.SUSPENDED: (State.IN_FORCE, State.ENDED),
    State.ENDED: (),
}
"""Ended is the end: who wants the item again drafts a version."""

EFFECTIVE = (State.IN_FORCE, State.SUSPENDED, State.ENDED)
"""States that concern applicants, from a day on."""
BY_SECOND_PERSON = (State.QUEUED, State.IN_FORCE)
"""What nobody does with their own draft."""


@dataclass(frozen=True, slots=True)
class Event:
    """A version entered a state. ``from_on``: from which day that counts for applicants."""

    version: int
    state: State
    from_on: date | None
    at: datetime
    actor_id: str
    reason: str
    document: str


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """A version with the state it was last put into."""

    code: str
    version: int
    based_on: int | None
    content: dict[str, Any]
    digest: str
    created_by: str
    created_at: datetime
    reason: str
    state: State
    from_on: date | None

    @property
    def item(self) -> Item:
        """What its content says."""
        return item_of(self.content)


def require_next(state: State, to: State) -> None:
    """:raises Rejection: ``item-transition-not-allowed``."""
    if to not in NEXT[state]:
        raise Rejection("item-transition-not-allowed", field="state", state=state.value, to=to.value)
