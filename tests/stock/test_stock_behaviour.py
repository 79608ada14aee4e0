"""Rows 3, 8 to 13: what stock does behind one's back, what it would run, and what it leaves out without a word."""

import os

import pytest
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.dmn.parser.BpmnDmnParser import BpmnDmnParser

from decisions import DecisionModelError, compile_decisions
from engine.core import commands, events
from engine.core.actor import WORKER
from engine.core.findings import ModelError
from engine.core.model import compile_definition
from tests.core.cases import Case
from tests.core.sketch import bpmn
from tests.stock.stock import Stock

DEADLINE = """
    start s
    user a groups=g
    boundary late on=a date={date}
    user pressed groups=g
    end e
    end e2
    s -> a -> e
    late -> pressed -> e2
"""
LINK = """
    start s
    throw away link=L
    catch back link=L
    user a groups=g
    end e
    s -> away
    back -> a -> e
"""
SIGNAL = """
    start s
    parallel split
    catch heard signal=S
    user a groups=g
    user u groups=g
    end e2
    end e signal=S
    s -> split -> heard -> a -> e2
    split -> u -> e
"""
TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="route" name="route"><variable name="route"/><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i"><inputExpression id="ie" typeRef="number"><text>area</text></inputExpression></input><output id="o" name="route"/>
<rule id="r1"><inputEntry id="a1"><text>&gt; 1</text></inputEntry><outputEntry id="b1"><text>"one"</text></outputEntry></rule>
<rule id="r2"><inputEntry id="a2"><text>&gt; 2</text></inputEntry><outputEntry id="b2"><text>"two"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def test_a_timer_fires_when_it_is_told_to_and_not_when_somebody_looks() -> None:
    assert Stock(DEADLINE.format(date="'\"2000-01-01T00:00:00+00:00\"'")).open == ["pressed"]
    ours = Case(DEADLINE.format(date="2000-01-01T00:00:00Z"))
    assert ours.open == ["a"]
    ours.wait()
    assert ours.open == ["pressed"]


def test_a_model_runs_no_python() -> None:
    script = "start s\nscript t code=\"pid = __import__('os').getpid()\"\nuser a groups=g\nend e\ns -> t -> a -> e"
    assert Stock(script).tasks["a"].data == {"pid": os.getpid()}
    with pytest.raises(ModelError) as refused:
        compile_definition(bpmn(script))
    assert "expression-invalid" in {finding.code for finding in refused.value.findings}


def test_one_step_makes_no_more_than_it_may() -> None:
    many = "start s\nuser a groups=g times=3000\nend e\ns -> a -> e"
    assert len(Stock(many).workflow.tasks) > 3000
    ours = Case(many)
    assert (ours.incidents, ours.open) == (["budget-exceeded"], [])


def test_a_link_leads_on() -> None:
    stock = Stock(LINK)
    assert (stock.open, stock.workflow.is_completed()) == ([], True), "the task behind the link was left out"
    assert Case(LINK).open == ["a"]


def test_a_signal_thrown_at_an_end_is_heard() -> None:
    stock, ours = Stock(SIGNAL), Case(SIGNAL)
    for case in (stock, ours):
        case.complete("u")
    assert stock.open == []
    assert ours.open == ["a"]


def test_who_may_take_a_task_is_read() -> None:
    text = "start s\nuser a groups=window\nend e\ns -> a -> e"
    assert Stock(text).tasks["a"].task_spec.lane is None
    assert list(Case(text).task("a").candidate_groups) == ["window"]


def test_a_table_whose_rules_overlap_is_not_answered_by_the_first() -> None:
    parser = BpmnDmnParser()
    parser.add_dmn_str(TABLE)
    text = "start s\nuser a groups=g\nend e\ns -> a -> e"
    task = Stock(text).tasks["a"]
    task.data["area"] = 3
    assert parser.get_engine("route", None).result(task) == {"route": "one"}
    with pytest.raises(DecisionModelError) as refused:
        compile_decisions(TABLE)
    assert "unique-overlap" in {finding.code for finding in refused.value.findings}


def test_why_a_service_failed_is_told() -> None:
    with pytest.raises(NameError):
        PythonScriptEngine().call_service(Stock("start s\nuser a groups=g\nend e\ns -> a -> e").tasks["a"])
    ours = Case("start s\nservice t operator=o\nend e\ns -> t -> e")
    [asked] = ours.of(events.ServiceTaskRequested)
    ours.do(commands.FailServiceTask, WORKER, job_id=asked.job_id, message="the gateway is down")
    [incident] = ours.of(events.IncidentRaised)
    assert "the gateway is down" in incident.message
