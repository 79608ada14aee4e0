"""What comes in from outside: taken, read as its type wants it, and missed if it is not there."""

from collections.abc import Iterable, Mapping

from decisions.boxed import conform
from decisions.document import expression_in
from decisions.evaluation import Evaluation, Trouble
from decisions.item_types import ItemTypes
from decisions.requirements import Kind, Part
from feel.boundary import take
from feel.scope import Scope
from feel.values import Value


class Inputs:
    """The inputs of one evaluation."""

    def __init__(self, run: Evaluation, given: Mapping[str, object]) -> None:
        self._run = run
        self._given = given

    def value_of(self, part: Part, types: ItemTypes) -> Value:
        """The value of an input, or of a decision that is given; null, with a trouble, if it is not there."""
        name = part.variable if part.variable in self._given else part.name
        if name not in self._given:
            self._miss(part.id, part.name)
            return None
        value = take(self._run, self._given[name])
        wanted = types.reference(part.declaration)
        if wanted is None:
            return value
        return conform(Scope(self._run, None, {}), value, wanted, part.id, part.name, from_text=True)

    def replaces(self, part: Part) -> bool:
        """Whether a decision that nobody has written down is given."""
        return part.kind is Kind.DECISION and expression_in(part.node) is None and part.variable in self._given

    def require_free(self, names: Iterable[str]) -> None:
        """Names that are declared nowhere must be there as well."""
        for name in sorted(names):
            if name not in self._given:
                self._miss("", name)

    def _miss(self, element_id: str, name: str) -> None:
        self._run.meet(
            Trouble(
                "input-missing",
                element_id,
                name,
                f"缺少输入“{name}”。",
                f"Expected an input {name!r}, but it is not given.",
            )
        )
