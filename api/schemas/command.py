"""What goes with every command to a case, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load

from api import conditions
from api.schemas.fields import Output, titled
from engine.core.events import (
    ProcessInstanceCanceled,
    ProcessInstanceCompleted,
    ProcessInstanceSuspended,
    UserTaskCreated,
)
from engine.runtime.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Given:
    """The conditions of a command, as its headers set them."""

    command_id: str
    expected_version: int | None


class CommandHeadersSchema(Schema):
    """Headers of a write. Both are optional."""

    idempotency_key = fields.String(
        data_key="Idempotency-Key",
        metadata=titled(
            "请求编号：同一编号只执行一次，重复提交得到同样的答复",
            "The same key acts once and is answered the same way again",
        ),
    )
    if_match = fields.String(
        data_key="If-Match",
        metadata=titled('办件版本，如"7"；已变更则答复412', 'Version of the case, such as "7"; 412 if it has changed'),
    )

    @post_load
    def _given(self, data: Mapping[str, Any], **options: Any) -> Given:
        return Given(conditions.command_id(), conditions.expected_version())


class CreatedUserTaskSchema(Output):
    """A task that the command led to."""

    task_id = fields.String(metadata=titled("任务编号", "Task id"))
    element_id = fields.String(metadata=titled("图元", "Element"))
    title = fields.String(metadata=titled("任务", "Task"))
    assignee = fields.String(allow_none=True, metadata=titled("办理人", "Assignee"))
    candidate_groups = fields.List(fields.String(), metadata=titled("候选组", "Candidate groups"))


class ReceiptSchema(Output):
    """The answer to an accepted command; the same however often it is given."""

    instance_id = fields.String(metadata=titled("办件编号", "Case id"))
    version = fields.Integer(metadata=titled("办件版本", "Version of the case after the command"))
    status = fields.String(metadata=titled("办件状态", "State of the case"))
    replayed = fields.Boolean(metadata=titled("是否重复提交", "Whether the command had been given before"))
    user_tasks = fields.List(fields.Nested(CreatedUserTaskSchema), metadata=titled("新产生的任务", "Tasks it led to"))


def receipt_answer(
    receipt: Receipt, status: int = 200, *, otherwise: str = "active"
) -> tuple[dict[str, object], int, dict[str, str]]:
    """Body, status and headers for an accepted command. ``otherwise``: the state of a case the command does not change."""
    body: dict[str, object] = {
        "instance_id": receipt.instance_id,
        "version": receipt.version,
        "status": _status(receipt, otherwise),
        "replayed": receipt.replayed,
        "user_tasks": [event for event in receipt.events if isinstance(event, UserTaskCreated)],
    }
    return body, status, {"ETag": f'"{receipt.version}"'}


def _status(receipt: Receipt, otherwise: str) -> str:
    for event in receipt.events:
        if isinstance(event, ProcessInstanceCompleted):
            return "completed"
        if isinstance(event, ProcessInstanceCanceled):
            return "canceled"
        if isinstance(event, ProcessInstanceSuspended):
            return "suspended"
    return otherwise
