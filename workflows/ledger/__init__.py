"""The ledger of the money the hall keeps for the government (R-39 to R-41, rules.md 3.7): double entry, in integer fen.

Nothing in it is changed: what was wrong is reversed by a new entry of the open day. Pure: ``chart``, ``entry``, ``counting``.
Only ``posting`` and ``days`` write.
"""

from workflows.ledger.entry import Keys
from workflows.ledger.ledger_register import LedgerRegister
from workflows.ledger.posting import Receipt, Stamp, post, receive, remit, reverse

__all__ = ["Keys", "LedgerRegister", "Receipt", "Stamp", "post", "receive", "remit", "reverse"]
