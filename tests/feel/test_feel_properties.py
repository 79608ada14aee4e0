"""Laws that hold for all expressions."""

import json
import math
from contextlib import suppress
from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import feel
from feel import syntax
from feel.builtins import BUILT_INS
from feel.members import PROPERTY_NAMES
from feel.names import KnownNames
from feel.parser import parse_expression, parse_unary_tests
from feel.printing import print_expression, print_unary_tests
from feel.types import TYPE_NAMES
from tests.feel.shared import NOW, passes, run
from tests.feel.trees import contexts, data, trees

KNOWN = KnownNames([*BUILT_INS, *PROPERTY_NAMES, *TYPE_NAMES])
TERNARY = (True, False, None)
PLAIN = Context(prec=34, rounding=ROUND_HALF_EVEN)
SMALL = feel.Budget(steps=2_000, items=500, characters=2_000)

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6)
WORDS = """if then else for in return some every satisfies between and or null true function instance of not ( ) [ ] { } .. .
    , : + - * ** / = != < <= -> @"P1D" "a" "\\" 1 .5 a 金额 ? date and time // /* */ （ item partial"""
soup = st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join)


@given(decimals, decimals, st.sampled_from("+-*"))
def test_arithmetic_is_that_of_decimals_of_34_digits(left, right, sign):
    expected = {"+": PLAIN.add, "-": PLAIN.subtract, "*": PLAIN.multiply}[sign](left, right)
    assert run(f"a {sign} b", {"a": left, "b": right}) == expected


@given(decimals, decimals)
def test_order_is_that_of_decimals(left, right):
    assert run("[a < b, a <= b, a = b, a >= b, a > b, a != b]", {"a": left, "b": right}) == [
        left < right,
        left <= right,
        left == right,
        left >= right,
        left > right,
        left != right,
    ]


@given(st.floats())
def test_a_float_is_the_decimal_it_is_written_as(number):
    value = run("a", {"a": number})
    assert value == (Decimal(repr(number)) if math.isfinite(number) else None)


@pytest.mark.parametrize(("a", "b", "c"), list(product(TERNARY, repeat=3)))
def test_ternary_logic_keeps_the_laws_of_logic(a, b, c):
    context = {"a": a, "b": b, "c": c}
    for left, right in [
        ("not(a and b)", "not(a) or not(b)"),
        ("not(a or b)", "not(a) and not(b)"),
        ("a and b", "b and a"),
        ("a or b", "b or a"),
        ("a and (b or c)", "(a and b) or (a and c)"),
        ("a or (b and c)", "(a or b) and (a or c)"),
        ("(a and b) and c", "a and b and c"),
        ("a or (a and b)", "a"),
        ("not(not(a))", "a"),
    ]:
        assert run(left, context) is run(right, context)


@settings(max_examples=400)
@given(trees)
def test_a_printed_tree_is_read_as_the_same_tree(tree):
    assert parse_expression(print_expression(tree), KNOWN) == tree


@given(st.lists(trees, min_size=1, max_size=3))
def test_printed_tests_are_read_as_the_same_tests(cell):
    text = print_unary_tests(cell)
    if text.strip() != "-" and not text.startswith("not"):
        assert parse_unary_tests(text, KNOWN) == tuple(cell)
    assert parse_unary_tests(f"not({text})", KNOWN) == (syntax.Not(tuple(cell)),)


@settings(max_examples=400)
@given(st.text() | soup)
def test_any_text_is_an_expression_or_an_error_with_a_place(text):
    for compiling in (feel.compile_expression, feel.compile_unary_tests):
        try:
            compiling(text)
        except feel.FeelError as error:
            lines = [*text.split("\n"), ""]
            within = error.line == 0 or 1 <= error.column <= len(lines[error.line - 1]) + 1
            assert within, error  # noqa: PT017 - that there is an error is not what is expected


@settings(max_examples=400, deadline=timedelta(seconds=2))
@given(trees, contexts)
def test_any_tree_has_a_value_or_goes_over_its_budget(tree, context):
    expression = feel.compile_expression(print_expression(tree))
    try:
        value = expression.evaluate(context, now=NOW, budget=SMALL)
    except feel.FeelBudgetExceeded:
        return
    json.dumps(feel.to_json(value), allow_nan=False)


@given(trees, data, contexts)
def test_any_cell_passes_or_does_not(tree, value, context):
    tests = feel.compile_unary_tests(f"a, {print_expression(tree)}")
    with suppress(feel.FeelBudgetExceeded):
        assert tests.matches(value, context, now=NOW, budget=SMALL) in (True, False)


@given(trees, contexts)
def test_evaluating_changes_nothing_and_says_the_same_again(tree, context):
    expression = feel.compile_expression(print_expression(tree))
    before = repr(context)
    try:
        first = feel.to_json(expression.evaluate(context, now=NOW, budget=SMALL))
        second = feel.to_json(expression.evaluate(context, now=NOW, budget=SMALL))
    except feel.FeelBudgetExceeded:
        return
    assert first == second
    assert repr(context) == before


@given(data)
def test_data_comes_out_as_it_went_in(value):
    once = run("a", {"a": value})
    assert run("a = b", {"a": once, "b": value}) in (True, None)
    assert repr(run("a", {"a": once})) == repr(once)


@given(st.dates(), st.integers(-5000, 5000))
def test_days_added_are_days_between(day, days):
    context = {"day": day, "days": timedelta(days=days)}
    later = run("day + days", context)
    assert run("later - day = days", {**context, "later": later}) is True


@given(
    st.datetimes(),
    st.datetimes(),
    st.sampled_from(["Asia/Shanghai", "Europe/Paris", "Australia/Lord_Howe", "America/New_York"]),
)
def test_instants_far_apart_come_back_by_their_distance(one, other, zone):
    context = {"one": f"{one.isoformat()}@{zone}", "other": f"{other.isoformat()}Z"}
    text = "{one: date and time(given.one), other: date and time(given.other), back: other + (one - other)}.back"
    assert run(f"({text}) = date and time(given.one)", {"given": context}) is True


@given(st.lists(st.integers(-9, 9).map(Decimal), max_size=8))
def test_list_functions_agree_with_python(numbers):
    context = {"list": numbers}
    assert run("sort(list)", context) == sorted(numbers)
    assert run("distinct values(list)", context) == list(dict.fromkeys(numbers))
    assert run("sum(list)", context) == (sum(numbers) if numbers else None)
    assert run("for i in list return i + 1", context) == [number + 1 for number in numbers]
    assert run("some i in list satisfies i > 3", context) == any(number > 3 for number in numbers)
    assert run("every i in list satisfies i > 3", context) == all(number > 3 for number in numbers)
    assert run("list[item > 3]", context) == [number for number in numbers if number > 3]
    assert run("reverse(list)", context) == numbers[::-1]


@given(st.text(max_size=30), st.text(min_size=1, max_size=3))
def test_text_functions_agree_with_python(text, part):
    context = {"text": text, "part": part}
    assert run("contains(text, part)", context) == (part in text)
    assert run("string length(text)", context) == len(text)
    assert run("substring before(text, part) + part + substring after(text, part)", context) == (text if part in text else part)


@given(decimals, decimals, decimals)
def test_a_value_in_a_range_is_between_its_ends(low, high, value):
    context = {"low": low, "high": high, "value": value}
    if low <= high:
        assert run("value in [low..high]", context) is run("value between low and high", context)
        assert passes("[low..high]", value, context) is (low <= value <= high)
        assert passes("(low..high)", value, context) is (low < value < high)
        assert passes("not(< low, > high)", value, context) is (low <= value <= high)
