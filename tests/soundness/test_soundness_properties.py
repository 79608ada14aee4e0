"""The verdict against the engine itself, and the reduced exploration against the full one, on models drawn at random."""

from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.core.model import ModelError, ProcessModel, compile_definition, link
from engine.core.soundness import examine
from engine.core.soundness.exploration import Exploration, Meter
from engine.core.soundness.modules import Module, Modules
from tests.core.sketch import bpmn
from tests.soundness.drawings import Drawing, changed_drawing, sound_drawing
from tests.soundness.runs import run_at_random

FINDING_MODELS = [HealthCheck.too_slow, HealthCheck.filter_too_much]
seeds = st.integers(0, 2**32)
depths = st.integers(0, 3)


def model_of(drawing: Drawing) -> ProcessModel:
    """The compiled drawing; drawings that the other deployment checks refuse are not asked about."""
    try:
        return link("p", {"p": compile_definition(bpmn(drawing.text()))})
    except ModelError:
        assume(False)
        raise


@settings(max_examples=150, deadline=None, suppress_health_check=FINDING_MODELS)
@given(seeds, depths)
def test_a_process_of_blocks_is_sound(seed: int, depth: int) -> None:
    verdict = examine(model_of(sound_drawing(Random(seed), depth)))
    assert [finding.en for finding in verdict.findings if verdict.decided] == []


@settings(max_examples=150, deadline=None, suppress_health_check=FINDING_MODELS)
@given(seeds, depths)
def test_what_is_sound_never_strands_the_engine(seed: int, depth: int) -> None:
    chance = Random(seed)
    model = model_of(changed_drawing(chance, depth))
    assume(examine(model).is_sound)
    for _ in range(10):
        run = run_at_random(model, chance)
        assert run.is_over or run.choices() or "budget-exceeded" in run.incidents, run.completed


@settings(max_examples=150, deadline=None, suppress_health_check=FINDING_MODELS)
@given(seeds, depths)
def test_what_strands_the_engine_is_reported(seed: int, depth: int) -> None:
    chance = Random(seed)
    model = model_of(changed_drawing(chance, depth))
    runs = [run_at_random(model, chance) for _ in range(10)]
    assume(any(not run.is_over and not run.choices() and "budget-exceeded" not in run.incidents for run in runs))
    assert examine(model).findings


@settings(max_examples=150, deadline=None, suppress_health_check=FINDING_MODELS)
@given(seeds, depths)
def test_the_reduced_exploration_sees_what_the_full_one_sees(seed: int, depth: int) -> None:
    model = model_of(changed_drawing(Random(seed), depth))
    modules = Modules(model.processes, Module("p", "p"), Meter(20_000, 60_000))
    modules.explore()
    for module, reduced in modules.explored.items():
        full = modules.again(module, (), Meter(1_000, 5_000))
        if reduced.decided and full.decided:
            assert told(reduced) == told(full)


def told(exploration: Exploration) -> tuple[object, ...]:
    """What findings are made of. Where two tokens met, nothing more is looked for."""
    if exploration.stopped:
        return (True,)
    stuck = {key for key in exploration.seen if key[0] == "stuck"}
    fired = {key for key in exploration.seen if key[0] in ("fired", "left")}
    return stuck, fired, exploration.completes, exploration.escapes
