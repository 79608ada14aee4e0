"""The items the register of the catalogue holds: what a letter may name, and what must be at a window.

The catalogue's register alone says it. One that nothing was ever entered in has no items: files fill it at installation, and
are not asked afterwards.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from workflows.catalogue import storage
from workflows.catalogue.item import Item
from workflows.catalogue.version import State


def items_kept(session: Session, day: date) -> Mapping[str, Item]:
    """Items by code that have not ended, in the version that counts that day or, before the first one does, the latest."""
    shown = storage.shown(session, day)
    return {line.code: storage.parsed(line.content) for line in shown if line.state is not State.ENDED}


def groups_of(session: Session, department: str, day: date) -> frozenset[str]:
    """The groups of accounts of a department: of its sections and of its leader. Empty where it has no item."""
    own = [item for item in items_kept(session, day).values() if item.department == department]
    return frozenset(group for item in own for group in (item.department_group, item.leader_group) if group)
