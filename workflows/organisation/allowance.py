"""A month's allowances (R-15): computed from attendance and score, approved twice, never from fees or fines.

The formula knows three numbers, and none of them is money the hall takes in (国务院令第281号 Art. 17).
"""

from engine.core.rejection import declare

BASE_FEN = 30_000
"""A full month's allowance, from the budget (SAMPLE)."""
FULL_SCORE = 10_000
"""Hundredths of a point."""
FINANCE = "finance-office"

declare(
    {
        "allowance-month-running": (
            "{month}尚未结束，不能核算补贴。",
            "Expected a month that is over, but {month} is not.",
        ),
        "allowance-exists": ("{month}的补贴已经核算。", "Expected a month without a list, but {month} has one."),
        "allowance-not-found": ("没有{month}的补贴名单。", "Expected a list of {month}, but there is none."),
        "allowance-approved": ("{month}的补贴已由{body}审批。", "Expected {month} to be open, but {body} has approved it."),
        "allowance-not-entitled": (
            "补贴由管委会和财政部门审批。",
            "Allowances are approved by the committee and by the finance department.",
        ),
        "allowance-one-person": (
            "核算人、管委会审批人、财政审批人须为不同的人。",
            "Whoever computes a list and the two who approve it are three persons.",
        ),
    }
)


def amount_fen(base_fen: int, attended_days: int, working_days: int, score: int) -> int:
    """What somebody gets, in fen, rounded down: the base by the share of days and by the score, which may be above 100.

    :param score: hundredths of a point.
    """
    if working_days <= 0:
        return 0
    return base_fen * max(0, min(attended_days, working_days)) * max(0, score) // (working_days * FULL_SCORE)
