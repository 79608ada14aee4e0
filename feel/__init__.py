"""FEEL, the expression language of the DMN standard: text in, value out. Pure; knows nothing of the floors above.

>>> expression = compile_expression('if amount >= 10000000 then "joint" else "single"')
>>> expression.evaluate({"amount": 12000000}, now=...)
'joint'
"""

from feel.budget import Budget, Meter
from feel.durations import DaysTimeDuration, YearsMonthsDuration
from feel.errors import FeelBudgetExceeded, FeelError
from feel.expression import Expression, UnaryTests, compile_expression, compile_unary_tests
from feel.json_values import JsonValue, to_json
from feel.temporal.moments import Date, DateTime, Time
from feel.values import Range, Value

__all__ = [
    "Budget",
    "Date",
    "DateTime",
    "DaysTimeDuration",
    "Expression",
    "FeelBudgetExceeded",
    "FeelError",
    "JsonValue",
    "Meter",
    "Range",
    "Time",
    "UnaryTests",
    "Value",
    "YearsMonthsDuration",
    "compile_expression",
    "compile_unary_tests",
    "to_json",
]
