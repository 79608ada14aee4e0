"""Decisions draw on what is left of the command, like every expression of the model."""

from decisions import compile_decisions
from engine.core import commands, events
from engine.core.instance import new_instance
from engine.core.model import compile_definition, link
from engine.core.process import process
from tests.core.cases import BEGIN, CLERK
from tests.core.sketch import bpmn
from tests.decisions.sketch import decision, definitions, given, literal

LOOP = """
    start s
    rule decide decision=d_sum result=sum
    exclusive again
    end e
    s -> decide -> again
    again -> decide if true
    again -> e default
"""


def happened(expression: str, text: str = "") -> list[events.Event]:
    """What a loop around one decision says."""
    source = definitions(given("text"), decision("sum", literal(expression), needs=["in_text"]))
    model = link("p", {"p": compile_definition(bpmn(LOOP))}, {"d_sum": compile_decisions(source)})
    command = commands.StartProcessInstance(
        instance_id="i", command_id="1", actor=CLERK, process_key="p", variables={"text": text}
    )
    return list(process(new_instance(model), command, BEGIN))


def made(happened: list[events.Event]) -> int:
    return sum(isinstance(event, events.DecisionEvaluated) for event in happened)


def stopped(happened: list[events.Event]) -> list[str]:
    return [event.code for event in happened if isinstance(event, events.IncidentRaised)]


def test_costly_decisions_of_one_command_share_its_steps() -> None:
    told = happened("count(for i in 1..8000 return i)")
    assert 0 < made(told) < 10
    assert stopped(told) == ["budget-exceeded"]


def test_cheap_ones_may_be_made_often() -> None:
    told = happened("1")
    assert made(told) > 1_000
    assert stopped(told) == ["budget-exceeded"]


def test_what_they_come_to_counts_as_written() -> None:
    told = happened("text", "x" * 900_000)
    assert 0 < made(told) < 6
    assert stopped(told) == ["budget-exceeded"]
