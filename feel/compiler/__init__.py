"""Syntax trees to Python closures, once per expression. One file per kind of expression; :mod:`feel.compiler.core`
sends each node to its own."""

from feel.compiler import collections, conditions, functions, loops, names, operators, tests
from feel.compiler.core import Compiler

__all__ = ["Compiler", "collections", "conditions", "functions", "loops", "names", "operators", "tests"]
