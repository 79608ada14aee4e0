"""What a token knows, and how two branches' knowledge becomes one again.

Every token carries its own variables. A write leaves a stamp (a number of the instance's counter, so later writes have
larger stamps), and ``lineage`` remembers for each variable which stamps went into the value this token holds. At a join
that answers the only question a merge has: did one branch see what the other's value comes from? If it did, its value is
newer. If neither saw the other's, both changed the variable, and unless they agree that is a conflict, which is never
resolved silently. Where they agree the value comes from both writes, and ``agreed`` says so: a third branch that saw only
one of the two has not seen the other.

Values are never changed in place: a write replaces the whole value under its name. So branches may share them safely; and as
a thousand branches may know ten thousand variables, they share the dictionaries too until one of them writes.
"""

from collections.abc import Iterable, Mapping

from engine.core.trouble import Trouble
from engine.core.values import Value


class Knowledge:
    """Variables with their lineage. A variable without lineage is as it was when all branches agreed."""

    __slots__ = ("_lineage_is_shared", "_values_are_shared", "agreed", "lineage", "values")

    def __init__(
        self,
        values: Mapping[str, Value] | None = None,
        lineage: Mapping[str, list[int]] | None = None,
        agreed: Mapping[str, list[int]] | None = None,
    ) -> None:
        self.values: dict[str, Value] = dict(values or {})
        self.lineage: dict[str, list[int]] = {name: list(stamps) for name, stamps in (lineage or {}).items()}
        self.agreed: dict[str, list[int]] = dict(agreed or {})
        self._values_are_shared = self._lineage_is_shared = False

    def copy(self) -> "Knowledge":
        """The same, to be changed by itself."""
        twin = Knowledge()
        twin.values, self._values_are_shared, twin._values_are_shared = self.values, True, True
        self._share_lineage(twin)
        return twin

    def _own_values(self) -> None:
        """Before a change: share them with nobody any more."""
        if self._values_are_shared:
            self.values, self._values_are_shared = dict(self.values), False

    def _own_lineage(self) -> None:
        if self._lineage_is_shared:
            self.lineage = {name: list(stamps) for name, stamps in self.lineage.items()}
            self.agreed, self._lineage_is_shared = dict(self.agreed), False

    def _share_lineage(self, twin: "Knowledge") -> None:
        twin.lineage, twin.agreed = self.lineage, self.agreed
        self._lineage_is_shared = twin._lineage_is_shared = True

    def write(self, name: str, value: Value, stamp: int) -> None:
        """Set a variable. ``stamp`` must be larger than every stamp given out before."""
        self._own_values()
        self._own_lineage()
        self.values[name] = value
        self.lineage.setdefault(name, []).append(stamp)
        self.agreed.pop(name, None)

    def head(self, name: str) -> int:
        """The stamp of the newest write this token's value comes from; 0 if all branches agreed on it."""
        stamps = self.lineage.get(name)
        return stamps[-1] if stamps else 0

    def heads(self, name: str) -> list[int]:
        """The stamps of all writes this token's value comes from; more than one if branches agreed on it."""
        return self.agreed.get(name) or self.lineage.get(name, [])[-1:]

    def merge(self, other: "Knowledge") -> None:
        """Take over what ``other`` knows better.

        :raises Trouble: ``merge-conflict``; nothing is changed then.
        """
        if other.values is self.values and other.lineage is self.lineage:
            return
        conflicts = sorted(name for name in other.lineage if self._conflicts(other, name))
        if conflicts:
            raise Trouble(
                "merge-conflict",
                f"Expected parallel branches to change different variables, but both changed {', '.join(conflicts)}.",
            )
        self._own_values()
        self._own_lineage()
        for name, value in other.values.items():
            if name not in self.values or (self._seen_by(other, name) and not other._seen_by(self, name)):
                self.values[name] = value
        for name in other.lineage:
            self._merge_lineage(other, name)

    def _seen_by(self, other: "Knowledge", name: str) -> bool:
        """Does the other know everything this value comes from?"""
        known = other.lineage.get(name, ())
        return all(stamp in known for stamp in self.heads(name))

    def _conflicts(self, other: "Knowledge", name: str) -> bool:
        if self._seen_by(other, name) or other._seen_by(self, name):
            return False
        return not same(self.values[name], other.values[name])

    def _merge_lineage(self, other: "Knowledge", name: str) -> None:
        heads = sorted({*self._still_heads(other, name), *other._still_heads(self, name)})
        self.lineage[name] = sorted({*self.lineage.get(name, ()), *other.lineage[name]})
        self.agreed.pop(name, None)
        if len(heads) > 1:
            self.agreed[name] = heads

    def _still_heads(self, other: "Knowledge", name: str) -> list[int]:
        """What this value comes from and the other has not gone beyond."""
        beyond = set(other.lineage.get(name, ())) - set(other.heads(name))
        return [stamp for stamp in self.heads(name) if stamp not in beyond]


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

    Only a stamp that somebody's value comes from can ever be looked for; and where all values come from the same, all agree.
    """
    sharing: dict[int, list[Knowledge]] = {}
    for knowledge in holders:
        sharing.setdefault(id(knowledge.lineage), []).append(knowledge)
    different = [knowledges[0] for knowledges in sharing.values()]
    names = sorted({name for knowledge in different for name in knowledge.lineage})
    if not names:
        return
    for knowledge in different:
        knowledge._own_lineage()
    for name in names:
        _compact_one(different, name)
    for first, *others in sharing.values():
        for knowledge in others:
            first._share_lineage(knowledge)


def _compact_one(everyone: list[Knowledge], name: str) -> None:
    origins = {tuple(knowledge.heads(name)) for knowledge in everyone}
    heads = {stamp for stamps in origins for stamp in stamps}
    for knowledge in everyone:
        if len(origins) == 1:
            knowledge.lineage.pop(name, None)
            knowledge.agreed.pop(name, None)
        elif name in knowledge.lineage:
            knowledge.lineage[name] = [stamp for stamp in knowledge.lineage[name] if stamp in heads]
