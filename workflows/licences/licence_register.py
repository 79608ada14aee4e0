"""Looking licences up: one, what runs out soon, whose they are, and who may not apply."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.licences import storage
from workflows.licences.ban import Ban
from workflows.licences.licence import Licence
from workflows.licences.storage import LicenceEvent
from workflows.licences.tables import licence


@dataclass(frozen=True, slots=True)
class LicenceFilter:
    """Which licences: of an item, of a holder by the number on his papers, or with a last day in a span (both included)."""

    item_code: str | None = None
    identity: str | None = None
    expires_from: date | None = None
    expires_until: date | None = None


class LicenceRegister:
    """Reads the register. (What changes it is a step of a case.)"""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def get(self, number: str) -> Licence:
        """:raises Rejection: ``licence-not-found``."""
        with self._registers.read() as session:
            return storage.find(session, number)

    def of_case(self, case_number: str) -> Licence:
        """The licence given in a case.

        :raises Rejection: ``licence-not-found``.
        """
        with self._registers.read() as session:
            return storage.of_case(session, case_number)

    def events(self, number: str) -> list[LicenceEvent]:
        """The ledger of a licence, oldest first."""
        with self._registers.read() as session:
            return storage.events_of(session, number)

    def bans(self, identity: str, item_code: str) -> list[Ban]:
        """Every warning and ban of a person for an item, also those that are over."""
        with self._registers.read() as session:
            return storage.bans_of(session, identity, item_code)

    def page(self, wanted: LicenceFilter, cursor: str | None, limit: int) -> Page[Licence]:
        """Licences by number; the cursor is the last one's. What stands, and what lapsed or ended."""
        statement = select(licence).order_by(licence.c.number).limit(limit + 1)
        if cursor is not None:
            statement = statement.where(licence.c.number > cursor)
        for name in ("item_code", "identity"):
            if (value := getattr(wanted, name)) is not None:
                statement = statement.where(licence.c[name] == value)
        if wanted.expires_from is not None:
            statement = statement.where(licence.c.valid_until >= wanted.expires_from)
        if wanted.expires_until is not None:
            statement = statement.where(licence.c.valid_until <= wanted.expires_until)
        with self._registers.read() as session:
            found = storage.read(session, statement)
        return Page(found[:limit], found[limit - 1].number if len(found) > limit else None)
