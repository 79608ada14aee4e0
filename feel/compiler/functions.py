"""Functions written in FEEL, calls, and ``instance of``."""

from feel import syntax
from feel.compiler.core import Compiler, compiles
from feel.functions import Code, Function, UserFunction, invoke, invoke_named
from feel.scope import Scope
from feel.types import type_of
from feel.values import Value
from feel.walk import depth_of, size_of


@compiles(syntax.FunctionLiteral)
def function_literal(compiler: Compiler, node: syntax.FunctionLiteral) -> Code:
    """``function(parameters) body``, with the names around it."""
    names = tuple(parameter.name for parameter in node.parameters)
    types = tuple(None if parameter.type is None else type_of(parameter.type, compiler.types) for parameter in node.parameters)
    body = compiler.compile_within(set(names), node.body)
    size, depth = size_of(node.body), depth_of(node.body)
    return lambda scope: UserFunction(names, types, body, scope, size, depth)


@compiles(syntax.Call)
def call(compiler: Compiler, node: syntax.Call) -> Code:
    """``function(arguments)``"""
    function = _function(compiler, node.function)
    arguments = tuple(compiler.compile(argument) for argument in node.arguments)
    return lambda scope: invoke(scope.run, function(scope), [argument(scope) for argument in arguments])


@compiles(syntax.NamedCall)
def named_call(compiler: Compiler, node: syntax.NamedCall) -> Code:
    """``function(name: argument)``; a name that comes twice makes it null."""
    function = _function(compiler, node.function)
    arguments = tuple((name, compiler.compile(argument)) for name, argument in node.arguments)
    if len({name for name, _ in arguments}) < len(arguments):
        return lambda scope: None
    return lambda scope: invoke_named(scope.run, function(scope), {name: argument(scope) for name, argument in arguments})


def _function(compiler: Compiler, node: syntax.Node) -> Code:
    """What is called. A variable ``count`` that is no function does not hide the function ``count``."""
    code = compiler.compile(node)
    if isinstance(node, syntax.Name):
        compiler.called.append(node)
    known = compiler.functions.get(node.name) if isinstance(node, syntax.Name) else None
    if known is None:
        return code

    def called(scope: Scope) -> Value:
        value = code(scope)
        return value if isinstance(value, Function) or callable(value) else known

    return called


@compiles(syntax.InstanceOf)
def instance_of(compiler: Compiler, node: syntax.InstanceOf) -> Code:
    """``value instance of type``"""
    value = compiler.compile(node.value)
    kind = type_of(node.type, compiler.types)
    return lambda scope: kind.holds(value(scope), scope.run.charge)
