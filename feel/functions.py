"""Values that can be called: functions written in FEEL, built in, and registered from outside."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from feel.boundary import give, take
from feel.errors import FeelError
from feel.scope import Run, Scope
from feel.signatures import ABSENT, Signature
from feel.types import FeelType
from feel.values import FunctionValue, Value

Code = Callable[[Scope], Value]
"""A compiled expression: what it is in a scope."""


@dataclass(frozen=True, slots=True, eq=False)
class UserFunction(FunctionValue):
    """A function written in FEEL, with the names that were around it."""

    parameters: tuple[str, ...]
    types: tuple[FeelType | None, ...]
    body: Code
    scope: Scope
    size: int
    depth: int

    def call(self, run: Run, arguments: Sequence[Value]) -> Value:
        """The body's value; null if the number or the types of the arguments are wrong."""
        if len(arguments) != len(self.parameters):
            return None
        run.charge(self.size + 1)
        values: dict[str, Value] = {}
        for name, kind, argument in zip(self.parameters, self.types, arguments, strict=True):
            values[name] = argument if kind is None else kind.convert(argument, run.charge)
            if argument is not None and values[name] is None:
                return None
        # The names in the body are those of the evaluation that made the function, which need not be the one that calls it.
        home = self.scope.run
        home.enter(self.depth)
        result = self.body(Scope(home, self.scope, values))
        home.leave(self.depth)
        return result

    def call_named(self, run: Run, arguments: Mapping[str, Value]) -> Value:
        """The body's value; null if a name is missing or unknown."""
        if set(arguments) != set(self.parameters):
            return None
        return self.call(run, [arguments[name] for name in self.parameters])


@dataclass(frozen=True, slots=True)
class Overload:
    """One way to call a built-in function."""

    signature: Signature
    implementation: Callable[..., Value]
    needs_run: bool


@dataclass(frozen=True, slots=True, eq=False)
class BuiltIn(FunctionValue):
    """A function of the standard."""

    name: str
    overloads: list[Overload] = field(default_factory=list)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters, by the first way to call it."""
        return tuple(parameter.name for parameter in self.overloads[0].signature.parameters)

    def call(self, run: Run, arguments: Sequence[Value]) -> Value:
        """The function's value; null if the arguments do not fit."""
        for overload in self.overloads:
            bound = overload.signature.bind(arguments)
            if bound is not None:
                return self._apply(run, overload, bound)
        return None

    def call_named(self, run: Run, arguments: Mapping[str, Value]) -> Value:
        """The function's value; null if the names or the arguments do not fit."""
        for overload in self.overloads:
            bound = overload.signature.bind_named(arguments)
            if bound is not None:
                return self._apply(run, overload, bound)
        return None

    def _apply(self, run: Run, overload: Overload, arguments: list[Value]) -> Value:
        run.charge(1)
        for argument in arguments:
            run.charge_for(argument)
        given = [None if argument is ABSENT else argument for argument in arguments]
        try:
            result = overload.implementation(run, *given) if overload.needs_run else overload.implementation(*given)
        except FeelError:
            raise
        except (ArithmeticError, ValueError):
            return None
        run.charge_for(result)
        return result


@dataclass(frozen=True, slots=True, eq=False)
class External(FunctionValue):
    """A Python function registered by the caller. It is given and gives back what :mod:`feel.boundary` lets through.

    ArithmeticError, LookupError, TypeError and ValueError mean "no value" and become null; anything else goes on up.
    """

    name: str
    function: Callable[..., object]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters, as FEEL writes them: with spaces for underscores."""
        return tuple(name.replace("_", " ") for name in inspect.signature(self.function).parameters)

    def call(self, run: Run, arguments: Sequence[Value]) -> Value:
        """The function's value."""
        return self._apply(run, arguments, {})

    def call_named(self, run: Run, arguments: Mapping[str, Value]) -> Value:
        """The function's value; FEEL may write ``as of`` or ``as_of`` for Python's ``as_of``."""
        return self._apply(run, (), {name.replace(" ", "_"): value for name, value in arguments.items()})

    def _apply(self, run: Run, positional: Sequence[Value], named: Mapping[str, Value]) -> Value:
        run.charge(1)
        try:
            arguments = [give(run, value) for value in positional]
            result = self.function(*arguments, **{name: give(run, value) for name, value in named.items()})
        except FeelError:
            raise
        except (ArithmeticError, LookupError, TypeError, ValueError):
            return None
        taken = take(run, result)
        run.charge_for(taken)
        return taken


Function = UserFunction | BuiltIn | External


def invoke(run: Run, function: Value, arguments: Sequence[Value]) -> Value:
    """Call a value; null if it is not a function."""
    if isinstance(function, Function):
        return function.call(run, arguments)
    return External("", function).call(run, arguments) if callable(function) else None


def invoke_named(run: Run, function: Value, arguments: Mapping[str, Value]) -> Value:
    """Call a value with named arguments; null if it is not a function."""
    if isinstance(function, Function):
        return function.call_named(run, arguments)
    return External("", function).call_named(run, arguments) if callable(function) else None
