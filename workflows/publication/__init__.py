"""The publication queue (R-57, rules.md 5.9): drafted, masked, checked by another, public, withdrawn with a reason."""

from workflows.publication.operators import register

__all__ = ["register"]
