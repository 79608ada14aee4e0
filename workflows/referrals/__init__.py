"""Referrals to discipline (P21, R-08, R-71, R-73): handling and charging outside the hall, and breaches of the rules.

The program sanctions nobody: it hands evidence and the rules cited over, and records what the discipline organ's document says.
What a referral is about stays out of the case's variables; supervision and discipline read it, with a reason, on record.
"""

from workflows.referrals.operators import register

__all__ = ["register"]
