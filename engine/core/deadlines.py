"""Timers and due dates that move with a clock outside the core (a statutory clock that pauses, is extended, is recomputed).

The core reads no clock and knows no calendar. A model binds a timer, or the due date of a task, to a name (property ``clock``:
``C1:red``); whoever keeps the clock says when that moment comes, by a command that history keeps, so that a replay needs
neither the clock nor the calendar. What was told stays with the instance: a timer that begins to wait later uses it too. While
a clock stands still its moments do not come: what is bound to them has no due date then, not a far one.
"""

from datetime import datetime

from engine.core import commands, events
from engine.core.instance import ProcessInstance
from engine.core.lifecycle import UserTaskState
from engine.core.moments import from_text, to_text
from engine.core.rejection import Rejection
from engine.core.spiff.token import Token

DONE = (UserTaskState.COMPLETED.value, UserTaskState.CANCELED.value)


def move_deadlines(instance: ProcessInstance, command: commands.MoveDeadlines) -> None:
    """Move whatever is bound to the moments.

    :raises Rejection: ``moment-not-readable``.
    """
    told = {binding: None if text is None else _readable(text) for binding, text in command.moments.items()}
    instance.root.deadlines.update(told)
    for token in instance.tokens():
        _move_timer(instance, token, told)
        _move_task(instance, token, told)


def _readable(text: str) -> str:
    try:
        moment: datetime = from_text(text)
    except ValueError:
        raise Rejection("moment-not-readable", field="moments", value=text[:40]) from None
    return to_text(moment)


def _move_timer(instance: ProcessInstance, token: Token, told: dict[str, str | None]) -> None:
    note = token.internal_data.get("timer", {})
    binding = note.get("binding")
    if binding in told and note["due"] != told[binding]:
        note["due"] = told[binding]
        instance.root.emit(events.TimerRescheduled(timer_id=note["id"], due=note["due"]))


def _move_task(instance: ProcessInstance, token: Token, told: dict[str, str | None]) -> None:
    note = token.internal_data.get("user_task", {})
    binding = note.get("binding")
    if binding in told and note["state"] not in DONE and note["due"] != told[binding]:
        note["due"] = told[binding]
        instance.root.emit(events.UserTaskRescheduled(task_id=token.id, due=note["due"], since=note["since"]))
