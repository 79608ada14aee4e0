"""Would a repair leave a token that can never move?

A token that is moved, or taken to another version, may come to stand where nothing leads to an end any more: behind a join
that waits for it in front, or beside a second token that does everything twice. The repair is tried on a copy, and the
marking it leaves is explored (:mod:`engine.core.soundness`). What was wrong before does not count against it: a case that
is stuck in two places is mended one place at a time.
"""

from collections.abc import Callable

from engine.core.findings import Severity
from engine.core.instance import ProcessInstance
from engine.core.rejection import Rejection
from engine.core.snapshot import dump, load
from engine.core.soundness import Kind, SoundnessFinding, examine, marking_of

Fault = tuple[str, str, bool]
"""The process, the element with a token that cannot go on, and whether that is because two have met there."""


def require_way_to_end(instance: ProcessInstance, repair: Callable[[ProcessInstance], object]) -> None:
    """Try ``repair`` on a copy and compare what can go wrong before and after.

    :raises Rejection: ``repair-strands-token``, or whatever the repair itself says.
    """
    copy = load(instance.model, dump(instance))
    repair(copy)
    errors = _errors(copy)
    before = {fault for finding in (_errors(instance) if errors else ()) for fault in _faults(finding)}
    for finding in errors:
        if not before.issuperset(_faults(finding)):
            raise Rejection("repair-strands-token", zh=finding.zh, en=finding.en, element=finding.element_id)


def _errors(instance: ProcessInstance) -> list[SoundnessFinding]:
    """What can go wrong from here on."""
    if instance.root.completed:
        return []
    found = examine(instance.model, start=marking_of(instance)).findings
    return [finding for finding in found if finding.severity is Severity.ERROR]


def _faults(finding: SoundnessFinding) -> set[Fault]:
    met = finding.kind is Kind.LACK_OF_SYNCHRONISATION
    return {(finding.process_key, element, met) for element in finding.waiting or (finding.element_id,)}
