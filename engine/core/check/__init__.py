"""The deployment check: a model either runs as BPMN 2.0 says or is refused with the element and the reason (law e).

Nothing the engine would drop, skip or run differently gets past :data:`RULES`. A rule is a small function from the document
to findings; it never raises and never stops the others.
"""

from collections.abc import Callable, Iterator

from engine.core.check import diagram, dialect, flows, structure
from engine.core.check.document import Document
from engine.core.findings import Finding

RULES: tuple[Callable[[Document], Iterator[Finding]], ...] = (
    structure.one_executable_process,
    structure.only_supported_elements,
    structure.only_supported_events,
    structure.interruption_makes_sense,
    structure.transactions_are_cancelled_from_inside,
    structure.only_supported_attributes,
    structure.starts_and_an_end,
    structure.starts_differ,
    structure.conditions_do_not_start,
    dialect.only_known_extensions,
    dialect.only_known_properties,
    dialect.start_events_use_their_words,
    dialect.required_words,
    dialect.separated_tasks_exist,
    flows.ends_exist,
    flows.boundary_events_are_attached,
    flows.links_are_joined,
    flows.activities_have_one_way_out,
    flows.gateways_decide,
    flows.conditions_only_where_they_count,
    flows.event_gateways_lead_to_events,
    flows.event_gateways_lead_to_plain_events,
    flows.everything_is_reachable,
    diagram.everything_is_drawn,
)


def check(document: Document) -> list[Finding]:
    """Everything that is wrong with a document, errors and warnings, in the order of the rules."""
    return [finding for rule in RULES for finding in rule(document)]
