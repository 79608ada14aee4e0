"""Looking cards and press letters up."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Table, select

from engine.core.rejection import Rejection
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.journal import Event
from workflows.supervision import storage
from workflows.supervision.tables import press_letter, supervision_card


class SupervisionRegister:
    """Reads. ``groups``: whose a card or letter must be; None for whoever sees everything."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def cards(self, groups: Sequence[str] | None, state: str | None, cursor: str | None, limit: int) -> Page[Any]:
        """Cards, newest first."""
        statement = select(supervision_card)
        if groups is not None:
            statement = statement.where(supervision_card.c.owner_group.in_(groups))
        if state is not None:
            statement = statement.where(supervision_card.c.state == state)
        return self._page(statement, supervision_card, cursor, limit)

    def letters(self, groups: Sequence[str] | None, cursor: str | None, limit: int) -> Page[Any]:
        """Press letters, newest first."""
        statement = select(press_letter)
        if groups is not None:
            statement = statement.where(press_letter.c.to_group.in_(groups))
        return self._page(statement, press_letter, cursor, limit)

    def events(self, number: str, groups: Sequence[str] | None) -> list[Event]:
        """What happened to a card. :raises Rejection: ``card-not-found``, also where it is another group's."""
        with self._registers.read() as session:
            owner = session.execute(
                select(supervision_card.c.owner_group).where(supervision_card.c.number == number)
            ).scalar_one_or_none()
            if owner is None or (groups is not None and owner not in groups):
                raise Rejection("card-not-found", field="number", number=number[:20])
            return storage.events_of(session, number)

    def _page(self, statement: Select[Any], table: Table, cursor: str | None, limit: int) -> Page[Any]:
        """The key says when and which: two of one moment stay apart."""
        ordered = statement.order_by(table.c.issued_at.desc(), table.c.number.desc())
        with self._registers.read() as session:
            if cursor is not None:
                last = select(table.c.issued_at).where(table.c.number == cursor).scalar_subquery()
                later = (table.c.issued_at == last) & (table.c.number < cursor)
                ordered = ordered.where((table.c.issued_at < last) | later)
            rows: Sequence[Any] = session.execute(ordered.limit(limit + 1)).all()
        found = list(rows[:limit])
        return Page(found, found[-1].number if len(rows) > limit else None)
