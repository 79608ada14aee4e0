"""Paying back what was paid (退付, rules.md 3.5, 3.7, P15).

On a closed list of grounds, never more than was paid and never twice, to who paid and no one else. The department verifies, two
people of the finance office approve, the fund service pays. What has gone to the treasury comes back from there first (退库).
"""

from workflows.refunds.operators import register
from workflows.refunds.refund_register import RefundRegister

__all__ = ["RefundRegister", "register"]
