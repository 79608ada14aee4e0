"""Where a run can get to that always goes on and never ends."""

from engine.core.soundness.exploration import Exploration
from engine.core.soundness.marking import Marking, is_finished
from engine.core.soundness.steps import Move


def endless(exploration: Exploration, *, may_fail_outwards: bool) -> list[Marking]:
    """The markings from which neither an end nor a deadlock can be reached, the nearest first.

    What an event subprocess does is no way to end: its event need not happen. Whether somebody outside catches what an
    operator may throw is not known here; with ``may_fail_outwards`` that counts as a way out.
    """
    states = list(exploration.came)
    settled = {state for state in states if is_finished(state) or state in exploration.stopped}
    sources: dict[Marking, list[Marking]] = {}
    for state, moves in exploration.led.items():
        own = [move for move in moves if not move.by_event]
        if not own or any(_leaves(move, may_fail_outwards) for move in own):
            settled.add(state)
        for move in own:
            if move.state is not None:
                sources.setdefault(move.state, []).append(state)
    frontier = list(settled)
    while frontier:
        for source in sources.get(frontier.pop(), ()):
            if source not in settled:
                settled.add(source)
                frontier.append(source)
    return [state for state in states if state not in settled]


def _leaves(move: Move, may_fail_outwards: bool) -> bool:
    return move.escape is not None and (may_fail_outwards or not move.escape.any_code)
