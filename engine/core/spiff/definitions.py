"""Event definitions: what an event waits for or throws.

Stock definitions fire by themselves, reading the wall clock. These only open something (a timer, a subscription) that a
command closes.
"""

from dataclasses import asdict, dataclass

from engine.core import events
from engine.core.moments import from_text, to_text
from engine.core.script import Formula
from engine.core.spiff import timing
from engine.core.spiff.element import Element
from engine.core.spiff.timing import Schedule, TimerKind
from engine.core.spiff.token import Token
from engine.core.trouble import Trouble
from engine.core.values import Value, Variables


@dataclass(frozen=True, slots=True)
class TimerDefinition:
    """``timeDate``, ``timeDuration`` or ``timeCycle``."""

    kind: TimerKind
    formula: Formula

    def open(self, element: Element, token: Token) -> None:
        self.schedule(element, token, timing.first(self.kind, self.formula, token.context(), element.root(token).now))

    def schedule(self, element: Element, token: Token, schedule: Schedule) -> None:
        """Begin to wait; every wait is a timer with an id of its own."""
        timer_id = element.root(token).next_id()
        note = {**asdict(schedule), "id": timer_id, "due": to_text(schedule.due)}
        token.internal_data["timer"] = note
        element.emit(token, events.TimerScheduled, timer_id=timer_id, due=note["due"])

    def happened(self, element: Element, token: Token) -> None:
        """Close the timer that fired; a cycle that goes on is scheduled again."""
        note = token.internal_data.pop("timer")
        element.root(token).emit(events.TimerTriggered(timer_id=note["id"]))
        following = Schedule(from_text(note["due"]), note["repeat"], note["interval"]).after()
        if following is not None and not element.waits_once:
            self.schedule(element, token, following)

    def withdraw(self, element: Element, token: Token) -> None:
        note = token.internal_data.pop("timer", None)
        if note is not None:
            element.root(token).emit(events.TimerCanceled(timer_id=note["id"]))

    @staticmethod
    def still_waiting(token: Token) -> bool:
        return "timer" in token.internal_data


@dataclass(frozen=True, slots=True)
class MessageDefinition:
    """A message with its correlation key (the instance's business key unless the model says otherwise)."""

    message: str
    correlation_key: Formula | None = None
    payload: Formula | None = None

    def key(self, element: Element, token: Token) -> str | None:
        """:raises Trouble: ``correlation-failed``."""
        if self.correlation_key is None:
            return element.root(token).business_key
        value = self.correlation_key.value(token.context(), element.root(token).now)
        if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
            raise Trouble("correlation-failed", f"Expected {self.correlation_key.text!r} to be a key, but it is {value!r}.")
        return str(value)

    def open(self, element: Element, token: Token) -> None:
        key = self.key(element, token)
        subscription_id = element.root(token).next_id()
        token.internal_data["subscription"] = subscription_id
        element.emit(
            token,
            events.MessageSubscriptionOpened,
            subscription_id=subscription_id,
            message=self.message,
            correlation_key=key,
        )

    def happened(self, element: Element, token: Token) -> None:
        if element.waits_once:
            self.withdraw(element, token)

    def withdraw(self, element: Element, token: Token) -> None:
        subscription_id = token.internal_data.pop("subscription", None)
        if subscription_id is not None:
            element.root(token).emit(events.MessageSubscriptionClosed(subscription_id=subscription_id))

    @staticmethod
    def still_waiting(token: Token) -> bool:
        return "subscription" in token.internal_data

    def throw(self, element: Element, token: Token) -> None:
        """Send the message off; runtime finds who waits for it."""
        payload: Value = {}
        if self.payload is not None:
            payload = self.payload.value(token.context(), element.root(token).now)
            if not isinstance(payload, dict):
                raise Trouble("payload-invalid", f"Expected {self.payload.text!r} to be a context, but it is {payload!r}.")
        variables: Variables = payload if isinstance(payload, dict) else {}
        element.emit(
            token,
            events.MessageThrown,
            message=self.message,
            correlation_key=self.key(element, token),
            variables=variables,
        )


@dataclass(frozen=True, slots=True)
class ErrorDefinition:
    """A BPMN error. At a boundary, no code catches every error."""

    code: str | None


@dataclass(frozen=True, slots=True)
class TerminateDefinition:
    """Withdraws every other token of its process or subprocess."""


Waiting = TimerDefinition | MessageDefinition
Thrown = MessageDefinition | ErrorDefinition | TerminateDefinition
