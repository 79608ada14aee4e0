"""What can be known about a decision table before it decides anything: rules that overlap, inputs that no rule answers,
rules that never speak. Each comes with an input for which it is so. Nothing is guessed: a table that is not understood is not
decided."""

from decisions.analysis.reports import TableReport, analyse

__all__ = ["TableReport", "analyse"]
