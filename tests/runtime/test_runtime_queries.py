"""Lists, counts and details show what was committed, at once, page by page (law h)."""

import base64
import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from engine.core import commands
from engine.core.actor import Actor
from engine.core.lifecycle import UserTaskState
from engine.core.rejection import Rejection
from engine.runtime.queries import Light, Page, ProcessInstanceFilter, UserTaskFilter
from engine.runtime.queries.lights import light
from engine.runtime.queries.user_tasks import OPEN
from engine.runtime.tables import user_task, user_task_candidate
from tests.databases import SqliteDatabases
from tests.runtime.halls import BEGIN, CLERK, Hall

MODEL = """
    start s
    parallel split
    user health name=卫生审查 groups=g,h due==deadline
    user fire name=消防审查 groups=f
    parallel join
    end e
    s -> split
    split -> health -> join
    split -> fire -> join
    join -> e
"""
FIREMAN = Actor("fireman", ("f",))


@pytest.fixture
def busy(hall: Hall) -> Hall:
    """Two cases, one due in ten days, one in two."""
    hall.deploy(MODEL)
    hall.start({"deadline": "2026-03-12T09:00:00+08:00"}, business_key="2026-A100%")
    hall.now += timedelta(hours=1)
    hall.start({"deadline": "2026-03-04T10:00:00+08:00"}, business_key="2026-B200")
    return hall


def found(hall: Hall, **filters: Any) -> list[tuple[str, str]]:
    tasks = hall.runtime.queries.user_tasks(UserTaskFilter(**filters)).items
    return [(str(task.business_key)[5], task.element_id) for task in tasks]


def test_a_clerk_sees_what_her_groups_may_claim_and_what_is_hers(busy: Hall) -> None:
    assert found(busy, actor=CLERK) == [("A", "health"), ("B", "health")]
    assert found(busy, actor=FIREMAN) == [("A", "fire"), ("B", "fire")]
    task = busy.task("health", business_key="2026-B200")
    busy.submit(commands.ClaimUserTask, task.instance_id, task_id=task.id)
    assert found(busy, actor=CLERK, scope="mine") == [("B", "health")]
    assert found(busy, actor=CLERK, scope="claimable") == [("A", "health")]
    assert found(busy, actor=CLERK) == [("A", "health"), ("B", "health")]
    assert found(busy, actor=Actor("colleague", ("g",))) == [("A", "health")]


def test_a_group_without_members_finds_nothing(busy: Hall) -> None:
    assert found(busy, actor=Actor("nobody")) == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"group": "h"}, ["A health", "B health"]),
        ({"element_id": "fire"}, ["A fire", "B fire"]),
        ({"process_key": "p", "business_key": "2026-B200"}, ["B fire", "B health"]),
        ({"process_key": "q"}, []),
        ({"text": "消防"}, ["A fire", "B fire"]),
        ({"text": "b2"}, ["B fire", "B health"]),
        ({"text": "100%"}, ["A fire", "A health"]),
        ({"text": "%"}, ["A fire", "A health"]),
        ({"text": "_"}, []),
        ({"due_before": BEGIN + timedelta(days=5)}, ["B health"]),
        ({"light": Light.GREEN}, ["A health", "B health"]),
        ({"light": Light.NONE}, ["A fire", "B fire"]),
        ({"states": ("completed",)}, []),
        ({"assignee": "clerk"}, []),
    ],
)
def test_filters(busy: Hall, filters: dict[str, Any], expected: list[str]) -> None:
    assert sorted(" ".join(pair) for pair in found(busy, scope="all", **filters)) == expected


@pytest.mark.parametrize(
    ("sort", "expected"), [("due", ["B", "A"]), ("-due", ["A", "B"]), ("created", ["A", "B"]), ("-created", ["B", "A"])]
)
def test_sorting(busy: Hall, sort: str, expected: list[str]) -> None:
    tasks = busy.runtime.queries.user_tasks(UserTaskFilter(scope="all", element_id="health"), sort=sort).items
    assert [str(task.business_key)[5] for task in tasks] == expected


def test_what_is_due_never_comes_last(busy: Hall) -> None:
    tasks = busy.runtime.queries.user_tasks(UserTaskFilter(scope="all"), sort="due").items
    assert [task.element_id for task in tasks] == ["health", "health", "fire", "fire"]


def test_counts_by_light_and_group_agree_with_the_lists(busy: Hall) -> None:
    busy.now = BEGIN + timedelta(days=1, hours=20)
    counts = busy.runtime.queries.user_task_counts(UserTaskFilter(scope="all"))
    assert (counts.total, counts.by_light) == (4, {"green": 1, "yellow": 1, "none": 2})
    assert counts.by_group == {"f": 2, "g": 2, "h": 2}
    busy.now = BEGIN + timedelta(days=3)
    counts = busy.runtime.queries.user_task_counts(UserTaskFilter(actor=CLERK))
    assert counts.by_light == {"green": 1, "red": 1}


@pytest.mark.parametrize(
    ("days", "expected"), [(0, Light.GREEN), (7.9, Light.GREEN), (8, Light.YELLOW), (9.9, Light.YELLOW), (10, Light.RED)]
)
def test_a_light_is_yellow_for_the_last_fifth(days: float, expected: Light) -> None:
    due, warn_at = BEGIN + timedelta(days=10), BEGIN + timedelta(days=8)
    assert light(due, warn_at, BEGIN + timedelta(days=days)) is expected


def test_a_completed_task_is_found_among_the_completed_with_its_performer(busy: Hall) -> None:
    busy.complete("health", {"ok": True})
    (task,) = busy.tasks(states=("completed",))
    assert (task.performer, task.ended_at, task.light) == ("clerk", busy.now, Light.NONE)
    assert found(busy, actor=CLERK) == [("B", "health")]


def test_the_detail_of_a_task_shows_its_variables_and_my_draft(busy: Hall) -> None:
    task = busy.task("health", business_key="2026-B200")
    busy.runtime.user_tasks.save_draft(task.id, {"opinion": "half"}, CLERK)
    busy.runtime.user_tasks.save_draft(task.id, {"opinion": "full"}, CLERK)
    detail = busy.runtime.queries.user_task(task.id, account_id="clerk")
    assert detail.variables == {"deadline": "2026-03-04T10:00:00+08:00"}
    assert detail.draft == {"opinion": "full"}
    assert busy.runtime.queries.user_task(task.id, account_id="other").draft is None
    busy.runtime.user_tasks.save_draft(task.id, {"opinion": "mine"}, Actor("other"))
    busy.runtime.user_tasks.delete_draft(task.id, Actor("other"))
    assert busy.runtime.queries.user_task(task.id, account_id="other").draft is None
    busy.submit(commands.CompleteUserTask, task.instance_id, task_id=task.id)
    assert busy.runtime.queries.user_task(task.id, account_id="clerk").draft is None
    assert busy.runtime.queries.user_task(task.id).variables == {}
    with pytest.raises(Rejection):
        busy.runtime.user_tasks.save_draft(task.id, {}, CLERK)


@pytest.mark.parametrize("ask", ["user_task", "process_instance", "incident", "definition", "diagram_state"])
@pytest.mark.parametrize("identifier", ["nobody", "nul\x00"])
def test_what_is_not_there_is_refused_not_an_error(hall: Hall, ask: str, identifier: str) -> None:
    with pytest.raises(Rejection) as caught:
        getattr(hall.runtime.queries, ask)(identifier)
    assert caught.value.code.endswith("not-found")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["B", "A"]),
        ({"status": "active"}, ["B", "A"]),
        ({"status": "completed"}, []),
        ({"process_key": "p", "text": "a1"}, ["A"]),
        ({"business_key": "2026-B200"}, ["B"]),
        ({"started_by": "clerk"}, ["B", "A"]),
        ({"started_from": BEGIN + timedelta(minutes=1)}, ["B"]),
        ({"started_before": BEGIN + timedelta(minutes=1)}, ["A"]),
        ({"with_incident": True}, []),
        ({"with_incident": False}, ["B", "A"]),
    ],
)
def test_instances_are_found_newest_first(busy: Hall, filters: dict[str, Any], expected: list[str]) -> None:
    rows = busy.runtime.queries.process_instances(ProcessInstanceFilter(**filters)).items
    assert [str(row.business_key)[5] for row in rows] == expected


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (Actor("fireman", ("f",)), ["B", "A"]),
        (Actor("nobody", ("x",)), []),
        (Actor("nobody"), []),
        (Actor("clerk"), ["B", "A"]),
        (Actor("reader"), ["B"]),
        (Actor("boss"), ["A"]),
    ],
    ids=lambda value: getattr(value, "id", None),
)
def test_a_person_finds_the_cases_she_has_to_do_with(busy: Hall, actor: Actor, expected: list[str]) -> None:
    task = busy.task("health", business_key="2026-B200")
    busy.submit(commands.AssignUserTask, task.instance_id, task_id=task.id, assignee="reader")
    busy.submit(commands.CompleteUserTask, task.instance_id, task_id=task.id, actor=Actor("reader"))
    task = busy.task("fire", business_key="2026-A100%")
    busy.submit(commands.AssignUserTask, task.instance_id, task_id=task.id, assignee="boss")
    busy.submit(commands.DelegateUserTask, task.instance_id, task_id=task.id, delegate="other", actor=Actor("boss"))
    for element, who in (("fire", FIREMAN), ("fire", Actor("other")), ("health", CLERK)):
        if element in busy.open():
            with suppress(Rejection):
                busy.complete(element, actor=who)
    rows = busy.runtime.queries.process_instances(ProcessInstanceFilter(participant=actor)).items
    assert [str(row.business_key)[5] for row in rows] == expected
    one = ProcessInstanceFilter(participant=actor, instance_id=task.instance_id)
    assert len(busy.runtime.queries.process_instances(one).items) == ("A" in expected)
    busy.check(*(row.id for row in rows))


def test_the_diagram_shows_where_a_case_stands(busy: Hall) -> None:
    task = busy.task("fire", business_key="2026-B200")
    busy.submit(commands.CompleteUserTask, task.instance_id, task_id=task.id, actor=FIREMAN)
    states = busy.runtime.queries.diagram_state(task.instance_id)
    seen = {name: (state.active, state.done, state.canceled, state.light.value) for name, state in states.items()}
    assert seen == {
        "s": (0, 1, 0, "none"),
        "split": (0, 1, 0, "none"),
        "health": (1, 0, 0, "green"),
        "fire": (0, 1, 0, "none"),
        "join": (1, 0, 0, "none"),
    }
    busy.complete("health")
    busy.complete("health", actor=CLERK)
    states = busy.runtime.queries.diagram_state(task.instance_id)
    assert {name: (state.active, state.done) for name, state in states.items()} == dict.fromkeys(
        ["s", "split", "health", "fire", "join", "e"], (0, 1)
    )
    busy.check(task.instance_id)


def test_history_is_read_page_by_page(busy: Hall) -> None:
    instance_id = busy.task("fire").instance_id
    for number in range(5):
        with pytest.raises(Rejection):
            busy.submit(commands.ReleaseUserTask, instance_id, task_id=f"x{number}")
    first = busy.runtime.queries.history(instance_id, limit=4)
    assert first.next_cursor == "4"
    second = busy.runtime.queries.history(instance_id, after=int(first.next_cursor or 0), limit=4)
    assert [entry.sequence for entry in first.items + second.items] == [1, 2, 3, 4, 5, 6]
    assert second.next_cursor is None
    assert second.items[0].sentence_en == "Expected user task x3, but there is none."


@pytest.mark.parametrize("cursor", ["", "x", "é", base64.urlsafe_b64encode(b'["created", 1, 2]').decode()])
def test_a_cursor_that_is_none_is_refused(busy: Hall, cursor: str) -> None:
    with pytest.raises(Rejection) as caught:
        busy.runtime.queries.user_tasks(UserTaskFilter(scope="all"), cursor=cursor)
    assert caught.value.code == "cursor-invalid"


def test_a_cursor_of_another_order_is_refused(busy: Hall) -> None:
    cursor = busy.runtime.queries.user_tasks(UserTaskFilter(scope="all"), limit=1).next_cursor
    with pytest.raises(Rejection) as caught:
        busy.runtime.queries.user_tasks(UserTaskFilter(scope="all"), sort="due", cursor=cursor)
    assert caught.value.code == "cursor-invalid"
    with pytest.raises(Rejection) as caught:
        busy.runtime.queries.user_tasks(UserTaskFilter(scope="all"), sort="colour")
    assert caught.value.code == "sort-unknown"


def pages(ask: Any, **options: Any) -> Iterator[Page[Any]]:
    cursor = None
    while True:
        page = ask(cursor=cursor, **options)
        yield page
        if page.next_cursor is None:
            return
        cursor = page.next_cursor


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowd(request: pytest.FixtureRequest) -> Iterator[Hall]:
    """Sixty tasks whose dates and groups often coincide."""
    databases: Any = request.getfixturevalue(f"{request.param}_databases")
    hall = Hall(databases.migrated())
    hall.deploy(MODEL)
    instance_id = hall.start({"deadline": "2026-03-12T09:00:00+08:00"}).instance_id
    chance = random.Random(7)
    rows, candidates = [], []
    for number in range(60):
        created = BEGIN + timedelta(minutes=chance.randrange(5))
        due = chance.choice([None, created + timedelta(days=chance.randrange(1, 4))])
        rows.append(_row(instance_id, f"t{number:02}", created, due, chance.choice([None, None, "clerk", "other"])))
        groups = chance.sample(["g", "f", "h"], chance.randrange(1, 3))
        common = {"task_id": f"t{number:02}", "ended": False, "assigned": False, "created_at": created}
        candidates += [{**common, "group_id": group} for group in groups]
    with hall.runtime.database.engine.begin() as connection:
        connection.execute(insert(user_task), rows)
        connection.execute(insert(user_task_candidate), candidates)
    yield hall
    hall.close()
    if not isinstance(databases, SqliteDatabases):
        databases.drop(hall.runtime.settings.database_url)


def _row(instance_id: str, task_id: str, created: Any, due: Any, assignee: str | None) -> dict[str, Any]:
    return {
        "id": task_id,
        "instance_id": instance_id,
        "root_process_key": "p",
        "process_key": "p",
        "element_id": "x",
        "scope": "",
        "title": f"任务{task_id}",
        "state": "created" if assignee is None else "claimed",
        "assignee": assignee,
        "candidate_groups": [],
        "created_at": created,
        "due": due,
        "warn_at": due,
        "version": 1,
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    scope=st.sampled_from(["all", "mine", "claimable", "available"]),
    group=st.sampled_from([None, "g", "f"]),
    text=st.sampled_from([None, "任务", "1", "zzz"]),
    lamp=st.sampled_from([None, *Light]),
    sort=st.sampled_from(["created", "-created", "due", "-due"]),
    limit=st.integers(1, 25),
)
def test_pages_together_are_the_whole_list(
    crowd: Hall, scope: Any, group: str | None, text: str | None, lamp: Light | None, sort: str, limit: int
) -> None:
    wanted = UserTaskFilter(actor=CLERK, scope=scope, group=group, text=text, light=lamp)
    queries = crowd.runtime.queries
    whole = [task.id for task in queries.user_tasks(wanted, sort=sort, limit=200).items]
    parts = [
        [task.id for task in page.items]
        for page in pages(lambda **options: queries.user_tasks(wanted, **options), sort=sort, limit=limit)
    ]
    assert [task_id for part in parts for task_id in part] == whole
    assert all(len(part) == limit for part in parts[:-1])
    assert len(set(whole)) == len(whole) == queries.user_task_counts(wanted).total


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    scope=st.sampled_from(["all", "mine", "claimable", "available"]),
    states=st.sampled_from([OPEN, ("created",), ("completed", "claimed"), tuple(UserTaskState)]),
    group=st.sampled_from([None, "g", "f", "h", "nobody's"]),
    assignee=st.sampled_from([None, "clerk", "other"]),
    text=st.sampled_from([None, "1"]),
    descending=st.booleans(),
)
def test_a_list_put_together_from_its_parts_is_the_list(
    crowd: Hall,
    scope: Any,
    states: tuple[str, ...],
    group: str | None,
    assignee: str | None,
    text: str | None,
    descending: bool,
) -> None:
    """By date of creation it is read in parts, by due date as a whole."""
    wanted = UserTaskFilter(actor=CLERK, scope=scope, states=states, group=group, assignee=assignee, text=text)
    whole = crowd.runtime.queries.user_tasks(wanted, sort="due", limit=200).items
    parts = crowd.runtime.queries.user_tasks(wanted, sort="-created" if descending else "created", limit=200).items
    assert parts == sorted(whole, key=lambda task: (task.created_at, task.id), reverse=descending)


@pytest.mark.parametrize("bad", ["\x00", "\ud800"], ids=ascii)
def test_looking_for_what_cannot_be_stored_finds_nothing(busy: Hall, bad: str) -> None:
    for name in ("group", "assignee", "process_key", "element_id", "instance_id", "business_key", "text"):
        assert found(busy, scope="all", **{name: f"g{bad}"}) == []
    for name in ("process_key", "status", "business_key", "started_by", "text"):
        assert busy.runtime.queries.process_instances(ProcessInstanceFilter(**{name: f"p{bad}"})).items == []
    assert busy.runtime.queries.jobs(instance_id=bad).items == []
    assert busy.runtime.queries.definitions(key=f"p{bad}").items == []
    assert busy.runtime.queries.history(bad).items == []
    assert busy.runtime.queries.audit_log(subject=bad).items == []


def test_figures_count_what_is_going_on(busy: Hall) -> None:
    busy.now = BEGIN + timedelta(days=3)
    numbers = busy.runtime.queries.figures()
    assert (numbers.active_instances, numbers.open_user_tasks, numbers.overdue_user_tasks) == (2, 4, 1)
    assert (numbers.open_incidents, numbers.waiting_timers, numbers.waiting_jobs) == (0, 0, 0)


def test_the_audit_log_is_read_newest_first(hall: Hall) -> None:
    for number in range(3):
        hall.runtime.accounts.create(id=f"clerk{number}", name="x", password="long enough")
    with pytest.raises(Rejection):
        hall.runtime.accounts.authenticate("clerk1", "wrong")
    first = hall.runtime.queries.audit_log(limit=2)
    assert [(entry.action, entry.outcome) for entry in first.items] == [
        ("Login", "refused"),
        ("CreateAccount", "accepted"),
    ]
    rest = hall.runtime.queries.audit_log(cursor=first.next_cursor)
    assert [entry.subject for entry in rest.items] == ["clerk1", "clerk0"]
    assert len(hall.runtime.queries.audit_log(action="CreateAccount", subject="clerk2").items) == 1
