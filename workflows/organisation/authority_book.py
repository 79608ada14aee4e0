"""What windows may do today, read from the letters: the rows, the published rate, and the letters that end soon."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from engine.runtime.registers import Registers
from workflows.organisation import storage, tables
from workflows.organisation.authority_rate import ALERT_DAYS, AuthorityRate, AuthorityRow, of_items, rate, rows
from workflows.organisation.items_kept import items_kept


class AuthorityBook:
    """Reads it. Nothing of this is entered: letters are (R-21)."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def rows(self, today: date) -> list[AuthorityRow]:
        """What each letter in force gives for each item."""
        with self._registers.read() as session:
            return rows(storage.all_letters(session), today)

    def rate(self, today: date) -> AuthorityRate:
        """授权到位率 of the items of the catalogue, with every item that is only received, or not even that, and why."""
        with self._registers.read() as session:
            departments = {code: item.department for code, item in items_kept(session, today).items()}
            return rate(of_items(departments, storage.all_letters(session), today))

    def ending(self, today: date) -> Sequence[Any]:
        """Letters in force that end within thirty days, the first to end first."""
        letter = tables.authorisation_letter
        soon = letter.c.until_on.between(today, today + timedelta(days=ALERT_DAYS))
        statement = select(letter).where(soon, letter.c.revoked_on.is_(None)).order_by(letter.c.until_on, letter.c.number)
        with self._registers.read() as session:
            found: Sequence[Any] = session.execute(statement).all()
            return found
