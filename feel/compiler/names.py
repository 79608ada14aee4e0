"""Names and paths. A name is bound by the expression, or an entry of a filtered item, or comes from outside, or is a
built-in function, in this order; where it is bound is settled when the expression is compiled."""

from collections.abc import Mapping

from feel import syntax
from feel.boundary import take
from feel.compiler.core import Compiler, compiles
from feel.functions import Code
from feel.members import member_of
from feel.scope import Run, Scope
from feel.values import Value

_MISSING = object()


@compiles(syntax.Name)
def name(compiler: Compiler, node: syntax.Name) -> Code:
    """A name, from the innermost scope outwards."""
    code: Code | None = None
    waiting: list[int] = []  # scopes of filtered items, which have to be asked first
    for hops, frame in enumerate(reversed(compiler.frames)):
        if frame is None:
            waiting.append(hops)
        elif node.name in frame:
            code = _bound(node.name, hops)
            break
    if code is None and not (waiting and node.name == "item"):
        compiler.note_free(node)
        code = _free(compiler, node.name)
    for hops in reversed(waiting):
        code = _item(node.name, hops, code)
    assert code is not None
    return code


def _bound(name: str, hops: int) -> Code:
    def here(scope: Scope) -> Value:
        return scope.values[name]

    def around(scope: Scope) -> Value:
        return _outer(scope, hops).values[name]

    return around if hops else here


def _outer(scope: Scope, hops: int) -> Scope:
    while hops and scope.parent is not None:
        scope = scope.parent
        hops -= 1
    return scope


def _item(name: str, hops: int, otherwise: Code | None) -> Code:
    def entry(scope: Scope) -> Value:
        item = _outer(scope, hops).values["item"]
        if isinstance(item, dict) and name in item:
            return item[name]
        return item if name == "item" or otherwise is None else otherwise(scope)

    return entry


def _free(compiler: Compiler, name: str) -> Code:
    function = compiler.functions.get(name)

    def variable(scope: Scope) -> Value:
        value = scope.run.context.get(name)
        kind = type(value)
        return value if kind is str or kind is bool else take(scope.run, value)

    def variable_or_function(scope: Scope) -> Value:
        value = scope.run.context.get(name, _MISSING)
        return function if value is _MISSING else take(scope.run, value)

    return variable if function is None else variable_or_function


@compiles(syntax.Path)
def path(compiler: Compiler, node: syntax.Path) -> Code:
    """``target.name``; from a variable it is followed before anything is converted."""
    keys = [node.name]
    root = node.target
    while isinstance(root, syntax.Path):
        keys.insert(0, root.name)
        root = root.target
    if isinstance(root, syntax.Name) and not compiler.frames and root.name not in compiler.functions:
        compiler.note_free(root)
        return _path_from_outside(root.name, tuple(keys))
    return _member(compiler.compile(node.target), node.name)


def _member(target: Code, name: str) -> Code:
    def member(scope: Scope) -> Value:
        value = target(scope)
        if isinstance(value, dict):
            return value.get(name)
        return member_of(scope.run, value, name)

    return member


def _path_from_outside(root: str, keys: tuple[str, ...]) -> Code:
    def follow(scope: Scope) -> Value:
        value: object = scope.run.context.get(root)
        for position, key in enumerate(keys):
            if not isinstance(value, Mapping):
                return _follow_inside(scope.run, take(scope.run, value), keys[position:])
            value = value.get(key)
        return take(scope.run, value)

    return follow


def _follow_inside(run: Run, value: Value, keys: tuple[str, ...]) -> Value:
    for key in keys:
        value = member_of(run, value, key)
    return value
