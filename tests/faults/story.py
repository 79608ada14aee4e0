"""Two cases on their way through everything a case can meet, step by step, so that a process may die anywhere on it.

A step can be taken again after a crash: whatever it asks for carries the same command id as the first time.
"""

import os
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine.core import commands
from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime import faults
from engine.runtime.deployments import ResourceFile
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorRegistry
from engine.runtime.receipts import Receipt
from engine.runtime.tables import process_instance, user_task
from tests.core.sketch import bpmn
from tests.runtime.halls import BEGIN, CLERK, STRANGER, Hall

CASE = """
    start s
    script prepare code="note = case"
    user accept groups=g
    service call operator=number into=number
    service far operator=sms into=sent
    parallel split
    user a groups=g result=ra
    boundary late on=a duration=P1D
    user b groups=g result=rb
    exclusive over
    parallel join
    receive paid message=paid key="=case"
    send tell message=filed key="=case"
    user decide groups=g
    end e
    s -> prepare -> accept -> call -> far -> split
    split -> a -> over
    late -> over -> join
    split -> b -> join
    join -> paid -> tell -> decide -> e
"""
LISTENER = """
    start s
    receive filed message=filed key="=case"
    end e
    s -> filed -> e
"""
NIGHTLY = """
    start s duration=PT1H
    script prepare code="note = 1"
    end e
    s -> prepare -> e
"""
"""Begins by itself, once."""
STEPS = (
    "listen",
    "timetable",
    "start",
    "intrude",
    "claim",
    "accept",
    "jobs",
    "complete b",
    "timers",
    "pay",
    "jobs",
    "decide",
    "decide twice",
)
RESTARTED = timedelta(minutes=30)
"""Whoever goes on after a crash comes later than every lease of the one that died."""


@dataclass(frozen=True)
class Step:
    """What happens at ``moment``, in hours since the story began, in one of the cases. ``number`` is its place."""

    number: int
    case: str
    name: str
    hours: int

    @property
    def command_id(self) -> str:
        return f"{self.case}-{self.number}"


def plan(cases: Sequence[str], choice: random.Random) -> list[Step]:
    """The steps of all cases, shuffled into each other, and one deployment among them."""
    waiting = {case: list(enumerate(STEPS)) for case in cases} | {f"{cases[0]}-deploy": [(0, "deploy")]}
    steps, hours = [], 0
    while waiting:
        case = choice.choice(sorted(waiting))
        number, name = waiting[case].pop(0)
        hours += 48 if name == "timers" else 0
        steps.append(Step(number, case, name, hours))
        if not waiting[case]:
            del waiting[case]
    return steps


def operators(sent: str) -> OperatorRegistry:
    """``number`` writes in the step's transaction; ``sms`` leaves a line in a file, as a message that was really sent."""
    registry = OperatorRegistry()
    registry.local("number")(lambda session, parameters, call: next_number(session, "cases"))

    def sms(parameters: dict[str, Any], call: Any) -> str:
        with Path(sent).open("a") as file:
            file.write(f"{call.job_id}\n")
        return "sent"

    registry.remote("sms")(sms)
    return registry


def open_hall(url: str, sent: str) -> Hall:
    return Hall(url, operators(sent))


def deploy_models(hall: Hall) -> None:
    files = [ResourceFile("case.bpmn", bpmn(CASE, "case")), ResourceFile("listener.bpmn", bpmn(LISTENER, "listener"))]
    hall.runtime.deployments.deploy(files, CLERK)


def take(hall: Hall, step: Step, later: timedelta = timedelta()) -> list[Any]:
    """Take a step; what was answered, in a form that says the same every time it is asked again."""
    hall.now = BEGIN + timedelta(hours=step.hours) + later
    try:
        answer = _TAKE[step.name](hall, step)
    except Rejection as refused:
        return ["refused", refused.code]
    return ["accepted", answer.instance_id, answer.version] if isinstance(answer, Receipt) else ["done"]


def play(url: str, sent: str, steps: list[dict[str, Any]], *, say: Callable[[Any], None]) -> None:
    """The story told by a process that ``LIANBAN_FAULT`` may kill; it says each answer it got."""
    faults.arm_from_environment(os.environ.get("LIANBAN_FAULT"))
    hall = open_hall(url, sent)
    for step in steps:
        say(take(hall, Step(**step)))


def as_arguments(steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [asdict(step) for step in steps]


def fault_counts(hall: Hall, steps: Sequence[Step]) -> Counter[str]:
    """How often an undisturbed telling comes to each fault point."""
    seen: Counter[str] = Counter()
    for name in faults.FAULT_POINTS:
        faults._armed[name] = lambda name=name: seen.update([name])
    try:
        for step in steps:
            take(hall, step)
    finally:
        faults._armed.clear()
    return seen


def instance_of(hall: Hall, business_key: str) -> str:
    """The one instance with this business key."""
    wanted = select(process_instance.c.id).where(process_instance.c.business_key == business_key)
    with hall.runtime.database.read() as connection:
        return connection.execute(wanted).scalar_one()


def happenings(hall: Hall, instance_id: str) -> Counter[tuple[str, ...]]:
    """Everything in an instance's history but its order, its moments and its identifiers."""
    found: Counter[tuple[str, ...]] = Counter()
    for entry in hall.runtime.queries.history(instance_id, limit=200).items:
        found[(entry.outcome, entry.command, entry.code or "")] += 1
        for event in entry.events or ():
            found[("event", event["event"], event.get("element_id", ""))] += 1
    return found


def _deploy(hall: Hall, step: Step) -> None:
    model = f"start s\nuser only groups=g name={step.case}\nend e\ns -> only -> e"
    hall.runtime.deployments.deploy([ResourceFile("extra.bpmn", bpmn(model, "extra"))], CLERK)


def _timetable(hall: Hall, step: Step) -> None:
    key = nightly(step.case)
    hall.runtime.deployments.deploy([ResourceFile(f"{key}.bpmn", bpmn(NIGHTLY, key))], CLERK)


def nightly(case: str) -> str:
    """The process that begins by itself in the story of a case."""
    return f"nightly-{case}"


def begun_by_itself(hall: Hall, case: str) -> list[str]:
    """Its instances."""
    wanted = select(process_instance.c.id).where(process_instance.c.process_key == nightly(case))
    with hall.runtime.database.read() as connection:
        return list(connection.execute(wanted).scalars())


def _listen(hall: Hall, step: Step) -> Receipt:
    key = f"{step.case}-listener"
    return hall.start({"case": step.case}, process_key="listener", business_key=key, command_id=step.command_id)


def _start(hall: Hall, step: Step) -> Receipt:
    return hall.start({"case": step.case}, process_key="case", business_key=step.case, command_id=step.command_id)


def _on_task(
    element: str, kind: type[commands.Command], actor: Actor = CLERK, **fields: Any
) -> Callable[[Hall, Step], Receipt]:
    def act(hall: Hall, step: Step) -> Receipt:
        instance_id = instance_of(hall, step.case)
        wanted = select(user_task.c.id).where(user_task.c.instance_id == instance_id, user_task.c.element_id == element)
        with hall.runtime.database.read() as connection:
            task_id = connection.execute(wanted).scalar_one()
        return hall.submit(kind, instance_id, task_id=task_id, actor=actor, command_id=step.command_id, **fields)

    return act


def _pay(hall: Hall, step: Step) -> Receipt:
    return hall.runtime.messages.correlate(
        message="paid", correlation_key=step.case, variables={"fen": 1200}, actor=CLERK, command_id=step.command_id
    )


_TAKE: dict[str, Callable[[Hall, Step], Receipt | None]] = {
    "deploy": _deploy,
    "listen": _listen,
    "timetable": _timetable,
    "start": _start,
    "intrude": _on_task("accept", commands.ClaimUserTask, STRANGER),
    "claim": _on_task("accept", commands.ClaimUserTask),
    "accept": _on_task("accept", commands.CompleteUserTask, variables={"accepted": True}),
    "jobs": lambda hall, step: hall.runtime.jobs.run_due() and None,
    "complete b": _on_task("b", commands.CompleteUserTask, variables={"opinion": "同意"}),
    "timers": lambda hall, step: hall.runtime.timers.run_due() and None,
    "pay": _pay,
    "decide": _on_task("decide", commands.CompleteUserTask, variables={"granted": True}),
    "decide twice": _on_task("decide", commands.CompleteUserTask, variables={"granted": False}),
}
