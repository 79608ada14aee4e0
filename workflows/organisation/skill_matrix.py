"""Keeping the skill matrix (R-12), and asking it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.registers import Registers
from workflows.clock import hall_day
from workflows.organisation import storage
from workflows.organisation.items_kept import items_kept
from workflows.organisation.skill import Skill, SkillKind, require_entry, require_skill
from workflows.organisation.staff import StaffMember
from workflows.organisation.tables import staff_skill


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """What somebody at a window can handle today, and what of the window's items not."""

    account: str
    window: str
    post: str
    items: tuple[str, ...]
    missing: tuple[str, ...]


class SkillMatrix:
    """Reads and changes the matrix."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def enter(self, skill: Skill, actor: Actor) -> int:
        """Enter a line. Returns its number.

        :raises Rejection: ``skill-item-unknown``, ``skill-person-unknown`` and as
            :func:`workflows.organisation.skill.require_entry`.
        """

        def change(session: Session, now: datetime) -> int:
            today = hall_day(now)
            require_entry(skill, actor.id, today)
            if skill.item not in items_kept(session, today):
                raise Rejection("skill-item-unknown", field="item", item=skill.item[:40])
            if skill.account not in {member.account_id for member in storage.staff_of(session)}:
                raise Rejection("skill-person-unknown", field="account", account=skill.account[:60])
            return storage.add_skill(session, skill, actor.id, now)

        detail = {"item": skill.item, "kind": skill.kind.value, "proof": skill.proof}
        return self._registers.change("EnterSkill", actor, change, subject=skill.account, detail=detail)

    def withdraw(self, skill_id: int, reason: str, actor: Actor) -> None:
        """From today on the line counts no more.

        :raises Rejection: ``skill-not-found``, ``skill-of-oneself``.
        """

        def change(session: Session, now: datetime) -> None:
            standing = (staff_skill.c.id == skill_id) & staff_skill.c.withdrawn_on.is_(None)
            found = session.execute(select(staff_skill.c.account_id).where(standing).with_for_update()).first()
            if found is None:
                raise Rejection("skill-not-found", id=skill_id)
            if found.account_id == actor.id:
                raise Rejection("skill-of-oneself")
            session.execute(staff_skill.update().where(staff_skill.c.id == skill_id).values(withdrawn_on=hall_day(now)))

        self._registers.change("WithdrawSkill", actor, change, subject=str(skill_id), detail={"reason": reason})

    def matrix(self, today: date) -> list[MatrixRow]:
        """Item by person, for everybody who is at a window today."""
        with self._registers.read() as session:
            served = _served(session, today)
            there = [member for member in storage.staff_of(session) if member.is_there(today)]
            rows = [_row(session, member, served.get(member.window, set()), today) for member in there]
        return sorted(rows, key=lambda row: (row.window, row.account))


def _served(session: Session, today: date) -> dict[str, set[str]]:
    """The items of each window."""
    found: dict[str, set[str]] = {}
    for code, item in items_kept(session, today).items():
        for window in storage.windows_of(session, item.department):
            found.setdefault(window, set()).add(code)
    return found


def _row(session: Session, member: StaffMember, served: set[str], today: date) -> MatrixRow:
    able = {skill.item for skill in skills_of(session, member.account_id, today)}
    parts = tuple(sorted(served & able)), tuple(sorted(served - able))
    return MatrixRow(member.account_id, member.window, member.post.value, *parts)


def skills_of(session: Session, account: str, day: date) -> Sequence[Skill]:
    """What somebody can handle on that day."""
    statement = select(staff_skill).where(
        staff_skill.c.account_id == account,
        staff_skill.c.withdrawn_on.is_(None) | (staff_skill.c.withdrawn_on > day),
    )
    found = [
        Skill(row.account_id, row.item, SkillKind(row.kind), row.proof, row.from_on, row.until_on)
        for row in session.execute(statement)
    ]
    return [skill for skill in found if skill.counts(day)]


def require_trained(session: Session, account: str, item: str, day: date) -> None:
    """:raises Rejection: ``staff-untrained``."""
    require_skill(skills_of(session, account, day), account, item, day)
