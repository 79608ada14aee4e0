"""Who can still come where: reachability over the sequence flows of one process."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.core.spiff.element import Element


def reachable_flows(start: "Element", avoiding: "Element", *, boundaries: bool = True) -> set[str]:
    """The sequence flows a token at ``start`` may come over without passing through ``avoiding``.

    ``boundaries``: do the boundary events of ``start`` itself count as ways out? (Those further on always do.)
    The answer depends on the model alone and is kept on it.
    """
    known: dict[tuple[str, bool], set[str]] = avoiding.__dict__.setdefault("_reachable_from", {})
    key = (start.bpmn_id, boundaries)
    if key not in known:
        known[key] = _search(start, avoiding, boundaries)
    return known[key]


def _search(start: "Element", avoiding: "Element", boundaries: bool) -> set[str]:
    flows: set[str] = set()
    seen = {start.bpmn_id}
    frontier = [start]
    while frontier:
        element = frontier.pop()
        flows.update(flow.id for flow in element.outgoing)
        followers = [element._wf_spec.task_specs[flow.target] for flow in element.outgoing]
        reminders = element.boundary_events if boundaries or element is not start else ()
        for follower in [*followers, *reminders]:
            if follower is not avoiding and follower.bpmn_id not in seen:
                seen.add(follower.bpmn_id)
                frontier.append(follower)
    return flows
