"""What an examination says."""

from dataclasses import dataclass
from enum import StrEnum

from engine.core.findings import Finding


class Kind(StrEnum):
    """What can be wrong with a control flow. The value is the finding's code."""

    DEADLOCK = "deadlock"
    """Some token waits for ever."""
    IMPROPER_COMPLETION = "improper-completion"
    """An end is reached, and tokens are left that can never move."""
    NO_WAY_TO_END = "no-way-to-end"
    """Something always goes on, and no end can be reached any more."""
    LACK_OF_SYNCHRONISATION = "lack-of-synchronisation"
    """Two tokens are on one element at once: what follows is done twice."""
    ERROR_NOT_CAUGHT = "error-not-caught"
    """An error leaves the process; started by itself, it stops with an incident that no retry cures."""
    DEAD_ELEMENT = "dead-element"
    """No run ever completes the element."""
    WITHOUT_PLACE = "token-without-place"
    """A token of the marking stands on an element that the model does not have."""
    NOT_DECIDED = "soundness-not-decided"
    """The limits were reached, or the model has an element whose behaviour is not known here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundnessFinding(Finding):
    """A finding with the run that leads there.

    :param process_key: whose diagram shows ``element_id``: a process called inside another is blamed on its own diagram.
    :param trace: ids of the elements completed, in order. A subprocess or call that was completed is one id; one that was
        entered is its id followed by what happened inside.
    :param flows: ids of the sequence flows taken, in order, so that a diagram can show the way.
    :param waiting: ids of the elements with tokens that can never move.
    """

    kind: Kind
    process_key: str
    trace: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How far to look. Defaults stay well under two seconds for models people draw.

    :param states: markings, all processes of the model together.
    :param transitions: steps between them. The search for the shortest trace may use as many again.
    """

    states: int = 10_000
    transitions: int = 40_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """``decided``: everything was explored, so that what is not in ``findings`` is not there. ``states`` were looked at."""

    findings: tuple[SoundnessFinding, ...]
    decided: bool
    states: int

    @property
    def is_sound(self) -> bool:
        return self.decided and not self.findings
