"""Computing a month, entering and appealing points, freezing by two, and the list that is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.registers import Registers
from workflows.clock import hall_day
from workflows.organisation.tables import service_window, window_department
from workflows.ranking.formula import Point, Standing, formula_on, ranked, require_point, total
from workflows.ranking.measuring import points_of
from workflows.ranking.tables import ranking_month, ranking_point

COUNTING = ("counts", "appealed")

declare(
    {
        "ranking-month-unknown": ("{month}尚未计分。", "Expected a month that was computed, but {month} was not."),
        "ranking-frozen": ("{month}已经封存，不能更改。", "Expected a month that is open, but {month} is frozen."),
        "ranking-month-running": ("{month}尚未结束，不能封存。", "Expected a month that is over, but {month} is not."),
        "ranking-one-person": (
            "须由另一人办理，{actor}不能确认自己的录入、封存，也不能裁决自己的计分。",
            "Expected somebody else than {actor}, who did the first half of it.",
        ),
        "ranking-open-points": (
            "尚有{count}项计分待确认或者申诉未裁决，不能封存。",
            "Expected nothing undecided, but {count} points are proposed or appealed.",
        ),
        "ranking-point-not-found": ("没有找到计分{id}。", "Expected point {id}, but there is none."),
        "ranking-point-state": ("计分{id}不在可以办理的状态。", "Expected point {id} in another state for this."),
        "ranking-not-yours": ("只能申诉本窗口的计分。", "Expected a point of one's own window, but it is another's."),
        "ranking-again": ("同一来源已经计分。", "Expected a source that was not counted yet, but it was."),
    }
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """A month's lists."""

    month: str
    version: int
    frozen_at: datetime | None
    windows: list[Standing]
    departments: list[Standing]


class RankingRegister:
    """The register of the ranking. ``month``: any day of it."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def compute(self, month: date, actor: Actor) -> int:
        """Enter what the registers say of a month, each source once; how many points are new.

        :raises Rejection: ``ranking-frozen``.
        """

        def change(session: Session, now: datetime) -> int:
            formula = formula_on(month)
            if _month(session, month) is None:
                row = {"month": _key(month), "version": formula.version, "computed_at": now}
                session.execute(ranking_month.insert().values(**row))
            _require_open(session, month)
            found = [require_point(formula, point) for point in points_of(session, month, now)]
            return sum(_add(session, month, point, actor, now, "counts") for point in found)

        return self._registers.change("ComputeRanking", actor, change, subject=_key(month))

    def enter(self, month: date, point: Point, actor: Actor) -> None:
        """A point by hand: it counts when somebody else confirms it.

        :raises Rejection: ``ranking-month-unknown``, ``ranking-frozen``, ``ranking-again``, and as :func:`require_point`.
        """

        def change(session: Session, now: datetime) -> None:
            _require_open(session, month)
            require_point(formula_on(month), point)
            if point.rule != "by-hand":
                raise Rejection("ranking-rule-unknown", field="rule", rule=point.rule[:40])
            if not _add(session, month, point, actor, now, "proposed"):
                raise Rejection("ranking-again", field="source")

        self._registers.change("EnterRankingPoint", actor, change, subject=point.window, detail={"points": point.points})

    def confirm(self, key: int, actor: Actor) -> None:
        """By somebody else than who entered it.

        :raises Rejection: ``ranking-point-not-found``, ``ranking-point-state``, ``ranking-one-person``, ``ranking-frozen``.
        """

        def change(session: Session, now: datetime) -> None:
            found = _point(session, key, "proposed")
            _require_other(actor, found.entered_by)
            _set(session, key, status="counts", confirmed_by=actor.id)

        self._registers.change("ConfirmRankingPoint", actor, change, subject=str(key))

    def appeal(self, key: int, grounds: str, actor: Actor) -> None:
        """Of a point of one's own window. :raises Rejection: as :meth:`confirm`, ``ranking-not-yours``."""

        def change(session: Session, now: datetime) -> None:
            found = _point(session, key, "counts")
            if found.window not in actor.groups:
                raise Rejection("ranking-not-yours")
            _set(session, key, status="appealed", appeal=grounds, appealed_by=actor.id)

        self._registers.change("AppealRankingPoint", actor, change, subject=str(key))

    def decide(self, key: int, upheld: bool, reason: str, actor: Actor) -> None:
        """Upheld: the point is cancelled and stays visible. Never by who entered or confirmed it, nor by the window.

        :raises Rejection: as :meth:`confirm`.
        """

        def change(session: Session, now: datetime) -> None:
            found = _point(session, key, "appealed")
            _require_other(actor, found.entered_by, found.confirmed_by, found.appealed_by)
            said = {"appeal_decided_by": actor.id, "appeal_reason": reason}
            _set(session, key, status="cancelled" if upheld else "counts", **said)

        self._registers.change("DecideRankingAppeal", actor, change, subject=str(key), detail={"upheld": upheld})

    def freeze(self, month: date, actor: Actor) -> bool:
        """The first of two proposes, the second freezes: whether it is frozen now.

        :raises Rejection: ``ranking-month-unknown``, ``ranking-frozen``, ``ranking-month-running``, ``ranking-open-points``,
            ``ranking-one-person``.
        """

        def change(session: Session, now: datetime) -> bool:
            found = _require_open(session, month)
            _require_ready(session, month, now)
            here = ranking_month.update().where(ranking_month.c.month == found.month)
            if found.frozen_by is None:
                session.execute(here.values(frozen_by=actor.id))
                return False
            _require_other(actor, found.frozen_by)
            session.execute(here.values(confirmed_by=actor.id, frozen_at=now))
            return True

        return self._registers.change("FreezeRanking", actor, change, subject=_key(month))

    def points(self, month: date, groups: Sequence[str] | None, now: datetime) -> list[Row[Any]]:
        """Points with their sources. ``groups``: only of these windows, and from the day after they were entered."""
        statement = select(ranking_point).where(ranking_point.c.month == _key(month)).order_by(ranking_point.c.id)
        if groups is not None:
            statement = statement.where(ranking_point.c.window.in_(groups))
        with self._registers.read() as session:
            rows = session.execute(statement).all()
        return [row for row in rows if groups is None or hall_day(row.entered_at) < hall_day(now)]

    def ranking(self, month: date, *, frozen: bool) -> Ranking:
        """Both lists. ``frozen``: only one that is, as everybody may see it.

        :raises Rejection: ``ranking-month-unknown``.
        """
        with self._registers.read() as session:
            found = _month(session, month)
            if found is None or (frozen and found.frozen_at is None):
                raise Rejection("ranking-month-unknown", month=_key(month))
            windows = _scores(session, month)
            departments = _departments(session, windows)
        return Ranking(found.month, found.version, found.frozen_at, ranked(windows), ranked(departments))


def _key(month: date) -> str:
    return f"{month:%Y-%m}"


def _month(session: Session, month: date) -> Row[Any] | None:
    statement = select(ranking_month).where(ranking_month.c.month == _key(month)).with_for_update()
    return session.execute(statement).one_or_none()


def _require_open(session: Session, month: date) -> Row[Any]:
    found = _month(session, month)
    if found is None:
        raise Rejection("ranking-month-unknown", month=_key(month))
    if found.frozen_at is not None:
        raise Rejection("ranking-frozen", month=_key(month))
    return found


def _require_ready(session: Session, month: date, now: datetime) -> None:
    if _key(hall_day(now)) <= _key(month):
        raise Rejection("ranking-month-running", month=_key(month))
    columns = ranking_point.c
    statement = select(columns.id).where(columns.month == _key(month), columns.status.in_(("proposed", "appealed")))
    undecided = len(session.execute(statement).all())
    if undecided:
        raise Rejection("ranking-open-points", count=undecided)


def _require_other(actor: Actor, *others: str | None) -> None:
    if actor.id in others:
        raise Rejection("ranking-one-person", actor=actor.id)


def _point(session: Session, key: int, status: str) -> Row[Any]:
    found = session.execute(select(ranking_point).where(ranking_point.c.id == key).with_for_update()).one_or_none()
    if found is None:
        raise Rejection("ranking-point-not-found", id=key)
    _require_open(session, date.fromisoformat(f"{found.month}-01"))
    if found.status != status:
        raise Rejection("ranking-point-state", id=key)
    return found


def _set(session: Session, key: int, **values: Any) -> None:
    session.execute(ranking_point.update().where(ranking_point.c.id == key).values(**values))


def _add(session: Session, month: date, point: Point, actor: Actor, now: datetime, status: str) -> bool:
    row = {"window": point.window, "rule": point.rule, "source": point.source[:200]}
    same = [ranking_point.c[name] == value for name, value in row.items()]
    if session.execute(select(ranking_point.c.id).where(ranking_point.c.month == _key(month), *same)).first() is not None:
        return False
    kept = {"month": _key(month), "points": point.points, "status": status, "entered_by": actor.id, "entered_at": now}
    session.execute(ranking_point.insert().values(**row, **kept))
    return True


def _scores(session: Session, month: date) -> dict[str, int]:
    """Every window of the hall, also one without a point."""
    mine: dict[str, list[int]] = {str(name): [] for (name,) in session.execute(select(service_window.c.group_name))}
    columns = ranking_point.c
    statement = select(columns.window, columns.points).where(columns.month == _key(month), columns.status.in_(COUNTING))
    for window, points in session.execute(statement):
        mine.setdefault(str(window), []).append(int(points))
    formula = formula_on(month)
    return {window: total(formula, points) for window, points in mine.items()}


def _departments(session: Session, windows: dict[str, int]) -> dict[str, int]:
    """The mean of a department's windows."""
    found: dict[str, list[int]] = {}
    for window, department in session.execute(select(window_department.c.window, window_department.c.department)):
        found.setdefault(str(department), []).append(windows[str(window)])
    return {department: sum(points) // len(points) for department, points in found.items()}
