"""Whatever an instance opened it closes, once."""

from collections import Counter
from collections.abc import Iterable

from engine.core import events
from engine.core.events import Event

PAIRS: tuple[tuple[type[Event], str, tuple[type[Event], ...]], ...] = (
    (events.ElementEntered, "token_id", (events.ElementCompleted, events.ElementCanceled, events.ElementMerged)),
    (events.UserTaskCreated, "task_id", (events.UserTaskCompleted, events.UserTaskCanceled)),
    (events.TimerScheduled, "timer_id", (events.TimerTriggered, events.TimerCanceled)),
    (
        events.ServiceTaskRequested,
        "job_id",
        (events.ServiceTaskCompleted, events.ServiceTaskFailed, events.ServiceTaskCanceled),
    ),
    (events.MessageSubscriptionOpened, "subscription_id", (events.MessageSubscriptionClosed,)),
    (events.IncidentRaised, "incident_id", (events.IncidentResolved,)),
)


def assert_everything_was_closed(happened: Iterable[Event]) -> None:
    """In the events of an instance that has ended every opening has one closing, after it."""
    happened = list(happened)
    for opening, key, closings in PAIRS:
        open_now: set[str] = set()
        seen: Counter[str] = Counter()
        for event in happened:
            if isinstance(event, opening):
                name = getattr(event, key)
                seen[name] += 1
                open_now.add(name)
            elif isinstance(event, closings):
                name = getattr(event, key)
                assert name in open_now, f"{event} closes what is not open"
                open_now.remove(name)
        assert not open_now, f"{opening.__name__} never closed: {sorted(open_now)}"
        assert set(seen.values()) <= {1}, f"{opening.__name__} twice: {seen.most_common(1)}"
