"""Giving ratings and looking them up. Every rating, and every refused one, is on record (A-21)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.number_series import next_number
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.calendar.entry import working_days
from workflows.case_file import pass_code
from workflows.case_file.storage import find as find_case
from workflows.clock import hall_day
from workflows.clock.counting import closing
from workflows.journal import Entry, Event
from workflows.ratings import storage
from workflows.ratings.rating import Burst, Given, bursts, digest_of, is_bad, require_grade, rule_on
from workflows.ratings.tables import rating, rating_code

declare(
    {
        "rating-code-refused": (
            "办件编号或者评价码不正确，或者办件尚未送达。",
            "Expected the number of a delivered case and its rating code, but they do not fit.",
        ),
        "rating-code-used": ("这个评价码已经用过。", "Expected a code nobody used, but this one was used."),
        "rating-by-staff": (
            "工作人员不得代为评价。",
            "Expected whoever the matter was about; nobody rates with a login of the hall.",
        ),
        "rating-reason-missing": ("查看评价须写明理由。", "Expected a reason for looking, but none is given."),
    }
)


@dataclass(frozen=True, slots=True)
class Giving:
    """What somebody says of a matter. ``name`` and ``contact`` make it a rating by a real name."""

    case_number: str
    code: str
    grade: int
    said: str = ""
    channel: str = "web"
    name: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What the rater gets. ``bad``: it starts a case. ``again``: it is the second one, after the
    answer to ``first``."""

    number: str
    case_number: str
    grade: int
    bad: bool
    again: bool
    first: str | None = None


class RatingRegister:
    """The register of ratings."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def give(self, giving: Giving, address: str, actor: Actor, *, staff: bool) -> Received:
        """Enter a rating. ``address``: where it came from; ``staff``: somebody of the hall is logged in there.

        :raises Rejection: ``rating-by-staff``, ``rating-grade-unknown``, ``rating-code-refused``, ``rating-code-used``.
        """

        def change(session: Session, now: datetime) -> Received:
            if staff:
                raise Rejection("rating-by-staff")
            require_grade(giving.grade)
            return _given(session, giving, _used(session, giving), digest_of(address, hall_day(now)), now)

        detail = {"grade": giving.grade, "channel": giving.channel}
        return self._registers.change("GiveRating", actor, change, subject=giving.case_number[:50], detail=detail)

    def status(self, case_number: str, code: str) -> Row[Any]:
        """How a rating stands, for who gave it, who keeps the code.

        :raises Rejection: ``rating-code-refused``; which of the two was wrong is not said.
        """
        with self._registers.read() as session:
            stored = session.execute(select(rating_code.c.pass_code).where(rating_code.c.case_number == case_number)).scalar()
            fits = pass_code.matches(stored, code.strip())
            latest = select(rating).where(rating.c.case_number == case_number).order_by(rating.c.round.desc()).limit(1)
            found = session.execute(latest).one_or_none() if fits else None
        if found is None:
            raise Rejection("rating-code-refused")
        return found

    def read(self, number: str, reason: str, actor: Actor) -> tuple[Row[Any], list[Event]]:
        """A rating with its log; that somebody looked, and why, is in it (A-29).

        :raises Rejection: ``rating-reason-missing``, ``rating-not-found``.
        """

        def change(session: Session, now: datetime) -> tuple[Row[Any], list[Event]]:
            if not reason.strip():
                raise Rejection("rating-reason-missing", field="reason")
            found = storage.find(session, number, locked=True)
            storage.change(session, found, Entry(now, actor.id, "read", {"reason": reason}))
            return storage.find(session, number), storage.events_of(session, number)

        return self._registers.change("ReadRating", actor, change, subject=number[:20], detail={"reason": reason})

    def page(
        self, groups: Sequence[str] | None, bad: bool, overdue_at: datetime | None, cursor: str | None, limit: int
    ) -> Page[Row[Any]]:
        """Ratings by number. ``groups``: only of these windows; ``overdue_at``: bad ones not answered in time by then."""
        statement = select(rating).order_by(rating.c.number).limit(limit + 1)
        if groups is not None:
            statement = statement.where(rating.c.window_group.in_(groups))
        if bad:
            statement = statement.where(rating.c.grade >= 4)
        if overdue_at is not None:
            uncalled = rating.c.contacted_at.is_(None) & (rating.c.contact_due < overdue_at)
            statement = statement.where(rating.c.answered_at.is_(None), uncalled | (rating.c.answer_due < overdue_at))
        return self._page(statement, cursor, limit)

    def published(self, cursor: str | None, limit: int) -> Page[Row[Any]]:
        """What everybody may see: grade, item, window and outcome; nothing of who rated, no free text."""
        statement = select(rating).where(rating.c.published_at.is_not(None)).order_by(rating.c.number).limit(limit + 1)
        return self._page(statement, cursor, limit)

    def newest(self, before: str | None, limit: int) -> Page[Row[Any]]:
        """The same as :meth:`published`, the latest first. ``before``: only what is older than this number."""
        statement = select(rating).where(rating.c.published_at.is_not(None)).order_by(rating.c.number.desc()).limit(limit + 1)
        if before is not None:
            statement = statement.where(rating.c.number < before)
        return self._page(statement, None, limit)

    def bursts(self, now: datetime, days: int) -> list[Burst]:
        """Many ratings from one address in a short time (A-21), of the last days."""
        names = (rating.c.number, rating.c.address, rating.c.given_at)
        with self._registers.read() as session:
            rows = session.execute(select(*names).where(rating.c.given_at >= now - timedelta(days=days))).all()
        return bursts((Given(*row) for row in rows), rule_on(hall_day(now)))

    def _page(self, statement: Any, cursor: str | None, limit: int) -> Page[Row[Any]]:
        if cursor is not None:
            statement = statement.where(rating.c.number > cursor)
        with self._registers.read() as session:
            found = list(session.execute(statement).all())
        return Page(found[:limit], found[limit - 1].number if len(found) > limit else None)


def _used(session: Session, giving: Giving) -> int:
    """The code is used up; which rating of the case this is."""
    stored = storage.code_of(session, giving.case_number)
    if not pass_code.matches(None if stored is None else stored.pass_code, giving.code.strip()) or stored is None:
        raise Rejection("rating-code-refused")
    if stored.used >= stored.allowed:
        raise Rejection("rating-code-used")
    used = int(stored.used) + 1
    session.execute(rating_code.update().where(rating_code.c.case_number == giving.case_number).values(used=used))
    return used


def _given(session: Session, giving: Giving, turn: int, address: str, now: datetime) -> Received:
    case, day = find_case(session, giving.case_number), hall_day(now)
    number = f"PJ{day:%Y%m%d}{next_number(session, f'rating/{day.isoformat()}'):05d}"
    identity = {"name": (giving.name or "").strip(), "contact": (giving.contact or "").strip()}
    named, opens = all(identity.values()), is_bad(giving.grade) and turn == 1
    row = {
        **{name: getattr(giving, name) for name in ("case_number", "grade", "said", "channel")},
        "number": number,
        "round": turn,
        "named": named,
        "given_at": now,
        "address": address,
        "counts": True,
        **{name: getattr(case, name) for name in ("item_name", "department", "window_group")},
        **({"status": "given", **_limits(session, now)} if opens else {"status": "published", "published_at": now}),
    }
    storage.add(session, row, identity if named else None, Entry(now, "public", "given", {"grade": giving.grade}))
    first = _say_first(session, case.number, giving.grade, now) if turn > 1 else None
    return Received(number, case.number, giving.grade, opens, turn > 1, first)


def _say_first(session: Session, case_number: str, grade: int, now: datetime) -> str:
    statement = select(rating).where(rating.c.case_number == case_number, rating.c.round == 1).with_for_update()
    first = session.execute(statement).one()
    storage.change(session, first, Entry(now, "public", "rated-again", {"grade": grade}))
    return str(first.number)


def _limits(session: Session, now: datetime) -> dict[str, datetime]:
    day, calendar = hall_day(now), working_days(session)
    rule = rule_on(day)
    days = {"contact_due": rule.contact, "answer_due": rule.answer, "correct_due": rule.correction}
    return {name: closing(day, wanted, calendar) for name, wanted in days.items()}
