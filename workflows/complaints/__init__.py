"""Complaints (投诉, R-62, R-63, R-72, rules.md 5.7, P16, clock C12).

A complaint has a number and a pass code at entry; who complained is kept apart and shown to few. Nobody handles a complaint
about himself, about whom he works for, or about his own window. None closes without a finding, an answer and proof that it
arrived or that nobody could be reached (件件有着落、事事有回音).
"""

from workflows.complaints.operators import register

__all__ = ["register"]
