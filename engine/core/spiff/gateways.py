"""Gateways: where a token chooses, multiplies and meets others.

Stock joins look at the whole task tree and count an arrival of an earlier lap again, so that a second lap of a rework loop
passes with a branch still open: an approval is bypassed (row 1 of the defects table). Here an arrival waits at the join as a
token of its own, remembers the flow it came over, and is gone once the join has fired.
"""

from collections.abc import Collection, Sequence
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.core import events
from engine.core.spiff.element import Element, SequenceFlow
from engine.core.spiff.graph import reachable_flows
from engine.core.spiff.token import Token
from engine.core.trouble import Trouble


class ExclusiveGateway(Element):
    """One way on: the first flow, in the order they are drawn in the file, whose condition holds; else the default."""

    def leave(self, token: Token) -> Sequence[SequenceFlow]:
        for flow in self.outgoing:
            if flow.is_default:
                continue
            if flow.condition is None or flow.condition.holds(token.context(), self.root(token).now):
                return [flow]
        return _default(self)


class Join(Element):
    """What parallel and inclusive gateways share: arrivals that wait for each other."""

    def arrivals(self, token: Token) -> dict[str | None, Token]:
        """The oldest waiting arrival of each incoming flow, this one among them."""
        found: dict[str | None, Token] = {}
        for other in token.scope.tokens():
            if other.task_spec is self and (other is token or other.has_state(TaskState.WAITING)):
                found.setdefault(other.flow_id, other)
        return found

    def unite(self, token: Token, arrivals: Sequence[Token]) -> None:
        """Let ``token`` go on for all of them, knowing what each of them knows.

        :raises Trouble: ``merge-conflict``; all arrivals stay where they are.
        """
        others = [other for other in arrivals if other is not token]
        merged = token.knowledge.copy()
        for other in others:
            merged.merge(other.knowledge)
        token.knowledge = merged
        for other in others:
            self.emit(other, events.ElementMerged, into_token_id=token.id)
            other._set_state(TaskState.COMPLETED)
            other.remove()


class ParallelGateway(Join):
    """All together: fires when one token has arrived over each incoming flow, and sends one over each outgoing flow.

    Excess tokens of a flow stay and count for the next time (BPMN 2.0, 13.4.1).
    """

    def enter(self, token: Token) -> bool:
        if len(self.incoming) < 2:
            return True
        arrivals = self.arrivals(token)
        if arrivals.get(token.flow_id) is not token:
            return False  # an earlier arrival over the same flow comes first
        if len(arrivals) < len(self.incoming):
            return False
        self.unite(token, list(arrivals.values()))
        return True


class InclusiveGateway(Join):
    """As many as apply: splits over every flow whose condition holds, joins all tokens that can still arrive.

    It waits as long as some token elsewhere could still reach an incoming flow that has none, unless that token could as
    well come over a flow that already has one (BPMN 2.0, 13.4.3). For the exception only sequence flows count: what a
    boundary event has sent on already does not stand for the activity, which is still at work.
    """

    def enter(self, token: Token) -> bool:
        if len(self.incoming) < 2:
            return True
        arrivals = self.arrivals(token)
        if not self._complete(token, arrivals):
            return False
        self.unite(token, list(arrivals.values()))
        return True

    def wake(self, token: Token) -> bool:
        if not self._complete(token, self.arrivals(token)):
            return False
        token._set_state(TaskState.FUTURE)
        self._update(token)
        return True

    def _complete(self, token: Token, arrivals: dict[str | None, Token]) -> bool:
        """Is this the arrival to fire for, and can nobody else come?"""
        if arrivals.get(token.flow_id) is not token:
            return False
        empty = {flow.id for flow in self.incoming} - arrivals.keys()
        others = [other for other in token.scope.tokens() if other is not token]
        return not any(self._must_wait_for(other, empty, arrivals.keys()) for other in others)

    def _must_wait_for(self, other: Token, empty: set[str], occupied: Collection[str | None]) -> bool:
        if other.task_spec is self:
            return other.stopped_in == "enter"  # it has arrived, and nobody may pass it by
        if not reachable_flows(other.element, self) & empty:
            return False
        return not reachable_flows(other.element, self, boundaries=False).intersection(occupied)

    def leave(self, token: Token) -> Sequence[SequenceFlow]:
        if len(self.outgoing) < 2:
            return self.outgoing
        context, now = token.context(), self.root(token).now
        chosen = [
            flow
            for flow in self.outgoing
            if not flow.is_default and (flow.condition is None or flow.condition.holds(context, now))
        ]
        return chosen or _default(self)


class EventBasedGateway(Element):
    """Whatever happens first: the events behind it wait as its children; the one that happens goes on, the others fall away."""

    def enter(self, token: Token) -> bool:
        token._set_state(TaskState.STARTED)
        for flow in self.outgoing:
            child = self._send(token, flow)
            child.internal_data["decides"] = True
            child.element._update(child)
        return False

    def decide(self, token: Token, winner: Token) -> None:
        """``winner`` happened."""
        winner.internal_data.pop("decides")
        for child in list(token.children):
            if child is not winner:
                child.cancel()
        self.emit(token, events.ElementCompleted)
        token._set_state(TaskState.COMPLETED)
        token.remove()


def _default(gateway: Any) -> list[SequenceFlow]:
    for flow in gateway.outgoing:
        if flow.is_default:
            return [flow]
    raise Trouble(
        "no-flow-chosen",
        f"Expected a condition after {gateway.title!r} to hold or a default flow, but there is neither.",
    )
