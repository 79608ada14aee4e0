"""Keeping departments, windows, staff, letters and seals: every change in one transaction, and in the audit log."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.catalogue.item import Item
from workflows.clock import hall_day
from workflows.organisation import storage, tables, tenure
from workflows.organisation.authorisation import Letter
from workflows.organisation.authority_rate import require_own_power, require_reason
from workflows.organisation.gaps import Gap, gaps
from workflows.organisation.items_kept import items_kept
from workflows.organisation.seal import Seal, SealState
from workflows.organisation.skill_matrix import require_trained
from workflows.organisation.staff import StaffMember

declare(
    {
        "department-unknown": (
            "没有登记部门{department}。",
            "Expected department {department} to be registered, but it is not.",
        ),
        "window-unknown": ("没有登记窗口{window}。", "Expected window {window} to be registered, but it is not."),
        "letter-exists": ("授权书{letter}已经登记。", "Expected a new number, but letter {letter} is registered."),
        "letter-not-found": ("没有找到授权书{letter}。", "Expected letter {letter}, but there is none."),
        "letter-without-scope": ("授权书须列明事项和权限。", "Expected a letter to name items and powers, but it names none."),
        "letter-dates": ("授权书的起止日期不正确。", "Expected a letter to end on or after its first day."),
        "letter-foreign-item": (
            "事项{item}不属于{department}，不能由其授权。",
            "Expected items of {department}, but {item} is another's; nobody authorises for others.",
        ),
    }
)


class OrganisationRegister:
    """Reads and changes the register of the organisation."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def page(self, table: Table, cursor: str | None, limit: int) -> Page[Any]:
        """Rows of one of the register's tables, by its first key column."""
        key = next(iter(table.primary_key.columns))
        statement = select(table).order_by(*table.primary_key.columns)
        if cursor is not None:
            statement = statement.where(key > (_whole(cursor) if key.type.python_type is int else cursor))
        with self._registers.read() as session:
            rows: Sequence[Any] = session.execute(statement.limit(limit + 1)).all()
        found = list(rows[:limit])
        return Page(found, str(getattr(found[-1], key.name)) if len(rows) > limit else None)

    def appointment(self, appointment_id: int) -> StaffMember:
        """:raises Rejection: ``staff-not-found``."""
        with self._registers.read() as session:
            return storage.appointment(session, appointment_id)

    def uses_of_seal(self, number: str, cursor: str | None, limit: int) -> Page[Any]:
        """The log of a seal, oldest first. The cursor is the last line's place in it."""
        table = tables.seal_use
        statement = select(table).where(table.c.seal == number).order_by(table.c.sequence)
        if cursor is not None:
            statement = statement.where(table.c.sequence > _whole(cursor))
        with self._registers.read() as session:
            rows: Sequence[Any] = session.execute(statement.limit(limit + 1)).all()
        found = list(rows[:limit])
        return Page(found, str(found[-1].sequence) if len(rows) > limit else None)

    def gaps(self, today: date) -> list[Gap]:
        """Who ought to be in the hall and is not, or not with every item, and why (R-16)."""
        with self._registers.read() as session:
            return gaps(session, today)

    def end_appointment(self, appointment_id: int, reason: str, actor: Actor) -> StaffMember:
        """End an appointment today; before the year is over that needs a reason and the committee (R-13).

        :raises Rejection: as :func:`workflows.organisation.tenure.end`.
        """

        def change(session: Session, now: datetime) -> StaffMember:
            return tenure.end(session, appointment_id, reason, actor, now)

        return self._registers.change("EndAppointment", actor, change, subject=str(appointment_id), detail={"reason": reason})

    def enter_letter(self, letter: Letter, actor: Actor) -> None:
        """File a signed letter; what may be done by it follows from it and from nothing else (R-21).

        :raises Rejection: ``letter-without-scope``, ``letter-dates``, ``department-unknown``, ``letter-exists``,
            ``letter-foreign-item``, ``letter-redelegation``, ``letter-of-oneself``, ``letter-accept-only-without-reason``,
            ``staff-untrained``.
        """

        def change(session: Session, now: datetime) -> None:
            require_letter(letter, items_kept(session, hall_day(now)))
            _require_row(session, tables.department, letter.department, "department")
            if storage.letter_of(session, letter.number) is not None:
                raise Rejection("letter-exists", field="number", letter=letter.number)
            require_own_power(letter, actor.id, _who_is_authorised(session))
            _require_trained_grantee(session, letter, now)
            require_reason(letter, storage.letters_of(session, letter.department))
            storage.add_letter(session, letter, actor.id, now)

        detail = {"department": letter.department, "grantee": letter.grantee, "until": letter.until_on.isoformat()}
        self._registers.change("EnterLetter", actor, change, subject=letter.number, detail=detail)

    def revoke_letter(self, number: str, reason: str, actor: Actor) -> None:
        """From today on the letter gives nothing.

        :raises Rejection: ``letter-not-found``.
        """

        def change(session: Session, now: datetime) -> None:
            if storage.letter_of(session, number) is None:
                raise Rejection("letter-not-found", letter=number)
            storage.revoke_letter(session, number, hall_day(now))

        self._registers.change("RevokeLetter", actor, change, subject=number, detail={"reason": reason})

    def register_seal(self, seal: Seal, actor: Actor) -> None:
        """Enter a seal with the digest of its imprint and its keeper (R-22).

        :raises Rejection: ``seal-exists``, ``department-unknown``.
        """

        def change(session: Session, now: datetime) -> None:
            _require_row(session, tables.department, seal.department, "department")
            if session.execute(select(tables.seal.c.number).where(tables.seal.c.number == seal.number)).first():
                raise Rejection("seal-exists", field="number", seal=seal.number)
            session.execute(tables.seal.insert().values(**asdict(seal) | {"state": seal.state.value, "uses": 0}))

        self._registers.change("RegisterSeal", actor, change, subject=seal.number, detail={"keeper": seal.keeper})

    def hand_over_seal(self, number: str, to_account: str, actor: Actor) -> None:
        """The keeper hands the seal to somebody else; both are written down.

        :raises Rejection: ``seal-not-registered``, ``seal-not-in-use``, ``seal-not-kept``, ``seal-handed-to-itself``.
        """

        def change(session: Session, now: datetime) -> None:
            found = storage.seal_by_number(session, number)
            if found.state is not SealState.IN_USE:
                raise Rejection("seal-not-in-use", seal=number)
            if found.keeper != actor.id:
                raise Rejection("seal-not-kept", seal=number, keeper=found.keeper, actor=actor.id)
            if to_account == found.keeper:
                raise Rejection("seal-handed-to-itself", field="to_account", seal=number, keeper=to_account)
            session.execute(tables.seal.update().where(tables.seal.c.number == number).values(keeper=to_account))
            given = {"seal": number, "from_account": found.keeper, "to_account": to_account, "at": now}
            session.execute(tables.seal_hand_over.insert().values(**given))

        self._registers.change("HandOverSeal", actor, change, subject=number, detail={"to": to_account})

    def retire_seal(self, number: str, state: SealState, actor: Actor) -> None:
        """Give a seal back to its issuer, or note that it was destroyed there.

        :raises Rejection: ``seal-not-registered``.
        """

        def change(session: Session, now: datetime) -> None:
            storage.seal_by_number(session, number)
            session.execute(tables.seal.update().where(tables.seal.c.number == number).values(state=state.value))

        self._registers.change("RetireSeal", actor, change, subject=number, detail={"state": state.value})


def _whole(cursor: str) -> int:
    """:raises Rejection: ``cursor-invalid``."""
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 16):
        raise Rejection("cursor-invalid", field="cursor")
    return int(cursor)


def require_letter(letter: Letter, items: Mapping[str, Item]) -> None:
    """What a letter must be, by the items there are.

    :raises Rejection: ``letter-without-scope``, ``letter-dates``, ``letter-foreign-item``.
    """
    if not letter.grants:
        raise Rejection("letter-without-scope", field="grants")
    if letter.until_on < letter.from_on:
        raise Rejection("letter-dates", field="until_on")
    for item, _ in sorted(letter.grants):
        known = items.get(item)
        if known is None or known.department != letter.department:
            raise Rejection("letter-foreign-item", field="grants", item=item, department=letter.department)


def _who_is_authorised(session: Session) -> set[str]:
    grantees = session.execute(select(tables.authorisation_letter.c.grantee)).scalars()
    return {*grantees, *session.execute(select(tables.staff_member.c.account_id)).scalars()}


def _require_trained_grantee(session: Session, letter: Letter, now: datetime) -> None:
    """A post's holders are asked when they act; somebody who is named must be trained for all that he is given (R-12).

    :raises Rejection: ``staff-untrained``.
    """
    if ":" not in letter.grantee:
        for item in sorted({item for item, _ in letter.grants}):
            require_trained(session, letter.grantee, item, hall_day(now))


def _require_row(session: Session, table: Table, key: str, kind: str) -> None:
    column = next(iter(table.primary_key.columns))
    if session.execute(select(column).where(column == key)).first() is None:
        raise Rejection(f"{kind}-unknown", field=kind, **{kind: key[:60]})
