"""How tightly operators bind. Unary minus binds tighter than they do (``-3 ** 2`` is 9), paths tighter still."""

OR, AND, COMPARE, ADD, MULTIPLY, POWER = range(1, 7)

ARITHMETIC = {"+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY, "**": POWER}
COMPARATORS = frozenset({"=", "!=", "<", "<=", ">", ">="})
