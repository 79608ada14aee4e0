"""Looking cases up, and 作废 (A-19): a case with wrong data is never deleted; two people make it void."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.queries.paging import Order, Page, page
from engine.runtime.registers import Registers
from engine.runtime.tables import process_instance
from workflows.case_file import pass_code, storage
from workflows.case_file.recording import enter
from workflows.case_file.status import VOID, require_transition
from workflows.case_file.storage import CaseEvent, CaseFile
from workflows.case_file.tables import case_file
from workflows.case_number import parse
from workflows.clock import hall_day
from workflows.journal import Entry

COMMITTEE = "committee"
NEWEST_FIRST = Order("-received_at", (case_file.c.received_at, case_file.c.number), descending=True)

declare(
    {
        "case-query-refused": (
            "办件编号或者查询密码不正确。",
            "Expected the number of a case and its pass code, but they do not belong together.",
        ),
        "case-void-not-requested": (
            "办件{number}没有待核准的作废申请。",
            "Expected a request to void case {number}, but none is open.",
        ),
        "case-void-not-committee": (
            "作废须由管委会核准。",
            "Only somebody of the committee may approve that a case is made void.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class CaseFileFilter:
    """Which cases. ``groups``: only those of windows or leaders among them; None: of all. ``filed_by``: an account."""

    status: str | None = None
    item_code: str | None = None
    window_group: str | None = None
    instance_id: str | None = None
    groups: tuple[str, ...] | None = None
    filed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What an applicant is shown who has the number and the pass code."""

    case: CaseFile
    events: tuple[CaseEvent, ...]


class CaseFiles:
    """Reads case files; asks for a case to be made void and approves it."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def get(self, number: str) -> CaseFile:
        """:raises Rejection: ``case-not-found``."""
        with self._registers.read() as session:
            return storage.find(session, number)

    def by_number(self, number: str) -> CaseFile | None:
        """The case, if there is one with exactly this number."""
        with self._registers.read() as session:
            statement = select(*(case_file.c[name] for name in storage.FIELDS)).where(case_file.c.number == number.strip())
            row = session.execute(statement).one_or_none()
        return None if row is None else storage.of_row(row)

    def of_instances(self, ids: Sequence[str]) -> dict[str, CaseFile]:
        """The cases of process instances, by the instance's id; at most a page of them."""
        if not ids:
            return {}
        with self._registers.read() as session:
            statement = select(*(case_file.c[name] for name in storage.FIELDS)).where(case_file.c.instance_id.in_(ids))
            return {row.instance_id: storage.of_row(row) for row in session.execute(statement)}

    def page(self, wanted: CaseFileFilter, cursor: str | None, limit: int) -> Page[CaseFile]:
        """Cases, newest first."""
        with self._registers.read() as session:
            statement = select(*(case_file.c[name] for name in storage.FIELDS)).where(*_conditions(wanted))
            rows, following = page(session.connection(), statement, NEWEST_FIRST, cursor=cursor, limit=limit)
        return Page([storage.of_row(row) for row in rows], following)

    def events(self, number: str) -> list[CaseEvent]:
        """The ledger of a case, oldest first."""
        with self._registers.read() as session:
            return storage.events_of(session, number)

    def progress(self, number: str, code: str) -> Progress:
        """For the public page: by number and pass code. Which of the two was wrong is not said, nor how near it was.

        :raises Rejection: ``case-number-invalid``: mistyped; ``case-query-refused``.
        """
        text = number.strip()
        parse(text)
        with self._registers.read() as session:
            if not pass_code.matches(storage.pass_code_of(session, text), code.strip()):
                raise Rejection("case-query-refused")
            return _progress(session, text)

    def progress_of_own(self, number: str, account_id: str) -> Progress:
        """For whoever filed it and is logged in. :raises Rejection: ``case-not-found``, also when somebody else filed it."""
        with self._registers.read() as session:
            mine = select(case_file.c.number).where(case_file.c.number == number, _filed_by(account_id))
            if session.execute(mine).first() is None:
                raise Rejection("case-not-found", field="number", number=number[:50])
            return _progress(session, number)

    def request_void(self, number: str, reason: str, actor: Actor, *, replaced_by: str | None = None) -> None:
        """Ask the committee to make a case void because its data are wrong. ``replaced_by``: the case that takes its place.

        :raises Rejection: ``case-not-found``, ``case-detail-missing``, ``case-status``.
        """

        def change(session: Session, now: datetime) -> None:
            found = storage.find(session, number, locked=True)
            detail = {"reason": reason, "requested_by": actor.id, "replaced_by": replaced_by}
            require_transition(found.status, VOID, detail, hall_day(now))
            if replaced_by is not None:
                storage.find(session, replaced_by)
            storage.change(session, found, Entry(now, actor.id, "void-requested", detail))

        self._registers.change("RequestVoid", actor, change, subject=number, detail={"reason": reason})

    def approve_void(self, number: str, actor: Actor) -> CaseFile:
        """The second person, of the committee, makes it void. The case's process is canceled apart from this.

        :raises Rejection: ``case-not-found``, ``case-void-not-requested``, ``case-void-not-committee``,
            ``case-void-one-person``, ``case-status``.
        """

        def change(session: Session, now: datetime) -> CaseFile:
            found = storage.find(session, number, locked=True)
            detail = _open_request(storage.events_of(session, number), number)
            if COMMITTEE not in actor.groups:
                raise Rejection("case-void-not-committee")
            made = enter(session, found, VOID, detail, actor, now)
            return storage.mark_replaced(session, made, detail.get("replaced_by"))

        return self._registers.change("ApproveVoid", actor, change, subject=number)


def _conditions(wanted: CaseFileFilter) -> list[ColumnElement[bool]]:
    given = {name: getattr(wanted, name) for name in ("status", "item_code", "window_group", "instance_id")}
    conditions = [case_file.c[name] == value for name, value in given.items() if value is not None]
    if wanted.groups is not None:
        conditions.append(case_file.c.window_group.in_(wanted.groups) | case_file.c.leader_group.in_(wanted.groups))
    if wanted.filed_by is not None:
        conditions.append(_filed_by(wanted.filed_by))
    return conditions


def _filed_by(account_id: str) -> ColumnElement[bool]:
    return case_file.c.instance_id.in_(select(process_instance.c.id).where(process_instance.c.started_by == account_id))


def _progress(session: Session, number: str) -> Progress:
    return Progress(storage.find(session, number), tuple(storage.events_of(session, number)))


def _open_request(events: list[CaseEvent], number: str) -> Mapping[str, Any]:
    """The newest request; a case that is void already is refused by the table."""
    for event in reversed(events):
        if event.event == "void-requested":
            return event.detail
    raise Rejection("case-void-not-requested", number=number)
