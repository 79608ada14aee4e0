"""What all of the compiler shares: which names are bound where, and which function compiles which node."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from feel.errors import FeelError
from feel.functions import Code, Function
from feel.syntax import Boxed, Name, Node
from feel.types import FeelType

Frame = set[str] | None
"""Names bound by one scope; None for the scope of a filtered item, whose names only the item knows."""


class Compiler:
    """Compiles the trees of one expression."""

    def __init__(
        self,
        functions: Mapping[str, Function],
        declared: frozenset[str] | None = None,
        types: Mapping[str, FeelType] | None = None,
    ) -> None:
        self.functions = functions
        self.declared = declared
        self.types = types or {}
        self.frames: list[Frame] = []
        self.free: set[str] = set()
        self.required: set[str] = set()
        """Those of ``free`` that can be nothing else, such as an entry of a filtered item."""
        self.called: list[Name] = []
        """Names that are called like functions."""

    def unknown_function(self) -> Name | None:
        """A name that is called, but is no function here and bound to nothing."""
        return next((one for one in self.called if one.name in self.required and one.name not in self.functions), None)

    def compile(self, node: Node) -> Code:
        """The closure of a node, in the frames that are open now."""
        return _COMPILERS[type(node)](self, node)

    def compile_within(self, frame: Frame, node: Node) -> Code:
        """The closure of a node that is evaluated in one scope more."""
        self.frames.append(frame)
        code = self.compile(node)
        self.frames.pop()
        return code

    def bind(self, names: Iterable[str]) -> None:
        """Open a frame; :meth:`unbind` closes it."""
        self.frames.append(set(names))

    def unbind(self, frames: int = 1) -> None:
        """Close the last frames."""
        del self.frames[len(self.frames) - frames :]

    def note_free(self, node: Name) -> None:
        """Remember that ``node`` must come from outside.

        :raises FeelError: the names from outside are declared, and it is none of them.
        """
        self.free.add(node.name)
        if None not in self.frames:
            self.required.add(node.name)
        # Within a filter the name may be an entry of the items, which nobody declared.
        if self.declared is None or node.name in self.declared or None in self.frames:
            return
        if node.name not in self.functions:
            alike = tuple(
                get_close_matches(node.name, sorted({*self.declared, *self.functions}.union(*filter(None, self.frames))))
            )
            hint = f", perhaps {' or '.join(map(repr, alike))}" if alike else ""
            raise FeelError(f"unknown name {node.name!r}{hint}", node.line, node.column, alike)


_COMPILERS: dict[type, Callable[[Compiler, Any], Code]] = {}


def compiles(kind: type) -> Callable[[Callable[[Compiler, Any], Code]], Callable[[Compiler, Any], Code]]:
    """Say that a function compiles nodes of ``kind``."""

    def register(function: Callable[[Compiler, Any], Code]) -> Callable[[Compiler, Any], Code]:
        _COMPILERS[kind] = function
        return function

    return register


@compiles(Boxed)
def boxed(compiler: Compiler, node: Boxed) -> Code:
    """A boxed expression knows itself what it is."""
    code: Code = node.build(compiler)
    return code
