"""A process instance: where it stands, what it knows, who did what that somebody else must not do."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.core.lifecycle import InstanceStatus, UserTaskState
from engine.core.model import ProcessModel
from engine.core.spiff.activities import UserTask
from engine.core.spiff.scope import RootScope
from engine.core.spiff.token import Token
from engine.core.values import Variables, copied


@dataclass(frozen=True, slots=True)
class UserTaskView:
    """An open user task as somebody who is to do it sees it."""

    task_id: str
    element_id: str
    process_key: str
    title: str
    form_key: str | None
    state: UserTaskState
    assignee: str | None
    owner: str | None
    candidate_groups: tuple[str, ...]
    due: str | None
    variables: Variables


@dataclass(slots=True)
class Performance:
    """Who completed a user task that another task must not be done by the same person as. ``scope``: the scope's path."""

    process_key: str
    element_id: str
    scope: str
    actor: str


@dataclass(slots=True)
class ProcessInstance:
    """The state of one case on its model. Changed only by :func:`engine.core.process.process`.

    ``version`` counts accepted commands, so it says how far history has been applied.
    """

    model: ProcessModel
    id: str = ""
    business_key: str | None = None
    status: InstanceStatus = InstanceStatus.NEW
    version: int = 0
    bindings: dict[str, str] = field(default_factory=dict)
    performances: list[Performance] = field(default_factory=list)
    root_scope: RootScope | None = None

    @property
    def root(self) -> RootScope:
        assert self.root_scope is not None, "the instance has been started"
        return self.root_scope

    def tokens(self) -> Iterator[Token]:
        return self.root.all_tokens() if self.root_scope is not None else iter(())

    def user_task(self, task_id: str) -> UserTaskView | None:
        """The open user task with this id."""
        token = self.root.find(task_id) if self.root_scope is not None else None
        if token is None or "user_task" not in token.internal_data:
            return None
        note, element = token.internal_data["user_task"], token.element
        assert isinstance(element, UserTask)
        if note["state"] == UserTaskState.COMPLETED.value:
            return None  # done, but what came of it contradicts another branch: an incident holds the token
        return UserTaskView(
            task_id=token.id,
            element_id=element.bpmn_id,
            process_key=token.scope.process_key,
            title=element.title,
            form_key=element.form_key,
            state=UserTaskState(note["state"]),
            assignee=note["assignee"],
            owner=note["owner"],
            candidate_groups=tuple(note["groups"]),
            due=note["due"],
            variables=copied(token.context()),
        )

    def user_tasks(self) -> list[UserTaskView]:
        """All open user tasks, oldest first."""
        views = (self.user_task(token.id) for token in self.tokens() if "user_task" in token.internal_data)
        return [view for view in views if view is not None]

    def variables(self) -> Variables:
        """What the case knows as a whole: of each variable the newest value any of its branches holds."""
        return copied(self.root_scope.view(self.root_scope)) if self.root_scope is not None else {}


def new_instance(model: ProcessModel) -> ProcessInstance:
    """An instance that has not been started: its first command is ``StartProcessInstance``."""
    return ProcessInstance(model)
