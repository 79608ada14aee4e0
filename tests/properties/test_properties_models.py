"""The engine against a plain reading of block-structured models: after every step the same is open, and the same is known."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from engine.core import commands
from engine.core.actor import SCHEDULER, WORKER
from engine.core.moments import from_text
from engine.core.snapshot import dump
from engine.core.spiff.token import Token
from tests.core.cases import BEGIN, Case
from tests.properties.blocks import Model, Task
from tests.properties.chances import models
from tests.properties.closing import assert_everything_was_closed
from tests.properties.control import Working
from tests.properties.drawing import draw
from tests.properties.known import Conflict
from tests.properties.reference import Reference
from tests.properties.running import Path, Timer

STEPS = 40
quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
thorough = settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))

Open = dict[Path, list[Any]]


def path_of(token: Token) -> Path:
    steps: list[tuple[str, int | None]] = []
    place: Token | None = token
    while place is not None:
        steps.append((place.element.bpmn_id, place.internal_data.get("loop", {}).get("index")))
        place = place.scope.activity
    return tuple(steps)


class Pair:
    """An instance of a model and its reference, driven together."""

    def __init__(self, model: Model) -> None:
        text, called = draw(model)
        note(text + "".join(f"\n--- {key}\n{inner}" for key, inner in called.items()))
        self.case = Case(text, dict(model.variables), **called)
        self.reference = Reference(model)
        self.step = 0

    def tokens(self, *keys: str) -> dict[Path, list[Token]]:
        """Those that wait for something outside, by path; oldest first."""
        found: dict[Path, list[Token]] = defaultdict(list)
        waiting = [token for token in self.case.instance.tokens() if set(keys) & token.internal_data.keys()]
        for token in sorted(waiting, key=lambda token: int(token.id.rpartition(".")[2])):
            found[path_of(token)].append(token)
        return found

    def compare(self) -> None:
        tasks, timers = self.tokens("user_task", "job", "subscription"), self.tokens("timer")
        expected_tasks, expected_timers = defaultdict(list), defaultdict(list)
        for task in self.reference.world.tasks:
            expected_tasks[task.path].append(task.variables)
        for timer in self.reference.world.timers:
            expected_timers[timer.path].append(timer.due)
        assert self.case.incidents == []
        assert {path: [token.context() for token in found] for path, found in tasks.items()} == expected_tasks
        assert {path: sorted(map(due_day, found)) for path, found in timers.items()} == {
            path: sorted(days) for path, days in expected_timers.items()
        }
        assert (self.case.status == "completed") == self.reference.ended
        if self.reference.outcome is not None:
            assert self.case.variables == self.reference.outcome.values()

    def go_on(self, choice: int) -> bool:
        """Let one of the things happen that can happen. False: there is none."""
        possible: list[Working | Timer] = [*self.reference.world.tasks, *self.reference.world.timers]
        if not possible:
            return False
        self.step += 1
        chosen = possible[choice % len(possible)]
        if isinstance(chosen, Timer):
            self.fire(chosen)
        else:
            self.complete(chosen)
        return True

    def complete(self, task: Working) -> None:
        same_path = [other for other in self.reference.world.tasks if other.path == task.path]
        token = self.tokens("user_task", "job", "subscription")[task.path][same_path.index(task)]
        block = task.block
        value = 1 if isinstance(block, Task) and block.constant else self.step
        answer = {f"v_{block.id}": value, **({block.notes: value} if isinstance(block, Task) else {})}
        note(f"{self.step}: complete {task.path} with {answer}")
        self.answer(token, answer)
        task.complete(answer)

    def answer(self, token: Token, answer: dict[str, Any]) -> None:
        notes = token.internal_data
        if "user_task" in notes:
            self.case.do(commands.CompleteUserTask, task_id=token.id, variables=answer)
        elif "job" in notes:
            self.case.do(commands.CompleteServiceTask, WORKER, job_id=notes["job"], result=answer)
        else:
            self.case.do(commands.DeliverMessage, WORKER, subscription_id=notes["subscription"], variables=answer)

    def fire(self, timer: Timer) -> None:
        same = [other for other in self.reference.world.timers if (other.path, other.due) == (timer.path, timer.due)]
        tokens = [token for token in self.tokens("timer")[timer.path] if due_day(token) == timer.due]
        token = tokens[same.index(timer)]
        note(f"{self.step}: fire {timer.path}, due on day {timer.due}")
        self.reference.world.day = max(self.reference.world.day, timer.due)
        self.case.now = BEGIN + timedelta(days=self.reference.world.day)
        self.case.do(commands.TriggerTimer, SCHEDULER, timer_id=token.internal_data["timer"]["id"])
        timer.fire()


def due_day(token: Token) -> int:
    return (from_text(token.internal_data["timer"]["due"]) - BEGIN).days


def drive(model: Model, choices: bytes) -> Case:
    """Until it ends, until branches contradict each other, or until there are no more choices."""
    pair = Pair(model)
    try:
        pair.compare()
        for choice in choices:
            if not pair.go_on(choice):
                break
            pair.compare()
    except Conflict:
        assert "merge-conflict" in pair.case.incidents
    return pair.case


def check(model: Model, choices: bytes) -> None:
    case = drive(model, choices)
    if case.status == "active":
        case.do(commands.CancelProcessInstance, reason="enough")
    assert case.replay() == dump(case.instance)
    assert_everything_was_closed(case.events)
    assert case.instance.root.incidents == {}
    assert list(case.instance.tokens()) == []


CHOICES = st.binary(min_size=STEPS, max_size=STEPS)


@quick
@given(models(), CHOICES)
def test_the_engine_agrees_with_the_reference(model: Model, choices: bytes) -> None:
    check(model, choices)


@pytest.mark.slow
@thorough
@given(models(), CHOICES)
def test_the_engine_agrees_with_the_reference_on_many_models(model: Model, choices: bytes) -> None:
    check(model, choices)
