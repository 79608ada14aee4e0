"""What a supervisor does to a case that cannot go on by itself. Each repair needs a reason, and is in the case's history,
also when it was refused.

Canceling is with the cases, trying again with the incidents, giving a task to somebody else with the tasks.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.schemas.command import CommandHeadersSchema, Given, ReceiptSchema, receipt_answer
from api.schemas.process_instances import ReasonSchema
from api.schemas.repairs import (
    LiveTokensSchema,
    MigrationPlanSchema,
    MigrationPreviewSchema,
    MigrationSchema,
    TokenMoveSchema,
    VariablesSetSchema,
)
from engine.runtime.queries import ProcessInstanceFilter
from engine.runtime.receipts import Receipt

repairs = Blueprint("repairs", "/api/process-instances", "办件修复 · Repairs of cases")


@repairs.get("/<string:instance_id>/tokens")
@repairs.answers(200, LiveTokensSchema)
def list_tokens(instance_id: str) -> dict[str, Any]:
    """办件的令牌 · Where the case stands with each of its branches

    To choose from, before a token is moved or variables are set at one.
    """
    return {"items": runtime().queries.tokens(instance_id)}


@repairs.post("/<string:instance_id>/suspension")
@repairs.takes(CommandHeadersSchema, "headers")
@repairs.takes(ReasonSchema)
@repairs.answers(200, ReceiptSchema)
def suspend(given: Given, wanted: Mapping[str, Any], instance_id: str) -> Any:
    """挂起办件 · Halt a case

    Until it is resumed nobody can work on its tasks, no timer fires, and no operator is called. Messages for it wait.
    """
    return receipt_answer(runtime().repairs.suspend(instance_id, **wanted, actor=actor(), **asdict(given)))


@repairs.post("/<string:instance_id>/resumption")
@repairs.takes(CommandHeadersSchema, "headers")
@repairs.takes(ReasonSchema)
@repairs.answers(200, ReceiptSchema)
def resume(given: Given, wanted: Mapping[str, Any], instance_id: str) -> Any:
    """恢复办件 · Let a suspended case go on

    The clocks did not stop: what became due meanwhile is done now.
    """
    return receipt_answer(runtime().repairs.resume(instance_id, **wanted, actor=actor(), **asdict(given)))


@repairs.post("/<string:instance_id>/variables")
@repairs.takes(CommandHeadersSchema, "headers")
@repairs.takes(VariablesSetSchema)
@repairs.answers(200, ReceiptSchema)
def set_variables(given: Given, wanted: Mapping[str, Any], instance_id: str) -> Any:
    """更正数据 · Put right what the case knows, everywhere or at one token"""
    return _answer(runtime().repairs.set_variables(instance_id, **wanted, actor=actor(), **asdict(given)))


@repairs.post("/<string:instance_id>/token-moves")
@repairs.takes(CommandHeadersSchema, "headers")
@repairs.takes(TokenMoveSchema)
@repairs.answers(200, ReceiptSchema)
def move_token(given: Given, wanted: Mapping[str, Any], instance_id: str) -> Any:
    """移动令牌 · Take a token back and let it go on at another element of the same process

    What was open at it (a task, a timer, a job) is withdrawn; what it knows goes with it.
    """
    return _answer(runtime().repairs.move_token(instance_id, **wanted, actor=actor(), **asdict(given)))


@repairs.post("/<string:instance_id>/migration-preview")
@repairs.takes(MigrationPlanSchema)
@repairs.answers(200, MigrationPreviewSchema)
def preview_migration(wanted: Mapping[str, Any], instance_id: str) -> Any:
    """预览迁移 · What a migration to the latest versions would do; nothing is done

    Refused as the migration itself would be. Every deadline is listed with what becomes of it.
    """
    return runtime().migration.preview(instance_id, actor=actor(), mapping=wanted["mapping"])


@repairs.post("/<string:instance_id>/migration")
@repairs.takes(CommandHeadersSchema, "headers")
@repairs.takes(MigrationSchema)
@repairs.answers(200, ReceiptSchema)
def migrate(given: Given, wanted: Mapping[str, Any], instance_id: str) -> Any:
    """迁移办件 · Take a running case to the latest versions of its models

    Timers keep their due times. What the new version has no place for is refused, with the element to blame.
    """
    return _answer(runtime().repairs.migrate(instance_id, **wanted, actor=actor(), **asdict(given)))


def _answer(receipt: Receipt) -> Any:
    """A repair that leaves a suspended case suspended."""
    this_one = ProcessInstanceFilter(instance_id=receipt.instance_id)
    [found] = runtime().queries.process_instances(this_one, limit=1).items
    return receipt_answer(receipt, otherwise=found.status)
