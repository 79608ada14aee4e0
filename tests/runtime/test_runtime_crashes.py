"""A crash anywhere in a step leaves all of it or nothing (law d). Kill -9 at the same places comes with the fault suite."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from engine.core import commands
from engine.core.rejection import Rejection
from engine.runtime.faults import FAULT_POINTS, arm_from_environment, fault_point, inject
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorRegistry
from engine.runtime.tables import deployment, history, number_series
from tests.runtime.conftest import HallMaker
from tests.runtime.halls import BEGIN, STRANGER, Hall

MODEL = """
    start s
    user accept groups=g
    boundary late on=accept beside duration=P1D
    service call operator=number into=number
    service far operator=sms
    user decide groups=g
    end e
    end f
    s -> accept -> call -> far -> decide -> e
    late -> f
"""
IN_STEP = ("instance-loaded", "command-processed", "operator-called", "step-written")


class Crash(BaseException):
    """Not an Exception: nobody catches it, as nobody catches the end of a process."""


def crash() -> None:
    raise Crash


@pytest.fixture
def hall(make_hall: HallMaker) -> Hall:
    registry = OperatorRegistry()
    registry.local("number")(lambda session, parameters, call: next_number(session, "cases"))
    registry.remote("sms")(lambda parameters, call: "sent")
    hall = make_hall(registry)
    hall.deploy(MODEL)
    return hall


@pytest.mark.parametrize("place", [*IN_STEP, "before-commit"])
def test_before_the_commit_nothing_of_a_step_remains(hall: Hall, place: str) -> None:
    instance_id = hall.start().instance_id
    with inject(place, crash), pytest.raises(Crash):
        hall.complete("accept", command_id="c")
    assert hall.open() == ["accept"]
    assert (hall.count(history), hall.count(number_series)) == (1, 0)
    hall.check(instance_id)
    hall.complete("accept", command_id="c")
    assert hall.variables(instance_id)["number"] == 1
    hall.check(instance_id)


def test_after_the_commit_all_of_a_step_remains(hall: Hall) -> None:
    instance_id = hall.start().instance_id
    task = hall.task("accept")
    with inject("after-commit", crash), pytest.raises(Crash):
        hall.submit(commands.CompleteUserTask, instance_id, task_id=task.id, command_id="c")
    assert hall.count(history) == 3
    assert hall.submit(commands.CompleteUserTask, instance_id, task_id=task.id, command_id="c").replayed
    hall.runtime.run_due()
    assert hall.open() == ["decide"]
    hall.check(instance_id)


@pytest.mark.parametrize("place", [*IN_STEP[:2], *IN_STEP[3:], "before-commit"])
def test_a_start_happens_or_does_not(hall: Hall, place: str) -> None:
    with inject(place, crash), pytest.raises(Crash):
        hall.start(command_id="c")
    assert hall.count(history) == 0
    assert hall.tasks() == []
    hall.check(hall.start(command_id="c").instance_id)


def test_a_refusal_that_could_not_be_recorded_changed_nothing(hall: Hall) -> None:
    instance_id = hall.start().instance_id
    with inject("refusal-recorded", crash), pytest.raises(Crash):
        hall.complete("accept", actor=STRANGER)
    assert hall.count(history) == 1
    with pytest.raises(Rejection):
        hall.complete("accept", actor=STRANGER)
    hall.check(instance_id)


@pytest.mark.parametrize("place", ["timers-claimed", "instance-loaded", "step-written", "after-commit"])
def test_a_timer_whose_node_died_fires_once(hall: Hall, place: str) -> None:
    instance_id = hall.start().instance_id
    hall.now = BEGIN.replace(day=3)
    with inject(place, crash), pytest.raises(Crash):
        hall.runtime.timers.run_due()
    hall.wait(minutes=2)
    assert hall.runtime.queries.diagram_state(instance_id)["late"].done == 1
    hall.check(instance_id)


@pytest.mark.parametrize("place", ["start-timers-claimed", *IN_STEP[:2], "step-written", "before-commit", "after-commit"])
@pytest.mark.parametrize("occurrence", [1, 2])
def test_a_start_timer_whose_node_died_starts_one_instance(make_hall: HallMaker, place: str, occurrence: int) -> None:
    hall = make_hall()
    hall.deploy("start s cycle=R2/PT1H\n user a groups=g\n end e\n s -> a -> e")
    hall.wait(hours=occurrence - 1)
    hall.now += timedelta(hours=1)
    with inject(place, crash), pytest.raises(Crash):
        hall.runtime.timers.run_due()
    hall.wait(minutes=2)
    assert len(hall.tasks()) == occurrence
    hall.wait(hours=5)
    assert len(hall.tasks()) == 2
    hall.check(*(task.instance_id for task in hall.tasks()))


@pytest.mark.parametrize("place", ["jobs-claimed", "job-ran", "instance-loaded", "step-written", "after-commit"])
def test_a_job_whose_worker_died_ends_once(hall: Hall, place: str) -> None:
    instance_id = hall.start().instance_id
    hall.complete("accept")
    with inject(place, crash), pytest.raises(Crash):
        hall.runtime.jobs.run_due()
    hall.wait(minutes=5)
    assert hall.open() == ["decide"]
    assert hall.runtime.queries.diagram_state(instance_id)["far"].done == 1
    hall.check(instance_id)


def test_a_deployment_happens_or_does_not(hall: Hall) -> None:
    with inject("deployment-written", crash), pytest.raises(Crash):
        hall.deploy(MODEL.replace("P1D", "P2D"))
    assert hall.count(deployment) == 1
    assert hall.runtime.queries.definitions().items[0].version == 1


def test_a_fault_point_must_be_known() -> None:
    with pytest.raises(ValueError, match="no-such-place"):
        arm_from_environment("no-such-place")


def test_every_fault_point_stands_in_the_code_once() -> None:
    source = "".join(path.read_text() for path in Path("engine/runtime").rglob("*.py"))
    for name in FAULT_POINTS:
        assert source.count(f'fault_point("{name}")') == 1, name


def test_the_environment_kills_the_process_at_the_named_place() -> None:
    code = "from engine.runtime.faults import fault_point\nfor _ in range(3): fault_point('job-ran'); print('x', flush=True)"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "LIANBAN_FAULT": "job-ran:2"}, capture_output=True, text=True
    )
    assert done.returncode == -signal.SIGKILL
    assert done.stdout == "x\n"


def test_an_unarmed_fault_point_does_nothing() -> None:
    for name in FAULT_POINTS:
        fault_point(name)
