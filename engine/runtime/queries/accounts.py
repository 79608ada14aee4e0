"""Who may log in, as a list that pages."""

from sqlalchemy import Connection, select

from engine.runtime.accounts import Account, with_memberships
from engine.runtime.queries.paging import Order, Page, page
from engine.runtime.queries.text_search import contains
from engine.runtime.tables import account

BY_ID = Order("id", (account.c.id,))


def accounts(connection: Connection, *, text: str | None, cursor: str | None, limit: int) -> Page[Account]:
    """By id. ``text`` is part of an id or a name."""
    wanted = select(account)
    if text:
        wanted = wanted.where(contains(account.c.id, text) | contains(account.c.name, text))
    rows, following = page(connection, wanted, BY_ID, cursor=cursor, limit=limit)
    return Page(with_memberships(connection, rows), following)
