"""Who may have to do with a complaint: neither who is complained about, nor his subordinate, nor somebody of that window."""

from collections.abc import Collection
from dataclasses import dataclass

from engine.core.rejection import Rejection, declare

declare(
    {
        "complaint-about-handler": (
            "{handler}是被投诉人，不得办理本件投诉。",
            "Expected somebody else than {handler}, who is complained about.",
        ),
        "complaint-subordinate": (
            "{handler}是被投诉人的下属，不得办理本件投诉。",
            "Expected nobody who works for whoever is complained about, but {handler} does.",
        ),
        "complaint-own-window": (
            "{handler}属于被投诉的窗口，不得办理本件投诉。",
            "Expected nobody of the window complained about, but {handler} is of it.",
        ),
        "complaint-acted-in-case": (
            "{handler}经办过被投诉的办件，不得办理本件投诉。",
            "Expected nobody who acted in the case complained about, but {handler} did.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """An account as this rule needs it. ``heads``: windows it is the head of; ``windows``: where it is on the staff."""

    id: str
    groups: frozenset[str]
    windows: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()


def require_impartial(person: Person, against: Person | None, window: str | None, acted: Collection[str] = ()) -> None:
    """``against``, ``window``: who and what is complained about; ``acted``: accounts that acted in the case it points at.

    :raises Rejection: ``complaint-about-handler``, ``complaint-subordinate``, ``complaint-own-window``,
        ``complaint-acted-in-case``.
    """
    if against is not None and person.id == against.id:
        raise Rejection("complaint-about-handler", field="handler", handler=person.id)
    if against is not None and is_subordinate(person, against):
        raise Rejection("complaint-subordinate", field="handler", handler=person.id)
    if window and (window in person.groups or window in person.windows):
        raise Rejection("complaint-own-window", field="handler", handler=person.id)
    if person.id in acted:
        raise Rejection("complaint-acted-in-case", field="handler", handler=person.id)


def is_subordinate(person: Person, head: Person) -> bool:
    """Of a window the other heads, or of a department (or its window) the other leads."""
    led = {group.removeprefix("leader-") for group in head.groups if group.startswith("leader-")}
    below = {f"{kind}-{name}" for kind in ("department", "window") for name in led}
    return bool((person.windows | person.groups) & (head.heads | below))
