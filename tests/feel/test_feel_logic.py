"""Comparison, conditions and tests, where null means unknown."""

import pytest

from tests.feel.shared import passes, run


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null = null", True),
        ("null != null", False),
        ("null = 1", False),
        ("1 != null", True),
        ('1 = "1"', None),
        ("1 < null", None),
        ('1 < "2"', None),
        ("1.0 = 1.00", True),
        ("[1, 2] = [1, 2]", True),
        ("[1, 2] = [2, 1]", False),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("{a: 1} = {a: 1, b: 2}", False),
        ("[1..2] = [1..2)", False),
        ("true = true", True),
        ("true < false", None),
        ('"a" < "b"', True),
        ("if null then 1 else 2", 2),
        ('if "true" then 1 else 2', 2),
        ("5 between null and 10", None),
        ("null in [1..5]", None),
        ("null in [5..1]", None),
        ("3 in [5..1]", False),
        ("null in ([5..1], 2)", None),
        ("1 in []", False),
        ("2 in [1, 2]", True),
        ("2 in [[1..3], 7]", True),
        ("[1] in [[1], [2]]", True),
        ("5 in (> 3)", True),
        ("5 in > 7", False),
        ("some x in [1, null] satisfies x > 0", True),
        ("some x in [0, null] satisfies x > 0", None),
        ("every x in [1, null] satisfies x > 0", None),
        ("every x in [0, null] satisfies x > 0", False),
        ("some x in [] satisfies x", False),
        ("every x in [] satisfies x", True),
        ("some x in null satisfies x", None),
        ("not(1)", None),
        ("1 + null", None),
        ('1 + "1"', None),
        ("1 / 0", None),
        ("(-1) ** 0.5", None),
        ("0 ** 0", 1),
    ],
)
def test_unknown_stays_unknown_until_it_does_not_matter(text, value):
    assert run(text) is value if value is None or isinstance(value, bool) else run(text) == value


@pytest.mark.parametrize(
    ("cell", "yes", "no"),
    [
        ("-", [1, "a", None], []),
        ('"a","b"', ["a", "b"], ["c", None, 1]),
        ('not("a")', ["b", None], ["a", 1]),
        ('not("a", "b")', ["c"], ["a", "b"]),
        ("[1..5]", [1, 3, 5], [0, 6, None, "3"]),
        ("(1..5)", [2], [1, 5]),
        ("[5..1]", [], [3, None]),
        ("]1..5[", [2], [1, 5]),
        ("< 5", [4], [5, None, "4"]),
        (">= 18, null", [18, None], [17]),
        ("!= 5", [4], [5]),
        ("null", [None], [0, False]),
        ("true", [True], [False, None, 1]),
        ("false", [False], [True, None]),
        ("? > 2 and ? < 5", [3], [2, 5]),
        ('contains(?, "x")', ["axb"], ["ab", None]),
        ("not(? > 2)", [1], [3]),
        ("not(?) or true", [True, False, 1], []),
        ("low", [10], [11]),
        ("> low", [11], [10]),
        ("> ? - 1", [5], []),
        ("[low..low + 5]", [10, 15], [9]),
        ("list", [1, 2], [3]),
        ('date("2026-01-01")', [], ["2026-01-01"]),
        ("-1", [-1], [1]),
        ('"-"', ["-"], ["a"]),
        ("2 * 3, 7", [6, 7], [5]),
    ],
)
def test_cells(cell, yes, no):
    context = {"low": 10, "list": [1, 2]}
    assert [passes(cell, value, context) for value in yes] == [True] * len(yes)
    assert [passes(cell, value, context) for value in no] == [False] * len(no)


@pytest.mark.parametrize(
    ("value", "kind", "is_one"),
    [
        ("1", "number", True),
        ("null", "number", False),
        ("null", "Null", True),
        ("1", "Any", True),
        ("[1, 2]", "list<number>", True),
        ('[1, "a"]', "list<number>", False),
        ("[1, null]", "list<number>", True),
        ('{a: 1, b: "x"}', "context<a: number>", True),
        ("{b: 1}", "context<a: number>", False),
        ("[1..2]", "range<number>", True),
        ('@"2026-01-01"', "date", True),
        ('@"2026-01-01T00:00:00"', "date", False),
        ('@"2026-01-01T00:00:00"', "date and time", True),
        ('@"P1D"', "days and time duration", True),
        ('@"P1M"', "days and time duration", False),
        ("function(a) a", "function", True),
        ("function(a) a", "function<number> -> number", True),
        ("function(a) a", "function<number, number> -> number", False),
        ("sum", "function", True),
    ],
)
def test_instance_of(value, kind, is_one):
    assert run(f"({value}) instance of {kind}") is is_one


def test_the_sign_belongs_to_the_number():
    assert run("-3 instance of number") is True
    assert run("-n instance of number", {"n": 3}) is None
    assert run("--3 instance of number") is None
