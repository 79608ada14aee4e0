"""What somebody entered so far into the form of a task. Not checked, not history, gone when the task ends."""

from collections.abc import Mapping
from typing import Any

from api.blueprint import Blueprint
from api.data_scope import visible_user_task
from api.door import actor, login, runtime
from api.schemas.user_tasks import DraftSchema
from engine.core.rejection import Rejection

drafts = Blueprint("drafts", "/api/user-tasks", "任务草稿 · Drafts of forms")


@drafts.put("/<string:task_id>/draft")
@drafts.takes(DraftSchema)
@drafts.answers(204)
def save(given: Mapping[str, Any], task_id: str) -> None:
    """保存草稿 · Keep what was entered so far"""
    visible_user_task(runtime(), login(), task_id)
    runtime().user_tasks.save_draft(task_id, given["variables"], actor())


@drafts.get("/<string:task_id>/draft")
@drafts.answers(200, DraftSchema)
def read(task_id: str) -> dict[str, Any]:
    """读取草稿 · What was entered so far"""
    draft = visible_user_task(runtime(), login(), task_id).draft
    if draft is None:
        raise Rejection("draft-not-found", task=task_id)
    return {"variables": draft}


@drafts.delete("/<string:task_id>/draft")
@drafts.answers(204)
def discard(task_id: str) -> None:
    """放弃草稿 · Forget it"""
    visible_user_task(runtime(), login(), task_id)
    runtime().user_tasks.delete_draft(task_id, actor())
