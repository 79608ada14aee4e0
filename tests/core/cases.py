"""A case under test: an instance that is driven by commands and checks the laws after each of them."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from engine.core import commands, events
from engine.core.actor import WORKER, Actor
from engine.core.events import Event
from engine.core.instance import new_instance
from engine.core.model import ProcessModel, compile_definition, link
from engine.core.process import process
from engine.core.snapshot import dump, load
from tests.core.sketch import bpmn

CLERK = Actor("clerk", ("g",))
BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def model(text: str, **called: str) -> ProcessModel:
    """The sketch ``text`` as process ``p``, with the processes it calls by key."""
    definitions = {"p": compile_definition(bpmn(text))}
    definitions |= {key: compile_definition(bpmn(inner, key)) for key, inner in called.items()}
    return link("p", definitions)


class Case:
    """Runs a model. After every command the snapshot is taken, loaded and taken again: nothing may differ (law a)."""

    def __init__(self, text: str, variables: dict[str, Any] | None = None, **called: str) -> None:
        self.model = model(text, **called)
        self.instance = new_instance(self.model)
        self.now = BEGIN
        self.history: list[tuple[commands.Command, datetime, tuple[Event, ...]]] = []
        self.ids = count(1)
        self.do(commands.StartProcessInstance, process_key="p", business_key="B1", variables=variables or {})

    def do(self, kind: type[commands.Command], actor: Actor = CLERK, **fields: Any) -> tuple[Event, ...]:
        command = kind(instance_id="i", command_id=str(next(self.ids)), actor=actor, **fields)
        happened = process(self.instance, command, self.now)
        self.history.append((command, self.now, happened))
        before = dump(self.instance)
        self.instance = load(self.model, before)
        assert dump(self.instance) == before
        return happened

    @property
    def events(self) -> list[Event]:
        return [event for _, _, happened in self.history for event in happened]

    def of(self, kind: type[Event]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def open(self) -> list[str]:
        """Element ids of the open user tasks, sorted."""
        return sorted(view.element_id for view in self.instance.user_tasks())

    def task(self, element: str) -> Any:
        return next(view for view in self.instance.user_tasks() if view.element_id == element)

    def complete(self, element: str, actor: Actor = CLERK, **variables: Any) -> tuple[Event, ...]:
        return self.do(commands.CompleteUserTask, actor, task_id=self.task(element).task_id, variables=variables)

    @property
    def timers(self) -> dict[str, str]:
        """Open timers by id."""
        opened = {event.timer_id: event.due for event in self.of(events.TimerScheduled)}
        for event in [*self.of(events.TimerTriggered), *self.of(events.TimerCanceled)]:
            del opened[event.timer_id]
        return opened

    def wait(self, **length: float) -> None:
        """Let time pass and fire what is due, earliest first."""
        self.now += timedelta(**length)
        while due := sorted((due, timer) for timer, due in self.timers.items() if due <= _text(self.now)):
            self.do(commands.TriggerTimer, timer_id=due[0][1])

    def answer(self, result: Any = None) -> tuple[Event, ...]:
        """The oldest open job's result comes back."""
        asked = [event.job_id for event in self.of(events.ServiceTaskRequested)]
        done = {
            event.job_id
            for kind in (events.ServiceTaskCompleted, events.ServiceTaskFailed, events.ServiceTaskCanceled)
            for event in self.of(kind)
        }
        job = next(job for job in asked if job not in done)
        return self.do(commands.CompleteServiceTask, WORKER, job_id=job, result=result)

    def message(self, name: str, **variables: Any) -> tuple[Event, ...]:
        closed = {event.subscription_id for event in self.of(events.MessageSubscriptionClosed)}
        subscription = next(
            event.subscription_id
            for event in self.of(events.MessageSubscriptionOpened)
            if event.message == name and event.subscription_id not in closed
        )
        return self.do(commands.DeliverMessage, WORKER, subscription_id=subscription, variables=variables)

    @property
    def status(self) -> str:
        return self.instance.status.value

    @property
    def variables(self) -> dict[str, Any]:
        return self.instance.variables()

    @property
    def incidents(self) -> list[str]:
        """Codes of the open incidents."""
        resolved = {event.incident_id for event in self.of(events.IncidentResolved)}
        return [event.code for event in self.of(events.IncidentRaised) if event.incident_id not in resolved]

    def replay(self) -> bytes:
        """The state rebuilt from the commands alone; their events must be the ones that were recorded."""
        instance = new_instance(self.model)
        for command, now, happened in self.history:
            again = type(command).from_dict(command.to_dict())
            assert process(instance, again, now) == happened
        return dump(instance)


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
