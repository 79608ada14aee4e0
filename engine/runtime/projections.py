"""What the tables of open work say, written from events and from nothing else (law c).

One function for each type of event, in :data:`PROJECTIONS`; a test holds that none is missing. A function sees the event
and where it stands in history, never the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from engine.core import events
from engine.core.events import Event
from engine.core.lifecycle import InstanceStatus, UserTaskState
from engine.core.moments import from_text
from engine.runtime.changes import Changes

WARNING_SHARE = 0.2
"""A light turns yellow when this share of the time between creation and due date is left (DOMAIN.md, statutory clock)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands: its row of history, and the instance it belongs to."""

    instance_id: str
    process_key: str
    business_key: str | None
    sequence: int
    version: int
    at: datetime
    actor_id: str


Projection = Callable[[Changes, Any, Place], None]
PROJECTIONS: dict[type[Event], Projection] = {}

Kind = TypeVar("Kind", bound=Event)


def project(changes: Changes, event: Event, place: Place) -> None:
    """Gather what an event changes."""
    PROJECTIONS[type(event)](changes, event, place)


def _of(*kinds: type[Event]) -> Callable[[Projection], Projection]:
    def register(function: Projection) -> Projection:
        PROJECTIONS.update(dict.fromkeys(kinds, function))
        return function

    return register


def _element(event: events.ElementEvent) -> dict[str, Any]:
    return {"process_key": event.process_key, "element_id": event.element_id, "scope": event.scope}


@_of(events.ProcessInstanceStarted)
def _instance_started(changes: Changes, event: events.ProcessInstanceStarted, place: Place) -> None:
    changes.insert(
        "process_instance",
        {
            "id": place.instance_id,
            "process_key": event.process_key,
            "definition_id": event.definition_id,
            "business_key": event.business_key,
            "status": InstanceStatus.ACTIVE.value,
            "bindings": event.bindings,
            "started_at": place.at,
            "started_by": place.actor_id,
            "ended_at": None,
            "end_reason": None,
        },
    )


@_of(events.ProcessInstanceCompleted)
def _instance_completed(changes: Changes, event: events.ProcessInstanceCompleted, place: Place) -> None:
    status = InstanceStatus.COMPLETED.value
    changes.update("process_instance", place.instance_id, status=status, ended_at=place.at)


@_of(events.ProcessInstanceCanceled)
def _instance_canceled(changes: Changes, event: events.ProcessInstanceCanceled, place: Place) -> None:
    changes.update(
        "process_instance",
        place.instance_id,
        status=InstanceStatus.CANCELED.value,
        ended_at=place.at,
        end_reason=event.reason,
    )


@_of(events.ProcessInstanceSuspended)
def _instance_suspended(changes: Changes, event: events.ProcessInstanceSuspended, place: Place) -> None:
    changes.update("process_instance", place.instance_id, status=InstanceStatus.SUSPENDED.value)


@_of(events.ProcessInstanceResumed)
def _instance_resumed(changes: Changes, event: events.ProcessInstanceResumed, place: Place) -> None:
    changes.update("process_instance", place.instance_id, status=InstanceStatus.ACTIVE.value)


@_of(events.ProcessInstanceMigrated)
def _instance_migrated(changes: Changes, event: events.ProcessInstanceMigrated, place: Place) -> None:
    changes.update("process_instance", place.instance_id, definition_id=event.definition_id, bindings=event.bindings)


@_of(events.TokenMigrated)
def _token_migrated(changes: Changes, event: events.TokenMigrated, place: Place) -> None:
    """What is open at the token stands at another element now."""
    if event.user_task is not None:
        changes.update("user_task", event.token_id, element_id=event.element_id, **event.user_task)
    for table, key in (
        ("timer", event.timer_id),
        ("message_subscription", event.subscription_id),
        ("job", event.job_id),
        ("incident", event.incident_id),
    ):
        if key is not None:
            changes.update(table, key, element_id=event.element_id)


@_of(events.DecisionEvaluated)
def _decided(changes: Changes, event: events.DecisionEvaluated, place: Place) -> None:
    """Which rules decided is read from history."""


@_of(events.VariablesSet, events.TokenMoved)
def _repaired(changes: Changes, event: events.VariablesSet | events.TokenMoved, place: Place) -> None:
    """Variables are in the snapshot; what a moved token opens and closes has events of its own."""


@_of(events.ElementEntered, events.ElementCompleted, events.ElementCanceled, events.ElementMerged)
def _element_moved(changes: Changes, event: events.ElementEvent, place: Place) -> None:
    """Counted in :mod:`engine.runtime.element_counts`, which is stored with the instance."""


@_of(events.UserTaskCreated)
def _user_task_created(changes: Changes, event: events.UserTaskCreated, place: Place) -> None:
    due = _moment(event.due)
    changes.insert(
        "user_task",
        {
            "id": event.task_id,
            "instance_id": place.instance_id,
            "business_key": place.business_key,
            "root_process_key": place.process_key,
            **_element(event),
            "title": event.title,
            "form_key": event.form_key,
            "lane": event.lane,
            "state": (UserTaskState.CREATED if event.assignee is None else UserTaskState.CLAIMED).value,
            "assignee": event.assignee,
            "owner": None,
            "performer": None,
            "candidate_groups": list(event.candidate_groups),
            "instance_index": event.instance_index,
            "instance_item": event.instance_item,
            "created_at": place.at,
            "ended_at": None,
            "due": due,
            "warn_at": warning_moment(place.at, due),
            "binding": None,
            "limit": event.limit,
            "version": place.version,
        },
    )
    for group in dict.fromkeys(event.candidate_groups):
        changes.insert(
            "user_task_candidate",
            {
                "task_id": event.task_id,
                "group_id": group,
                "ended": False,
                "assigned": event.assignee is not None,
                "created_at": place.at,
            },
        )


def warning_moment(created: datetime, due: datetime | None) -> datetime | None:
    """When the light of something due turns yellow."""
    if due is None:
        return None
    return due - max(due - created, timedelta()) * WARNING_SHARE


@_of(events.UserTaskBound)
def _user_task_bound(changes: Changes, event: events.UserTaskBound, place: Place) -> None:
    changes.update("user_task", event.task_id, binding=event.binding)


@_of(events.UserTaskRescheduled)
def _user_task_rescheduled(changes: Changes, event: events.UserTaskRescheduled, place: Place) -> None:
    due = _moment(event.due)
    changes.update("user_task", event.task_id, due=due, warn_at=warning_moment(from_text(event.since), due))


def _user_task_changed(changes: Changes, task_id: str, place: Place, state: UserTaskState, **values: Any) -> None:
    changes.update("user_task", task_id, state=state.value, version=place.version, **values)


@_of(events.UserTaskClaimed, events.UserTaskAssigned)
def _user_task_assigned(changes: Changes, event: events.UserTaskClaimed | events.UserTaskAssigned, place: Place) -> None:
    _user_task_changed(changes, event.task_id, place, UserTaskState.CLAIMED, assignee=event.assignee, owner=None)
    changes.update("user_task_candidate", event.task_id, assigned=True)


@_of(events.UserTaskReleased)
def _user_task_released(changes: Changes, event: events.UserTaskReleased, place: Place) -> None:
    _user_task_changed(changes, event.task_id, place, UserTaskState.CREATED, assignee=None, owner=None)
    changes.update("user_task_candidate", event.task_id, assigned=False)


@_of(events.UserTaskDelegated)
def _user_task_delegated(changes: Changes, event: events.UserTaskDelegated, place: Place) -> None:
    _user_task_changed(changes, event.task_id, place, UserTaskState.DELEGATED, assignee=event.assignee, owner=event.owner)


def _leave_lists(changes: Changes, task_id: str) -> None:
    """A candidate now only in retrospect; and what was typed but not sent is nobody's business."""
    changes.update("user_task_candidate", task_id, ended=True)
    changes.delete("user_task_draft", task_id)


@_of(events.UserTaskCompleted)
def _user_task_completed(changes: Changes, event: events.UserTaskCompleted, place: Place) -> None:
    _user_task_changed(changes, event.task_id, place, UserTaskState.COMPLETED, performer=event.performer, ended_at=place.at)
    _leave_lists(changes, event.task_id)


@_of(events.UserTaskCanceled)
def _user_task_canceled(changes: Changes, event: events.UserTaskCanceled, place: Place) -> None:
    _user_task_changed(changes, event.task_id, place, UserTaskState.CANCELED, ended_at=place.at)
    _leave_lists(changes, event.task_id)


@_of(events.TimerScheduled)
def _timer_scheduled(changes: Changes, event: events.TimerScheduled, place: Place) -> None:
    due = _moment(event.due)
    changes.insert(
        "timer",
        {
            "id": event.timer_id,
            "instance_id": place.instance_id,
            **_element(event),
            "due": due,
            "binding": None,
            "next_attempt_at": due,
        },
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)


@_of(events.TimerBound)
def _timer_bound(changes: Changes, event: events.TimerBound, place: Place) -> None:
    changes.update("timer", event.timer_id, binding=event.binding)


@_of(events.TimerRescheduled)
def _timer_rescheduled(changes: Changes, event: events.TimerRescheduled, place: Place) -> None:
    due = _moment(event.due)
    changes.update("timer", event.timer_id, due=due, next_attempt_at=due)


@_of(events.TimerTriggered, events.TimerCanceled)
def _timer_over(changes: Changes, event: events.TimerTriggered | events.TimerCanceled, place: Place) -> None:
    changes.delete("timer", event.timer_id)


@_of(events.ServiceTaskRequested)
def _service_task_requested(changes: Changes, event: events.ServiceTaskRequested, place: Place) -> None:
    changes.insert(
        "job",
        {
            "id": event.job_id,
            "instance_id": place.instance_id,
            "kind": "service",
            **_element(event),
            "operator": event.operator,
            "parameters": event.parameters,
            "sequence": place.sequence,
            "requested_at": place.at,
            "next_attempt_at": place.at,
        },
    )


@_of(events.ServiceTaskCompleted, events.ServiceTaskFailed, events.ServiceTaskCanceled)
def _service_task_over(
    changes: Changes,
    event: events.ServiceTaskCompleted | events.ServiceTaskFailed | events.ServiceTaskCanceled,
    place: Place,
) -> None:
    changes.delete("job", event.job_id)


@_of(events.MessageSubscriptionOpened)
def _subscription_opened(changes: Changes, event: events.MessageSubscriptionOpened, place: Place) -> None:
    changes.insert(
        "message_subscription",
        {
            "id": event.subscription_id,
            "instance_id": place.instance_id,
            **_element(event),
            "kind": event.kind,
            "message": event.message,
            "correlation_key": event.correlation_key,
            "opened_at": place.at,
        },
    )


@_of(events.MessageSubscriptionClosed)
def _subscription_closed(changes: Changes, event: events.MessageSubscriptionClosed, place: Place) -> None:
    changes.delete("message_subscription", event.subscription_id)


@_of(events.MessageReceived)
def _message_received(changes: Changes, event: events.MessageReceived, place: Place) -> None:
    """A subscription outlives the message until it is closed: a non-interrupting boundary event receives many."""


@_of(events.MessageThrown)
def _message_thrown(changes: Changes, event: events.MessageThrown, place: Place) -> None:
    """A job for the worker: correlation is a step of another instance, in a transaction of its own."""
    changes.insert(
        "job",
        {
            "id": f"{event.token_id}/message",
            "instance_id": place.instance_id,
            "kind": "message",
            **_element(event),
            "operator": event.message,
            "parameters": {"correlation_key": event.correlation_key, "variables": event.variables},
            "sequence": place.sequence,
            "requested_at": place.at,
            "next_attempt_at": place.at,
        },
    )


@_of(events.SignalThrown)
def _signal_thrown(changes: Changes, event: events.SignalThrown, place: Place) -> None:
    """A job for the worker: every other instance that waits for the signal hears it in a step of its own."""
    changes.insert(
        "job",
        {
            "id": f"{event.token_id}/signal",
            "instance_id": place.instance_id,
            "kind": "signal",
            **_element(event),
            "operator": event.signal,
            "parameters": {"variables": event.variables},
            "sequence": place.sequence,
            "requested_at": place.at,
            "next_attempt_at": place.at,
        },
    )


@_of(events.IncidentRaised)
def _incident_raised(changes: Changes, event: events.IncidentRaised, place: Place) -> None:
    changes.insert(
        "incident",
        {
            "id": event.incident_id,
            "instance_id": place.instance_id,
            "kind": "model",
            **_element(event),
            "job_id": event.job_id,
            "code": event.code,
            "message": event.message,
            "message_zh": event.message_zh,
            "state": "open",
            "raised_at": place.at,
            "resolved_at": None,
            "resolved_by": None,
            "reason": None,
        },
    )


@_of(events.IncidentResolved)
def _incident_resolved(changes: Changes, event: events.IncidentResolved, place: Place) -> None:
    changes.update(
        "incident",
        event.incident_id,
        state="resolved",
        resolved_at=place.at,
        resolved_by=place.actor_id,
        reason=event.reason,
    )
