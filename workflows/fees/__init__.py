"""Fees (R-42 to R-47b): which there are, on what paper they rest, and what a case owes. Amounts follow; nobody enters one."""

from workflows.fees.fee_register import FeeRegister

__all__ = ["FeeRegister"]
