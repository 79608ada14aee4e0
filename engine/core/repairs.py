"""What a supervisor may do to a case that cannot go on by itself. Every repair needs a reason, which goes to history.

(Trying again is :class:`~engine.core.commands.ResolveIncident`, giving a task to somebody else
:class:`~engine.core.commands.AssignUserTask`.)
"""

from collections.abc import Iterator

from engine.core import commands, events
from engine.core.instance import ProcessInstance
from engine.core.lifecycle import InstanceStatus
from engine.core.rejection import Rejection
from engine.core.spiff.element import Element
from engine.core.spiff.events import CatchEvent, StartEvent
from engine.core.spiff.reactions import BoundaryEvent, EventSubProcess
from engine.core.spiff.token import Token
from engine.core.spiff.variables import Knowledge
from engine.core.trouble import Trouble
from engine.core.values import admit


def require_reason(reason: str) -> None:
    """:raises Rejection: ``reason-required``."""
    if not reason.strip():
        raise Rejection("reason-required", field="reason")


def cancel(instance: ProcessInstance, command: commands.CancelProcessInstance) -> None:
    require_reason(command.reason)
    instance.root.clear()
    instance.root.emptied.clear()
    instance.status = InstanceStatus.CANCELED
    instance.root.emit(events.ProcessInstanceCanceled(reason=command.reason))


def suspend(instance: ProcessInstance, command: commands.SuspendProcessInstance) -> None:
    require_reason(command.reason)
    instance.status = InstanceStatus.SUSPENDED
    instance.root.emit(events.ProcessInstanceSuspended(reason=command.reason))


def resume(instance: ProcessInstance, command: commands.ResumeProcessInstance) -> None:
    require_reason(command.reason)
    instance.status = InstanceStatus.ACTIVE
    instance.root.emit(events.ProcessInstanceResumed(reason=command.reason))


def set_variables(instance: ProcessInstance, command: commands.SetVariables) -> None:
    """Everywhere: every branch gets the same value by the same write, so that a later join finds them agreed."""
    require_reason(command.reason)
    variables = admit(command.variables)
    if command.token_id is None:
        root = instance.root
        holders = [known for scope in root.all_scopes() if scope.domain() is root for known in scope.holders()]
    else:
        holders = list(_known_at(_token(instance, command.token_id)))
    for name, value in variables.items():
        stamp = instance.root.next_number()
        for knowledge in holders:
            knowledge.write(name, value, stamp)
    instance.root.emit(events.VariablesSet(variables=variables, reason=command.reason, token_id=command.token_id))


def move_token(instance: ProcessInstance, command: commands.MoveToken) -> None:
    require_reason(command.reason)
    token = _token(instance, command.token_id)
    target = _enterable(token, command.element_id)
    known = _known_now(token)
    moved = token.parent._add_child(target)
    moved.knowledge, moved.local = known, token.local
    target.emit(
        moved,
        events.TokenMoved,
        from_element_id=token.element.bpmn_id,
        from_token_id=token.id,
        reason=command.reason,
    )
    token.cancel()
    target._update(moved)


def _token(instance: ProcessInstance, token_id: str) -> Token:
    token = instance.root.find(token_id)
    if token is None or token.parent is None or token.triggered:
        raise Rejection("token-not-live", field="token_id", token=token_id)
    return token


def _known_at(token: Token) -> Iterator[Knowledge]:
    """What a token knows and every token inside that shares its names: what an activity's own token knows is replaced by
    what comes out of it."""
    yield token.knowledge
    inside = [child for child in token.children if not child.triggered]
    scope = token.scope.root_scope.scopes.get(token.id)
    if scope is not None and not token.internal_data.get("keeps_knowledge"):
        inside += [child for child in scope.task_tree.children if not child.triggered]
        if scope.outcome is not None:
            yield scope.outcome
    for child in inside:
        yield from _known_at(child)


def _known_now(token: Token) -> Knowledge:
    """:raises Rejection: ``branches-contradict``."""
    try:
        return token.element.knowledge_now(token)
    except Trouble as trouble:
        raise Rejection("branches-contradict", field="token_id", token=token.id, problem=trouble.message) from trouble


def _enterable(token: Token, element_id: str) -> Element:
    """The element to go on at. A part of a multi-instance activity, a loop or an event gateway cannot be moved alone."""
    target = token.scope.spec.task_specs.get(element_id)
    dependent = token.parent is not token.scope.task_tree
    if dependent or not isinstance(target, Element) or isinstance(target, StartEvent | BoundaryEvent | EventSubProcess):
        raise Rejection("element-not-enterable", field="element_id", element=element_id)
    if isinstance(target, CatchEvent) and target.definition is None:
        raise Rejection("element-not-enterable", field="element_id", element=element_id)
    return target
