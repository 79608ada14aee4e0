"""Where the built-in functions register themselves."""

from collections.abc import Callable
from typing import Any, TypeVar

from feel.functions import BuiltIn, Overload
from feel.signatures import Signature

BUILT_INS: dict[str, BuiltIn] = {}

Implementation = TypeVar("Implementation", bound=Callable[..., Any])


def builtin(name: str, signature: str = "", *, run: bool = False) -> Callable[[Implementation], Implementation]:
    """Register a function as one way to call the built-in ``name``.

    :param signature: as :mod:`feel.signatures` writes it; arguments come converted, one left out comes as None.
    :param run: the function wants the evaluation as its first argument, to charge it or to ask for the time.
    """

    def register(function: Implementation) -> Implementation:
        known = BUILT_INS.setdefault(name, BuiltIn(name))
        known.overloads.append(Overload(Signature.of(signature), function, run))
        return function

    return register
