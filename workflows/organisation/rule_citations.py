"""Nothing is deployed that rests on no rule document in force (R-02), and the documents that come with the models.

A folder of models may hold a ``rule_documents.yaml``: the documents its models rest on, in force before there was a library.
An operator of the machine enters them with the models; what comes later is drafted, checked and approved
(:mod:`.rule_library`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from engine.core.model import Severity
from engine.runtime.deployment_check import Compiled, DeploymentFinding
from workflows.clock import hall_day
from workflows.organisation.rule_document import RuleEvent, RuleState, is_in_force
from workflows.organisation.tables import rule_citation, rule_document, rule_event

FILE = "rule_documents.yaml"
RULED = ("process", "decision")
INSTALLER = "installation"


@dataclass(frozen=True, slots=True)
class FoundingDocument:
    """A document with the day since which it counts, and the keys of the processes and decisions that rest on it."""

    number: str
    title: str
    text: str
    from_on: date
    models: tuple[str, ...]


def founding_documents(folder: Path) -> list[FoundingDocument]:
    """What the folder's file says; nothing where there is none."""
    file = folder / FILE
    table: list[dict[str, Any]] = yaml.safe_load(file.read_text("utf-8")) if file.is_file() else []
    return [FoundingDocument(**{**row, "models": tuple(row["models"])}) for row in table]


def install(session: Session, now: datetime, documents: Sequence[FoundingDocument]) -> list[str]:
    """Enter what the library does not know yet, as often as one likes. The keys that are cited now for the first time."""
    fresh: list[str] = []
    for document in documents:
        if not _is_known(session, document.number):
            _enter(session, document, now)
        fresh += _cite(session, document, now)
    return fresh


def uncited_files(connection: Connection, compiled: Sequence[Compiled], now: datetime) -> list[DeploymentFinding]:
    """A finding for each process and decision that rests on no document in force on that day."""
    standing = in_force(connection, hall_day(now))
    return [_finding(item) for item in compiled if item.kind in RULED and item.key not in standing]


def in_force(connection: Connection | Session, day: date) -> set[str]:
    """Keys of what rests on a document in force on that day."""
    events: dict[str, list[RuleEvent]] = {}
    for row in connection.execute(select(rule_event).order_by(rule_event.c.id)):
        events.setdefault(row.number, []).append(RuleEvent(RuleState(row.state), row.by, row.from_on))
    standing = [number for number, life in events.items() if is_in_force(life, day)]
    cited = select(rule_citation.c.key).where(rule_citation.c.number.in_(standing)).distinct()
    return set(connection.execute(cited).scalars())


def _is_known(session: Session, number: str) -> bool:
    known = select(rule_document.c.number).where(rule_document.c.number == number)
    return session.execute(known).first() is not None


def _enter(session: Session, document: FoundingDocument, now: datetime) -> None:
    words = {"number": document.number, "title": document.title, "text": document.text}
    session.execute(rule_document.insert().values(**words, drafted_by=INSTALLER, drafted_at=now))
    for state, from_on in ((RuleState.DRAFT, None), (RuleState.PUBLISHED, document.from_on)):
        event = {"number": document.number, "state": state.value, "from_on": from_on, "by": INSTALLER, "at": now}
        session.execute(rule_event.insert().values(event))


def _cite(session: Session, document: FoundingDocument, now: datetime) -> list[str]:
    kept = select(rule_citation.c.key).where(rule_citation.c.number == document.number)
    fresh = sorted(set(document.models) - set(session.execute(kept).scalars()))
    for key in fresh:
        session.execute(rule_citation.insert().values(key=key, number=document.number, by=INSTALLER, at=now))
    return fresh


def _finding(item: Compiled) -> DeploymentFinding:
    return DeploymentFinding(
        item.resource,
        "",
        "",
        Severity.ERROR.value,
        "rule-document-missing",
        f"“{item.key}”没有引用施行中的规则文件。",
        f"Expected {item.key} to rest on a rule document in force, but it cites none.",
        "请管委会在规章制度中登记它依据哪份文件，再部署。",
        "Let the committee enter on which rule document it rests, then deploy.",
    )
