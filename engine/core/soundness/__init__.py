"""Soundness: does every run of a model end, with nothing left over and nothing done twice?

    verdict = examine(link(key, definitions))              # before a deployment
    verdict = examine(model, start=marking_of(instance))   # would this repair or migration strand a token?
    places = stranded(model, marking_of(instance))         # which tokens can never move now?

The semantics explored are those of :mod:`engine.core.spiff`, read from the compiled spec objects; conditions are taken as
free choices. See docs/soundness.md.
"""

from engine.core.soundness.examination import examine
from engine.core.soundness.marking import Marking, Position
from engine.core.soundness.running import marking_of, position_of
from engine.core.soundness.stranded import StrandedPlace, stranded
from engine.core.soundness.verdict import Kind, Limits, SoundnessFinding, Verdict

__all__ = [
    "Kind",
    "Limits",
    "Marking",
    "Position",
    "SoundnessFinding",
    "StrandedPlace",
    "Verdict",
    "examine",
    "marking_of",
    "position_of",
    "stranded",
]
