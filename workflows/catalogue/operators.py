"""What models ask the catalogue."""

from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry
from workflows.catalogue.item import Item
from workflows.catalogue.loading import load_directory

declare({"item-not-in-catalogue": ("事项目录中没有{item}。", "Expected an item of the catalogue, but {item} is none.")})


def register(registry: OperatorRegistry) -> None:
    """Add ``catalogue.*`` to the operators models may name."""
    registry.local("catalogue.item", parameters=("code",))(item)


def item(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The item with this code as it stands now; the case keeps it (R-59).

    :raises Rejection: ``item-not-in-catalogue``.
    """
    return find(str(parameters.get("code"))).to_variables()


def find(code: str) -> Item:
    """:raises Rejection: ``item-not-in-catalogue``."""
    items = load_directory()
    if code not in items:
        raise Rejection("item-not-in-catalogue", field="item_code", item=code)
    return items[code]
