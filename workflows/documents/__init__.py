"""Documents (文书) the centre issues: numbered, sealed, printable, and to be verified by anybody who holds one.

A document is what it says, not how it is printed: its content is stored once, digested, and never changed. A print is made
from it whenever somebody wants one, so a lost paper is printed again and says the same.
"""

from workflows.documents.operators import register

__all__ = ["register"]
