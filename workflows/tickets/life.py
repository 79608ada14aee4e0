"""The life of a number: which states there are and which step leads from one to the next (rules.md 3.2)."""

from enum import StrEnum

from engine.core.rejection import Rejection, declare

declare(
    {
        "ticket-state": (
            "票据{first}至{last}为“{state}”，不能{step}。",
            "Expected tickets {first} to {last} to be fit for this step ({step}), but they are {state}.",
        ),
        "ticket-lost": (
            "票据{first}至{last}已报告遗失，停止使用。",
            "Expected tickets {first} to {last} to be at hand, but they are reported lost and blocked.",
        ),
        "ticket-doubled": (
            "票据{first}已经使用，不得重复。",
            "Expected ticket {first} to be unused, but it is used; no number is used twice.",
        ),
    }
)


class State(StrEnum):
    """Where a number stands. Every number that was ordered has exactly one."""

    ORDERED = "ordered"
    PRINTED = "printed"
    IN_STOCK = "in-stock"
    ISSUED = "issued"
    HELD = "held"
    USED = "used"
    VOID = "void"
    LOST = "lost"
    STUB_RETURNED = "stub-returned"
    WRITTEN_OFF = "written-off"
    ARCHIVED = "archived"
    DESTROYED = "destroyed"


class Step(StrEnum):
    """What is done to numbers."""

    ORDER = "order"
    PRINT = "print"
    WASTE = "waste"
    STOCK = "stock"
    ISSUE = "issue"
    HAND = "hand"
    GIVE_BACK = "give-back"
    USE = "use"
    VOID = "void"
    LOSE = "lose"
    RETURN_STUBS = "return-stubs"
    WRITE_OFF = "write-off"
    ARCHIVE = "archive"
    DESTROY = "destroy"


NAMES = {
    State.ORDERED: "已订印",
    State.PRINTED: "已印制",
    State.IN_STOCK: "在库",
    State.ISSUED: "已发放到单位",
    State.HELD: "已领用到人",
    State.USED: "已使用",
    State.VOID: "已作废",
    State.LOST: "遗失",
    State.STUB_RETURNED: "存根已缴回",
    State.WRITTEN_OFF: "已核销",
    State.ARCHIVED: "已归档",
    State.DESTROYED: "已销毁",
}

MOVES: dict[Step, tuple[frozenset[State], State]] = {
    Step.ORDER: (frozenset(), State.ORDERED),
    Step.PRINT: (frozenset({State.ORDERED}), State.PRINTED),
    Step.WASTE: (frozenset({State.ORDERED, State.PRINTED}), State.DESTROYED),
    Step.STOCK: (frozenset({State.PRINTED}), State.IN_STOCK),
    Step.ISSUE: (frozenset({State.IN_STOCK}), State.ISSUED),
    Step.HAND: (frozenset({State.ISSUED, State.HELD}), State.HELD),
    Step.GIVE_BACK: (frozenset({State.HELD}), State.ISSUED),
    Step.USE: (frozenset({State.HELD}), State.USED),
    Step.VOID: (frozenset({State.IN_STOCK, State.ISSUED, State.HELD, State.USED}), State.VOID),
    Step.LOSE: (frozenset({State.IN_STOCK, State.ISSUED, State.HELD}), State.LOST),
    Step.RETURN_STUBS: (frozenset({State.USED, State.VOID, State.LOST}), State.STUB_RETURNED),
    Step.WRITE_OFF: (frozenset({State.STUB_RETURNED}), State.WRITTEN_OFF),
    Step.ARCHIVE: (frozenset({State.WRITTEN_OFF}), State.ARCHIVED),
    Step.DESTROY: (frozenset({State.ARCHIVED}), State.DESTROYED),
}
"""From which states, and to which. Ordering makes numbers that were not there."""

NOT_WRITTEN_OFF = (State.USED, State.VOID, State.LOST, State.STUB_RETURNED)
"""What a department has to settle before it gets new numbers (核旧领新)."""
UNUSED = (State.ISSUED, State.HELD)


def after(step: Step, state: State, first: int, last: int) -> State:
    """The state a step leads to.

    :raises Rejection: ``ticket-state``, ``ticket-lost``, ``ticket-doubled``.
    """
    allowed, target = MOVES[step]
    if state in allowed:
        return target
    if state is State.LOST:
        raise Rejection("ticket-lost", field="first", first=first, last=last)
    if step is Step.USE and state is State.USED:
        raise Rejection("ticket-doubled", field="first", first=first)
    raise Rejection("ticket-state", field="first", first=first, last=last, state=NAMES[state], step=step.value)
