"""Going through syntax trees without caring what each node is."""

from collections.abc import Iterator
from dataclasses import fields
from typing import get_args

from feel import syntax
from feel.syntax import Node

_FIELDS: dict[type, tuple[str, ...]] = {kind: tuple(field.name for field in fields(kind)) for kind in get_args(Node)}


def children(node: Node) -> Iterator[Node]:
    """The nodes directly under ``node``, in the order of the text."""
    for name in _FIELDS[type(node)]:
        yield from _nodes_in(getattr(node, name))


def _nodes_in(value: object) -> Iterator[Node]:
    if isinstance(value, syntax.Iterator):
        yield value.domain
        if value.end is not None:
            yield value.end
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes_in(item)
    elif isinstance(value, Node) and not isinstance(value, syntax.TypeNode):
        yield value


def depth_of(node: Node) -> int:
    """Levels of the tree. Not recursive, as it is what keeps the recursive ones safe."""
    deepest = 0
    waiting = [(node, 1)]
    while waiting:
        current, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in children(current))
    return deepest


def size_of(node: Node) -> int:
    """Nodes of the tree: what it costs to evaluate it once, loops aside."""
    count = 0
    waiting = [node]
    while waiting:
        count += 1
        waiting.extend(children(waiting.pop()))
    return count


def uses(node: Node, name: str) -> bool:
    """Whether ``name`` stands anywhere in the tree."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, syntax.Name) and current.name == name:
            return True
        waiting.extend(children(current))
    return False
