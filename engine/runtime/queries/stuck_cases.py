"""Stuck cases: what a supervisor has to look at, whatever the cause, longest first.

One statement: a part for each cause, each over an index of its own table, put together and paged. A case with two troubles
is there twice. No snapshot is loaded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Subquery,
    Table,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from engine.core.lifecycle import InstanceStatus
from engine.runtime.columns import AnyRow, Moment, MomentOf
from engine.runtime.plain_text import findable
from engine.runtime.queries.paging import DEFAULT_LIMIT, Order, Page, page
from engine.runtime.queries.stuck_reasons import Repair, StuckReason, repairs, sentence
from engine.runtime.queries.user_tasks import OPEN, suspended_instances
from engine.runtime.tables import (
    account,
    account_group,
    history,
    incident,
    job,
    message_subscription,
    process_definition,
    process_instance,
    timer,
    user_task,
    user_task_candidate,
)


@dataclass(frozen=True, slots=True)
class StuckCase:
    """Why one case does not go on, since when, and what can be done.

    ``subject`` is the id of the incident, task, timer, job or message to blame (of the case itself for ``standstill``);
    ``element_id`` is on the diagram of ``process_key``, the case is one of ``root_process_key``.
    """

    id: str
    reason: StuckReason
    code: str
    zh: str
    en: str
    repairs: tuple[Repair, ...]
    since: datetime
    subject: str
    instance_id: str
    instance_version: int
    status: str
    business_key: str | None
    root_process_key: str
    process_name: str
    process_key: str | None
    element_id: str | None
    element_name: str | None


Names: TypeAlias = Callable[[dict[str, str], str, str], str | None]
"""What an element is called: by bindings, process key and element id."""
Part: TypeAlias = Select[Any]

_nothing = cast(null(), String)


def stuck_cases(
    connection: Connection,
    now: datetime,
    grace: timedelta,
    names: Names,
    *,
    reason: StuckReason | None = None,
    instance_id: str | None = None,
    process_key: str | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[StuckCase]:
    """Longest stuck first. ``process_key`` is that of the case.

    :raises Rejection: ``cursor-invalid``.
    """
    parts = [part for kinds, make in PARTS if reason is None or reason in kinds for part in make(now - grace)]
    stuck = union_all(*parts).subquery("stuck")
    statement = _with_case(stuck)
    if reason is not None:
        statement = statement.where(stuck.c.reason == reason.value)
    if instance_id is not None:
        statement = statement.where(stuck.c.instance_id == findable(instance_id))
    if process_key is not None:
        statement = statement.where(process_instance.c.process_key == findable(process_key))
    order = Order("since", (stuck.c.since, stuck.c.reason, stuck.c.subject))
    rows, following = page(connection, statement, order, cursor=cursor, limit=limit)
    minutes = int(grace.total_seconds() // 60)
    return Page([_stuck_case(row, names, minutes) for row in rows], following)


def _with_case(stuck: Subquery) -> Select[Any]:
    columns = process_instance.c
    return (
        select(
            stuck,
            columns.version.label("instance_version"),
            columns.status,
            columns.business_key,
            columns.process_key.label("root_process_key"),
            columns.bindings,
            process_definition.c.name.label("process_name"),
        )
        .join(process_instance, columns.id == stuck.c.instance_id)
        .join(process_definition, process_definition.c.id == columns.definition_id)
    )


def _part(
    table: Table,
    reason: ColumnElement[str] | StuckReason,
    since: ColumnElement[datetime],
    *,
    code: ColumnElement[Any],
    detail: ColumnElement[Any],
    by_engine: ColumnElement[bool] | None = None,
) -> Part:
    """The columns that every part has. ``by_engine``: an incident that core does not know of."""
    return select(
        (literal(reason.value, String) if isinstance(reason, StuckReason) else reason).label("reason"),
        table.c.id.label("subject"),
        table.c.instance_id.label("instance_id"),
        table.c.process_key.label("process_key"),
        table.c.element_id.label("element_id"),
        since.label("since"),
        cast(code, String).label("code"),
        cast(detail, Text).label("detail"),
        (case((by_engine, 1), else_=0) if by_engine is not None else literal(0)).label("by_engine"),
    )


def _incidents(late: datetime) -> list[Part]:
    reason = case(
        (incident.c.code == "message-lost", StuckReason.MESSAGE_UNMATCHED.value),
        (incident.c.code == "token-stranded", StuckReason.STRANDED.value),
        (incident.c.job_id.is_not(None), StuckReason.JOB_FAILED.value),
        else_=StuckReason.INCIDENT.value,
    )
    part = _part(
        incident,
        reason,
        incident.c.raised_at,
        code=incident.c.code,
        detail=incident.c.message,
        by_engine=incident.c.kind == "engine",
    )
    return [part.where(incident.c.state == "open", incident.c.instance_id.is_not(None))]


def _tasks(late: datetime) -> list[Part]:
    """Tasks whose candidates or assignee have no enabled account. Those of suspended cases nobody may take anyway."""
    task, candidate = user_task.c, user_task_candidate.c
    working = select(account_group.c.group_id).join(account).where(account.c.disabled.is_(False))
    enabled = select(account.c.id).where(account.c.disabled.is_(False))
    has_candidate = exists().where(candidate.task_id == task.id, candidate.group_id.in_(working))
    part = _part(
        user_task,
        StuckReason.TASK_WITHOUT_PERFORMER,
        task.created_at,
        code=case((task.assignee.is_not(None), "assignee-gone"), else_="groups-empty"),
        detail=func.coalesce(task.assignee, type_coerce(task.candidate_groups, Text)),
    )
    nobody = or_(
        and_(task.assignee.is_(None), ~has_candidate),
        and_(task.assignee.is_not(None), task.assignee.not_in(enabled)),
    )
    return [part.where(task.state.in_(OPEN), task.instance_id.not_in(suspended_instances), nobody)]


def _timers(late: datetime) -> list[Part]:
    part = _part(timer, StuckReason.TIMER_OVERDUE, timer.c.due, code=literal("timer-overdue"), detail=_nothing)
    return [part.where(timer.c.due <= late, timer.c.instance_id.not_in(suspended_instances))]


def _jobs(late: datetime) -> list[Part]:
    part = _part(
        job,
        StuckReason.JOB_OVERDUE,
        job.c.next_attempt_at,
        code=case((job.c.worker.is_not(None), "lease-over"), else_="not-taken"),
        detail=job.c.worker,
    )
    runs = or_(job.c.kind != "service", job.c.instance_id.not_in(suspended_instances))
    return [part.where(job.c.next_attempt_at <= late, runs)]


def _messages(late: datetime) -> list[Part]:
    """Messages that found nobody at the last try. (An overdue one is a matter of the worker.)"""
    part = _part(job, StuckReason.MESSAGE_UNMATCHED, job.c.requested_at, code=literal("unmatched"), detail=job.c.operator)
    return [part.where(job.c.kind == "message", job.c.last_error.is_not(None), job.c.next_attempt_at > late)]


def _standstills(late: datetime) -> list[Part]:
    """Active cases that nothing is open in: what tokens they have wait for each other."""
    here = process_instance.c
    active = here.status == InstanceStatus.ACTIVE.value
    last_step = select(func.max(history.c.at)).where(history.c.instance_id == here.id, history.c.outcome == "accepted")
    part = select(
        literal(StuckReason.STANDSTILL.value, String).label("reason"),
        here.id.label("subject"),
        here.id.label("instance_id"),
        _nothing.label("process_key"),
        _nothing.label("element_id"),
        type_coerce(MomentOf(last_step.scalar_subquery()), Moment).label("since"),
        literal("standstill", String).label("code"),
        cast(null(), Text).label("detail"),
        literal(0).label("by_engine"),
    )
    open_task = exists().where(user_task.c.instance_id == here.id, user_task.c.state.in_(OPEN))
    open_incident = exists().where(incident.c.instance_id == here.id, incident.c.state == "open")
    waiting = [exists().where(table.c.instance_id == here.id) for table in (timer, job, message_subscription)]
    return [part.where(active, ~open_task, ~open_incident, *(~one for one in waiting))]


PARTS: Sequence[tuple[frozenset[StuckReason], Callable[[datetime], list[Part]]]] = (
    (
        frozenset({StuckReason.INCIDENT, StuckReason.JOB_FAILED, StuckReason.STRANDED, StuckReason.MESSAGE_UNMATCHED}),
        _incidents,
    ),
    (frozenset({StuckReason.TASK_WITHOUT_PERFORMER}), _tasks),
    (frozenset({StuckReason.TIMER_OVERDUE}), _timers),
    (frozenset({StuckReason.JOB_OVERDUE}), _jobs),
    (frozenset({StuckReason.MESSAGE_UNMATCHED}), _messages),
    (frozenset({StuckReason.STANDSTILL}), _standstills),
)


def _stuck_case(row: AnyRow, names: Names, minutes: int) -> StuckCase:
    values = row._mapping
    reason, process_key, element_id = StuckReason(values["reason"]), values["process_key"], values["element_id"]
    name = names(values["bindings"], process_key, element_id) if process_key and element_id else None
    detail = ", ".join(orjson.loads(values["detail"])) if values["code"] == "groups-empty" else values["detail"]
    chinese, english = sentence(reason, values["code"], element=name or element_id or "", detail=detail or "", minutes=minutes)
    return StuckCase(
        id=f"{reason.value}:{values['subject']}",
        reason=reason,
        zh=chinese,
        en=english,
        repairs=repairs(reason, values["status"], by_engine=bool(values["by_engine"])),
        element_name=name,
        **{name: values[name] for name in _DIRECT},
    )


_MADE = ("id", "reason", "zh", "en", "repairs", "element_name")
_DIRECT = tuple(name for name in StuckCase.__slots__ if name not in _MADE)
