"""Rows 4, 5, 6 and 14: state that grows, that carries the model about, that cannot be read again, or that begins anew."""

from datetime import timedelta
from itertools import pairwise

import orjson
import pytest
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.util.diff import diff_workflow, migrate_workflow
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.util.task import TaskState

from engine.core.snapshot import dump, load
from tests.core.cases import Case
from tests.core.test_core_migration import migrate
from tests.stock.stock import Stock

LOOP = """
    start s
    exclusive again
    user a groups=g
    exclusive x
    end e
    s -> again -> a -> x -> e default
    x -> again if more
"""
LINE = "start s\n user a groups=g\n user b groups=g\n end e\n s -> a -> b -> e"
PAUSE = """
    start s
    parallel split
    catch pause duration={duration}
    user a groups=g
    end e
    end e2
    s -> split -> pause -> e
    split -> a -> e2
"""


def serializer() -> BpmnWorkflowSerializer:
    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG))


def test_a_case_that_goes_round_stays_the_same_size() -> None:
    stock, ours = Stock(LOOP), Case(LOOP)
    kept, sizes = [], []
    for _ in range(20):
        for case in (stock, ours):
            case.complete("a", more=True)
        kept.append(len(stock.workflow.tasks))
        sizes.append(len(dump(ours.instance)))
    assert all(after > before for before, after in pairwise(kept)), "every task there ever was is kept"
    assert max(sizes) - min(sizes) < 20, "only numbers get longer"


def test_an_instance_is_stored_without_its_model() -> None:
    stored = orjson.loads(serializer().serialize_json(Stock(LINE).workflow))
    assert {"a", "b"} <= set(stored["spec"]["task_specs"])
    assert "candidateGroups" not in dump(Case(LINE).instance).decode()


def test_a_field_may_be_called_what_it_likes() -> None:
    answer = {"typename": "x", "form": {"typename": "date", "value": "x"}}
    stock, ours = Stock(LINE), Case(LINE)
    for case in (stock, ours):
        case.complete("a", **answer)
    with pytest.raises(TypeError):
        serializer().deserialize_json(serializer().serialize_json(stock.workflow))
    assert load(ours.model, dump(ours.instance)).variables() == answer


def test_a_timer_keeps_its_time_when_the_case_goes_to_another_version() -> None:
    """Stock resets whatever waits; a deadline of two days would begin again."""
    old = PAUSE.format(duration="'\"P2D\"'")
    stock = Stock(old)
    stock.workflow.refresh_timers()
    [waiting] = stock.workflow.get_tasks(state=TaskState.WAITING, spec_name="pause")
    due = waiting.internal_data["event_value"]
    newer = Stock(old.replace("user a groups=g", "user a groups=g name=renamed"))
    difference, _ = diff_workflow(serializer().registry, stock.workflow, newer.spec, {})
    migrate_workflow(difference, stock.workflow, newer.spec)
    stock.workflow.refresh_timers()
    [waiting] = stock.workflow.get_tasks(state=TaskState.WAITING, spec_name="pause")
    assert waiting.internal_data["event_value"] > due

    ours = Case(PAUSE.format(duration="P2D"))
    timers = ours.timers
    ours.now += timedelta(days=1)
    migrate(ours, PAUSE.format(duration="P2D").replace("user a groups=g", "user a groups=g name=renamed"))
    assert ours.timers == timers
