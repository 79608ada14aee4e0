"""Boxed expressions mean what the written ones mean."""

import pytest

from decisions import DecisionModelError, DecisionTrouble
from tests.decisions.sketch import decide, literal, one


def entry(name, body, kind=""):
    """A context entry; without a name it is the result."""
    typed = f' typeRef="{kind}"' if kind else ""
    return f"<contextEntry>{f'<variable name={chr(34)}{name}{chr(34)}{typed}/>' if name else ''}{body}</contextEntry>"


def test_contexts():
    entries = entry("a", literal("x + 1")) + entry("twice a", literal("a * 2"))
    assert decide(one(f"<context>{entries}</context>"), {"x": 1}) == {"a": 2, "twice a": 4}
    result = entries + entry("", literal("twice a + a"))
    assert decide(one(f"<context>{result}</context>"), {"x": 1}) == 6


def test_lists_and_relations():
    assert decide(one(f"<list>{literal('1')}{literal('x')}</list>"), {"x": 2}) == [1, 2]
    columns = '<column name="a"/><column name="b"/>'
    rows = f"<row>{literal('x')}{literal('x + 1')}</row><row>{literal('3')}{literal('4')}</row>"
    assert decide(one(f"<relation>{columns}{rows}</relation>"), {"x": 1}) == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]


def test_functions_and_invocations():
    function = f'<functionDefinition><formalParameter name="n" typeRef="number"/>{literal("n * factor")}</functionDefinition>'
    call = f'<invocation>{literal("scaled")}<binding><parameter name="n"/>{literal("4")}</binding></invocation>'
    entries = entry("factor", literal("3")) + entry("scaled", function) + entry("", call)
    assert decide(one(f"<context>{entries}</context>")) == 12


def test_conditionals():
    body = f"<conditional><if>{literal('x > 1')}</if><then>{literal('1')}</then><else>{literal('2')}</else></conditional>"
    assert [decide(one(body), {"x": x}) for x in (2, 1, None)] == [1, 2, 2]


def test_filters():
    body = f"<filter><in>{literal('people')}</in><match>{literal('age > limit and item.age < 9')}</match></filter>"
    people = [{"age": 1}, {"age": 5}, {"age": 10}]
    assert decide(one(body), {"people": people, "limit": 2}) == [{"age": 5}]


def test_loops():
    body = '<for iteratorVariable="n"><in>{}</in><return>{}</return></for>'
    assert decide(one(body.format(literal("[1, 2, 3]"), literal("n + count(partial)")))) == [1, 3, 5]
    some = '<{0} iteratorVariable="n"><in>{1}</in><satisfies>{2}</satisfies></{0}>'
    assert decide(one(some.format("some", literal("[1, 2]"), literal("n > 1")))) is True
    assert decide(one(some.format("every", literal("[1, 2]"), literal("n > 1")))) is False


def test_boxes_within_boxes():
    inner = f"<list>{literal('n')}{literal('n * x')}</list>"
    body = f'<for iteratorVariable="n"><in><list>{literal("1")}{literal("2")}</list></in><return>{inner}</return></for>'
    assert decide(one(body), {"x": 3}) == [[1, 3], [2, 6]]


def test_types_of_entries_and_expressions():
    body = f"<context>{entry('a', literal('x'), 'number')}</context>"
    assert decide(one(body), {"x": [1]}) == {"a": 1}
    with pytest.raises(DecisionTrouble):
        decide(one(body), {"x": "a"})
    assert decide(one(body), {"x": "a"}, strict=False) == {"a": None}
    assert decide(one(literal("[x]", 'typeRef="number"')), {"x": 1}) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (literal(""), "expression-missing"),
        (literal("1 +"), "expression"),
        (literal("1", 'expressionLanguage="java"'), "expression-language"),
        (literal("1", 'typeRef="tNone"'), "type-unknown"),
        ("<literalExpression><importedValues/></literalExpression>", "unknown-element"),
        ("<loop/>", "unknown-element"),
        (f'<functionDefinition kind="Java">{literal("1")}</functionDefinition>', "function-kind"),
        (f'<functionDefinition kind="PMML">{literal("1")}</functionDefinition>', "function-kind"),
        (f"<context>{entry('a', literal('1'))}{entry('a', literal('1'))}</context>", "context-entry"),
        (f"<context>{entry('', literal('1'))}{entry('a', literal('1'))}</context>", "context-entry"),
        (f"<context>{entry('a', '')}</context>", "expression-missing"),
        (f'<relation><column name="a"/><row>{literal("1")}{literal("1")}</row></relation>', "relation-row"),
        ("<invocation/>", "invocation"),
        (f"<conditional><if>{literal('true')}</if></conditional>", "expression-missing"),
        (f"<for><in>{literal('[1]')}</in><return>{literal('1')}</return></for>", "iterator-variable"),
    ],
)
def test_boxes_that_are_wrong(body, code):
    with pytest.raises(DecisionModelError) as raised:
        one(body)
    assert code in {found.code for found in raised.value.findings}
    assert all(found.element_id == "d_one" and found.zh and found.en for found in raised.value.findings)
