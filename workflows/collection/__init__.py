"""Collecting what is owed (R-38a to R-50, P12): notices, payment at the counter or at an agent bank, and who may do what."""

from workflows.collection.operators import register
from workflows.collection.separation import record_duty, require_separate, take_duty

__all__ = ["record_duty", "register", "require_separate", "take_duty"]
