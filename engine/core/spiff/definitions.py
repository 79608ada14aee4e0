"""Event definitions: what an event waits for or throws.

Stock definitions fire by themselves, reading the wall clock. These only open something (a timer, a subscription) that a
command closes.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from engine.core import events
from engine.core.moments import from_text, to_text
from engine.core.script import Condition, Formula
from engine.core.spiff import timing
from engine.core.spiff.element import Element
from engine.core.spiff.timing import Schedule, TimerKind
from engine.core.spiff.token import Token
from engine.core.trouble import Trouble
from engine.core.values import Variables


@dataclass(frozen=True, slots=True)
class TimerDefinition:
    """``timeDate``, ``timeDuration`` or ``timeCycle``; a date may be bound to a moment that is told from outside."""

    kind: TimerKind
    formula: Formula
    binding: Formula | None = None

    def open(self, element: Element, token: Token) -> None:
        if self.binding is None:
            now = element.root(token).moment
            self.schedule(element, token, timing.first(self.kind, self.formula, token.context(), now).from_now_on(now))
            return
        binding = bound_to(self.binding, element, token)
        self.schedule(element, token, Schedule(bound_moment(binding, self.formula, element, token)))
        note = token.internal_data["timer"]
        note["binding"] = binding
        element.root(token).emit(events.TimerBound(timer_id=note["id"], binding=binding))

    def schedule(self, element: Element, token: Token, schedule: Schedule) -> None:
        """Begin to wait; every wait is a timer with an id of its own."""
        timer_id = element.root(token).next_id()
        note = {**asdict(schedule), "id": timer_id, "due": None if schedule.due is None else to_text(schedule.due)}
        token.internal_data["timer"] = note
        element.emit(token, events.TimerScheduled, timer_id=timer_id, due=note["due"])

    def happened(self, element: Element, token: Token) -> None:
        """Close the timer that fired; a cycle that goes on is scheduled again."""
        note = token.internal_data.pop("timer")
        element.root(token).emit(events.TimerTriggered(timer_id=note["id"]))
        due = None if note["due"] is None else from_text(note["due"])
        following = Schedule(due, note["repeat"], note["interval"]).after()
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
        close_subscription(element, token)

    @staticmethod
    def still_waiting(token: Token) -> bool:
        return "subscription" in token.internal_data

    def throw(self, element: Element, token: Token) -> None:
        """Send the message off; runtime finds who waits for it."""
        element.emit(
            token,
            events.MessageThrown,
            message=self.message,
            correlation_key=self.key(element, token),
            variables=payload_of(self.payload, element, token),
        )


@dataclass(frozen=True, slots=True)
class SignalDefinition:
    """A signal: heard by everybody who waits for it, in this instance and in others."""

    signal: str
    payload: Formula | None = None

    def open(self, element: Element, token: Token) -> None:
        subscription_id = element.root(token).next_id()
        token.internal_data.update(subscription=subscription_id, signal=self.signal)
        element.emit(
            token,
            events.MessageSubscriptionOpened,
            subscription_id=subscription_id,
            message=self.signal,
            kind="signal",
        )

    def happened(self, element: Element, token: Token) -> None:
        if element.waits_once:
            self.withdraw(element, token)

    def withdraw(self, element: Element, token: Token) -> None:
        token.internal_data.pop("signal", None)
        close_subscription(element, token)

    @staticmethod
    def still_waiting(token: Token) -> bool:
        return "subscription" in token.internal_data

    def throw(self, element: Element, token: Token) -> None:
        """Broadcast; this instance hears it as soon as the thrower has gone on."""
        element.emit(token, events.SignalThrown, signal=self.signal, variables=payload_of(self.payload, element, token))
        thrown = element.root(token).events[-1]
        assert isinstance(thrown, events.SignalThrown)
        element.root(token).signals.append(thrown)


@dataclass(frozen=True, slots=True)
class ConditionDefinition:
    """Happens when a condition over what the case knows becomes true. A name nobody has set yet is not true yet."""

    condition: Condition

    def open(self, element: Element, token: Token) -> None:
        token.internal_data["condition"] = {"was": False}

    def becomes_true(self, element: Element, token: Token) -> bool:
        """:raises Trouble: ``condition-not-boolean``, ``expression-failed``."""
        root = element.root(token)
        view = {**root.view(token.scope), **token.local}
        formula = self.condition.formula
        now_true = formula.raw(view, root.now) is not None and self.condition.holds(view, root.now)
        note = token.internal_data["condition"]
        before, note["was"] = note["was"], now_true
        return now_true and not before

    def happened(self, element: Element, token: Token) -> None:
        if element.waits_once:
            self.withdraw(element, token)

    def withdraw(self, element: Element, token: Token) -> None:
        token.internal_data.pop("condition", None)

    @staticmethod
    def still_waiting(token: Token) -> bool:
        return "condition" in token.internal_data


@dataclass(frozen=True, slots=True)
class ErrorDefinition:
    """A BPMN error. Where it is caught, no code catches every error."""

    code: str | None


@dataclass(frozen=True, slots=True)
class EscalationDefinition:
    """An escalation: like an error, but the thrower may go on, and nobody need catch it."""

    code: str | None


@dataclass(frozen=True, slots=True)
class CancelDefinition:
    """The cancellation of a transaction."""

    code: None = None


@dataclass(frozen=True, slots=True)
class TerminateDefinition:
    """Withdraws every other token of its process or subprocess."""


Waiting = TimerDefinition | MessageDefinition | SignalDefinition | ConditionDefinition
"""What a token can wait for."""
Upwards = ErrorDefinition | EscalationDefinition | CancelDefinition
"""What is caught by whatever encloses the thrower."""
Outwards = MessageDefinition | SignalDefinition
Thrown = Outwards | Upwards | TerminateDefinition


def bound_to(binding: Formula, element: Element, token: Token) -> str:
    """The name of the moment a timer or a due date moves with.

    :raises Trouble: ``binding-invalid``.
    """
    name = binding.value(token.context(), element.root(token).now)
    if not isinstance(name, str) or not name:
        raise Trouble("binding-invalid", f"Expected {binding.text!r} to name a moment, but it is {name!r}.")
    return name


def bound_moment(binding: str, formula: Formula | None, element: Element, token: Token) -> datetime | None:
    """When the moment comes, as it was told last; before anybody told, what the model says. None: not for the time being.

    :raises Trouble: ``timer-invalid``.
    """
    root = element.root(token)
    if binding in root.deadlines:
        told = root.deadlines[binding]
        return None if told is None else from_text(told)
    if formula is None or formula.raw(token.context(), root.now) is None:
        return None
    return timing.moment(formula, token.context(), root.now)


def close_subscription(element: Element, token: Token) -> None:
    subscription_id = token.internal_data.pop("subscription", None)
    if subscription_id is not None:
        element.root(token).emit(events.MessageSubscriptionClosed(subscription_id=subscription_id))


def payload_of(payload: Formula | None, element: Element, token: Token) -> Variables:
    """:raises Trouble: ``payload-invalid``: the payload is no context."""
    if payload is None:
        return {}
    value = payload.value(token.context(), element.root(token).now)
    if not isinstance(value, dict):
        raise Trouble("payload-invalid", f"Expected {payload.text!r} to be a context, but it is {value!r}.")
    return value
