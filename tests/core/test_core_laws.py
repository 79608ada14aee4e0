"""Laws of the engine that hold for any model: replay, a table for every word, a step that costs the same for ever."""

import random

import pytest

from engine.core import commands, events
from engine.core.process import HANDLERS
from engine.core.snapshot import dump
from tests.core.cases import Case
from tests.core.test_core_containers import CALL, VISIT
from tests.core.test_core_events import DEADLINE, FIRST, TRY
from tests.core.test_core_gateways import REWORK

MODELS = {
    "rework": (REWORK, {}),
    "deadline": (DEADLINE.replace("{KIND}", ""), {}),
    "beside": (DEADLINE.replace("duration=P2D", "cycle=R3/P1D").replace("{KIND}", "beside"), {}),
    "first": (FIRST, {}),
    "error": (TRY.replace("{CODE}", "E1").replace("{CATCH}", "anyerror"), {}),
    "call": (CALL.replace("{MAP}", 'inputs="x=1" outputs="found=found"'), {"visit": VISIT}),
}


def test_every_command_has_a_handler() -> None:
    abstract = {"StartProcessInstance", "MigrateProcessInstance"}
    assert set(commands.COMMANDS) - abstract == {kind.__name__ for kind in HANDLERS}


def test_every_event_survives_being_written_down() -> None:
    case = Case(DEADLINE.replace("{KIND}", ""))
    case.wait(days=2)
    for event in case.events:
        assert events.Event.from_dict(event.to_dict()) == event


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("seed", range(8))
def test_the_commands_alone_rebuild_the_same_state(name: str, seed: int) -> None:
    """Drive the model at random; the replay must give the same events, ids and bytes."""
    chance = random.Random(seed)
    text, called = MODELS[name]
    case = Case(text, {}, **called)
    for _ in range(12):
        if case.status != "active" or not (case.open or case.timers):
            break
        if case.open and chance.random() < 0.8:
            case.complete(chance.choice(case.open), rework=chance.random() < 0.5, bad=chance.random() < 0.5)
        else:
            case.wait(days=1)
    assert case.replay() == dump(case.instance)


LAP = """
    exclusive m{n}
    user a{n} groups=g
    exclusive x{n}
    m{n} -> a{n} -> x{n}
    x{n} -> m{n} if again{n}
    x{n} -> {out} default
"""


def lap(number: int, out: str) -> str:
    return LAP.replace("{n}", str(number)).replace("{out}", out)


def growth(case: Case, *numbers: int) -> int:
    """How many bytes the snapshot grows between the 10th and the 200th lap."""
    sizes = []
    for _ in range(200):
        for number in numbers:
            case.complete(f"a{number}", **{f"again{number}": True})
        sizes.append(len(dump(case.instance)))
    return sizes[-1] - sizes[9]


def test_hundreds_of_laps_leave_nothing_behind() -> None:
    case = Case("start s\n end e\n s -> m1\n" + lap(1, "e"))
    assert growth(case, 1) < 40, "only numbers grow longer"


def test_laps_in_two_branches_leave_nothing_behind() -> None:
    case = Case(
        "start s\n parallel split\n parallel j\n end e\n s -> split -> m1\n split -> m2\n j -> e\n" + lap(1, "j") + lap(2, "j")
    )
    assert growth(case, 1, 2) < 60
