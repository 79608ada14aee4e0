"""The one function of the engine: a command is applied to an instance, and says what happened.

A handler first checks everything that can be refused, then changes; so a :class:`Rejection` means that nothing changed. Any
other exception is a mistake of ours, and the instance object is to be thrown away. What a model does wrong is neither: it
becomes an ``IncidentRaised`` event at the element to blame.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from engine.core import commands, events, repairs
from engine.core.assignment import (
    assign,
    claim,
    complete,
    delegate,
    release,
)
from engine.core.budget import Budget, size
from engine.core.commands import Command
from engine.core.deadlines import move_deadlines
from engine.core.events import Event
from engine.core.instance import ProcessInstance
from engine.core.lifecycle import InstanceStatus, check_instance_takes
from engine.core.migration import migrate
from engine.core.model import ProcessModel
from engine.core.moments import from_text
from engine.core.rejection import Rejection
from engine.core.repairs import require_reason
from engine.core.room import brought, require_room
from engine.core.spiff.activities import ServiceTask
from engine.core.spiff.scope import RootScope
from engine.core.spiff.token import Token
from engine.core.spiff.variables import Knowledge
from engine.core.starts import start_event
from engine.core.stranding import require_way_to_end
from engine.core.values import admit


def process(
    instance: ProcessInstance, command: Command, now: datetime, *, target: ProcessModel | None = None
) -> tuple[Event, ...]:
    """Apply ``command`` at ``now`` (aware, UTC). The same arguments always give the same events.

    ``target`` is the model that ``MigrateProcessInstance`` leads to; no other command has one.

    :raises Rejection: the command is refused and the instance is as it was.
    """
    budget = Budget()
    with budget.at_hand():
        return _process(instance, command, now, target, budget)


def _process(
    instance: ProcessInstance, command: Command, now: datetime, target: ProcessModel | None, budget: Budget
) -> tuple[Event, ...]:
    check_instance_takes(instance.status, command, instance.id)
    _check_version(instance, command)
    if isinstance(command, commands.MoveToken | commands.MigrateProcessInstance):
        require_way_to_end(instance, lambda copy: _apply(copy, command, now, target, Budget()))
    return _apply(instance, command, now, target, budget)


def _apply(
    instance: ProcessInstance, command: Command, now: datetime, target: ProcessModel | None, budget: Budget
) -> tuple[Event, ...]:
    if isinstance(command, commands.StartProcessInstance):
        _start(instance, command, now, budget)
    else:
        before, weight = instance.root.weight, require_room(instance, command)
        instance.root.begin_command(now, budget)
        if isinstance(command, commands.MigrateProcessInstance):
            assert target is not None, "a migration leads to a model"
            migrate(instance, command, target)
        else:
            HANDLERS[type(command)](instance, command)
        instance.root.weight += weight - before + brought(command)
    instance.root.advance()
    if instance.root.completed and instance.status in (InstanceStatus.ACTIVE, InstanceStatus.SUSPENDED):
        instance.status = InstanceStatus.COMPLETED
        outcome = instance.root.outcome or Knowledge()
        instance.root.emit(events.ProcessInstanceCompleted(variables=dict(outcome.values)))
    instance.version += 1
    return instance.root.end_command()


def _check_version(instance: ProcessInstance, command: Command) -> None:
    if command.expected_version is not None and command.expected_version != instance.version:
        raise Rejection("version-conflict", expected=command.expected_version, actual=instance.version)


def _start(instance: ProcessInstance, command: commands.StartProcessInstance, now: datetime, budget: Budget) -> None:
    start = start_event(instance.model.root.spec, command.start_event)
    variables = admit(command.variables)
    if result_variable := start.properties.get("resultVariable"):
        variables = {result_variable: variables}
    instance.id = command.instance_id
    instance.business_key = command.business_key
    instance.bindings = dict(command.bindings)
    instance.status = InstanceStatus.ACTIVE
    instance.root_scope = RootScope(instance.model, command.instance_id)
    root = instance.root
    root.business_key = command.business_key
    root.weight = size(variables)
    root.begin_command(now, budget)
    root.emit(
        events.ProcessInstanceStarted(
            process_key=instance.model.root.key,
            definition_id=command.bindings.get(f"process:{instance.model.root.key}", ""),
            business_key=command.business_key,
            variables=variables,
            bindings=dict(command.bindings),
        )
    )
    root.start(Knowledge(variables), {}, start)


def _trigger_timer(instance: ProcessInstance, command: commands.TriggerTimer) -> None:
    token = _waiting(instance, lambda note: note.get("timer", {}).get("id") == command.timer_id)
    if token is None:
        raise Rejection("timer-not-found", timer=command.timer_id)
    due = token.internal_data["timer"]["due"]
    if due is None:
        raise Rejection("timer-stands-still", timer=command.timer_id)
    if instance.root.moment < from_text(due):
        raise Rejection("timer-not-due", timer=command.timer_id, due=due)
    token.element.happen(token, {})


def _deliver_message(instance: ProcessInstance, command: commands.DeliverMessage) -> None:
    token = _waiting(instance, lambda note: note.get("subscription") == command.subscription_id)
    if token is None:
        raise Rejection("subscription-not-found", subscription=command.subscription_id)
    variables = admit(command.variables)
    instance.root.emit(events.MessageReceived(subscription_id=command.subscription_id, variables=variables))
    token.element.happen(token, variables)


def _waiting(instance: ProcessInstance, matches: Callable[[dict[str, Any]], bool]) -> Token | None:
    return next((token for token in instance.tokens() if matches(token.internal_data)), None)


def _complete_service_task(instance: ProcessInstance, command: commands.CompleteServiceTask) -> None:
    token, element = _job(instance, command.job_id)
    element.accept(token, admit({"result": command.result})["result"])


def _fail_service_task(instance: ProcessInstance, command: commands.FailServiceTask) -> None:
    token, element = _job(instance, command.job_id)
    element.fail(token, command.message, command.error_code)


def _job(instance: ProcessInstance, job_id: str) -> tuple[Token, ServiceTask]:
    token = _waiting(instance, lambda note: note.get("job") == job_id)
    if token is None:
        raise Rejection("job-not-found", job=job_id)
    assert isinstance(token.element, ServiceTask)
    return token, token.element


def _resolve_incident(instance: ProcessInstance, command: commands.ResolveIncident) -> None:
    incident = instance.root.incidents.get(command.incident_id)
    if incident is None:
        raise Rejection("incident-not-found", incident=command.incident_id)
    require_reason(command.reason)
    token = instance.root.find(incident["token"])
    assert token is not None, "an incident falls away with its token"
    token.element.forget_incident(token, command.reason)
    token.element.retry(token, incident["phase"])


HANDLERS: dict[type[Command], Callable[[ProcessInstance, Any], None]] = {
    commands.ClaimUserTask: claim,
    commands.ReleaseUserTask: release,
    commands.AssignUserTask: assign,
    commands.DelegateUserTask: delegate,
    commands.CompleteUserTask: complete,
    commands.TriggerTimer: _trigger_timer,
    commands.DeliverMessage: _deliver_message,
    commands.CompleteServiceTask: _complete_service_task,
    commands.FailServiceTask: _fail_service_task,
    commands.ResolveIncident: _resolve_incident,
    commands.CancelProcessInstance: repairs.cancel,
    commands.SuspendProcessInstance: repairs.suspend,
    commands.ResumeProcessInstance: repairs.resume,
    commands.MoveDeadlines: move_deadlines,
    commands.SetVariables: repairs.set_variables,
    commands.MoveToken: repairs.move_token,
}
"""Every command but the first and the migration; a test holds that none is missing."""
