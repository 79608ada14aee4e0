"""Patterns of form fields: the regular expressions of JavaScript, matched in linear time.

Why not Python's ``re``: a pattern comes with an uploaded form, and a backtracking matcher can be made to run for years by
``(a+)+$``. And the two languages differ where it hurts: in the browser ``\\d`` means 0-9 and ``$`` means the very end, in
Python ``\\d`` takes every script's digits and ``$`` also stands before a last line break. Look-around and back-references
need backtracking and are refused; a cross-field rule can say what they say.
"""

from forms.pattern.automaton import Pattern, compile_pattern
from forms.pattern.syntax import PatternError

__all__ = ["Pattern", "PatternError", "compile_pattern"]
