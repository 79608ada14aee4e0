"""Fees (R-42 to R-47b): which there are, on what paper they rest, and what a case owes. Amounts follow; nobody enters one."""

from workflows.fees.assessing import Assessment, Charge, assess
from workflows.fees.fee import fee_book
from workflows.fees.operators import register

__all__ = ["Assessment", "Charge", "assess", "fee_book", "register"]
