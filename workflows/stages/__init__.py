"""Items applied for in stages: each stage is a case of its own, and follows from the one that was granted before it."""

from workflows.stages.operators import register

__all__ = ["register"]
