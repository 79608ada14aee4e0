"""How much one command may make a model do (law f): a loop that never ends stops with an incident, not with the hall."""

from engine.core.trouble import Trouble

MAX_ELEMENTS = 10_000
"""Elements entered in one command."""
MAX_CALL_DEPTH = 20
"""Subprocesses and call activities inside each other."""
MAX_COLLECTION = 1_000
"""Instances of one multi-instance activity."""
MAX_LIVE_TOKENS = 1_500
"""Tokens in one process or subprocess at once. A join looks at all of them for each that arrives."""


class Budget:
    """What is left for the command at hand."""

    def __init__(self, elements: int = MAX_ELEMENTS) -> None:
        self.elements = elements

    def spend_element(self) -> None:
        """:raises Trouble: ``budget-exceeded``."""
        self.elements -= 1
        if self.elements < 0:
            raise Trouble(
                "budget-exceeded", f"Expected one step to enter at most {MAX_ELEMENTS} elements, but it entered more."
            )


def check_depth(depth: int) -> None:
    """:raises Trouble: ``budget-exceeded``."""
    if depth > MAX_CALL_DEPTH:
        raise Trouble("budget-exceeded", f"Expected at most {MAX_CALL_DEPTH} processes inside each other, but there are more.")


def check_tokens(count: int) -> None:
    """:raises Trouble: ``budget-exceeded``."""
    if count > MAX_LIVE_TOKENS:
        raise Trouble("budget-exceeded", f"Expected at most {MAX_LIVE_TOKENS} tokens in one process, but there are more.")


def check_collection(size: int) -> None:
    """:raises Trouble: ``budget-exceeded``."""
    if size > MAX_COLLECTION:
        raise Trouble(
            "budget-exceeded",
            f"Expected at most {MAX_COLLECTION} instances of one activity, but {size} were asked for.",
        )
