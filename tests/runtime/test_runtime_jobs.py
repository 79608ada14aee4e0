"""Remote operators: after the commit, again until they succeed, an incident when they never do."""

from typing import Any

import pytest

from engine.core.commands import CancelProcessInstance
from engine.core.values import Variables
from engine.runtime.operators import OperatorCall, OperatorError, OperatorRegistry
from engine.runtime.tables import job
from tests.runtime.conftest import HallMaker
from tests.runtime.halls import CLERK, Hall

ONE_CALL = """
    start s
    service call operator=sms into=answer param_to==phone
    user decide groups=g
    boundary caught on=call error=E1
    end e
    end f
    s -> call -> decide -> e
    caught -> f
"""


class Bank:
    """Something outside that answers as it is told."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.calls: list[tuple[Variables, OperatorCall]] = []

    def __call__(self, parameters: Variables, call: OperatorCall) -> Any:
        self.calls.append((parameters, call))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def hall_with(make_hall: HallMaker, bank: Bank, **settings: Any) -> Hall:
    registry = OperatorRegistry()
    registry.remote("sms", retries=3, backoff_seconds=10)(bank)
    hall = make_hall(registry, **settings)
    hall.deploy(ONE_CALL)
    hall.start({"phone": "138"})
    return hall


def instance_of(hall: Hall) -> str:
    from engine.runtime.queries import ProcessInstanceFilter

    return hall.runtime.queries.process_instances(ProcessInstanceFilter()).items[0].id


def test_a_remote_operator_runs_after_the_commit(make_hall: HallMaker) -> None:
    bank = Bank("sent")
    hall = hall_with(make_hall, bank)
    (waiting,) = hall.runtime.queries.jobs().items
    assert (waiting.operator, waiting.parameters, waiting.attempts) == ("sms", {"to": "138"}, 0)
    hall.check(instance_of(hall))
    assert hall.runtime.jobs.run_due() == 1
    assert hall.open() == ["decide"]
    assert hall.variables(instance_of(hall))["answer"] == "sent"
    assert hall.count(job) == 0
    assert bank.calls[0][1].attempt == 1
    hall.check(instance_of(hall))


def test_a_failing_job_is_tried_again_with_growing_pauses(make_hall: HallMaker) -> None:
    bank = Bank(TimeoutError("no line"), TimeoutError("no line"), "sent")
    hall = hall_with(make_hall, bank)
    hall.runtime.run_due()
    (waiting,) = hall.runtime.queries.jobs().items
    assert (waiting.attempts, waiting.last_error) == (1, "TimeoutError: no line")
    hall.wait(seconds=9)
    assert len(bank.calls) == 1
    hall.wait(seconds=1)
    assert len(bank.calls) == 2
    hall.wait(seconds=19)
    assert len(bank.calls) == 2
    hall.wait(seconds=1)
    assert hall.open() == ["decide"]
    assert [call.attempt for _, call in bank.calls] == [1, 2, 3]
    hall.check(instance_of(hall))


def test_a_job_that_never_succeeds_is_an_incident_and_can_be_retried(make_hall: HallMaker) -> None:
    bank = Bank(*[TimeoutError("no line")] * 3, "sent")
    hall = hall_with(make_hall, bank)
    hall.wait(seconds=0)
    hall.wait(seconds=10)
    hall.wait(seconds=20)
    (incident,) = hall.runtime.queries.incidents().items
    assert (incident.element_id, incident.code, incident.message) == ("call", "job-failed", "TimeoutError: no line")
    assert incident.job_id is not None
    assert hall.count(job) == 0
    hall.runtime.incidents.resolve(incident.id, reason="line mended", actor=CLERK, command_id="r")
    hall.runtime.run_due()
    assert hall.open() == ["decide"]
    hall.check(instance_of(hall))


def test_an_error_code_is_not_retried_but_given_to_the_model(make_hall: HallMaker) -> None:
    hall = hall_with(make_hall, Bank(OperatorError("E1", "no such number")))
    hall.runtime.run_due()
    assert hall.status(instance_of(hall)) == "completed"
    hall.check(instance_of(hall))


def test_a_result_that_is_no_json_counts_as_a_failure(make_hall: HallMaker) -> None:
    hall = hall_with(make_hall, Bank(object(), "sent"))
    hall.runtime.run_due()
    (waiting,) = hall.runtime.queries.jobs().items
    assert waiting.last_error is not None
    hall.wait(seconds=10)
    assert hall.open() == ["decide"]


def test_a_job_whose_worker_died_is_taken_again_when_its_lease_is_over(make_hall: HallMaker) -> None:
    class Killed(BaseException):
        pass

    bank = Bank("never heard", "sent")
    hall = hall_with(make_hall, bank, job_lease_seconds=60)

    def die(parameters: Variables, call: OperatorCall) -> Any:
        bank(parameters, call)
        raise Killed

    sms = hall.operators["sms"]
    object.__setattr__(sms, "function", die)
    with pytest.raises(Killed):
        hall.runtime.jobs.run_due()
    object.__setattr__(sms, "function", bank)
    hall.wait(seconds=59)
    assert len(bank.calls) == 1
    hall.wait(seconds=1)
    assert hall.open() == ["decide"]
    assert [call.attempt for _, call in bank.calls] == [1, 2]
    hall.check(instance_of(hall))


def test_the_result_for_a_case_that_was_canceled_meanwhile_changes_nothing(make_hall: HallMaker) -> None:
    hall = hall_with(make_hall, Bank("too late"))
    instance_id = instance_of(hall)
    bank = hall.operators["sms"].function

    def cancel_first(parameters: Variables, call: OperatorCall) -> Any:
        hall.submit(CancelProcessInstance, instance_id, reason="withdrawn")
        return bank(parameters, call)  # type: ignore[call-arg,arg-type]

    object.__setattr__(hall.operators["sms"], "function", cancel_first)
    assert hall.runtime.jobs.run_due() == 1
    assert hall.status(instance_id) == "canceled"
    assert hall.count(job) == 0
    last = hall.runtime.queries.history(instance_id).items[-1]
    assert (last.command, last.outcome) == ("CompleteServiceTask", "refused")
    hall.check(instance_id)


def test_an_operator_that_is_gone_is_an_incident(make_hall: HallMaker) -> None:
    hall = hall_with(make_hall, Bank("sent"))
    other = make_hall(OperatorRegistry())
    other.runtime.run_due()
    (incident,) = hall.runtime.queries.incidents().items
    assert "sms" in incident.message


def test_an_operator_that_became_local_runs_in_the_step_that_it_ends(make_hall: HallMaker) -> None:
    hall = hall_with(make_hall, Bank())
    registry = OperatorRegistry()
    registry.local("sms")(lambda session, parameters, call: f"local {parameters['to']}")
    other = make_hall(registry)
    other.runtime.run_due()
    assert hall.variables(instance_of(hall))["answer"] == "local 138"
    hall.check(instance_of(hall))
