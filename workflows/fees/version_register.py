"""Drafting versions of fees and listing them. They count when P18b has put them in force; refused ones are audited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.runtime.registers import Registers
from workflows.fees import versions
from workflows.fees.fee import Fee, FeeBook
from workflows.fees.life import off_because
from workflows.fees.operators import require_of_department
from workflows.fees.tables import fee_version


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A version with where it stands. ``off``: the code by which it is not charged; None where it is."""

    fee: Fee
    state: str
    off: str | None


class FeeVersionRegister:
    """Keeps the versions."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def draft(self, content: Mapping[str, Any], reason: str, actor: Actor) -> Fee:
        """Keep a new version of a fee, or a new fee.

        :raises Rejection: ``fee-proposal-foreign``, ``department-not-in-hall``, and as :func:`workflows.fees.versions.add`.
        """

        def change(session: Session, now: datetime) -> Fee:
            drafted = versions.add(session, content, actor.id, now, reason)
            require_of_department(session, drafted, actor)
            return drafted

        code = str(content.get("code"))[:40]
        return self._registers.change("DraftFee", actor, change, subject=code, detail={"reason": reason[:200]})

    def lines(self, day: date) -> list[FeeLine]:
        """Every version there is, with where it stands and why it is not charged on a day."""
        with self._registers.read() as session:
            book = versions.book_of(session)
            counting = {(fee.code, fee.version): fee for fee in book.fees}
            drafted = session.execute(select(fee_version.c.code, fee_version.c.version)).all()
            keys = sorted({*counting, *((row.code, row.version) for row in drafted)})
            return [_line(session, book, counting, key, day) for key in keys]

    def events(self, code: str, version: str) -> list[Row[Any]]:
        """What became of a version. :raises Rejection: ``fee-version-not-found``."""
        with self._registers.read() as session:
            versions.state_of(session, code, version)
            return versions.events_of(session, code, version)


def _line(session: Session, book: FeeBook, counting: Mapping[tuple[str, str], Fee], key: tuple[str, str], day: date) -> FeeLine:
    fee = counting.get(key) or versions.version_of(session, *key)
    off = off_because(book, fee, day) if key in counting else "fee-unknown"
    return FeeLine(fee, versions.state_of(session, *key).value, off)
