"""Rows of the organisation as the values the rules are written with, and back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection
from workflows.organisation.authorisation import Letter, Power
from workflows.organisation.seal import Seal, SealState
from workflows.organisation.skill import Skill
from workflows.organisation.staff import Post, StaffMember
from workflows.organisation.tables import authorisation_grant as grant
from workflows.organisation.tables import authorisation_letter as letter
from workflows.organisation.tables import seal as seal_table
from workflows.organisation.tables import seal_use, staff_member, staff_skill, window_department


def letters_of(session: Session, department: str) -> list[Letter]:
    """All letters of a department, oldest first."""
    rows = session.execute(select(letter).where(letter.c.department == department).order_by(letter.c.entered_at)).all()
    return [_letter(session, row) for row in rows]


def all_letters(session: Session) -> list[Letter]:
    """Every letter, oldest first."""
    return [
        _letter(session, row) for row in session.execute(select(letter).order_by(letter.c.entered_at, letter.c.number)).all()
    ]


def _letter(session: Session, row: Any) -> Letter:
    granted = session.execute(select(grant.c.item, grant.c.power).where(grant.c.letter == row.number)).all()
    return Letter(
        number=row.number,
        department=row.department,
        grantee=row.grantee,
        grants=frozenset((item, Power(power)) for item, power in granted),
        from_on=row.from_on,
        until_on=row.until_on,
        signed_by=row.signed_by,
        revoked_on=row.revoked_on,
        accept_only_reason=row.accept_only_reason or "",
    )


def add_letter(session: Session, added: Letter, by: str, now: datetime) -> None:
    """Keep a letter with its rows."""
    columns = ("number", "department", "grantee", "from_on", "until_on", "signed_by", "accept_only_reason")
    values = {name: getattr(added, name) for name in columns}
    session.execute(letter.insert().values(**values, entered_by=by, entered_at=now))
    rows = [{"letter": added.number, "item": item, "power": power.value} for item, power in sorted(added.grants)]
    session.execute(grant.insert(), rows)


def add_skill(session: Session, added: Skill, by: str, now: datetime) -> int:
    """Keep a line of the skill matrix. Returns its number."""
    values = {name: getattr(added, name) for name in ("item", "proof", "from_on", "until_on")}
    values |= {"account_id": added.account, "kind": added.kind.value, "entered_by": by, "at": now}
    return int(session.execute(staff_skill.insert().values(**values).returning(staff_skill.c.id)).scalar_one())


def letter_of(session: Session, number: str) -> Letter | None:
    row = session.execute(select(letter).where(letter.c.number == number)).first()
    return None if row is None else _letter(session, row)


def revoke_letter(session: Session, number: str, day: date) -> None:
    session.execute(letter.update().where(letter.c.number == number).values(revoked_on=day))


def staff_of(session: Session, statement: "Select[Any] | None" = None) -> list[StaffMember]:
    """Appointments, oldest first."""
    wanted = select(staff_member) if statement is None else statement
    return [_member(row) for row in session.execute(wanted.order_by(staff_member.c.id)).all()]


def _member(row: Any) -> StaffMember:
    values = {name: getattr(row, name) for name in StaffMember.__slots__}
    return StaffMember(**{**values, "post": Post(row.post)})


def appointments(session: Session, account_id: str) -> list[StaffMember]:
    return staff_of(session, select(staff_member).where(staff_member.c.account_id == account_id))


def appointment(session: Session, appointment_id: int) -> StaffMember:
    """:raises Rejection: ``staff-not-found``."""
    found = staff_of(session, select(staff_member).where(staff_member.c.id == appointment_id))
    if not found:
        raise Rejection("staff-not-found", id=appointment_id)
    return found[0]


def windows_of(session: Session, department: str) -> set[str]:
    """The windows at which a department is served."""
    rows = session.execute(select(window_department.c.window).where(window_department.c.department == department))
    return set(rows.scalars())


def seal_by_number(session: Session, number: str) -> Seal:
    """The seal, locked until the transaction ends.

    :raises Rejection: ``seal-not-registered``.
    """
    row = session.execute(select(seal_table).where(seal_table.c.number == number).with_for_update()).first()
    if row is None:
        raise Rejection("seal-not-registered", field="seal_number", seal=number[:60])
    return Seal(row.number, row.department, row.impression, SealState(row.state), row.keeper)


def log_use(session: Session, number: str, use: dict[str, Any]) -> int:
    """Add a line to a seal's log; its place in it, from 1."""
    counted = seal_table.update().where(seal_table.c.number == number).values(uses=seal_table.c.uses + 1)
    sequence = session.execute(counted.returning(seal_table.c.uses)).scalar_one()
    session.execute(seal_use.insert().values(seal=number, sequence=sequence, **use))
    return int(sequence)


def insert_many(session: Session, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Rows at once; none is fine."""
    if given := list(rows):
        session.execute(table.insert(), given)
