"""The built-in functions of DMN 1.5, tables 70 to 80, by what they are about."""

from feel.builtins import booleans, contexts, conversions, lists, numbers, ranges, statistics, temporal, texts
from feel.builtins.registry import BUILT_INS

__all__ = [
    "BUILT_INS",
    "booleans",
    "contexts",
    "conversions",
    "lists",
    "numbers",
    "ranges",
    "statistics",
    "temporal",
    "texts",
]
