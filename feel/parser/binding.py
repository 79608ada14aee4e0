"""How tightly operators bind. Unary minus binds tighter than all (``-3 ** 2`` is 9), ``instance of`` and paths tighter still."""

OR, AND, COMPARE, ADD, MULTIPLY, POWER = range(1, 7)

ARITHMETIC = {"+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY, "**": POWER}
COMPARATORS = frozenset({"=", "!=", "<", "<=", ">", ">="})
