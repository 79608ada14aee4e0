"""Decisions by the DMN standard: tables, graphs of decisions and boxed expressions, on FEEL. Pure; imports nothing but feel.

>>> model = compile_decisions(source)
>>> model.evaluate("departments", {"item": "GS-001", "area": 120}, now=...).value
['planning', 'fire']
"""

from decisions.analysis import TableReport
from decisions.evaluation import DecisionTrouble, RuleMatch, TableTrace, Trouble
from decisions.findings import DecisionModelError, Finding, Severity
from decisions.model import Decision, DecisionModel, DecisionResult, compile_decisions

__all__ = [
    "Decision",
    "DecisionModel",
    "DecisionModelError",
    "DecisionResult",
    "DecisionTrouble",
    "Finding",
    "RuleMatch",
    "Severity",
    "TableReport",
    "TableTrace",
    "Trouble",
    "compile_decisions",
]
