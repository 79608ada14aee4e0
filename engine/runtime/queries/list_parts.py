"""The parts of a work list, each of which an index holds in the order of the list.

A list of "what I have or my groups may take" is not in any one index, and a database asked for the first page of it reads the
whole list to sort it. But what one group may take is in an index by date, and so is what one person has in one state. So the
first page of the list is among the first pages of its parts, and costs the same however long the list is.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Select, exists, select, union

from engine.core.lifecycle import InstanceStatus, UserTaskState
from engine.runtime.plain_text import findable
from engine.runtime.queries.paging import Order, after, at_most
from engine.runtime.tables import process_instance, user_task, user_task_candidate

if TYPE_CHECKING:
    from engine.runtime.queries.user_tasks import UserTaskFilter

MAX_GROUPS = 50
"""For somebody in more groups than this, sorting the whole may be cheaper."""
BY_CREATION = ("created", "-created")
"""The orders that indexes have."""
ENDED = frozenset({UserTaskState.COMPLETED.value, UserTaskState.CANCELED.value})

Name: TypeAlias = str | ColumnElement[str]


class Asker(NamedTuple):
    """Whose list it is: as somebody, or as parameters of a statement that is made once for many."""

    me: Name
    groups: Sequence[Name]


NOBODY = Asker("", ())
"""For lists that are nobody's in particular."""
Part: TypeAlias = tuple[Select[tuple[str, Any]], tuple[ColumnElement[Any], ColumnElement[Any]]]
"""Ids of tasks with the moments of their creation, and what to sort them by."""

TASK_KEYS = (user_task.c.created_at, user_task.c.id)
CANDIDATE_KEYS = (user_task_candidate.c.created_at, user_task_candidate.c.task_id)


def asker_of(wanted: "UserTaskFilter") -> Asker:
    """Whose list is wanted; nobody's where it is everybody's."""
    return NOBODY if wanted.actor is None or wanted.scope == "all" else Asker(wanted.actor.id, wanted.actor.groups)


def splits(wanted: "UserTaskFilter", groups: int, order: Order) -> bool:
    """Whether the list is to be taken in parts: in an order that indexes have, and not that of one case."""
    of_one_case = wanted.instance_id is not None or wanted.business_key is not None
    return order.name in BY_CREATION and not of_one_case and groups <= MAX_GROUPS


def first_of_each(
    wanted: "UserTaskFilter",
    asker: Asker,
    filters: Sequence[ColumnElement[bool]],
    order: Order,
    cursor: str | None,
    size: int,
) -> Select[tuple[str]] | None:
    """Ids of the first ``size`` user tasks after the cursor; None where the list has no such parts.

    ``filters`` hold every part to what is asked of a task beside scope and group.

    :raises Rejection: ``cursor-invalid``.
    """
    if not splits(wanted, len(asker.groups), order):
        return None
    parts = list(_parts(wanted, asker))
    if not parts:
        return None
    firsts = union(*(_first(part, filters, order, cursor, size) for part in parts)).subquery()
    whole = Order(order.name, (firsts.c.created_at, firsts.c.task_id), order.descending)
    return select(firsts.c.task_id).order_by(*whole.directed()).limit(at_most(size))


def _first(
    part: Part, filters: Sequence[ColumnElement[bool]], order: Order, cursor: str | None, size: int
) -> Select[tuple[str, Any]]:
    tasks, keys = part
    own = Order(order.name, keys, order.descending)
    begun = tasks.where(*filters) if cursor is None else tasks.where(*filters, after(own, cursor))
    first = begun.order_by(*own.directed()).limit(at_most(size)).subquery()
    return select(first.c.task_id, first.c.created_at)


def _parts(wanted: "UserTaskFilter", asker: Asker) -> Iterator[Part]:
    if wanted.scope == "all":
        yield from _all(wanted)
        return
    assert asker is not NOBODY, "only scope 'all' needs no actor"
    if wanted.scope in ("mine", "available"):
        yield from _by_state(wanted, user_task.c.assignee == asker.me, *_in_group(wanted))
    if wanted.scope in ("claimable", "available"):
        yield from _claimable(wanted, asker.groups)


def _all(wanted: "UserTaskFilter") -> Iterator[Part]:
    if wanted.assignee is not None:
        yield from _by_state(wanted, *_in_group(wanted))  # the assignee is among the filters
    elif wanted.group is not None:
        yield from _by_group(wanted, findable(wanted.group), (False, True))
    else:
        yield from _by_state(wanted)


def _claimable(wanted: "UserTaskFilter", groups: Sequence[Name]) -> Iterator[Part]:
    nobodys, narrowed = user_task.c.assignee.is_(None), _in_group(wanted)
    if wanted.group is not None and wanted.group in groups:
        groups, narrowed = [wanted.group], []
    for group in groups:
        for tasks, keys in _by_group(wanted, group, (False,)):
            yield tasks.where(nobodys, _its_case_goes_on, *narrowed), keys


def _in_group(wanted: "UserTaskFilter") -> list[ColumnElement[bool]]:
    if wanted.group is None:
        return []
    candidate = user_task_candidate.alias()
    return [exists().where(candidate.c.task_id == user_task.c.id, candidate.c.group_id == findable(wanted.group))]


def _by_state(wanted: "UserTaskFilter", *conditions: ColumnElement[bool]) -> Iterator[Part]:
    for state in wanted.states:
        tasks = select(user_task.c.id.label("task_id"), user_task.c.created_at)
        yield tasks.where(user_task.c.state == state, *conditions), TASK_KEYS


def _by_group(wanted: "UserTaskFilter", group: Name, assigned: Sequence[bool]) -> Iterator[Part]:
    """Of an ended task it does not matter whether it was somebody's, so both are looked at."""
    asked = [(False, taken) for taken in assigned] if set(wanted.states) - ENDED else []
    asked += [(True, False), (True, True)] if set(wanted.states) & ENDED else []
    candidate = user_task_candidate.c
    for ended, taken in asked:
        tasks = select(candidate.task_id, candidate.created_at).join(user_task, user_task.c.id == candidate.task_id)
        here = (candidate.group_id == group, candidate.ended.is_(ended), candidate.assigned.is_(taken))
        yield tasks.where(*here), CANDIDATE_KEYS


_its_case_goes_on = (
    select(process_instance.c.status).where(process_instance.c.id == user_task.c.instance_id).scalar_subquery()
    != InstanceStatus.SUSPENDED.value
)
"""Asked of a few tasks only: cheaper than to know all suspended cases."""
