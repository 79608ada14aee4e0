"""Licences (证照) the hall gave, and what becomes of them (P22): changed, renewed, revoked, cancelled by APPL Art. 49-70.

A licence has one number for as long as it lives and a ledger that only grows. Whether it lapsed is not written anywhere: it
follows from its last day. The files here are pure but for ``storage``, ``operators`` and ``licence_register``.
"""

from workflows.licences.operators import register

__all__ = ["register"]
