"""Business rule tasks: a decision by the DMN standard, in the version the case is bound to."""

import pytest

from decisions import compile_decisions
from engine.core import commands, events
from engine.core.instance import new_instance
from engine.core.model import compile_definition, link
from engine.core.process import process
from engine.core.snapshot import dump
from tests.core.cases import BEGIN, CLERK
from tests.core.sketch import bpmn

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">'
JOINT = (
    HEAD
    + """
<inputData id="i" name="amount"><variable name="amount" typeRef="number"/></inputData>
<decision id="joint" name="joint"><variable name="joint" typeRef="string"/>
  <informationRequirement><requiredInput href="#i"/></informationRequirement>
  <decisionTable id="t" hitPolicy="{POLICY}">
    <input id="c"><inputExpression typeRef="number"><text>amount</text></inputExpression></input>
    <output id="o" typeRef="string"/>
    <rule id="r1"><inputEntry id="e1"><text>&gt;= 10000000</text></inputEntry>
      <outputEntry id="x1"><text>"joint"</text></outputEntry></rule>
    <rule id="r2"><inputEntry id="e2"><text>{SECOND}</text></inputEntry>
      <outputEntry id="x2"><text>"single"</text></outputEntry></rule>
  </decisionTable>
</decision></definitions>"""
)
PROCESS = """
    start s
    rule decide decision=joint result=route
    user a groups=g
    end e
    s -> decide -> a -> e
"""


def run(amount: object, second: str = "&lt; 10000000", policy: str = "UNIQUE"):
    decisions = {"joint": compile_decisions(JOINT.replace("{SECOND}", second).replace("{POLICY}", policy).encode())}
    model = link("p", {"p": compile_definition(bpmn(PROCESS))}, decisions)
    instance = new_instance(model)
    command = commands.StartProcessInstance(
        instance_id="i", command_id="1", actor=CLERK, process_key="p", variables={"amount": amount}
    )
    return instance, process(instance, command, BEGIN)


@pytest.mark.parametrize(("amount", "route"), [(10_000_000, "joint"), (9_999_999, "single")])
def test_a_decision_is_written_and_says_by_which_rule(amount: int, route: str) -> None:
    instance, happened = run(amount)
    assert instance.variables()["route"] == route
    (decided,) = (event for event in happened if isinstance(event, events.DecisionEvaluated))
    assert (decided.decision, decided.result) == ("joint", route)
    assert events.Event.from_dict(decided.to_dict()) == decided
    assert decided.trace[0]["matched"][0]["number"] == (1 if route == "joint" else 2)
    assert dump(instance)


def test_two_rules_where_one_must_match_are_an_incident_not_the_first_of_them() -> None:
    instance, happened = run(10_000_000, second="string length(string(?)) &gt; 1", policy="ANY")
    (incident,) = (event for event in happened if isinstance(event, events.IncidentRaised))
    assert incident.element_id == "decide"
    assert incident.message_zh is not None
    assert any("\u4e00" <= character <= "\u9fff" for character in incident.message_zh)
    assert incident.message.isascii()
    assert instance.user_tasks() == []


def test_a_missing_input_is_an_incident() -> None:
    _, happened = run("much")
    assert any(isinstance(event, events.IncidentRaised) for event in happened)


def test_a_process_that_asks_for_a_decision_there_is_not_is_not_linked() -> None:
    with pytest.raises(LookupError, match="joint"):
        link("p", {"p": compile_definition(bpmn(PROCESS))})
