"""Accounts in use where their holder is not (A-22): logins on leave, without a swipe, and from two places at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.moments import HALL
from engine.runtime.registers import Registers
from engine.runtime.tables import access_token
from workflows.organisation import storage, tables
from workflows.organisation.absence import away_on

KINDS = {
    "on-leave": "请假期间登录",
    "no-swipe": "当日没有签到而登录",
    "two-at-once": "同一账户同时登录两处",
}


@dataclass(frozen=True, slots=True)
class Login:
    """A session: from when on, and when it ended or will."""

    account_id: str
    begun_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """Something supervision asks about. ``kind``: a key of :data:`KINDS`."""

    account_id: str
    kind: str
    at: datetime

    @property
    def kind_name(self) -> str:
        return KINDS[self.kind]


def findings(logins: Sequence[Login], away: set[str], swiped: set[str]) -> list[Finding]:
    """What is wrong with a day's logins of people of windows, by account and time."""
    found: list[Finding] = []
    for place, login in enumerate(ordered := sorted(logins, key=lambda one: (one.account_id, one.begun_at))):
        if login.account_id in away:
            found.append(Finding(login.account_id, "on-leave", login.begun_at))
        elif login.account_id not in swiped:
            found.append(Finding(login.account_id, "no-swipe", login.begun_at))
        earlier = (one for one in ordered[:place] if one.account_id == login.account_id)
        if any(one.ended_at > login.begun_at for one in earlier):
            found.append(Finding(login.account_id, "two-at-once", login.begun_at))
    return found


class Presence:
    """Reads it from what is on record: sessions, swipes and leave."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def findings(self, day: date) -> list[Finding]:
        """Of one day of the hall."""
        with self._registers.read() as session:
            staff = {member.account_id for member in storage.staff_of(session) if member.is_there(day)}
            swipe = tables.attendance
            statement = select(swipe.c.account_id).where(swipe.c.day == day)
            swiped = set(session.execute(statement).scalars())
            logins = [login for login in _logins(session, day) if login.account_id in staff]
            return findings(logins, set(away_on(session, day)), swiped)


def _logins(session: Session, day: date) -> list[Login]:
    token = access_token.c
    begin = datetime.combine(day, time(), HALL)
    of_day = (token.purpose == "session", token.created_at >= begin, token.created_at < begin + timedelta(days=1))
    rows = session.execute(select(token.account_id, token.created_at, token.expires_at, token.revoked_at).where(*of_day)).all()
    return [Login(row.account_id, row.created_at, row.revoked_at or row.expires_at) for row in rows]
