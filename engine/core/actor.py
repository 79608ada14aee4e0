"""Who gives a command."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a program that gives commands, as authenticated by the door it came through.

    ``groups`` are the candidate groups it belongs to at that moment; they travel with the command into history, so a
    replay never asks who was in a group last year.
    """

    id: str
    groups: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        return {"id": self.id, "groups": list(self.groups)}

    @classmethod
    def from_dict(cls, data: dict[str, object]) -> "Actor":
        groups = data["groups"]
        assert isinstance(groups, list)
        return cls(str(data["id"]), tuple(str(group) for group in groups))


SCHEDULER = Actor("system:scheduler")
"""Fires due timers."""
WORKER = Actor("system:worker")
"""Brings back the results of service tasks."""
