"""Regular expressions of ``matches``, ``replace`` and ``split``, as XPath writes them (DMN 1.5, table 73).

Python's engine can take exponential time over a short pattern, so it is given only what it is bound to finish soon; all else
runs on our own, whose time is the pattern's size times the text's, and is charged to the evaluation.
"""

from feel.patterns.pattern import Match, Pattern

__all__ = ["Match", "Pattern"]
