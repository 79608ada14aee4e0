"""Where feelin departs from the DMN standard, held by examples: what stands in docs/feel.md under "Beside feelin" stays true
of the feelin that is pinned, and nothing is left out of the random expressions that feelin has meanwhile put right.
"""

from typing import Any

import pytest

import feel
from tests.feel.shared import NOW
from tests.oracle.asking import Oracle
from tests.oracle.normal import normal, same

CONTEXT = {
    "yes": True,
    "rows": [{"received": True, "copies": 1}, {"received": False, "copies": 2}],
    "s": "abc",
    "nothing": None,
}
DEPARTURES: dict[str, tuple[tuple[str, object, object], ...]] = {
    "numbers are doubles": (
        ("0.1 + 0.2 = 0.3", True, False),
        ("1 / 3 * 3 = 1", False, True),
        ('number("")', None, 0),
    ),
    "a condition need not be a boolean": (
        ('if "a" then 1 else 2', 2, 1),
        ("some x in [1] satisfies x", None, True),
    ),
    "a filter that is a bare name or a call does not see the item": (
        ("count(rows[received])", 1, 0),
        ("count(rows[not(received)])", 1, 0),
    ),
    "what follows `in` and a range belongs to the test": (
        ("1 in [0..5] and yes", True, None),
        ("7 in [0..5] or yes", True, False),
    ),
    "ends of a range may stand the wrong way round": (
        ("3 in [5..1]", False, True),
        ("3 between 5 and 1", False, True),
    ),
    "a value of the wrong type is compared as JavaScript does, or throws": (
        ("yes > -1", None, True),
        ('1 >= @"P14M"', None, False),
        ("yes >= false", None, None),
    ),
    "places outside of a text or list": (
        ('substring("b", 3)', None, ""),
        ("sublist([1], 3)", None, ["list"]),
        ("remove([1], 5)", None, ["list", 1]),
        ("insert before([1], 2, 2)", None, ["list", 1, 2]),
    ),
    "places counted from the end": (
        ("remove([1, 2, 3], -1)", ["list", 1, 2], ["list", 1, 3]),
        ("insert before([1, 2, 3], -1, 0)", ["list", 1, 2, 0, 3], ["list", 1, 0, 2, 3]),
    ),
    "arithmetic of durations": (
        ('-@"P1M"', ["months", -1], None),
        ('@"P1D" * 2', ["seconds", 172_800], None),
        ('2 * @"P1M"', ["months", 2], None),
        ('@"P1D" / 2', ["seconds", 43_200], None),
    ),
    "months between days": (
        ('years and months duration(@"2024-05-03", @"2025-11-02") - @"P1Y2M"', ["months", 3], ["months", 4]),
    ),
    "moments with and without a zone": (
        ('@"12:15:30" - @"12:15:30Z"', None, ["seconds", 0]),
        ('@"23:59:59+08:00" - @"23:59:59Z"', ["seconds", -28_800], ["seconds", 0]),
    ),
    "a date and hours": (('@"2026-03-01" + @"PT36H"', ["date", "2026-03-02"], ["date and time", "2026-03-02T12:00:00Z"]),),
    "a date from the text of a moment": (('date("2025-12-31T00:00:00")', None, ["date", "2025-12-31"]),),
    "a moment from a date": (('date and time(@"2026-01-05")', ["date and time", "2026-01-05T00:00:00"], None),),
    "functions of lists": (
        ("sort([2, 1])", ["list", 1, 2], None),
        ('min("b", "a")', "a", None),
        ("mode([-2, 0, 5])", ["list", -2, 0, 5], ["list", 0, 5, -2]),
        ("even(0.5)", None, False),
        ("for x in 1 return x", ["list", 1], None),
        ("[1][null]", ["list"], None),
        ("concatenate([], null)", None, ["list", None]),
    ),
    "functions of ranges": (
        ("during([4..6), [0..5))", False, None),
        ("starts(1, [2..4])", False, None),
        ("coincides([4..4], [4..4])", True, None),
    ),
    "texts of values in lists": (('string([@"2026-01-05"])', '[@"2026-01-05"]', "[2026-01-05]"),),
}
CASES = [(why, *case) for why, cases in DEPARTURES.items() for case in cases]


@pytest.mark.parametrize(("why", "text", "ours", "theirs"), CASES)
def test_feelin_departs_from_the_standard_where_we_do_not(
    oracle: Oracle, why: str, text: str, ours: object, theirs: object
) -> None:
    value = normal(feel.compile_expression(text).evaluate(CONTEXT, now=NOW))
    answer: dict[str, Any] = oracle.ask({"ask": "evaluate", "expression": text, "context": CONTEXT})
    assert same(value, ours), (why, value)
    assert same(answer.get("value"), theirs), (why, answer)


def test_a_missing_value_is_not_outside_of_a_comparison(oracle: Oracle) -> None:
    assert not feel.compile_unary_tests("not(< 5)").matches(None, {}, now=NOW)
    assert oracle.ask({"ask": "unary", "expression": "not(< 5)", "context": {"?": None}}) == {"value": True}


def test_a_boolean_cell_is_compared_with_the_value(oracle: Oracle) -> None:
    assert feel.compile_unary_tests("no").matches(False, {"no": False}, now=NOW)
    assert oracle.ask({"ask": "unary", "expression": "no", "context": {"no": False, "?": False}}) == {"value": False}
