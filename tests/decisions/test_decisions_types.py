"""Item definitions: what their types hold, and what becomes of a value they do not."""

import pytest

from decisions import DecisionModelError, DecisionTrouble
from tests.decisions.sketch import decide, decision, given, literal, model_of


def item(name, content, collection=False):
    """An item definition."""
    return f'<itemDefinition name="{name}" isCollection="{str(collection).lower()}">{content}</itemDefinition>'


def component(name, kind, content="", collection=False):
    """A component of one."""
    flag = str(collection).lower()
    return f'<itemComponent name="{name}" isCollection="{flag}"><typeRef>{kind}</typeRef>{content}</itemComponent>'


def allowed(text, element="allowedValues"):
    """Allowed values."""
    return f"<{element}><text>{text}</text></{element}>"


PERSON = item(
    "tPerson", component("name", "string") + component("age", "number", allowed("[0..150]")) + component("born", "date")
)
PEOPLE = item("tPeople", "<typeRef>tPerson</typeRef>", collection=True)
GRADE = item("tGrade", f"<typeRef>string</typeRef>{allowed(chr(34) + 'A' + chr(34) + ',' + chr(34) + 'B' + chr(34))}")
GRADES = item("tGrades", f"<typeRef>tGrade</typeRef>{allowed('count(?) &lt; 3', 'typeConstraint')}", collection=True)


def admitted(kind, value):
    """A value as an input of a type gets it; the code of the trouble if it does not."""
    model = model_of(PERSON, PEOPLE, GRADE, GRADES, given("x", kind), decision("one", literal("x"), needs=["in_x"]))
    try:
        return decide(model, {"x": value})
    except DecisionTrouble as trouble:
        assert decide(model, {"x": value}, strict=False) is None
        return trouble.code


LI = {"name": "Li", "age": 30, "born": "1996-01-01"}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("tGrade", "A"),
        ("tGrade", None),
        ("tGrades", ["A", "B"]),
        ("tGrades", []),
        ("tPeople", []),
        ("number", 5),
        ("Any", {"a": 1}),
    ],
)
def test_values_of_the_type(kind, value):
    assert admitted(kind, value) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("tGrade", "C"),
        ("tGrade", 5),
        ("tGrades", ["A", "C"]),
        ("tGrades", ["A", "A", "A"]),
        ("tPerson", {"name": "Li"}),
        ("tPerson", LI | {"age": 151}),
        ("tPerson", LI | {"born": "soon"}),
        ("tPeople", [LI, {"name": "Li"}]),
        ("number", "5"),
        ("boolean", "true"),
        ("date", "2026-02-30"),
    ],
)
def test_values_of_another_type(kind, value):
    assert admitted(kind, value) == "type-mismatch"


def test_a_list_of_one_stands_for_its_item_and_the_other_way_round():
    assert admitted("tGrade", ["A"]) == "A"
    assert admitted("tGrades", "A") == ["A"]


def test_dates_within_contexts_and_lists_are_read_from_text():
    assert [str(person["born"]) for person in admitted("tPeople", [LI, LI])] == ["1996-01-01", "1996-01-01"]
    assert admitted("tPerson", LI | {"more": 1})["more"] == 1


def test_the_result_of_a_decision_is_checked():
    model = model_of(GRADE, decision("one", literal("x"), kind="tGrade"))
    assert decide(model, {"x": "A"}) == "A"
    with pytest.raises(DecisionTrouble) as raised:
        decide(model, {"x": "C"})
    assert (raised.value.code, raised.value.trouble.element_id) == ("type-mismatch", "d_one")


def test_instance_of_knows_the_types():
    model = model_of(GRADE, decision("one", literal("x instance of tGrade")))
    assert [decide(model, {"x": x}) for x in ("A", "C")] == [True, False]


def test_functions_as_values():
    kind = item("tF", '<functionItem outputTypeRef="number"><parameters name="n" typeRef="number"/></functionItem>')
    model = model_of(
        kind, decision("f", literal("function(n: number) n + 1"), kind="tF"), decision("one", literal("f(1)"), needs=["d_f"])
    )
    assert decide(model) == 2
    wrong = model_of(kind, decision("one", literal("function(a, b) a"), kind="tF"))
    assert decide(wrong, strict=False) is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<typeRef>tX</typeRef>", "type-cycle"),
        (component("a", "tX"), "type-cycle"),
        ("<typeRef>tNone</typeRef>", "type-unknown"),
        (f"<typeRef>number</typeRef>{allowed('&lt; y')}", "allowed-values"),
        (f"<typeRef>date</typeRef>{allowed('&lt; today()')}", "allowed-values"),
        (f"<typeRef>number</typeRef>{allowed('1,,')}", "allowed-values"),
        ("<typeRef>number</typeRef><surprise/>", "unknown-element"),
    ],
)
def test_definitions_that_are_wrong(content, code):
    with pytest.raises(DecisionModelError) as raised:
        model_of(item("tX", content))
    assert code in {found.code for found in raised.value.findings}
