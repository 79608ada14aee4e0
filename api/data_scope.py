"""Whose tasks and cases somebody may see, where the role alone does not decide.

Supervisors and auditors see everything. Everybody else sees the tasks that are theirs or their groups', and the cases they
started or take part in; an applicant, having no group, so sees what concerns them. What one may not see does not exist: the
answer is the same 404 as for a made-up number, and the attempt is recorded.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from api.door import Login
from api.permissions import APPLICANT, SEES_EVERYTHING, Permission, allows
from api.refused_requests import record_refused_request
from api.schemas.user_tasks import STATES
from engine.core.rejection import Rejection
from engine.runtime.queries import ProcessInstanceDetail, ProcessInstanceFilter, UserTask, UserTaskDetail, UserTaskFilter
from engine.runtime.queries.lights import Light
from engine.runtime.runtime import Runtime


def sees_everything(login: Login) -> bool:
    """Whether a role lifts the limits of this module."""
    return bool(login.roles & SEES_EVERYTHING)


def is_only_applicant(login: Login) -> bool:
    """Whether somebody looks in from outside: no role of the hall."""
    return login.roles == {APPLICANT}


def user_task_filter(login: Login, query: Mapping[str, Any]) -> UserTaskFilter:
    """The tasks asked for, within what the asker may see.

    :raises Rejection: ``scope-not-allowed``.
    """
    if query["scope"] == "all" and not sees_everything(login) and query["group"] not in login.account.groups:
        raise Rejection("scope-not-allowed", field="scope")
    kept = ("scope", "group", "assignee", "process_key", "element_id", "instance_id", "business_key", "text", "due_before")
    return UserTaskFilter(
        actor=login.actor,
        states=STATES[query["state"]],
        light=None if query["light"] is None else Light(query["light"]),
        **{name: query[name] for name in kept},
    )


def visible_user_task(runtime: Runtime, login: Login, task_id: str) -> UserTaskDetail:
    """A task the asker may read, with their draft.

    :raises Rejection: ``user-task-not-found``, also when it is not theirs to see.
    """
    detail = runtime.queries.user_task(task_id, account_id=login.account.id)
    if not sees_everything(login) and not _concerns(login, detail.task):
        raise _hidden(runtime, login, Rejection("user-task-not-found", task=task_id))
    return detail


def _concerns(login: Login, task: UserTask) -> bool:
    person = login.account.id in (task.assignee, task.owner, task.performer)
    return person or bool(set(task.candidate_groups) & set(login.account.groups))


def process_instance_filter(login: Login, wanted: ProcessInstanceFilter) -> ProcessInstanceFilter:
    """The cases asked for, within what the asker may see.

    :raises Rejection: ``scope-not-allowed``, for an applicant who asks for another's.
    """
    if sees_everything(login):
        return wanted
    if not is_only_applicant(login):
        return replace(wanted, participant=login.actor)
    if wanted.started_by not in (None, login.account.id):
        raise Rejection("scope-not-allowed", field="started_by")
    return replace(wanted, started_by=login.account.id)


def visible_process_instance(runtime: Runtime, login: Login, instance_id: str) -> ProcessInstanceDetail:
    """A case the asker may read.

    :raises Rejection: ``instance-not-found``, also when it is not theirs to see.
    """
    detail = runtime.queries.process_instance(instance_id)
    this_one = process_instance_filter(login, ProcessInstanceFilter(instance_id=instance_id))
    if not sees_everything(login) and not runtime.queries.process_instances(this_one, limit=1).items:
        raise _hidden(runtime, login, Rejection("instance-not-found", instance=instance_id))
    return detail


def may_read_variables(login: Login) -> bool:
    """The data of a case holds opinions that are not for the applicant."""
    return allows(Permission.CASE_HISTORY, login.roles)


def _hidden(runtime: Runtime, login: Login, rejection: Rejection) -> Rejection:
    record_refused_request(runtime, login, rejection)
    return rejection
