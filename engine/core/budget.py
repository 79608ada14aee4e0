"""How much one command may make a model do (law f): a loop that never ends stops with an incident, not with the hall."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import feel
from engine.core.trouble import Trouble
from engine.core.values import Value

MAX_ELEMENTS = 3_000
"""Elements entered in one command."""
MAX_CALL_DEPTH = 20
"""Subprocesses and call activities inside each other."""
MAX_COLLECTION = 1_000
"""Instances of one multi-instance activity."""
MAX_LIVE_TOKENS = 1_500
"""Tokens in one process or subprocess at once. A join looks at all of them for each that arrives."""
MAX_TOKENS_OF_INSTANCE = 5_000
"""Tokens in all processes of one instance, however many commands it took to get there. Every step loads and stores them."""
MAX_STEPS = 300_000
"""Steps of all expressions of one command together, three times what one of them may take."""
CHARACTERS_PER_STEP = 20
"""An expression of so many characters costs a step before it has done anything."""
MAX_WRITTEN = 5_000_000
"""Characters and items that the expressions of one command may come to. History writes all of them down."""


MAX_STATE = 16_000_000
"""Bytes of all that a case knows. :mod:`engine.core.room` says how they are counted."""


class Budget:
    """What is left for the command at hand."""

    def __init__(self, elements: int = MAX_ELEMENTS) -> None:
        self.elements = elements
        self.meter = feel.Meter(MAX_STEPS)
        self.written = MAX_WRITTEN

    @property
    def is_spent(self) -> bool:
        """Whether the command has been told so already; nothing goes on after that."""
        return min(self.elements, self.meter.left, self.written) < 0

    @contextmanager
    def at_hand(self) -> Iterator[None]:
        """Let every expression evaluated within the block draw on this budget, however deep in the model it stands."""
        before = _at_hand.set(self)
        try:
            yield
        finally:
            _at_hand.reset(before)

    def spend_elements(self, count: int = 1) -> None:
        """:raises Trouble: ``budget-exceeded``."""
        self.elements -= count
        if self.elements < 0:
            raise Trouble(
                "budget-exceeded", f"Expected one step to enter at most {MAX_ELEMENTS} elements, but it entered more."
            )

    def spend_expression(self, text: str) -> None:
        """:raises Trouble: ``budget-exceeded``."""
        self.meter.left -= 1 + len(text) // CHARACTERS_PER_STEP
        if self.meter.left < 0:
            raise Trouble("budget-exceeded", f"Expected one step to compute at most {MAX_STEPS} steps, but it took more.")

    def spend_value(self, value: Value) -> None:
        """:raises Trouble: ``budget-exceeded``."""
        self.written -= size(value)
        if self.written < 0:
            raise Trouble("budget-exceeded", f"Expected one step to write at most {MAX_WRITTEN} characters, but it wrote more.")


_at_hand: ContextVar[Budget | None] = ContextVar("budget", default=None)


def budget_at_hand() -> Budget:
    """The budget of the command under way; outside of one, a fresh one."""
    return _at_hand.get() or Budget()


def size(value: Value) -> int:
    """Characters and items."""
    if isinstance(value, str):
        return 1 + len(value)
    if isinstance(value, dict):
        return 1 + sum(len(name) + size(item) for name, item in value.items())
    return 1 + sum(map(size, value)) if isinstance(value, list) else 1


def check_depth(depth: int) -> None:
    """:raises Trouble: ``budget-exceeded``."""
    if depth > MAX_CALL_DEPTH:
        raise Trouble("budget-exceeded", f"Expected at most {MAX_CALL_DEPTH} processes inside each other, but there are more.")


def check_tokens(count: int) -> None:
    """:raises Trouble: ``budget-exceeded``."""
    if count > MAX_LIVE_TOKENS:
        raise Trouble("budget-exceeded", f"Expected at most {MAX_LIVE_TOKENS} tokens in one process, but there are more.")


def check_tokens_of_instance(count: int) -> None:
    """:raises Trouble: ``budget-exceeded``."""
    if count > MAX_TOKENS_OF_INSTANCE:
        raise Trouble("budget-exceeded", f"Expected at most {MAX_TOKENS_OF_INSTANCE} tokens in one case, but there are more.")


def check_state(weight: int) -> None:
    """:raises Trouble: ``case-too-large``."""
    if weight > MAX_STATE:
        raise Trouble("case-too-large", f"Expected a case to know at most {MAX_STATE} bytes, but it knows more.")


def check_collection(size: int) -> None:
    """:raises Trouble: ``budget-exceeded``."""
    if size > MAX_COLLECTION:
        raise Trouble(
            "budget-exceeded",
            f"Expected at most {MAX_COLLECTION} instances of one activity, but {size} were asked for.",
        )
