"""Case numbers (办件编号): 24 characters, gap-free per day and department, with a check digit."""

from workflows.case_number.number import CaseNumber, check_digit, parse
from workflows.case_number.operators import allot_number, register

__all__ = ["CaseNumber", "allot_number", "check_digit", "parse", "register"]
