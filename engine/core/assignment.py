"""Who may do a user task, and what claiming, releasing, assigning, delegating and completing it change.

Separation of duties is checked wherever a task could come into somebody's hands, so that it cannot be got round by
delegation or assignment.
"""

from engine.core import commands, events
from engine.core.actor import Actor
from engine.core.instance import Performance, ProcessInstance
from engine.core.lifecycle import UserTaskState, next_user_task_state
from engine.core.rejection import Rejection
from engine.core.spiff.activities import UserTask
from engine.core.spiff.token import Notes, Token
from engine.core.values import admit

UserTaskCommand = (
    commands.ClaimUserTask
    | commands.ReleaseUserTask
    | commands.AssignUserTask
    | commands.DelegateUserTask
    | commands.CompleteUserTask
)


def claim(instance: ProcessInstance, command: commands.ClaimUserTask) -> None:
    token, note, state = _task(instance, command)
    _require_candidate(note, command)
    _require_separation(instance, token, command.actor.id)
    note.update(state=state, assignee=command.actor.id)
    instance.root.emit(events.UserTaskClaimed(task_id=token.id, assignee=command.actor.id))


def release(instance: ProcessInstance, command: commands.ReleaseUserTask) -> None:
    token, note, state = _task(instance, command)
    _require_assignee(note, command)
    if not note["groups"]:
        raise Rejection("user-task-without-candidates", task=command.task_id)
    note.update(state=state, assignee=None, owner=None)
    instance.root.emit(events.UserTaskReleased(task_id=token.id))


def assign(instance: ProcessInstance, command: commands.AssignUserTask) -> None:
    token, note, state = _task(instance, command)
    _require_separation(instance, token, command.assignee)
    note.update(state=state, assignee=command.assignee, owner=None)
    instance.root.emit(events.UserTaskAssigned(task_id=token.id, assignee=command.assignee, reason=command.reason))


def delegate(instance: ProcessInstance, command: commands.DelegateUserTask) -> None:
    token, note, state = _task(instance, command)
    _require_assignee(note, command)
    _require_separation(instance, token, command.delegate)
    note.update(state=state, owner=command.actor.id, assignee=command.delegate)
    instance.root.emit(events.UserTaskDelegated(task_id=token.id, owner=command.actor.id, assignee=command.delegate))


def complete(instance: ProcessInstance, command: commands.CompleteUserTask) -> None:
    token, note, _ = _task(instance, command)
    if note["assignee"] is None:
        _require_candidate(note, command)
    else:
        _require_assignee(note, command)
    _require_separation(instance, token, command.actor.id)
    variables = admit(command.variables)
    _remember(instance, token, {command.actor.id, note["owner"]} - {None})
    note["assignee"] = command.actor.id
    element = token.element
    assert isinstance(element, UserTask)
    element.accept(token, command.actor.id, variables)


def _task(instance: ProcessInstance, command: UserTaskCommand) -> tuple[Token, Notes, str]:
    """The token, its note, and the state the command leads to."""
    token = instance.root.find(command.task_id)
    if token is None or "user_task" not in token.internal_data:
        raise Rejection("user-task-not-found", task=command.task_id)
    note = token.internal_data["user_task"]
    state = next_user_task_state(UserTaskState(note["state"]), command, command.task_id)
    return token, note, state.value


def _require_candidate(note: Notes, command: UserTaskCommand) -> None:
    if not _is_candidate(note, command.actor):
        raise Rejection("user-task-not-candidate", task=command.task_id, actor=command.actor.id)


def _is_candidate(note: Notes, actor: Actor) -> bool:
    return bool(set(note["groups"]) & set(actor.groups))


def _require_assignee(note: Notes, command: UserTaskCommand) -> None:
    if note["assignee"] != command.actor.id:
        raise Rejection("user-task-not-assignee", task=command.task_id, assignee=note["assignee"], actor=command.actor.id)


def _require_separation(instance: ProcessInstance, token: Token, actor: str) -> None:
    element = token.element
    assert isinstance(element, UserTask)
    for other in element.separate_from:
        if any(done.actor == actor and _refers(other, token, done) for done in instance.performances):
            raise Rejection("separation-of-duties", task=token.id, actor=actor, element=other)


def _refers(name: str, token: Token, done: Performance) -> bool:
    """``element`` means the same run of the same process, ``process/element`` any run of that process in the case."""
    process_key, _, element_id = name.rpartition("/")
    if process_key:
        return (done.process_key, done.element_id) == (process_key, element_id)
    return done.element_id == element_id and done.scope == token.scope.id


def _remember(instance: ProcessInstance, token: Token, people: set[str]) -> None:
    if not instance.model.is_separated(token.scope.process_key, token.element.bpmn_id):
        return
    for person in sorted(people):
        done = Performance(token.scope.process_key, token.element.bpmn_id, token.scope.id, person)
        if done not in instance.performances:
            instance.performances.append(done)
