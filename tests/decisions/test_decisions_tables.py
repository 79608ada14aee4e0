"""Cells, types and allowed values of decision tables."""

import pytest

from decisions import DecisionModelError, DecisionTrouble, compile_decisions
from tests.decisions.sketch import decide, decision, definitions, given, model_of, one, table


def passes(cell, value, kind=""):
    """Whether a value passes a cell."""
    return decide(one(table({"x": kind}, [(cell, "true")], policy="FIRST")), {"x": value}) is True


@pytest.mark.parametrize(
    ("cell", "passing", "failing"),
    [
        ('"a", "b"', ["a", "b"], ["c", "", None]),
        ('not("a", "b")', ["c", ""], ["a", "b"]),
        ("[1..5]", [1, 3, 5], [0.9, 5.1, None]),
        ("(1..5)", [1.1, 4.9], [1, 5]),
        ("]1..5[", [2], [1, 5]),
        ("< 5", [4.9, -3], [5, None, "4"]),
        (">= 5, < 0", [5, -1], [0, 4]),
        ("true", [True], [False, None, "true"]),
        ("-", [1, "a", None, [1]], []),
        ("", [1, "a", None], []),
        ("null", [None], [0, "", False]),
        ("? > 5 and ? < 10", [6], [5, 10]),
        ('contains(?, "x")', ["axb"], ["ab", 5]),
    ],
)
def test_cells(cell, passing, failing):
    assert [value for value in passing if not passes(cell, value)] == []
    assert [value for value in failing if passes(cell, value)] == []


def test_what_stock_spiff_never_matches():
    """Row 12 of the design: SpiffWorkflow evaluates cells as Python, and these never match or raise there."""
    assert passes('"a","b"', "b")
    assert passes('not("a")', "b")
    assert passes("[1..5]", 3)
    assert passes("true", True)


def test_cells_may_read_other_inputs():
    model = one(table({"x": "number", "y": "number"}, [("> y", "-", '"more"'), ("<= y", "-", '"not more"')]))
    assert decide(model, {"x": 2, "y": 1}) == "more"


def test_an_empty_output_is_null():
    assert decide(one(table({"x": ""}, [("-", "", "1")], outputs=("a", "b"))), {"x": 1}) == {"a": None, "b": 1}


def test_dates_of_typed_columns_are_read_from_json_text():
    model = one(table({"filed": "date"}, [('< date("2026-01-05")', '"before"'), ('>= date("2026-01-05")', '"after"')]))
    assert [decide(model, {"filed": day}) for day in ("2026-01-04", "2026-01-05")] == ["before", "after"]
    with pytest.raises(DecisionTrouble):
        decide(model, {"filed": "yesterday"})


def test_a_value_of_the_wrong_type_is_a_trouble():
    model = one(table({"x": "number"}, [("-", "1")]))
    with pytest.raises(DecisionTrouble) as raised:
        decide(model, {"x": "5"})
    assert raised.value.code == "type-mismatch"
    assert decide(model, {"x": "5"}, strict=False) == 1


@pytest.mark.parametrize("kind", ["integer", "long", "double"])
def test_numbers_by_their_older_names(kind):
    assert decide(one(table({"x": kind}, [("> 1", "1")])), {"x": 2}) == 1


def test_input_values_are_checked():
    model = one(table({"x": "string"}, [('"a"', "1"), ('"b"', "2")], values={"x": '"a","b"'}))
    assert decide(model, {"x": "a"}) == 1
    with pytest.raises(DecisionTrouble) as raised:
        decide(model, {"x": "c"})
    assert raised.value.code == "input-not-allowed"
    assert decide(model, {"x": "c"}, strict=False) is None


def test_output_values_are_checked():
    model = one(table({"x": "string"}, [("-", "x")], output_values={"out": '"a","b"'}))
    assert decide(model, {"x": "a"}) == "a"
    with pytest.raises(DecisionTrouble) as raised:
        decide(model, {"x": "c"})
    assert raised.value.code == "output-not-allowed"


def test_a_missing_input_is_a_trouble_and_null_is_not():
    model = one(table({"x": "number"}, [("-", "1")]))
    with pytest.raises(DecisionTrouble) as raised:
        decide(model, {})
    assert raised.value.code == "input-missing"
    assert decide(model, {"x": None}) == 1
    assert decide(model, {}, strict=False) == 1


def test_names_that_are_not_declared_are_refused_where_inputs_are():
    body = table({"aera": "number"}, [("-", "1")])
    with pytest.raises(DecisionModelError) as raised:
        model_of(given("area"), decision("one", body, needs=["in_area"]))
    (found,) = raised.value.findings
    assert found.code == "expression"
    assert "perhaps 'area'" in found.en


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("&lt; 5", "&lt; "), "expression"),
        (("<outputEntry><text>1</text></outputEntry>", ""), "rule-cells"),
        (('<output id="o1" name="out"></output>', ""), "table-output"),
        (("<text>x</text>", "<text></text>"), "input-expression"),
        (('typeRef="number"', 'typeRef="tNumber"'), "type-unknown"),
        (("<decisionTable", '<decisionTable expressionLanguage="x" '), ""),
        (("<inputExpression", '<inputExpression expressionLanguage="http://www.w3.org/1999/XPath"'), "expression-language"),
        (("<annotationEntry>", "<outcome/><annotationEntry>"), "unknown-element"),
    ],
)
def test_tables_that_are_wrong(change, code):
    good = definitions(decision("one", table({"x": "number"}, [("< 5", "1")]))).decode()
    compile_decisions(good.encode())
    assert change[0] in good
    changed = good.replace(*change).encode()
    if not code:
        compile_decisions(changed)
        return
    with pytest.raises(DecisionModelError) as raised:
        compile_decisions(changed)
    found = next(found for found in raised.value.findings if found.code == code)
    assert found.element_id
    assert found.zh
    assert found.en
