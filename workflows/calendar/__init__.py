"""Working days (工作日): what the Administrative Licensing Law counts limits in (Art. 82), with make-up workdays (调休)."""

from workflows.calendar.arrangement import Arrangement, entered
from workflows.calendar.working_days import Deadline, WorkingDays

__all__ = ["Arrangement", "Deadline", "WorkingDays", "entered"]
