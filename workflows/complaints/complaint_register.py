"""Filing complaints and looking them up: every filing and every look is recorded, refused ones too (A-29)."""

from dataclasses import dataclass
from datetime import datetime
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
from workflows.case_number.operators import DIVISION
from workflows.clock import hall_day
from workflows.clock.counting import closing
from workflows.complaints import storage
from workflows.complaints.complaint import category_of, number_of, require_number, rule_of
from workflows.complaints.tables import complaint
from workflows.journal import Entry, Event

SUPERVISION = "supervision"
"""The group that registers complaints and gives them to somebody."""
OWN_CHANNELS = frozenset({"web", "kiosk"})
"""Channels people use themselves, without a login; the others are entered at a desk."""

declare(
    {
        "complaint-query-refused": (
            "投诉编号或者查询密码不正确。",
            "Expected the number of a complaint and its pass code, but they do not fit.",
        ),
        "complaint-channel-desk": (
            "“{channel}”投诉由工作人员登记，不能从公众入口提交。",
            "Expected web or kiosk here; {channel} is entered at the desk.",
        ),
        "complaint-name-missing": (
            "实名投诉须写明姓名和联系方式；不愿透露的，请选择匿名。",
            "Expected a name and a way to be reached, or an anonymous complaint, but there is neither.",
        ),
        "complaint-identity-protected": (
            "投诉人身份受保护，你无权查看。",
            "Expected somebody who may know who complained, but {actor} may not.",
        ),
        "complaint-identity-unknown": ("投诉{number}是匿名投诉。", "Expected a named complaint, but {number} is anonymous."),
        "complaint-reason-missing": ("查看投诉须写明理由。", "Expected a reason for looking, but none is given."),
        "complaint-not-yours": ("投诉{number}不由你办理。", "Expected a complaint one handles, but {number} is not {actor}'s."),
    }
)


@dataclass(frozen=True, slots=True)
class Filing:
    """What somebody complains about. ``name``, ``contact``, ``account``: none of an anonymous one."""

    channel: str
    anonymous: bool
    category: str
    subject: str
    statement: str
    name: str | None = None
    contact: str | None = None
    case_number: str | None = None
    against_account: str | None = None
    against_window: str | None = None
    against_name: str | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the complainant gets. The pass code is shown once and kept as a hash."""

    number: str
    pass_code: str
    accept_due: datetime
    answer_due: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """A complaint with its log."""

    row: Row[Any]
    events: tuple[Event, ...]


class ComplaintRegister:
    """The register of complaints."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def file(self, filing: Filing, actor: Actor, *, public: bool) -> Receipt:
        """Give a complaint its number. Nothing is kept off the books: the number comes before anybody looks at it.

        :param public: it came without a login; only :data:`OWN_CHANNELS` do.
        :raises Rejection: ``complaint-channel-unknown``, ``complaint-channel-desk``, ``complaint-category-unknown``,
            ``complaint-name-missing``, ``case-not-found``.
        """

        def change(session: Session, now: datetime) -> Receipt:
            _require_filing(session, filing, public, now)
            return _filed(session, filing, actor, now)

        detail = {"channel": filing.channel, "category": filing.category, "anonymous": filing.anonymous}
        return self._registers.change("FileComplaint", actor, change, detail=detail)

    def status(self, number: str, code: str) -> Row[Any]:
        """For who complained: by number and pass code; which of the two was wrong is not said.

        :raises Rejection: ``complaint-number-invalid``, ``complaint-query-refused``.
        """
        text = require_number(number)
        with self._registers.read() as session:
            stored = session.execute(select(complaint.c.pass_code).where(complaint.c.number == text)).scalar()
            if not pass_code.matches(stored, code.strip()):
                raise Rejection("complaint-query-refused")
            return storage.find(session, text)

    def read(self, number: str, reason: str, actor: Actor, *, everything: bool) -> Reading:
        """A complaint without who complained. That somebody looked, and why, is in its log.

        :param everything: the actor may see complaints he does not handle.
        :raises Rejection: ``complaint-reason-missing``, ``complaint-not-found``, ``complaint-not-yours``, and as
            :func:`workflows.complaints.handler.require_impartial`.
        """

        def change(session: Session, now: datetime) -> Reading:
            found = _looked_at(session, number, reason, actor, everything)
            storage.change(session, found, Entry(now, actor.id, "read", {"reason": reason}))
            return Reading(storage.find(session, number), tuple(storage.events_of(session, number)))

        return self._registers.change("ReadComplaint", actor, change, subject=number, detail={"reason": reason})

    def identity(self, number: str, reason: str, actor: Actor) -> Row[Any]:
        """Who complained: for the supervision alone, with a reason, and recorded.

        :raises Rejection: ``complaint-identity-protected``, ``complaint-identity-unknown``, and as :meth:`read`.
        """

        def change(session: Session, now: datetime) -> Row[Any]:
            if SUPERVISION not in actor.groups:
                raise Rejection("complaint-identity-protected", actor=actor.id)
            found = _looked_at(session, number, reason, actor, True)
            known = storage.identity_of(session, number)
            if known is None:
                raise Rejection("complaint-identity-unknown", number=number)
            storage.change(session, found, Entry(now, actor.id, "identity-read", {"reason": reason}))
            return known

        return self._registers.change("ReadComplainant", actor, change, subject=number, detail={"reason": reason})

    def page(
        self, handler: str | None, status: str | None, overdue_at: datetime | None, cursor: str | None, limit: int
    ) -> Page[Row[Any]]:
        """Complaints by number. ``handler``: only this account's; ``overdue_at``: only those whose limit passed by then."""
        columns = complaint.c
        statement = select(complaint).order_by(columns.number).limit(limit + 1)
        for column, value in ((columns.handler, handler), (columns.status, status)):
            if value is not None:
                statement = statement.where(column == value)
        if overdue_at is not None:
            unaccepted = columns.accepted_at.is_(None) & (columns.accept_due < overdue_at)
            unanswered = columns.closed_at.is_(None) & (columns.answer_due < overdue_at)
            statement = statement.where(unaccepted | unanswered)
        if cursor is not None:
            statement = statement.where(columns.number > cursor)
        with self._registers.read() as session:
            found = list(session.execute(statement).all())
        return Page(found[:limit], found[limit - 1].number if len(found) > limit else None)


def _looked_at(session: Session, number: str, reason: str, actor: Actor, everything: bool) -> Row[Any]:
    if not reason.strip():
        raise Rejection("complaint-reason-missing", field="reason")
    found = storage.find(session, number, locked=True)
    if not everything and found.handler != actor.id:
        raise Rejection("complaint-not-yours", number=number, actor=actor.id)
    storage.require_may_handle(session, found, storage.person_of(session, actor.id, actor.groups))
    return found


def _require_filing(session: Session, filing: Filing, public: bool, now: datetime) -> None:
    rule_of(filing.channel, hall_day(now))
    category_of(filing.category)
    if public and filing.channel not in OWN_CHANNELS:
        raise Rejection("complaint-channel-desk", field="channel", channel=filing.channel)
    if not filing.anonymous and not ((filing.name or "").strip() and (filing.contact or "").strip()):
        raise Rejection("complaint-name-missing", field="name")
    if filing.case_number is not None:
        find_case(session, filing.case_number)


def _filed(session: Session, filing: Filing, actor: Actor, now: datetime) -> Receipt:
    day, code = hall_day(now), pass_code.new()
    rule, calendar = rule_of(filing.channel, day), working_days(session)
    due = {
        "accept_due": closing(day, rule.accept, calendar),
        "answer_due": closing(day, rule.answer, calendar),
    }
    number = number_of(DIVISION, day, next_number(session, f"complaint/{day.isoformat()}"))
    same = ("channel", "anonymous", "category", "subject", "statement", "case_number")
    against = ("against_account", "against_window", "against_name")
    row = {name: getattr(filing, name) for name in (*same, *against)}
    kept = {"number": number, "pass_code": pass_code.hashed(code), "filed_at": now, "filed_by": actor.id, "status": "filed"}
    named = {"name": filing.name or "", "contact": filing.contact or "", "account": filing.account}
    identity = None if filing.anonymous else named
    entry = Entry(now, actor.id, "filed", {"channel": filing.channel})
    storage.add(session, {**row, **kept, **due}, identity, entry)
    return Receipt(number, code, due["accept_due"], due["answer_due"])
