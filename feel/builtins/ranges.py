"""How points and ranges lie to each other: the relations of James Allen (DMN 1.5, table 77)."""

from collections.abc import Callable

from feel.builtins.registry import builtin
from feel.comparison import order
from feel.values import Range, Value


class Unordered(ValueError):
    """Two ends can not be compared; the function has no value."""


def _order(left: Value, right: Value) -> int:
    result = order(left, right)
    if result is None:
        raise Unordered
    return result


def _span(value: Value) -> Range:
    """A point as the range of itself."""
    return value if isinstance(value, Range) else Range(value, value)


def _below(left: Range, right: Range) -> bool:
    """Whether all of ``left`` is before all of ``right``. An end without limit is before nothing."""
    if left.high is None or right.low is None:
        return False
    between = _order(left.high, right.low)
    return between < 0 or (between == 0 and not (left.high_included and right.low_included))


def _low_first(left: Range, right: Range) -> int:
    """-1, 0 or 1 as ``left`` begins before, where or after ``right`` begins."""
    if left.low is None or right.low is None:
        return (left.low is not None) - (right.low is not None)
    return _order(left.low, right.low) or right.low_included - left.low_included


def _high_first(left: Range, right: Range) -> int:
    """-1, 0 or 1 as ``left`` ends before, where or after ``right`` ends."""
    if left.high is None or right.high is None:
        return (left.high is None) - (right.high is None)
    return _order(left.high, right.high) or left.high_included - right.high_included


def _meets(left: Range, right: Range) -> bool:
    if left.high is None or right.low is None:
        return False
    return _order(left.high, right.low) == 0 and left.high_included and right.low_included


def _includes(left: Range, right: Range) -> bool:
    return _low_first(left, right) <= 0 and _high_first(left, right) >= 0


def _overlaps(left: Range, right: Range) -> bool:
    return not _below(left, right) and not _below(right, left)


def _starts(left: Range, right: Range) -> bool:
    return _low_first(left, right) == 0 and _high_first(left, right) <= 0


def _finishes(left: Range, right: Range) -> bool:
    return _high_first(left, right) == 0 and _low_first(left, right) >= 0


def _coincides(left: Range, right: Range) -> bool:
    return _low_first(left, right) == 0 and _high_first(left, right) == 0


def _overlaps_before(left: Range, right: Range) -> bool:
    return _low_first(left, right) < 0 and not _below(left, right) and _high_first(left, right) <= 0


Relation = Callable[[Range, Range], bool]


def _relation(name: str, relation: Relation, *signatures: str) -> None:
    """Register a relation. A signature says by its kinds whether it takes points, ranges or both."""
    for signature in signatures:

        def related(left: Value, right: Value) -> Value:
            return None if left is None or right is None else relation(_span(left), _span(right))

        builtin(name, signature)(related)


def _swapped(relation: Relation) -> Relation:
    return lambda left, right: relation(right, left)


_POINTS = "point1: point, point2: point"
_POINT_RANGE = "point: point, range: range"
_RANGE_POINT = "range: range, point: point"
_RANGES = "range1: range, range2: range"

_relation("before", _below, _POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES)
_relation("after", _swapped(_below), _POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES)
_relation("meets", _meets, _RANGES)
_relation("met by", _swapped(_meets), _RANGES)
_relation("overlaps", _overlaps, _RANGES)
_relation("overlaps before", _overlaps_before, _RANGES)
_relation("overlaps after", _swapped(_overlaps_before), _RANGES)
_relation("finishes", _finishes, _POINT_RANGE, _RANGES)
_relation("finished by", _swapped(_finishes), _RANGE_POINT, _RANGES)
_relation("includes", _includes, _RANGE_POINT, _RANGES)
_relation("during", _swapped(_includes), _POINT_RANGE, _RANGES)
_relation("starts", _starts, _POINT_RANGE, _RANGES)
_relation("started by", _swapped(_starts), _RANGE_POINT, _RANGES)
_relation("coincides", _coincides, _POINTS, _RANGES)
