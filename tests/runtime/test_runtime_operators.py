"""Local operators work inside the step; what they do stands or falls with it."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection
from engine.core.values import Variables
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorCall, OperatorError, OperatorRegistry
from engine.runtime.tables import history, job, number_series
from tests.runtime.conftest import HallMaker
from tests.runtime.halls import BEGIN, CLERK, Hall

ONE_CALL = """
    start s
    user accept groups=g
    service call operator=op into=answer param_text==word
    user decide groups=g
    boundary caught on=call error=E1
    end e
    end f
    s -> accept -> call -> decide -> e
    caught -> f
"""


def hall_with(make_hall: HallMaker, function: Any) -> Hall:
    registry = OperatorRegistry()
    registry.local("op", parameters=("text",))(function)
    hall = make_hall(registry)
    hall.deploy(ONE_CALL)
    hall.start({"word": "hello"}, business_key="B7")
    return hall


def test_a_local_operator_answers_within_the_step(make_hall: HallMaker) -> None:
    calls: list[tuple[Variables, OperatorCall]] = []

    def operator(session: Session, parameters: Variables, call: OperatorCall) -> Any:
        calls.append((parameters, call))
        return {"number": next_number(session, "cases")}

    hall = hall_with(make_hall, operator)
    receipt = hall.complete("accept")
    assert hall.open() == ["decide"]
    assert hall.variables(receipt.instance_id)["answer"] == {"number": 1}
    ((parameters, call),) = calls
    assert parameters == {"text": "hello"}
    assert (call.now, call.actor, call.business_key, call.process_key) == (BEGIN, CLERK, "B7", "p")
    assert receipt.version == 3
    assert [event.name for event in receipt.events].count("ServiceTaskCompleted") == 1
    entries = hall.runtime.queries.history(receipt.instance_id).items
    assert [entry.command for entry in entries] == ["StartProcessInstance", "CompleteUserTask", "CompleteServiceTask"]
    assert entries[2].command_id.startswith(f"{entries[1].command_id}/")
    assert hall.count(job) == 0
    hall.check(receipt.instance_id)


def test_repeating_the_command_gives_the_operators_events_too_and_calls_nobody(make_hall: HallMaker) -> None:
    calls = []
    hall = hall_with(make_hall, lambda session, parameters, call: calls.append(call))
    task = hall.task("accept")
    first = hall.runtime.complete(task.id, {}, actor=CLERK, command_id="once")
    second = hall.runtime.complete(task.id, {}, actor=CLERK, command_id="once")
    assert (second.replayed, second.version, second.events) == (True, first.version, first.events)
    assert len(calls) == 1


def test_a_rejection_of_an_operator_refuses_the_whole_command(make_hall: HallMaker) -> None:
    def operator(session: Session, parameters: Variables, call: OperatorCall) -> Any:
        next_number(session, "cases")
        raise Rejection("reason-required", field="reason")

    hall = hall_with(make_hall, operator)
    with pytest.raises(Rejection):
        hall.complete("accept")
    assert hall.open() == ["accept"]
    assert hall.count(number_series) == 0
    entry = hall.runtime.queries.history(hall.task("accept").instance_id).items[-1]
    assert (entry.command, entry.outcome, entry.code) == ("CompleteUserTask", "refused", "reason-required")
    hall.check(entry_instance(hall))


def entry_instance(hall: Hall) -> str:
    return hall.tasks()[0].instance_id


@pytest.mark.parametrize("kind", ["exception", "database error", "not JSON"])
def test_a_failing_operator_is_an_incident_and_leaves_nothing_behind(make_hall: HallMaker, kind: str) -> None:
    def operator(session: Session, parameters: Variables, call: OperatorCall) -> Any:
        next_number(session, "cases")
        if kind == "exception":
            raise ZeroDivisionError("no tariff")
        if kind == "database error":
            session.execute(text("SELECT * FROM nowhere"))
        return object()

    hall = hall_with(make_hall, operator)
    instance_id = hall.complete("accept").instance_id
    (incident,) = hall.runtime.queries.incidents().items
    assert (incident.kind, incident.element_id, incident.code) == ("model", "call", "job-failed")
    assert hall.open() == []
    if kind != "not JSON":
        assert hall.count(number_series) == 0
    hall.check(instance_id)


def test_an_operators_error_code_is_caught_by_the_model(make_hall: HallMaker) -> None:
    def operator(session: Session, parameters: Variables, call: OperatorCall) -> Any:
        raise OperatorError("E1", "not covered")

    hall = hall_with(make_hall, operator)
    instance_id = hall.complete("accept").instance_id
    assert hall.status(instance_id) == "completed"
    assert hall.runtime.queries.diagram_state(instance_id)["f"].done == 1
    hall.check(instance_id)


def test_a_resolved_incident_calls_the_operator_again(make_hall: HallMaker) -> None:
    results: list[Any] = [ZeroDivisionError("not yet"), "now"]

    def operator(session: Session, parameters: Variables, call: OperatorCall) -> Any:
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    hall = hall_with(make_hall, operator)
    instance_id = hall.complete("accept").instance_id
    (incident,) = hall.runtime.queries.incidents().items
    hall.runtime.incidents.resolve(incident.id, reason="tariff entered", actor=CLERK, command_id="r")
    assert hall.runtime.queries.incidents().items == []
    resolved = hall.runtime.queries.incident(incident.id)
    assert (resolved.state, resolved.resolved_by, resolved.reason) == ("resolved", "clerk", "tariff entered")
    assert hall.variables(instance_id)["answer"] == "now"
    hall.check(instance_id)


@pytest.mark.slow
def test_a_loop_around_an_operator_ends_in_an_incident(make_hall: HallMaker) -> None:
    registry = OperatorRegistry()
    registry.local("op")(lambda session, parameters, call: 1)
    hall = make_hall(registry)
    hall.deploy(
        """
        start s
        exclusive again
        service call operator=op into=answer
        exclusive done
        end e
        s -> again -> call -> done
        done -> again default
        done -> e if answer > 1
        """
    )
    instance_id = hall.start().instance_id
    (incident,) = hall.runtime.queries.incidents().items
    assert "1000 service tasks" in incident.message
    assert hall.count(history) == 1002
    hall.check(instance_id)
