"""Work lists: what I may do, what my groups may do, what a supervisor sees of everybody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, String, and_, bindparam, exists, func, or_, select

from engine.core.actor import Actor
from engine.core.lifecycle import InstanceStatus, UserTaskState
from engine.core.values import Value
from engine.runtime.columns import AnyRow
from engine.runtime.plain_text import findable
from engine.runtime.queries.lights import Light, light, light_column
from engine.runtime.queries.list_parts import Asker, asker_of, first_of_each, splits
from engine.runtime.queries.paging import (
    DEFAULT_LIMIT,
    NEVER,
    Order,
    Page,
    chosen,
    or_never,
    orders,
    page_size,
    page_statement,
    read_page,
)
from engine.runtime.queries.text_search import contains
from engine.runtime.tables import process_instance, user_task, user_task_candidate

OPEN = (UserTaskState.CREATED.value, UserTaskState.CLAIMED.value, UserTaskState.DELEGATED.value)
ORDERS = orders({"created": user_task.c.created_at, "due": or_never(user_task.c.due)}, user_task.c.id)

Scope = Literal["all", "mine", "claimable", "available"]


@dataclass(frozen=True, slots=True)
class UserTaskFilter:
    """Which tasks. Everything given must hold.

    ``scope``: ``mine`` (assigned to the actor), ``claimable`` (nobody's yet, of the actor's groups), ``available`` (either),
    ``all`` (whoever's; the door decides who may ask that). What is claimable can be claimed: tasks of suspended cases are not
    among it. One's own stay on one's list, marked, so that they do not seem to be lost.
    """

    actor: Actor | None = None
    scope: Scope = "available"
    states: tuple[str, ...] = OPEN
    group: str | None = None
    assignee: str | None = None
    process_key: str | None = None
    element_id: str | None = None
    instance_id: str | None = None
    business_key: str | None = None
    related: tuple[str, str] | None = None
    """An instance and its number: its tasks, and those of instances under that number, such as the collection of its fee."""
    text: str | None = None
    due_before: datetime | None = None
    light: Light | None = None


@dataclass(frozen=True, slots=True)
class UserTask:
    """A task as lists show it. ``version`` is the instance's, which a command may expect; ``task_version`` changes only
    when something happens to this task. ``suspended``: its case is, so nothing can be done with it for now."""

    id: str
    instance_id: str
    instance_version: int
    task_version: int
    business_key: str | None
    root_process_key: str
    process_key: str
    element_id: str
    title: str
    form_key: str | None
    lane: str | None
    state: str
    suspended: bool
    assignee: str | None
    owner: str | None
    performer: str | None
    candidate_groups: tuple[str, ...]
    instance_index: int | None
    instance_item: Value
    created_at: datetime
    ended_at: datetime | None
    due: datetime | None
    warn_at: datetime | None
    limit: str | None
    light: Light


@dataclass(frozen=True, slots=True)
class UserTaskCounts:
    """Open tasks the filter finds."""

    total: int
    by_light: dict[str, int]
    by_group: dict[str, int]


def user_tasks(
    connection: Connection,
    wanted: UserTaskFilter,
    now: datetime,
    *,
    sort: str = "created",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[UserTask]:
    """A page of tasks.

    :raises Rejection: ``cursor-invalid``, ``sort-unknown``.
    """
    order = chosen(ORDERS, sort)
    statement, values = _page_statement(wanted, now, order, cursor, limit)
    rows, following = read_page(connection, statement, order, limit=limit, values=values)
    return Page([_user_task(row, now) for row in rows], following)


def _page_statement(
    wanted: UserTaskFilter, now: datetime, order: Order, cursor: str | None, limit: int
) -> tuple[Select[Any], dict[str, object]]:
    """To put the statement together costs more than to execute it, so that of everybody's home page is made once."""
    nothing_else = UserTaskFilter(actor=wanted.actor, scope=wanted.scope, states=wanted.states)
    asker = asker_of(wanted)
    if wanted != nothing_else or cursor is not None or not splits(wanted, len(asker.groups), order):
        return _made(wanted, asker, now, order, cursor, limit), {}
    ready = _home_page(wanted.scope, wanted.states, len(asker.groups), order.name, page_size(limit))
    return ready, {"me": asker.me, **{f"group_{number}": group for number, group in enumerate(asker.groups)}}


@lru_cache(maxsize=64)
def _home_page(scope: Scope, states: tuple[str, ...], groups: int, sort: str, limit: int) -> Select[Any]:
    anybody = Asker(bindparam("me", type_=String), [bindparam(f"group_{number}", type_=String) for number in range(groups)])
    return _made(UserTaskFilter(scope=scope, states=states), anybody, NEVER, ORDERS[sort], None, limit)


def _made(wanted: UserTaskFilter, asker: Asker, now: datetime, order: Order, cursor: str | None, limit: int) -> Select[Any]:
    firsts = first_of_each(wanted, asker, _filters(wanted, now), order, cursor, page_size(limit) + 1)
    statement = _select().where(*(_conditions(wanted, now) if firsts is None else [user_task.c.id.in_(firsts)]))
    return page_statement(statement, order, cursor=cursor, limit=limit)


def user_task_row(connection: Connection, task_id: str, now: datetime) -> UserTask | None:
    """One task, open or not."""
    row = connection.execute(_select().where(user_task.c.id == task_id)).one_or_none()
    return None if row is None else _user_task(row, now)


def user_task_counts(connection: Connection, wanted: UserTaskFilter, now: datetime) -> UserTaskCounts:
    """How many, by light and by candidate group. A task of two groups counts in both."""
    conditions = _conditions(wanted, now)
    lamp = light_column(now).label("light")
    by_light = connection.execute(select(lamp, func.count()).where(*conditions).group_by(lamp)).all()
    group = user_task_candidate.c.group_id
    by_group = connection.execute(
        select(group, func.count())
        .join(user_task, user_task.c.id == user_task_candidate.c.task_id)
        .where(*conditions)
        .group_by(group)
        .order_by(group)
    ).all()
    return UserTaskCounts(
        total=sum(count for _, count in by_light),
        by_light={name: count for name, count in by_light},
        by_group={name: count for name, count in by_group},
    )


def _select() -> Select[Any]:
    return select(
        user_task,
        process_instance.c.version.label("instance_version"),
        process_instance.c.status.label("instance_status"),
    ).join(process_instance, process_instance.c.id == user_task.c.instance_id)


def _conditions(wanted: UserTaskFilter, now: datetime) -> list[ColumnElement[bool]]:
    in_group = [] if wanted.group is None else [candidate_of((findable(wanted.group),))]
    return [*_scope(wanted), *in_group, *_filters(wanted, now)]


def _filters(wanted: UserTaskFilter, now: datetime) -> list[ColumnElement[bool]]:
    """What is asked of a task alone, whoever asks and whosever it is."""
    conditions: list[ColumnElement[bool]] = [user_task.c.state.in_(wanted.states)]
    for name in ("assignee", "element_id", "instance_id", "business_key"):
        value = getattr(wanted, name)
        if value is not None:
            conditions.append(user_task.c[name] == findable(value))
    if wanted.process_key is not None:
        key = findable(wanted.process_key)
        conditions.append(or_(user_task.c.root_process_key == key, user_task.c.process_key == key))
    if wanted.related is not None:
        instance_id, number = wanted.related
        conditions.append(or_(user_task.c.instance_id == instance_id, user_task.c.business_key == number))
    if wanted.text:
        conditions.append(or_(contains(user_task.c.title, wanted.text), contains(user_task.c.business_key, wanted.text)))
    if wanted.due_before is not None:
        conditions.append(user_task.c.due < wanted.due_before)
    if wanted.light is not None:
        conditions.append(light_column(now) == wanted.light.value)
    return conditions


def _scope(wanted: UserTaskFilter) -> list[ColumnElement[bool]]:
    if wanted.scope == "all":
        return []
    assert wanted.actor is not None, "only scope 'all' needs no actor"
    mine = user_task.c.assignee == wanted.actor.id
    going_on = user_task.c.instance_id.not_in(suspended_instances)
    claimable = and_(user_task.c.assignee.is_(None), candidate_of(wanted.actor.groups), going_on)
    return [{"mine": mine, "claimable": claimable, "available": or_(mine, claimable)}[wanted.scope]]


def candidate_of(groups: Sequence[str]) -> ColumnElement[bool]:
    """Whether one of the groups is or was a candidate of the user task at hand."""
    candidate = user_task_candidate.alias()
    return exists().where(candidate.c.task_id == user_task.c.id, candidate.c.group_id.in_(groups))


suspended_instances = select(process_instance.c.id).where(process_instance.c.status == InstanceStatus.SUSPENDED.value)
"""Few, and found by an index: to leave out what belongs to them is cheaper than to look at every row's instance."""
_MADE = ("task_version", "candidate_groups", "light", "suspended")
_DIRECT = tuple(name for name in UserTask.__slots__ if name not in _MADE)


def _user_task(row: AnyRow, now: datetime) -> UserTask:
    values = row._mapping
    return UserTask(
        task_version=values["version"],
        candidate_groups=tuple(values["candidate_groups"]),
        suspended=values["state"] in OPEN and values["instance_status"] == InstanceStatus.SUSPENDED.value,
        light=light(values["due"], values["warn_at"], now) if values["state"] in OPEN else Light.NONE,
        **{name: values[name] for name in _DIRECT},
    )
