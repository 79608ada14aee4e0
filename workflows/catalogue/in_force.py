"""Which version of an item applicants meet now: what the register says, and nothing else."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.core.rejection import Rejection
from engine.core.values import Variables
from workflows.catalogue import storage
from workflows.catalogue.item import Item
from workflows.catalogue.version import State
from workflows.clock.hall_time import hall_day

STOPPED = {State.SUSPENDED: "item-suspended", State.ENDED: "item-ended"}


@dataclass(frozen=True, slots=True)
class ItemInForce:
    """An item with the number of the version that is in force."""

    item: Item
    version: int

    def to_variables(self, now: datetime) -> Variables:
        """What a case pins: the item by the limits of today, with its ``version``."""
        return {**self.item.to_variables(hall_day(now)), "version": self.version}


def in_force(session: Session, code: str, now: datetime) -> ItemInForce:
    """The item as it is in force at this moment.

    :raises Rejection: ``item-not-in-catalogue``, ``item-not-in-force``, ``item-suspended``, ``item-ended``.
    """
    standing = storage.standing(session, code, hall_day(now))
    if standing is not None and standing.state is State.IN_FORCE:
        return ItemInForce(storage.parsed(storage.content(session, code, standing.version)), standing.version)
    if standing is not None:
        raise Rejection(STOPPED[standing.state], field="item_code", item=code)
    if storage.latest_version(session, code):
        raise Rejection("item-not-in-force", field="item_code", item=code)
    raise Rejection("item-not-in-catalogue", field="item_code", item=code[:20])
