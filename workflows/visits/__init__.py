"""Follow-up visits (回访, R-74): whoever invested is asked after each joint case, by somebody who had no part in it.

A visit is a case of its own and never holds up the one it is about. What was found is given to a group with a day and solved.
"""

from workflows.visits.operators import register

__all__ = ["register"]
