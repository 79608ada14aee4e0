"""What the model says to the publication queue."""

from sqlalchemy.orm import Session

from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry
from workflows.publication import publications


def register(registry: OperatorRegistry) -> None:
    """Add ``publication.*`` to the operators models may name."""
    registry.local("publication.begin", parameters=("number",))(begin)
    registry.local("publication.check", parameters=("number", "agreed", "reason"))(check)


def begin(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The publication as its checker sees it: ``{number, kind, source, title, text}``."""
    found = publications.find(session, str(parameters.get("number")))
    publications.enter(session, found, call.now, call.actor.id, "begun", {}, instance_id=call.instance_id)
    return {name: getattr(found, name) for name in ("number", "kind", "source", "title", "text")}


def check(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """The secrecy check by another person: ``{status}``, published or rejected.

    :raises Rejection: as :func:`workflows.publication.publications.check`.
    """
    found, agreed = publications.find(session, str(parameters.get("number"))), parameters.get("agreed") == "yes"
    reason = str(parameters.get("reason") or "")
    return {"status": publications.check(session, found, call.actor, call.now, agreed=agreed, reason=reason)}
