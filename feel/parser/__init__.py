"""Tokens to a syntax tree. An error says where it is, what stood there and what could have.

Written by hand rather than by grammar, since names may hold spaces and operators once they are known, and since ``]`` and
``[`` open and close both lists and ranges. Each reader builds on the one before: tokens, types, operands, operators.
"""

from feel.names import KnownNames
from feel.parser.operators import ExpressionReader
from feel.syntax import Node


def parse_expression(text: str, known: KnownNames) -> Node:
    """The tree of an expression.

    :raises FeelError: the text is no FEEL expression.
    """
    return ExpressionReader(text, known).whole_expression()


def parse_unary_tests(text: str, known: KnownNames) -> tuple[Node, ...]:
    """The trees of the tests in a cell of a decision table.

    :raises FeelError: the text is no list of FEEL unary tests.
    """
    return ExpressionReader(text, known).whole_tests()
