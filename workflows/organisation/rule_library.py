"""Keeping rule documents, and which models and decisions rest on them (R-02). The steps of the model stand here too."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry
from engine.runtime.registers import Registers
from engine.runtime.tables import decision_definition, process_definition
from workflows.clock import hall_day
from workflows.clock.arguments import optional_day
from workflows.organisation.rule_citations import in_force
from workflows.organisation.rule_document import NAMES, RuleEvent, RuleState, is_in_force, require_move, state_of
from workflows.organisation.tables import rule_citation, rule_document, rule_event

LASTING = (RuleState.PUBLISHED, RuleState.REPEALED)


def register(registry: OperatorRegistry) -> None:
    """Add the steps of the model of rule documents to the operators models may name."""
    registry.local("organisation.draft_rule", parameters=("draft",))(draft_rule)
    registry.local("organisation.move_rule", parameters=("number", "text", "state", "from_on"))(move_rule)


def draft_rule(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Register a draft, or a drafter's new wording of his own: ``{"number", "title", "state", "state_name"}``.

    :raises Rejection: ``rule-not-complete``, ``rule-exists``.
    """
    given = parameters.get("draft")
    said = given if isinstance(given, Mapping) else {}
    words = {name: str(said.get(name) or "").strip() for name in ("number", "title", "text")}
    if not all(words.values()):
        raise Rejection("rule-not-complete", field="draft")
    number = words["number"]
    _keep_draft(session, words, call)
    _add(session, number, RuleEvent(RuleState.DRAFT, call.actor.id), call.now)
    return _view(session, number)


def move_rule(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Put a document into ``state`` by whoever completed the task before; published counts from ``from_on``.

    ``text``: what was decided on, which is what is kept.

    :raises Rejection: ``rule-not-found``, ``rule-text-changed`` and as
        :func:`~workflows.organisation.rule_document.require_move`.
    """
    number, to, today = str(parameters.get("number")), RuleState(str(parameters.get("state"))), hall_day(call.now)
    from_on = (optional_day(parameters, "from_on") or today) if to in LASTING else None
    require_move(number, events_of(session, number), to, call.actor.id, from_on, today)
    kept = session.execute(select(rule_document.c.text).where(rule_document.c.number == number)).scalar_one()
    if kept != str(parameters.get("text")).strip():
        raise Rejection("rule-text-changed", number=number)
    _add(session, number, RuleEvent(to, call.actor.id, from_on), call.now)
    return _view(session, number)


def events_of(session: Session, number: str) -> list[RuleEvent]:
    """A document's life, oldest first.

    :raises Rejection: ``rule-not-found``.
    """
    rows = session.execute(select(rule_event).where(rule_event.c.number == number).order_by(rule_event.c.id)).all()
    if not rows:
        raise Rejection("rule-not-found", number=number[:60])
    return [RuleEvent(RuleState(row.state), row.by, row.from_on) for row in rows]


class RuleLibrary:
    """Which documents there are, and what rests on them."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def events(self, number: str) -> list[RuleEvent]:
        """What became of a document.

        :raises Rejection: ``rule-not-found``.
        """
        with self._registers.read() as session:
            return events_of(session, number)

    def repeal(self, number: str, from_on: date, actor: Actor) -> None:
        """The document counts no more from a day on.

        :raises Rejection: ``rule-not-found`` and as :func:`~workflows.organisation.rule_document.require_move`.
        """

        def change(session: Session, now: datetime) -> None:
            require_move(number, events_of(session, number), RuleState.REPEALED, actor.id, from_on, hall_day(now))
            _add(session, number, RuleEvent(RuleState.REPEALED, actor.id, from_on), now)

        self._registers.change("RepealRule", actor, change, subject=number[:60], detail={"from": from_on.isoformat()})

    def cite(self, key: str, number: str, actor: Actor) -> None:
        """A process or decision, deployed or about to be, rests on a document in force.

        :raises Rejection: ``rule-not-found``, ``rule-not-in-force``.
        """

        def change(session: Session, now: datetime) -> None:
            if not is_in_force(events_of(session, number), hall_day(now)):
                raise Rejection("rule-not-in-force", number=number)
            session.execute(rule_citation.insert().values(key=key, number=number, by=actor.id, at=now))

        self._registers.change("CiteRule", actor, change, subject=key[:60], detail={"number": number[:60]})

    def uncited(self, today: date) -> list[str]:
        """Keys of deployed processes and decisions that rest on no document in force today."""
        with self._registers.read() as session:
            return sorted(_deployed(session) - in_force(session, today))


def _keep_draft(session: Session, words: dict[str, str], call: OperatorCall) -> None:
    """:raises Rejection: ``rule-exists``."""
    number = words["number"]
    drafter = select(rule_document.c.drafted_by).where(rule_document.c.number == number)
    before = session.execute(drafter.with_for_update()).scalar_one_or_none()
    if before is None:
        session.execute(rule_document.insert().values(**words, drafted_by=call.actor.id, drafted_at=call.now))
        return
    if before != call.actor.id or state_of(events_of(session, number)) is not RuleState.DRAFT:
        raise Rejection("rule-exists", field="number", number=number)
    session.execute(rule_document.update().where(rule_document.c.number == number).values(**words))


def _deployed(session: Session) -> set[str]:
    tables = (process_definition, decision_definition)
    return {key for table in tables for key in session.execute(select(table.c.key).distinct()).scalars()}


def _add(session: Session, number: str, event: RuleEvent, now: datetime) -> None:
    values: dict[str, Any] = {"state": event.state.value, "from_on": event.from_on, "by": event.by, "at": now}
    session.execute(rule_event.insert().values(number=number, **values))


def _view(session: Session, number: str) -> Value:
    row = session.execute(select(rule_document).where(rule_document.c.number == number)).one()
    state = state_of(events_of(session, number))
    return {"number": number, "title": row.title, "state": state.value, "state_name": NAMES[state]}
