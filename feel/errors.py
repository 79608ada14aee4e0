"""What can go wrong with an expression. Everything else that goes wrong inside one is the value null (DMN 1.5, 10.3.2)."""

from typing import NoReturn


class FeelError(ValueError):
    """A text is not FEEL. ``line`` and ``column`` count from 1; 0 when there is no place to point at.

    ``expected`` holds what could have stood there, each as a designer would type it or, if it is a kind of thing,
    as a word: ``(")", ",")``, ``("expression",)``.
    """

    def __init__(self, message: str, line: int = 0, column: int = 0, expected: tuple[str, ...] = ()) -> None:
        self.message = message
        self.line = line
        self.column = column
        self.expected = expected
        super().__init__(f"line {line}, column {column}: {message}" if line else message)


class FeelBudgetExceeded(FeelError):
    """An evaluation took more steps, or made larger values, than :class:`feel.Budget` allows."""


def overspent(what: str, limit: int) -> NoReturn:
    """Stop the evaluation that passed ``limit``."""
    raise FeelBudgetExceeded(f"the expression needs more than {limit} {what}")
