"""Who may do a user task, and what claiming, releasing, assigning, delegating and completing it change.

Separation of duties is checked wherever a task could come into somebody's hands, so that it cannot be got round by
delegation or assignment.
"""

from engine.core import commands, events
from engine.core.actor import Actor
from engine.core.instance import Performance, ProcessInstance
from engine.core.lifecycle import UserTaskState, next_user_task_state
from engine.core.rejection import Rejection
from engine.core.separation import Separation, same_run
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
    people = [command.actor.id, *([note["owner"]] if note["owner"] is not None else [])]
    for person in people:
        _require_separation(instance, token, person)
    variables = admit(command.variables)
    _remember(instance, token, people)
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
    for other in instance.model.separated_from(token.scope.process_key, token.element.bpmn_id):
        if any(done.actor == actor and _is_meant(other, token, done) for done in instance.performances):
            raise Rejection("separation-of-duties", task=token.id, actor=actor, element=other.element_id)


def _is_meant(other: Separation, token: Token, done: Performance) -> bool:
    if (done.process_key, done.element_id) != (other.process_key, other.element_id):
        return False
    return other.anywhere or same_run(done.scope, token.scope.path)


def _remember(instance: ProcessInstance, token: Token, people: list[str]) -> None:
    if not instance.model.separated_from(token.scope.process_key, token.element.bpmn_id):
        return
    for person in people:
        done = Performance(token.scope.process_key, token.element.bpmn_id, token.scope.path, person)
        if done not in instance.performances:
            instance.performances.append(done)
