"""The real engine, driven at random or along a trace."""

import random
from collections.abc import Sequence
from itertools import count, groupby

from engine.core import commands, events
from engine.core.actor import WORKER, Actor
from engine.core.commands import Command
from engine.core.instance import ProcessInstance, new_instance
from engine.core.model import ProcessModel
from engine.core.process import process
from engine.core.spiff.token import Token
from tests.soundness.drawings import BITS, Drawing, moment

CLERK = Actor("clerk", ("g",))


class Run:
    """One instance. Time decides the conditions: see :mod:`tests.soundness.drawings`."""

    def __init__(self, model: ProcessModel, bits: int = 0) -> None:
        self.instance: ProcessInstance = new_instance(model)
        self.turn = count()
        self.completed: list[str] = []
        self.incidents: list[str] = []
        self.do(commands.StartProcessInstance, bits, process_key=model.root.key, business_key="B", variables={})

    def do(self, kind: type[Command], bits: int, **fields: object) -> None:
        turn = next(self.turn)
        command = kind(instance_id="i", command_id=str(turn), actor=WORKER if "job_id" in fields else CLERK, **fields)  # type: ignore[arg-type]
        for event in process(self.instance, command, moment(turn, bits)):
            if isinstance(event, events.ElementCompleted):
                self.completed.append(event.element_id)
            elif isinstance(event, events.IncidentRaised):
                self.incidents.append(event.code)

    @property
    def is_over(self) -> bool:
        return self.instance.status.value != "active"

    def choices(self) -> list[tuple[str, type[Command], dict[str, object]]]:
        """Everything somebody outside may do now: the element it concerns, and the command."""
        found = (choice for token in self.instance.tokens() for choice in _choices(token))
        return sorted(found, key=repr)

    def act(self, choice: tuple[str, type[Command], dict[str, object]], bits: int) -> None:
        _, kind, fields = choice
        self.do(kind, bits, **fields)


def _choices(token: Token) -> list[tuple[str, type[Command], dict[str, object]]]:
    note, name = token.internal_data, token.element.name
    found: list[tuple[str, type[Command], dict[str, object]]] = []
    if "incident" in note:
        return found
    if "user_task" in note:
        found.append((name, commands.CompleteUserTask, {"task_id": token.id}))
    if "timer" in note:
        found.append((name, commands.TriggerTimer, {"timer_id": note["timer"]["id"]}))
    if "subscription" in note:
        found.append((name, commands.DeliverMessage, {"subscription_id": note["subscription"]}))
    if "job" in note:
        found.append((name, commands.CompleteServiceTask, {"job_id": note["job"]}))
    return found


def run_at_random(model: ProcessModel, chance: random.Random, most_steps: int = 60) -> Run:
    """Act at random until the instance is over, nothing can be done, or ``most_steps`` were done."""
    run = Run(model, chance.getrandbits(BITS))
    for _ in range(most_steps):
        choices = run.choices()
        if run.is_over or not choices or "budget-exceeded" in run.incidents:
            break
        run.act(chance.choice(choices), chance.getrandbits(BITS))
    return run


def follow(model: ProcessModel, drawing: Drawing, trace: Sequence[str], flows: Sequence[str]) -> Run:
    """Let the engine go the way of a trace: act where somebody outside has to, and choose the moment of each command so that
    the gateways it comes to choose as they did."""
    chosen = _choices_by_gateway(flows)
    run = Run(model, _bits(drawing, chosen, []))
    for element in trace:
        choice = next((choice for choice in run.choices() if choice[0] == element), None)
        if choice is not None:
            run.act(choice, _bits(drawing, chosen, run.completed))
    return run


def _choices_by_gateway(flows: Sequence[str]) -> dict[str, list[set[str]]]:
    """For every element the flows it took, each time it was completed."""
    found: dict[str, list[set[str]]] = {}
    for source, taken in groupby(flows, key=lambda flow: flow.split("_")[0]):
        found.setdefault(source, []).append(set(taken))
    return found


def _bits(drawing: Drawing, chosen: dict[str, list[set[str]]], completed: Sequence[str]) -> int:
    """The bits of the time that make every gateway choose next what comes next for it."""
    number = 0
    for (source, target), bit in drawing.bits().items():
        times = completed.count(source)
        following = chosen.get(source, [])[times : times + 1]
        if following and f"{source}_{target}" in following[0]:
            number |= 1 << bit
    return number
