"""Working days (工作日): what the Administrative Licensing Law counts limits in (Art. 82), with make-up workdays (调休)."""

from workflows.calendar.operators import register
from workflows.calendar.working_days import Deadline, WorkingDays

__all__ = ["Deadline", "WorkingDays", "register"]
"""``register`` adds the operators of this package to a registry."""
