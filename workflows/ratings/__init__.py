"""Ratings (好差评, rules.md 5.6, A-21): five grades, one code one rating, given by whoever the matter was about.

There is no code before the delivery and no login of the hall rates. The last two grades are bad: that is a case of its own,
which somebody else than the rated person verifies, and which ends with an answer and the chance to rate again.
"""

from workflows.ratings.operators import register

__all__ = ["register"]
