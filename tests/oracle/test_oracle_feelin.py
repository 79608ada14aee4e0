"""Random expressions, cells and chains of signs mean the same to us and to feelin, the engine of the bpmn.io editors."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import feel
from tests.feel.shared import NOW
from tests.oracle.asking import Oracle
from tests.oracle.expressions import cells, chains, data, expressions, values_for
from tests.oracle.normal import normal, same

_law = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


def _agree(oracle: Oracle, text: str, context: Mapping[str, object]) -> None:
    ours = normal(feel.compile_expression(text).evaluate(context, now=NOW))
    answer: dict[str, Any] = oracle.ask({"ask": "evaluate", "expression": text, "context": context})
    assert "error" not in answer, f"{text}: {answer['error']}"
    assert same(ours, answer["value"]), f"{text}: ours is {ours}, feelin's {answer['value']}"


@_law
@given(expressions(), data)
def test_an_expression_has_the_value_it_has_in_the_browser(oracle: Oracle, text: str, context: dict[str, object]) -> None:
    _agree(oracle, text, context)


@pytest.mark.slow
@settings(_law, max_examples=600)
@given(expressions(), data)
def test_many_an_expression_has_the_value_it_has_in_the_browser(oracle: Oracle, text: str, context: dict[str, object]) -> None:
    _agree(oracle, text, context)


@_law
@given(chains(), data)
def test_what_binds_tighter_is_the_same_as_in_the_browser(oracle: Oracle, text: str, context: dict[str, object]) -> None:
    _agree(oracle, text, context)


@_law
@given(cells(), data, st.data())
def test_a_cell_passes_what_it_passes_in_the_browser(
    oracle: Oracle, cell: tuple[str, str], context: dict[str, object], draw: st.DataObject
) -> None:
    text, kind = cell
    value = draw.draw(values_for(text, kind))
    ours = feel.compile_unary_tests(text).matches(value, context, now=NOW)
    answer = oracle.ask({"ask": "unary", "expression": text, "context": {**context, "?": value}})
    assert "error" not in answer, f"{text}: {answer['error']}"
    assert ours == bool(answer["value"]), f"{value} in {text}: ours is {ours}, feelin's {answer['value']}"


@pytest.mark.parametrize(
    "text", ["1 +", "if a then b", "a b +", '"open', "[1, 2", "{a 1}", "for x return x", "(1", "a >", "x in"]
)
def test_what_is_no_expression_is_none_in_the_browser(oracle: Oracle, text: str) -> None:
    with pytest.raises(feel.FeelError):
        feel.compile_expression(text)
    assert "error" in oracle.ask({"ask": "evaluate", "expression": text, "context": {"a": 1, "b": 2, "x": 3}})
