"""Requirement graphs: inputs, decisions that need others, business knowledge models, services, imports."""

from decimal import Decimal

import pytest

from decisions import DecisionModelError, DecisionTrouble, compile_decisions
from tests.decisions.sketch import NOW, decide, decision, definitions, given, knowledge, literal, model_of, result, table


def refused(*parts, **options):
    """The codes of what is wrong with a model."""
    with pytest.raises(DecisionModelError) as raised:
        model_of(*parts, **options)
    assert all(found.zh and found.en and found.suggestion_zh and found.suggestion_en for found in raised.value.findings)
    return [found.code for found in raised.value.findings]


def service(name, outputs, inputs=(), kind=""):
    """A decision service of decisions and inputs by name."""
    listed = "".join(f'<outputDecision href="#d_{output}"/>' for output in outputs)
    listed += "".join(f'<inputData href="#in_{needed}"/>' for needed in inputs)
    variable = f'<variable name="{name}"{f" typeRef={chr(34)}{kind}{chr(34)}" if kind else ""}/>'
    return f'<decisionService id="s_{name}" name="{name}">{variable}{listed}</decisionService>'


FEES = (
    given("area", "number"),
    decision("base", literal("area * 2"), needs=["in_area"], kind="number"),
    decision("fee", literal("if base > 100 then 100 else base"), needs=["d_base"], kind="number"),
)


def test_a_decision_gets_what_it_requires():
    assert [decide(model_of(*FEES), {"area": area}, name="fee") for area in (10, 60)] == [20, 100]


def test_a_decision_is_found_by_id_and_by_name():
    model = model_of(*FEES)
    assert decide(model, {"area": 1}, name="d_fee") == decide(model, {"area": 1}, name="fee") == 2
    assert model.find("fee") == model.find("d_fee") == model.decisions["d_fee"]
    assert model.decisions["d_fee"].inputs == {"area"}
    with pytest.raises(LookupError):
        decide(model, {}, name="fees")


def test_what_is_not_required_is_not_known():
    undrawn = ["expression", "requirement-missing"]
    assert refused(given("area"), given("kind"), decision("one", literal("kind"), needs=["in_area"])) == undrawn
    assert refused(given("area"), decision("a", literal("1")), decision("b", literal("a + 1"))) == undrawn


def test_reading_a_decision_without_requiring_it_is_told_where_inputs_are_not_declared():
    assert refused(decision("a", literal("x")), decision("b", literal("a + 1"))) == ["requirement-missing"]


def test_undeclared_inputs_are_those_that_expressions_name():
    model = model_of(decision("one", literal("count(list[item > low]) + count(people[age > 3])")))
    assert model.decisions["d_one"].inputs == {"list", "people"}
    assert decide(model, {"list": [1, 5], "people": [{"age": 4}], "low": 2}) == 2


def test_only_decisions_that_are_needed_are_made():
    others = [given("y", "number"), decision("b", literal("y"), needs=["in_y"])]
    model = model_of(given("x", "number"), decision("a", literal("x"), needs=["in_x"]), *others)
    assert decide(model, {"x": 1}, name="a") == 1


def test_cycles_are_refused():
    codes = refused(decision("a", literal("b"), needs=["d_b"]), decision("b", literal("a"), needs=["d_a"]))
    assert codes == ["requirement-cycle"]
    assert refused(knowledge("f", {"x": ""}, literal("f(x)"), needs=["k_f"])) == ["requirement-cycle"]
    assert refused(decision("a", literal("s()"), needs=["s_s"]), service("s", ["a"])) == ["requirement-cycle"]


def test_requirements_that_lead_nowhere_are_refused():
    assert refused(decision("a", literal("1"), needs=["d_b"])) == ["requirement-unknown"]


def test_names_are_not_used_twice():
    assert refused(decision("a", literal("1")), decision("a", literal("2"))) == ["name-twice"]


def test_a_deep_graph_is_worked_out():
    chain = [decision("d0", literal("x"))]
    chain += [decision(f"d{number}", literal(f"d{number - 1} + 1"), needs=[f"d_d{number - 1}"]) for number in range(1, 900)]
    assert decide(model_of(*chain), {"x": 0}, name="d899") == 899


def test_business_knowledge_is_called_by_text_and_by_box():
    add = knowledge("add", {"a": "number", "b": "number"}, literal("a + b"))
    bindings = "".join(
        f'<binding><parameter name="{name}"/>{literal(text)}</binding>' for name, text in (("b", "2"), ("a", "x"))
    )
    parts = [
        add,
        decision("text", literal("add(x, 2) + add(b: 1, a: 1)"), needs=["k_add"]),
        decision("box", f"<invocation>{literal('add')}{bindings}</invocation>", needs=["k_add"]),
    ]
    model = model_of(*parts)
    assert decide(model, {"x": 1}, name="text") == 5
    assert decide(model, {"x": 1}, name="box") == 3


def test_business_knowledge_sees_its_parameters_and_what_it_requires_only():
    double = knowledge("double", {"x": "number"}, literal("x * 2"))
    four = knowledge("four times", {"x": "number"}, literal("double(double(x))"), needs=["k_double"])
    model = model_of(double, four, decision("one", literal("four times(y)"), needs=["k_four times"]))
    assert decide(model, {"y": 3}) == 12
    assert refused(knowledge("f", {"x": ""}, literal("y"))) == ["expression"]
    assert refused(knowledge("f", {"x": ""}, literal("double(x)")), double) == ["expression", "requirement-missing"]


def test_a_table_in_business_knowledge():
    body = table({"n": "number"}, [("< 10", '"small"'), (">= 10", '"large"')])
    model = model_of(
        knowledge("size", {"n": "number"}, body), decision("one", literal("for n in [1, 20] return size(n)"), needs=["k_size"])
    )
    found = result(model)
    assert found.value == ["small", "large"]
    assert [trace.matched[0].number for trace in found.trace] == [1, 2]
    assert {trace.decision_id for trace in found.trace} == {"k_size"}


def test_decision_services_are_evaluated_and_called():
    parts = [*FEES, service("fees", ["base", "fee"], ["area"]), service("fee only", ["fee"], ["area"])]
    called = decision("twice", literal("fee only(3) * 2 + fees(1).base"), needs=["s_fee only", "s_fees"])
    model = model_of(*parts, called)
    assert decide(model, {"area": 60}, name="fees") == {"base": 120, "fee": 100}
    assert decide(model, {"area": 60}, name="fee only") == 100
    assert decide(model, {"area": 60}, name="twice") == 14
    assert model.decisions["s_fees"].is_service
    with pytest.raises(DecisionTrouble):
        decide(model, {}, name="fees")


def test_a_service_lists_its_inputs():
    assert refused(*FEES, service("fees", ["fee"])) == ["service-input"]


def test_a_decision_without_logic_must_be_given():
    parts = [decision("opinion", ""), decision("one", literal("upper case(opinion)"), needs=["d_opinion"])]
    assert decide(model_of(*parts), {"opinion": "yes"}) == "YES"
    with pytest.raises(DecisionTrouble) as raised:
        decide(model_of(*parts), {})
    assert raised.value.code == "no-logic"


def test_imports_bring_types_and_knowledge():
    kind = (
        '<itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef></itemComponent></itemDefinition>'
    )
    library = definitions(kind, knowledge("greet", {"who": "tPerson"}, literal('"Hello " + who.name'))).decode()
    library = library.replace("urn:test", "urn:library")
    imported = '<import name="lib" namespace="urn:library" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'
    requirement = '<knowledgeRequirement><requiredKnowledge href="urn:library#k_greet"/></knowledgeRequirement>'
    body = requirement + literal("lib.greet(person)")
    source = definitions(imported, given("person", "lib.tPerson"), decision("one", body, needs=["in_person"]))
    model = compile_decisions(source, imports={"urn:library": compile_decisions(library.encode())})
    assert model.evaluate("one", {"person": {"name": "Li"}}, now=NOW).value == "Hello Li"
    with pytest.raises(DecisionModelError) as raised:
        compile_decisions(source)
    assert raised.value.findings[0].code == "import-unknown"


def test_functions_from_outside():
    model = model_of(decision("one", literal("working days(3)")), functions={"working days": lambda days: days * 2})
    assert decide(model) == Decimal(6)


@pytest.mark.parametrize(
    ("namespace", "version"),
    [
        ("http://www.omg.org/spec/DMN/20180521/MODEL/", "1.2"),
        ("https://www.omg.org/spec/DMN/20191111/MODEL/", "1.3"),
        ("https://www.omg.org/spec/DMN/20211108/MODEL/", "1.4"),
        ("https://www.omg.org/spec/DMN/20230324/MODEL/", "1.5"),
    ],
)
def test_versions_of_the_standard(namespace, version):
    model = compile_decisions(definitions(decision("one", literal("1")), namespace=namespace))
    assert (model.version, model.name, model.namespace) == (version, "file", "urn:test")
    assert model.evaluate("one", {}, now=NOW).value == 1


def test_a_decision_goes_by_the_moment_it_is_given():
    assert decide(model_of(decision("one", literal("string(today())")))) == "2026-01-05"
