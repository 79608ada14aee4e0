"""How a built-in function may be called: names, types and number of its parameters, written as the standard lists them.

``"string: string, start position: number, length?: number"``: the last one may be left out.
``"list...: list"``: one list, or its items one by one. ``"item+: any"``: as many as there are, each an item by itself, also
when it is a list or null.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from feel.durations import DaysTimeDuration, YearsMonthsDuration
from feel.temporal.moments import Date, DateTime, Time
from feel.values import ORDERED, Range, Value


class Absent:
    """Marks an optional argument that was not given; null is something else."""


ABSENT = Absent()

_CLASSES: dict[str, tuple[type, ...]] = {
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "list": (list,),
    "context": (dict,),
    "range": (Range,),
    "date": (Date,),
    "time": (Time,),
    "date and time": (DateTime,),
    "day": (Date, DateTime),
    "duration": (DaysTimeDuration, YearsMonthsDuration),
    "temporal": (Date, Time, DateTime),
    "point": ORDERED,
}
"""Types a parameter may have. ``day``, ``temporal`` and ``point`` are no types of the language, only of its functions. A
parameter of the type ``any`` or ``function`` takes everything, and its function sees to it."""


@dataclass(frozen=True, slots=True)
class ParameterOf:
    """One parameter of a built-in function."""

    name: str
    kind: str
    optional: bool
    variadic: bool
    each: bool

    def convert(self, value: Value) -> Value:
        """``value`` as the parameter wants it, lists of one item and single items converted; ABSENT if it does not fit."""
        classes = _CLASSES.get(self.kind)
        if classes is None or isinstance(value, classes):
            return value
        if value is None:
            return ABSENT
        if self.kind == "list":
            return [value]
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], classes):
            return value[0]
        return ABSENT


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters of one way to call a built-in function."""

    parameters: tuple[ParameterOf, ...]

    @classmethod
    def of(cls, text: str) -> "Signature":
        """Read the notation of this module."""
        return cls(tuple(_parameter(part) for part in text.split(",") if part.strip()))

    def bind(self, arguments: Sequence[Value]) -> list[Value] | None:
        """Arguments by position, converted; None if they do not fit."""
        parameters = self.parameters
        if parameters and parameters[-1].variadic:
            fixed = len(parameters) - 1
            rest = list(arguments[fixed:])
            if not rest:
                return None
            arguments = [*arguments[:fixed], rest if parameters[-1].each else _whole(rest)]
        if len(arguments) > len(parameters):
            return None
        return self._fit({parameter.name: value for parameter, value in zip(parameters, arguments, strict=False)})

    def bind_named(self, arguments: Mapping[str, Value]) -> list[Value] | None:
        """Arguments by name, converted; None if they do not fit."""
        if not arguments.keys() <= {parameter.name for parameter in self.parameters}:
            return None
        last = self.parameters[-1] if self.parameters else None
        if last is not None and last.each and last.name in arguments:
            arguments = {**arguments, last.name: [arguments[last.name]]}
        return self._fit(arguments)

    def _fit(self, arguments: Mapping[str, Value]) -> list[Value] | None:
        fitted: list[Value] = []
        for parameter in self.parameters:
            if parameter.name not in arguments:
                if not parameter.optional:
                    return None
                fitted.append(ABSENT)
                continue
            value = parameter.convert(arguments[parameter.name])
            if value is ABSENT:
                return None
            fitted.append(value)
        return fitted


def _whole(rest: list[Value]) -> Value:
    """The one list that was given, or the list of the items that were."""
    return rest[0] if len(rest) == 1 and (rest[0] is None or isinstance(rest[0], list)) else rest


def _parameter(text: str) -> ParameterOf:
    name, _, kind = (part.strip() for part in text.partition(":"))
    return ParameterOf(name.rstrip("?.+"), kind or "any", name.endswith("?"), name.endswith(("...", "+")), name.endswith("+"))
