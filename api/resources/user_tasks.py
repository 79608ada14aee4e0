"""Work lists, and what people do with their tasks."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.cases_of_tasks import looked_up, page_with_cases, with_cases
from api.data_scope import user_task_filter, visible_user_task
from api.door import actor, login, runtime
from api.lists import answer_list
from api.schemas.command import CommandHeadersSchema, Given, ReceiptSchema, receipt_answer
from api.schemas.paging import page_of
from api.schemas.user_tasks import (
    AssignSchema,
    CompleteSchema,
    DelegateSchema,
    UserTaskCountsSchema,
    UserTaskDetailSchema,
    UserTaskFilterQuery,
    UserTaskQuery,
    UserTaskSchema,
)

user_tasks = Blueprint("user-tasks", "/api/user-tasks", "待办任务 · User tasks")


@user_tasks.get("")
@user_tasks.takes(UserTaskQuery, "query")
@user_tasks.answers(200, page_of(UserTaskSchema))
def list_tasks(query: Mapping[str, Any]) -> Response:
    """任务列表 · A work list"""
    queries, wanted = runtime().queries, looked_up(user_task_filter(login(), query))
    return answer_list(
        "user-tasks",
        UserTaskSchema,
        query,
        lambda cursor, limit: page_with_cases(queries.user_tasks(wanted, sort=query["sort"], cursor=cursor, limit=limit)),
    )


@user_tasks.get("/counts")
@user_tasks.takes(UserTaskFilterQuery, "query")
@user_tasks.answers(200, UserTaskCountsSchema)
def counts(query: Mapping[str, Any]) -> Any:
    """任务计数 · How many tasks a list would show"""
    return runtime().queries.user_task_counts(looked_up(user_task_filter(login(), query)))


@user_tasks.get("/<string:task_id>")
@user_tasks.answers(200, UserTaskDetailSchema)
def read(task_id: str) -> tuple[dict[str, Any], int, dict[str, str]]:
    """任务 · One task, with its form, the data the form may read, and one's own draft"""
    found = visible_user_task(runtime(), login(), task_id)
    (task,) = with_cases([found.task])
    body = {**task, "form_id": found.form_id, "variables": found.variables, "draft": found.draft}
    return body, 200, {"ETag": f'"{found.task.instance_version}"'}


@user_tasks.post("/<string:task_id>/claim")
@user_tasks.takes(CommandHeadersSchema, "headers")
@user_tasks.answers(200, ReceiptSchema)
def claim(given: Given, task_id: str) -> Any:
    """签收 · Take a task of one's groups for oneself"""
    return receipt_answer(runtime().user_tasks.claim(task_id, actor=actor(), **asdict(given)))


@user_tasks.post("/<string:task_id>/release")
@user_tasks.takes(CommandHeadersSchema, "headers")
@user_tasks.answers(200, ReceiptSchema)
def release(given: Given, task_id: str) -> Any:
    """退回待签收 · Give a claimed task back to its groups"""
    return receipt_answer(runtime().user_tasks.release(task_id, actor=actor(), **asdict(given)))


@user_tasks.post("/<string:task_id>/assign")
@user_tasks.takes(CommandHeadersSchema, "headers")
@user_tasks.takes(AssignSchema)
@user_tasks.answers(200, ReceiptSchema)
def assign(given: Given, wanted: Mapping[str, Any], task_id: str) -> Any:
    """指派、改派 · A supervisor gives a task to a person

    Taking it from somebody else for that needs a reason, which is part of the history.
    """
    return receipt_answer(runtime().user_tasks.assign(task_id, **wanted, actor=actor(), **asdict(given)))


@user_tasks.post("/<string:task_id>/delegate")
@user_tasks.takes(CommandHeadersSchema, "headers")
@user_tasks.takes(DelegateSchema)
@user_tasks.answers(200, ReceiptSchema)
def delegate(given: Given, wanted: Mapping[str, str], task_id: str) -> Any:
    """委托 · The assignee lets somebody else act"""
    return receipt_answer(runtime().user_tasks.delegate(task_id, wanted["delegate"], actor=actor(), **asdict(given)))


@user_tasks.post("/<string:task_id>/complete")
@user_tasks.takes(CommandHeadersSchema, "headers")
@user_tasks.takes(CompleteSchema)
@user_tasks.answers(200, ReceiptSchema)
def complete(given: Given, wanted: Mapping[str, Any], task_id: str) -> Any:
    """完成 · Finish a task with what was entered into its form"""
    return receipt_answer(runtime().complete(task_id, wanted["variables"], actor=actor(), **asdict(given)))
