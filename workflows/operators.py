"""Every operator of the centre, in one registry."""

from engine.runtime.operators import OperatorRegistry
from workflows import calendar, case_number, catalogue


def register(registry: OperatorRegistry) -> None:
    """Add the centre's operators to a registry. Models may name only what is registered."""
    calendar.register(registry)
    case_number.register(registry)
    catalogue.register(registry)
