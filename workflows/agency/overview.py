"""Reading what agents do: lists by page, the score of a month, and whether an agent's cases are favoured (A-28)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from engine.core.moments import HALL, to_text
from engine.core.rejection import Rejection
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from engine.runtime.tables import audit, history
from workflows.agency.score import AgentScore, Done, score
from workflows.agency.storage import COLUMNS, Matter
from workflows.agency.tables import agency_filing, agency_hand_over, agency_mandate, agency_matter, agency_paper
from workflows.calendar.entry import working_days
from workflows.case_file.tables import case_event, case_file
from workflows.clock import hall_day
from workflows.clock.tables import clock

MAIN_CLOCK = "C1"
ABUSES = (
    "agency-cash",
    "agency-redelegation",
    "agency-mandate-missing",
    "agency-mandate-scope",
    "agency-mandate-ended",
    "agency-mandate-unsigned",
    "agency-officer",
)
"""What counts against an agent; to be too early or to mistype does not."""
NO_AGENT = ""


@dataclass(frozen=True, slots=True)
class FastShare:
    """How many of somebody's decided cases took at most half of the promise. ``agent`` "": cases without an agent."""

    agent: str
    decided: int
    fast: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.fast / self.decided, 1) if self.decided else None


class AgencyOverview:
    """Reads. ``agent`` None: everybody's."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def mandates(self, agent: str | None, cursor: str | None, limit: int) -> Page[Any]:
        return self._rows(agency_mandate, "number", agent, cursor, limit)

    def mandate(self, number: str, agent: str | None) -> Any:
        """:raises Rejection: ``agency-mandate-not-found``, also when it is another agent's."""
        with self._registers.read() as session:
            row = session.execute(select(agency_mandate).where(agency_mandate.c.number == number)).first()
        if row is None or agent not in (None, row.agent):
            raise Rejection("agency-mandate-not-found", field="mandate", number=number[:60])
        return row

    def hand_overs(self, agent: str | None, cursor: str | None, limit: int) -> Page[Any]:
        return self._rows(agency_hand_over, "number", agent, cursor, limit)

    def _rows(self, table: Table, key: str, agent: str | None, cursor: str | None, limit: int) -> Page[Any]:
        statement = select(table).order_by(table.c[key])
        if agent is not None:
            statement = statement.where(table.c.agent == agent)
        if cursor is not None:
            statement = statement.where(table.c[key] > cursor)
        with self._registers.read() as session:
            rows: Sequence[Any] = session.execute(statement.limit(limit + 1)).all()
        return _page(rows, limit, lambda row: str(getattr(row, key)))

    def matters(self, agent: str | None, cursor: str | None, limit: int, *, is_open: bool | None = None) -> Page[Matter]:
        """By slip and line. ``is_open``: not yet in the principal's hands, or the opposite."""
        table, statement = agency_matter, select(*COLUMNS).order_by(agency_matter.c.hand_over, agency_matter.c.line)
        if agent is not None:
            statement = statement.where(table.c.agent == agent)
        if is_open is not None:
            statement = statement.where(table.c.delivered_at.is_(None) if is_open else table.c.delivered_at.is_not(None))
        if cursor is not None:
            slip, line = _place(cursor)
            later = (table.c.hand_over == slip) & (table.c.line > line)
            statement = statement.where((table.c.hand_over > slip) | later)
        with self._registers.read() as session:
            rows = [Matter(**row) for row in session.execute(statement.limit(limit + 1)).mappings()]
        return _page(rows, limit, lambda row: f"{row.hand_over}/{row.line}")

    def papers(self, hand_over: str, agent: str | None, cursor: str | None, limit: int) -> Page[Any]:
        """What changed hands on a slip, oldest first.

        :raises Rejection: ``agency-hand-over-not-found``, also when it is another agent's.
        """
        statement = select(agency_paper).where(agency_paper.c.hand_over == hand_over).order_by(agency_paper.c.id)
        if cursor is not None:
            statement = statement.where(agency_paper.c.id > _whole(cursor))
        slip = select(agency_hand_over.c.agent).where(agency_hand_over.c.number == hand_over)
        with self._registers.read() as session:
            owner = session.execute(slip).scalar_one_or_none()
            if owner is None or agent not in (None, owner):
                raise Rejection("agency-hand-over-not-found", field="hand_over", number=hand_over[:60])
            rows: Sequence[Any] = session.execute(statement.limit(limit + 1)).all()
        return _page(rows, limit, lambda row: str(row.id))

    def score(self, agent: str, month: date, today: date) -> AgentScore:
        """An agent's score of the month (any day of it) in which the papers were handed over."""
        first, last = _month(month)
        table = agency_matter
        mine = (table.c.agent == agent, table.c.handed_over_at >= first, table.c.handed_over_at < last)
        with self._registers.read() as session:
            matters = [Matter(**row) for row in session.execute(select(*COLUMNS).where(*mine)).mappings()]
            corrected = _corrected(session, [one.case_number for one in matters if one.case_number])
            done = [_done(one, corrected) for one in matters]
            attempts = _refused(session, agent, first, last)
            return score(agent, done, attempts, today, working_days(session))

    def fast_shares(self, month: date) -> list[FastShare]:
        """Every agent's share of fast cases decided in a month (any day of it), beside that of the others (A-28)."""
        counted: dict[str, list[bool]] = {}
        with self._registers.read() as session:
            calendar = working_days(session)
            for agent, accepted_on, decided_at, promised in _decided(session, *_month(month)):
                taken = calendar.between(accepted_on, hall_day(decided_at)) if accepted_on < hall_day(decided_at) else 0
                counted.setdefault(agent or NO_AGENT, []).append(2 * taken <= promised)
        return [FastShare(agent, len(cases), sum(cases)) for agent, cases in sorted(counted.items())]


def _decided(session: Session, first: datetime, last: datetime) -> list[tuple[str | None, date, datetime, int]]:
    """Agent, day of acceptance, moment of decision and promised days of each case that was decided under a promise."""
    mine = agency_filing.c.case_number == case_file.c.number
    own = (clock.c.instance_id == case_file.c.instance_id) & (clock.c.name == MAIN_CLOCK)
    columns = (agency_filing.c.agent, case_file.c.accepted_on, case_file.c.decided_at, clock.c.state)
    statement = select(*columns).select_from(case_file.outerjoin(agency_filing, mine).join(clock, own))
    within = (case_file.c.decided_at >= first, case_file.c.decided_at < last)
    promised_ones = (case_file.c.kind != "immediate", case_file.c.accepted_on.is_not(None))
    found = []
    for agent, accepted_on, decided_at, state in session.execute(statement.where(*within, *promised_ones)):
        promised = [limit["days"] for limit in state["limits"] if limit["name"] == "promised"]
        found += [(agent, accepted_on, decided_at, promised[0])] if promised else []
    return found


def _done(matter: Matter, corrected: set[str]) -> Done:
    def day(moment: datetime | None) -> date | None:
        return None if moment is None else hall_day(moment)

    was = matter.case_number in corrected
    return Done(
        matter.gaps,
        day(matter.complete_at),
        day(matter.filed_at),
        day(matter.result_at),
        day(matter.delivered_at),
        corrected=was,
    )


def _corrected(session: Session, cases: list[str]) -> set[str]:
    """The cases in which the window told what was missing."""
    told = (case_event.c.status == "correcting", case_event.c.number.in_(cases))
    return set(session.execute(select(case_event.c.number).where(*told)).scalars())


def _refused(session: Session, agent: str, first: datetime, last: datetime) -> int:
    """What an agent tried and may not, as the audit log and the cases' history say."""
    logged = (audit.c.actor_id == agent, audit.c.outcome == "refused", audit.c.code.in_(ABUSES))
    in_log = select(func.count()).select_from(audit).where(*logged, audit.c.at >= first, audit.c.at < last)
    done = (history.c.actor_id == agent, history.c.outcome == "refused", history.c.code.in_(ABUSES))
    within = (history.c.at >= to_text(first), history.c.at < to_text(last))
    in_history = select(func.count()).select_from(history).where(*done, *within)
    return int(session.execute(in_log).scalar_one()) + int(session.execute(in_history).scalar_one())


def _month(day: date) -> tuple[datetime, datetime]:
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return _start(first), _start(after)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), HALL).astimezone(UTC)


def _page(rows: Sequence[Any], limit: int, key: Any) -> Page[Any]:
    found = list(rows[:limit])
    return Page(found, key(found[-1]) if len(rows) > limit else None)


def _place(cursor: str) -> tuple[str, int]:
    slip, _, line = cursor.rpartition("/")
    return slip, _whole(line)


def _whole(cursor: str) -> int:
    """:raises Rejection: ``cursor-invalid``."""
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10):
        raise Rejection("cursor-invalid", field="cursor")
    return int(cursor)
