"""Clerks and an alarm clock in processes of their own, who all want the same tasks at the same moment."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from engine.core import commands
from engine.core.actor import Actor
from engine.core.commands import Command
from engine.core.rejection import Rejection
from engine.runtime.operators import OperatorRegistry
from tests.runtime.halls import BEGIN, Hall

OPINIONS = ("a", "b", "c", "d")
JOINT = """
    start s
    parallel split
    user a groups=g result=ra
    user b groups=g result=rb
    user c groups=g result=rc
    user d groups=g result=rd
    boundary late on=d duration=P1D
    exclusive over
    parallel join
    user decide groups=g
    end e
    s -> split
    split -> a -> join
    split -> b -> join
    split -> c -> join
    split -> d -> over
    late -> over -> join
    join -> decide -> e
"""
LATE = BEGIN + timedelta(days=2)
"""The timer at task d is due."""

Say = Callable[[Any], None]


def together(url: str, when: float, operators: OperatorRegistry | None = None) -> Hall:
    """A node that is ready, and waits for the moment (seconds since 1970) at which all begin."""
    hall = Hall(url, operators)
    hall.now = LATE
    with hall.runtime.database.read():
        pass
    while time.time() < when:
        pass
    return hall


def clerk(url: str, when: float, name: str, cases: Sequence[Sequence[str]], *, say: Say) -> None:
    """Claims and completes every one of the tasks, in the order given, whoever else does."""
    hall = together(url, when)
    actor = Actor(name, ("g",))
    for instance_id, task_id in cases:
        for kind in (commands.ClaimUserTask, commands.CompleteUserTask):
            command_id = f"{name}-{kind.name}-{task_id}"
            say([kind.name, task_id, _answer(hall, kind, instance_id, task_id, actor, command_id)])


def _answer(hall: Hall, kind: type[Command], instance_id: str, task_id: str, actor: Actor, command_id: str) -> str:
    given = {"variables": {"by": actor.id}} if kind is commands.CompleteUserTask else {}
    try:
        hall.submit(kind, instance_id, task_id=task_id, actor=actor, command_id=command_id, **given)
    except Rejection as refused:
        return refused.code
    return "accepted"


def alarm(url: str, when: float, *, say: Say) -> None:
    """Fires what is due, until nothing is."""
    say(["alarm", "", together(url, when).runtime.timers.run_due(LATE)])


def same_command(url: str, when: float, cases: Sequence[Sequence[str]], *, say: Say) -> None:
    """Gives commands of the same ids as every other process does."""
    hall = together(url, when)
    for instance_id, task_id in cases:
        receipt = hall.submit(commands.CompleteUserTask, instance_id, task_id=task_id, command_id=f"one-{task_id}")
        say(["same", task_id, receipt.replayed])
