"""One evaluation of a model: what it may use, what it met, and which rules of which tables it came by."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import feel
from feel.budget import Budget
from feel.scope import Run, Scope

MAX_TROUBLES = 100
MAX_TRACE = 1_000
"""Tables of one evaluation that are traced; a table called in a loop may be evaluated more often."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that has no answer: a table of UNIQUE rules of which two matched, an input that is missing.

    ``element_id`` is the table, or the decision or input the trouble is with.
    """

    code: str
    element_id: str
    element_name: str
    zh: str
    en: str

    def to_dict(self) -> dict[str, str]:
        """The trouble as JSON."""
        return asdict(self)


class DecisionTrouble(Exception):
    """A decision could not be made; :attr:`trouble` says why, in both languages. ``code`` is stable."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        self.code = trouble.code
        super().__init__(trouble.en)


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A rule that matched; ``number`` counts from 1 as the editor shows it."""

    number: int
    rule_id: str


@dataclass(frozen=True, slots=True)
class TableTrace:
    """One evaluation of one table: the values of its input columns, as JSON, and the rules that matched them."""

    decision_id: str
    table_id: str
    table_name: str
    hit_policy: str
    inputs: tuple[feel.JsonValue, ...]
    matched: tuple[RuleMatch, ...]

    def to_dict(self) -> dict[str, Any]:
        """The trace as JSON."""
        return asdict(self)


class Evaluation(Run):
    """A run of FEEL that also knows what decisions need."""

    __slots__ = ("element", "strict", "trace", "troubles")

    def __init__(self, context: Mapping[str, object], now: datetime, budget: Budget, *, strict: bool) -> None:
        super().__init__(context, now, budget)
        self.strict = strict
        self.element = ""
        """The id of the decision that is being made."""
        self.trace: list[TableTrace] = []
        self.troubles: list[Trouble] = []

    def meet(self, trouble: Trouble) -> None:
        """Note a trouble; what it is about becomes null.

        :raises DecisionTrouble: troubles are not to become null.
        """
        if self.strict:
            raise DecisionTrouble(trouble)
        if len(self.troubles) < MAX_TROUBLES:
            self.troubles.append(trouble)

    def record(self, trace: TableTrace) -> None:
        """Note which rules matched."""
        if len(self.trace) < MAX_TRACE:
            self.trace.append(trace)


def evaluation_of(scope: Scope) -> Evaluation:
    """The evaluation a scope belongs to."""
    assert isinstance(scope.run, Evaluation)
    return scope.run
