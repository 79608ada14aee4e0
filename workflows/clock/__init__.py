"""The statutory clock (办理时限): when a case must be decided, why it stands still, and what colour its light has.

The files here are pure: a clock is a value, the calendar and the moment are given, a refusal is an exception. What a case
keeps of its clocks is in :mod:`workflows.clock.storage`, what models may ask in :mod:`workflows.clock.operators`.
"""

from workflows.clock import refusals
from workflows.clock.backwards import latest_day, require_hearing_notice
from workflows.clock.clock import Clock, Extension, Limit, Pause
from workflows.clock.deadline import Due, due, overdue_days, remaining, used
from workflows.clock.extending import ExtensionRequest, extend
from workflows.clock.ground import Ground, LimitName, find_ground, grounds
from workflows.clock.hall_time import hall_day
from workflows.clock.kind import Approver, ClockKind, find, kinds
from workflows.clock.light import SCHEME_A, SCHEME_B, Colour, Light, Moment, Scheme, light, moments
from workflows.clock.operators import register
from workflows.clock.pausing import PauseRequest, is_on_last_day, pause, resume
from workflows.clock.recomputation import Effect, recompute
from workflows.clock.starting import start
from workflows.clock.step_limit import fitting_days, require_steps_fit
from workflows.clock.stopping import stop
from workflows.clock.unit import Unit
from workflows.clock.wording import say

__all__ = [
    "SCHEME_A",
    "SCHEME_B",
    "Approver",
    "Clock",
    "ClockKind",
    "Colour",
    "Due",
    "Effect",
    "Extension",
    "ExtensionRequest",
    "Ground",
    "Light",
    "Limit",
    "LimitName",
    "Moment",
    "Pause",
    "PauseRequest",
    "Scheme",
    "Unit",
    "due",
    "extend",
    "find",
    "find_ground",
    "fitting_days",
    "grounds",
    "hall_day",
    "is_on_last_day",
    "kinds",
    "latest_day",
    "light",
    "moments",
    "overdue_days",
    "pause",
    "recompute",
    "refusals",
    "register",
    "remaining",
    "require_hearing_notice",
    "require_steps_fit",
    "resume",
    "say",
    "start",
    "stop",
    "used",
]
