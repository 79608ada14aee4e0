"""Boxed expressions: XML to syntax trees of FEEL. One function per kind; the reader sends each element to its own."""

from decisions.boxed import expressions
from decisions.boxed.reader import Reader, conform, identity, reads, typed
from decisions.tables import reading

__all__ = ["Reader", "conform", "expressions", "identity", "reading", "reads", "typed"]
