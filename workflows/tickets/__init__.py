"""Tickets (财政票据, R-48, rules.md 3.2, P13): every number is accounted for at any moment.

What happens to numbers happens to spans of them: a book of ten thousand is one row until it is used. ``ticket_move`` is the
log of what was done and only grows; ``ticket_span`` is where every number stands, and follows from the log. Pure: ``life``,
``span``, ``kind``. Only ``book`` writes.
"""

from workflows.tickets.operators import register
from workflows.tickets.using import Use, use

__all__ = ["Use", "register", "use"]
