"""What a token knows, and how two branches' knowledge becomes one again.

Every token carries its own variables. A write leaves a stamp (a number of the instance's counter, so later writes have
larger stamps), and ``lineage`` remembers for each variable which stamps went into the value this token holds. At a join
that answers the only question a merge has: did one branch see the other's write? If it did, its value is newer. If neither
saw the other's, both changed the variable, and unless they agree that is a conflict, which is never resolved silently.

Values are never changed in place: a write replaces the whole value under its name. So branches may share them safely.
"""

from collections.abc import Iterable, Mapping

from engine.core.trouble import Trouble
from engine.core.values import Value


class Knowledge:
    """Variables with their lineage. A variable without lineage is as it was when all branches agreed."""

    __slots__ = ("lineage", "values")

    def __init__(self, values: Mapping[str, Value] | None = None, lineage: Mapping[str, list[int]] | None = None) -> None:
        self.values: dict[str, Value] = dict(values or {})
        self.lineage: dict[str, list[int]] = {name: list(stamps) for name, stamps in (lineage or {}).items()}

    def copy(self) -> "Knowledge":
        return Knowledge(self.values, self.lineage)

    def write(self, name: str, value: Value, stamp: int) -> None:
        """Set a variable. ``stamp`` must be larger than every stamp given out before."""
        self.values[name] = value
        self.lineage.setdefault(name, []).append(stamp)

    def head(self, name: str) -> int:
        """The stamp of the write this token's value comes from; 0 if all branches agreed on it."""
        stamps = self.lineage.get(name)
        return stamps[-1] if stamps else 0

    def merge(self, other: "Knowledge") -> None:
        """Take over what ``other`` knows better.

        :raises Trouble: ``merge-conflict``; nothing is changed then.
        """
        conflicts = sorted(name for name in other.lineage if self._conflicts(other, name))
        if conflicts:
            raise Trouble(
                "merge-conflict",
                f"Expected parallel branches to change different variables, but both changed {', '.join(conflicts)}.",
            )
        for name, value in other.values.items():
            if name not in self.values or self._older(other, name):
                self.values[name] = value
        for name, stamps in other.lineage.items():
            self.lineage[name] = sorted({*self.lineage.get(name, ()), *stamps})

    def _older(self, other: "Knowledge", name: str) -> bool:
        mine = self.head(name)
        return mine != other.head(name) and (mine == 0 or mine in other.lineage.get(name, ()))

    def _conflicts(self, other: "Knowledge", name: str) -> bool:
        mine, theirs = self.head(name), other.head(name)
        if mine == theirs or mine == 0 or theirs == 0:
            return False
        if mine in other.lineage[name] or theirs in self.lineage[name]:
            return False
        return not same(self.values[name], other.values[name])


def same(left: Value, right: Value) -> bool:
    """Equal as JSON: ``True`` is not ``1``."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right


def compact(holders: Iterable[Knowledge]) -> None:
    """Forget stamps that can no longer decide a merge, so that lineage does not grow with the length of a case.

    Only a stamp that is the head of somebody's value can ever be looked for; and where all heads are the same, all agree.
    """
    everyone = list(holders)
    for name in sorted({name for knowledge in everyone for name in knowledge.lineage}):
        heads = {knowledge.head(name) for knowledge in everyone}
        for knowledge in everyone:
            if len(heads) == 1:
                knowledge.lineage.pop(name, None)
            elif name in knowledge.lineage:
                knowledge.lineage[name] = [stamp for stamp in knowledge.lineage[name] if stamp in heads]
