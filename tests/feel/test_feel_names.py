"""Names: which there are, which are free, and where each is looked up."""

import pytest

import feel
from tests.feel.shared import NOW, run


def test_an_unknown_name_is_null_unless_the_names_are_given():
    assert run("nothing") is None
    assert run("nothing.at.all") is None
    with pytest.raises(feel.FeelError, match=r"line 2, column 5: unknown name 'amuont', perhaps 'amount'") as caught:
        feel.compile_expression("1 <\n    amuont", names=["amount", "kind"])
    assert caught.value.expected == ("amount",)


def test_free_names_are_those_the_expression_does_not_bind_itself():
    text = "for i in list return {x: i + a, y: x}.y + (function(p) p + b)(1) + count(list) + item"
    assert feel.compile_expression(text).names == {"list", "a", "b", "item"}
    assert feel.compile_unary_tests("? > low, [a..b]").names == {"low", "a", "b"}


def test_names_in_a_filter_may_be_entries_of_the_items():
    expression = feel.compile_expression("rows[amount > limit].name", names=["rows", "limit"])
    rows = [{"name": "a", "amount": 1}, {"name": "b", "amount": 3}]
    assert expression.evaluate({"rows": rows, "limit": 2}, now=NOW) == ["b"]


def test_entries_of_a_filtered_item_hide_variables_and_item_is_the_item():
    context = {"x": 9, "list": [{"x": 1}, {"x": 2}, {"y": 3}]}
    assert feel.to_json(run("list[x >= 2]", context)) == [{"x": 2}, {"y": 3}]
    assert feel.to_json(run("list[item.x = 2]", context)) == [{"x": 2}]
    assert feel.to_json(run("[{item: 1}, {item: 2}][item = 2]")) == [{"item": 2}]
    assert feel.to_json(run("[1, 2, 3][item > count([4][item > 3])]")) == [2, 3]


def test_inner_names_hide_outer_ones():
    assert run("{x: 1, y: {x: 2, z: x}}.y.z") == 2
    assert feel.to_json(run("for x in [1, 2] return for x in [x * 10] return x")) == [[10], [20]]
    assert run("(function(x) (function(x) x)(x + 1))(1)", {"x": 50}) == 2


def test_a_variable_that_is_no_function_does_not_hide_a_function():
    assert run("count(items) + count", {"count": 40, "items": [1, 2]}) == 42


def test_names_of_several_words_are_known_when_they_are_given():
    names = ["Monthly Salary", "days in week", "Teacher's Evaluation", "a-b", "a"]
    context = {"Monthly Salary": 3, "days in week": 7, "Teacher's Evaluation": "A", "a-b": 5, "a": 1}
    for text, value in [
        ("12 * Monthly   Salary", 36),
        ("days in week + 1", 8),
        ('Teacher\'s Evaluation = "A"', True),
        ("a-b", 5),
        ("a - (1)", 0),
    ]:
        assert feel.compile_expression(text, names=names).evaluate(context, now=NOW) == value
    with pytest.raises(feel.FeelError):
        feel.compile_expression("12 * Monthly Salary")


def test_functions_from_outside_are_called_with_python_values():
    seen = []

    def working_days_after(start, days, calendar="hall"):
        seen.append((start, days, calendar))
        return {"start": start, "days": [days]}

    functions = {"working days after": working_days_after}
    text = 'working days after(start: today(), days: 5).days[1] + working days after(today(), 2, "x").days[1]'
    expression = feel.compile_expression(text, functions=functions, names=[])
    assert expression.evaluate({}, now=NOW) == 7
    today = run("today()")
    assert seen == [(today, 5, "hall"), (today, 2, "x")]
    assert expression.names == frozenset()


def test_a_function_from_outside_that_has_no_value_gives_null_and_other_trouble_goes_up():
    class Broken(Exception):
        pass

    def raising(error):
        def function(*_arguments):
            raise error

        return function

    functions = {"missing": raising(LookupError()), "broken": raising(Broken())}
    assert feel.compile_expression("missing(1)", functions=functions).evaluate({}, now=NOW) is None
    assert feel.compile_expression("missing(no: 1, such: 2)", functions=functions).evaluate({}, now=NOW) is None
    with pytest.raises(Broken):
        feel.compile_expression("broken()", functions=functions).evaluate({}, now=NOW)


def test_functions_are_values():
    assert feel.to_json(run("{twice: function(n) n * 2, list: for i in [1, 2] return twice(i)}.list")) == [2, 4]
    assert run("(function(f, n) f(f(n)))(function(n) n + 3, 1)") == 7
    assert run("(function(f) f([1, 2, 3]))(sum)") == 6
    assert run('(function(n: number) n)("text")') is None
    assert run("(function(a, b) a)(1)") is None
    assert run('"text"()') is None
    assert feel.to_json(run("function(x) x")) is None


def test_a_function_keeps_the_variables_of_where_it_was_made():
    add = feel.compile_expression("function(n) n + base").evaluate({"base": 100}, now=NOW)
    assert feel.compile_expression("add(1) + base").evaluate({"add": add, "base": 1}, now=NOW) == 102
