"""Every operator of the centre, in one registry."""

from engine.runtime.operators import OperatorRegistry
from workflows import (
    case_file,
    case_number,
    catalogue,
    clock,
    collection,
    complaints,
    documents,
    fees,
    joint_review,
    ledger,
    licences,
    meetings,
    notices,
    organisation,
    publication,
    ranking,
    ratings,
    referrals,
    refunds,
    stages,
    tickets,
    visits,
)
from workflows.agency import operators as agency
from workflows.supervision import operators as supervision
from workflows.waivers import operators as waivers

WITHOUT_OPERATORS = (ledger, ranking)
"""Concepts that people reach by registers alone; that they are imported declares what they refuse."""


def register(registry: OperatorRegistry) -> None:
    """Add the centre's operators to a registry. Models may name only what is registered."""
    agency.register(registry)
    case_file.register(registry)
    case_number.register(registry)
    catalogue.register(registry)
    clock.register(registry)
    collection.register(registry)
    complaints.register(registry)
    documents.register(registry)
    fees.register(registry)
    joint_review.register(registry)
    licences.register(registry)
    meetings.register(registry)
    notices.register(registry)
    organisation.register(registry)
    publication.register(registry)
    ratings.register(registry)
    referrals.register(registry)
    refunds.register(registry)
    stages.register(registry)
    supervision.register(registry)
    tickets.register(registry)
    visits.register(registry)
    waivers.register(registry)
