"""The centre's rules (规章制度、管理办法, R-02): numbered, checked, approved, in force from a day, repealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.core.rejection import Rejection, declare

declare(
    {
        "rule-exists": ("规则文件{number}已经登记。", "Expected a new number, but rule document {number} is registered."),
        "rule-not-found": ("没有找到规则文件{number}。", "Expected rule document {number}, but there is none."),
        "rule-not-complete": (
            "规则文件须有文号、名称和正文。",
            "Expected a rule document with number, title and text.",
        ),
        "rule-state-order": (
            "规则文件{number}不能由“{before}”转为“{after}”。",
            "Rule document {number} cannot go from {before} to {after}.",
        ),
        "rule-own-draft": (
            "起草人不得审查、批准自己起草的规则文件。",
            "Nobody checks or approves a rule document he drafted.",
        ),
        "rule-in-the-past": (
            "规则文件不得自{day}起施行，已经过去。",
            "Expected a day from today on, but {day} is past.",
        ),
        "rule-text-changed": (
            "规则文件{number}的草案已经修改，须重新送审。",
            "The draft of {number} was changed since; what is decided on is not what is kept.",
        ),
        "rule-not-in-force": (
            "规则文件{number}没有施行，不能引用。",
            "Expected rule document {number} to be in force, but it is not; nothing can cite it.",
        ),
    }
)


class RuleState(StrEnum):
    """From the draft to the end."""

    DRAFT = "draft"
    CHECKED = "checked"
    PUBLISHED = "published"
    REPEALED = "repealed"


NAMES = {
    RuleState.DRAFT: "起草",
    RuleState.CHECKED: "法制审查通过",
    RuleState.PUBLISHED: "批准公布",
    RuleState.REPEALED: "废止",
}
NEXT = {
    RuleState.DRAFT: frozenset({RuleState.CHECKED}),
    RuleState.CHECKED: frozenset({RuleState.PUBLISHED, RuleState.DRAFT}),
    RuleState.PUBLISHED: frozenset({RuleState.REPEALED}),
    RuleState.REPEALED: frozenset[RuleState](),
}


@dataclass(frozen=True, slots=True)
class RuleEvent:
    """A document got into a state, which counts from a day on where it is published or repealed."""

    state: RuleState
    by: str
    from_on: date | None = None


def state_of(events: Sequence[RuleEvent]) -> RuleState:
    """Where the document stands."""
    return events[-1].state


def is_in_force(events: Sequence[RuleEvent], day: date) -> bool:
    """Whether the document counts on that day: published until then, and not repealed."""
    counting = [event.state for event in events if event.from_on is not None and event.from_on <= day]
    return bool(counting) and counting[-1] is RuleState.PUBLISHED


def require_move(number: str, events: Sequence[RuleEvent], to: RuleState, by: str, from_on: date | None, today: date) -> None:
    """Whether somebody may put the document into another state.

    :raises Rejection: ``rule-state-order``, ``rule-own-draft``, ``rule-in-the-past``.
    """
    now = state_of(events)
    if to not in NEXT[now]:
        raise Rejection("rule-state-order", number=number, before=NAMES[now], after=NAMES[to])
    if to in (RuleState.CHECKED, RuleState.PUBLISHED) and by == events[0].by:
        raise Rejection("rule-own-draft")
    if from_on is not None and from_on < today:
        raise Rejection("rule-in-the-past", field="from_on", day=from_on.isoformat())
