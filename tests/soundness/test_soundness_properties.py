"""The verdict against the engine itself, and the reduced exploration against the full one, on models drawn at random."""

from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.core.model import ModelError, ProcessModel, compile_definition, link
from engine.core.soundness import Kind, examine, marking_of
from engine.core.soundness.exploration import Exploration, Meter
from engine.core.soundness.modules import Module, Modules
from tests.core.sketch import bpmn
from tests.soundness.drawings import BITS, Drawing, changed_drawing, sound_drawing
from tests.soundness.runs import follow, run_at_random

FINDING_MODELS = [HealthCheck.too_slow, HealthCheck.filter_too_much]
seeds = st.integers(0, 2**32)
depths = st.integers(1, 3)
STRANDED = (Kind.DEADLOCK, Kind.LACK_OF_SYNCHRONISATION)


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
    """Nothing but a catcher of what nobody throws may be found."""
    found = examine(model_of(sound_drawing(Random(seed), depth)))
    assert [one.en for one in found.findings if one.kind not in (Kind.DEAD_ELEMENT, Kind.NOT_DECIDED)] == []


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
    stranded = [run for run in runs if not run.is_over and not run.choices() and "budget-exceeded" not in run.incidents]
    assert not stranded or examine(model).findings
    for run in stranded:
        found = examine(model, start=marking_of(run.instance)).findings
        assert run.incidents or any(one.kind in STRANDED for one in found)


@settings(max_examples=150, deadline=None, suppress_health_check=FINDING_MODELS)
@given(seeds, depths)
def test_a_trace_to_a_deadlock_strands_the_engine(seed: int, depth: int) -> None:
    drawing = changed_drawing(Random(seed), depth)
    assume(not drawing.inner and len(drawing.bits()) <= BITS)
    model = model_of(drawing)
    for finding in examine(model).findings:
        if finding.kind in (Kind.DEADLOCK, Kind.IMPROPER_COMPLETION):
            run = follow(model, drawing, finding.trace, finding.flows)
            assert not run.is_over
            assert not run.choices()
            assert {position.element for position in marking_of(run.instance)} == set(finding.waiting)


@settings(max_examples=150, deadline=None, suppress_health_check=FINDING_MODELS)
@given(seeds, depths, st.integers(0, 15))
def test_no_marking_of_a_sound_process_is_unsound(seed: int, depth: int, steps: int) -> None:
    chance = Random(seed)
    model = model_of(changed_drawing(chance, depth))
    assume(examine(model).is_sound)
    run = run_at_random(model, chance, steps)
    found = examine(model, start=marking_of(run.instance))
    assert [one.en for one in found.findings if one.kind is not Kind.NOT_DECIDED] == []


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
