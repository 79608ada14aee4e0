"""The monthly ranking of windows and departments (rules.md 5.5): a versioned formula, every point with its source.

A window sees its points the next day and may appeal; a month is frozen by two persons. No rule may reward refusing to accept.
"""

from workflows.ranking.ranking_register import RankingRegister

__all__ = ["RankingRegister"]
