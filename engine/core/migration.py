"""Taking a running instance to another version of its model.

The state is written down, its elements renamed, and read again on the new model; nothing is started anew, so every timer
keeps the moment it was due. What the new version has not is refused with the element to blame; boundary events and event
subprocesses it no longer has are withdrawn, those it has in addition begin to wait now.
"""

from collections.abc import Callable
from typing import Any

import orjson

from engine.core import commands, events
from engine.core.instance import ProcessInstance
from engine.core.model import ProcessModel
from engine.core.rejection import Rejection
from engine.core.repairs import require_reason
from engine.core.snapshot import dump, load
from engine.core.spiff.activities import UserTask
from engine.core.spiff.element import Element
from engine.core.spiff.gateways import Join
from engine.core.spiff.reactions import Reaction
from engine.core.spiff.scope import Scope
from engine.core.spiff.token import Token
from engine.core.spiff.variables import Knowledge

ROOT = "root"


def migrate(instance: ProcessInstance, command: commands.MigrateProcessInstance, target: ProcessModel) -> None:
    """Change the instance's model.

    :raises Rejection: ``reason-required``, ``migration-not-possible``.
    """
    require_reason(command.reason)
    if target.root.key != instance.model.root.key:
        raise _refused(target.root.key, "不是同一流程", "is another process")
    rename = _renaming(command.mapping)
    gone = [token for token in instance.tokens() if token.triggered and not _has_reaction(token, target, rename)]
    for token in instance.tokens():
        if token not in gone:
            _check(token, target, rename)
    for token in gone:
        token.cancel()
    before = instance.root
    moved = load(target, orjson.dumps(_renamed(orjson.loads(dump(instance)), rename)))
    instance.model, instance.root_scope = target, moved.root_scope
    instance.bindings = dict(command.bindings)
    instance.root.continue_command(before)
    instance.root.emit(
        events.ProcessInstanceMigrated(
            definition_id=command.bindings.get(f"process:{target.root.key}", ""),
            bindings=dict(command.bindings),
            mapping=dict(command.mapping),
            reason=command.reason,
        )
    )
    for token in list(instance.tokens()):
        _say(token, before.find(token.id))
    _arm_what_is_new(instance)


Rename = Callable[[str, str], str]


def _renaming(mapping: dict[str, str]) -> Rename:
    return lambda process_key, element_id: mapping.get(f"{process_key}/{element_id}", element_id)


def _renamed(stored: dict[str, Any], rename: Rename) -> dict[str, Any]:
    for scope in stored["scopes"]:
        process_key = scope["process"]
        scope["spec"] = rename(process_key, scope["spec"])
        for token in scope["tokens"]:
            token["element"] = rename(process_key, token["element"])
    return stored


def _refused(element: str, zh: str, en: str) -> Rejection:
    return Rejection("migration-not-possible", field="mapping", element=element, zh=zh, en=en)


def _target_element(token: Token, target: ProcessModel, rename: Rename) -> Element | None:
    """The element a token would stand at. None: the new version has none of that name there."""
    process_key = token.scope.process_key
    if process_key not in target.processes:
        return None
    spec = target.definition(process_key).specs.get(rename(process_key, token.scope.spec.name))
    found = spec.task_specs.get(rename(process_key, token.element.bpmn_id)) if spec is not None else None
    return found if isinstance(found, Element) else None


def _has_reaction(token: Token, target: ProcessModel, rename: Rename) -> bool:
    element = _target_element(token, target, rename)
    if not isinstance(element, Reaction) or not element.waits or type(element.definition) is not type(_definition(token)):
        return False
    if token.parent.id == ROOT:
        return element in element._wf_spec.event_subprocesses
    host = _target_element(token.parent, target, rename)
    return host is not None and element in host.boundary_events


def _definition(token: Token) -> object:
    return getattr(token.element, "definition", None)


def _check(token: Token, target: ProcessModel, rename: Rename) -> None:
    """:raises Rejection: the token cannot stand in the new version where it stands now."""
    element, name = _target_element(token, target, rename), token.element.bpmn_id
    if element is None:
        raise _refused(name, "在新版本中不存在", "is not in the new version")
    if type(element) is not type(token.element):
        raise _refused(name, "在新版本中是另一种元素", "is an element of another kind there")
    if type(_definition(token)) is not type(getattr(element, "definition", None)):
        raise _refused(name, "在新版本中等待的是别的事件", "waits for something else there")
    if type(getattr(element, "multi_instance", None)) is not type(getattr(token.element, "multi_instance", None)):
        raise _refused(name, "的多实例设置已改变", "is repeated in another way there")
    if isinstance(element, Join) and token.flow_id not in {flow.id for flow in element.incoming}:
        raise _refused(name, "的入线已改变", "is entered over other flows there")


def _say(token: Token, old: Token | None) -> None:
    assert old is not None, "a migration makes no tokens"
    notes, element = token.internal_data, token.element
    element.emit(
        token,
        events.TokenMigrated,
        from_element_id=old.element.bpmn_id,
        visible=bool(notes.get("entered")),
        user_task=_user_task(element) if "user_task" in notes else None,
        timer_id=notes.get("timer", {}).get("id"),
        subscription_id=notes.get("subscription"),
        job_id=notes.get("job"),
        incident_id=notes.get("incident", {}).get("id"),
    )


def _user_task(element: Element) -> dict[str, Any]:
    assert isinstance(element, UserTask)
    return {"title": element.title, "form_key": element.form_key, "lane": element.lane, "limit": element.limit}


def _arm_what_is_new(instance: ProcessInstance) -> None:
    for scope in list(instance.root.all_scopes()):
        _arm_scope(scope)
    for token in list(instance.tokens()):
        if not token.triggered and "loop" not in token.internal_data:
            armed = {child.element for child in token.children if child.triggered}
            for reaction in token.element.boundary_events:
                if reaction.waits_at_boundary and reaction not in armed:
                    token.element.arm_one(token, reaction)


def _arm_scope(scope: Scope) -> None:
    armed = {child.element for child in scope.task_tree.children if child.triggered}
    known = Knowledge(scope.root_scope.view(scope))
    local = scope.activity.element.inner_local(scope.activity) if scope.activity is not None else {}
    for reaction in scope.spec.event_subprocesses:
        if reaction not in armed and not scope.completed:
            reaction.arm_in(scope, known, local)
