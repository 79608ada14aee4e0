"""A filing under test: one of the sample items, driven as people would, with its real forms and the centre's operators."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

import forms
from decisions import DecisionModel, compile_decisions
from engine.core import commands, events
from engine.core.actor import WORKER, Actor
from engine.core.events import Event
from engine.core.instance import new_instance
from engine.core.model import ProcessDefinition, compile_definition, link
from engine.core.moments import to_text
from engine.core.snapshot import dump, load
from engine.runtime.operators import LocalOperator, OperatorCall, OperatorRegistry
from engine.runtime.tables import metadata
from tests.core.cases import Case
from tests.workflows import papers
from workflows.case_file import CaseEvent, CaseFile
from workflows.case_file.storage import events_of
from workflows.case_file.storage import find as find_case
from workflows.catalogue.installation import install
from workflows.clock import Clock
from workflows.clock.storage import find as find_clock
from workflows.documents.tables import issued_document
from workflows.operators import register
from workflows.sample import sample_accounts
from workflows.sample.organisation import seed
from workflows.schema import SCHEMA

ROOT = Path(__file__).parents[2]
MODELS = sorted((ROOT / "bpmn_models").glob("*/*.bpmn"))
DECISIONS = sorted((ROOT / "bpmn_models").glob("*/*.dmn"))
FORMS = sorted((ROOT / "forms" / "definitions").glob("*.form"))
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine in the morning in the hall. Day five of a limit that begins then is Monday 2026-03-09."""


@cache
def definitions() -> dict[str, ProcessDefinition]:
    return {path.stem: compile_definition(path.read_bytes()) for path in MODELS}


@cache
def decision_models() -> dict[str, DecisionModel]:
    """Every decision of the centre, by its id."""
    found = [compile_decisions(path.read_bytes()) for path in sorted((ROOT / "bpmn_models").glob("*/*.dmn"))]
    return {key: model for model in found for key in model.decisions}


@cache
def form(key: str) -> forms.Form:
    return forms.compile_form((ROOT / "forms" / "definitions" / f"{key}.form").read_bytes())


def actor(account_id: str) -> Actor:
    account = next(account for account in sample_accounts() if account.id == account_id)
    return Actor(account.id, account.groups)


def in_memory() -> sqlalchemy.Engine:
    return sqlalchemy.create_engine("sqlite://", poolclass=sqlalchemy.pool.StaticPool)


def _driver(engine: sqlalchemy.Engine) -> Any:
    return engine.raw_connection().driver_connection


@cache
def _sample_hall() -> bytes:
    """A database with the catalogue and the sample organisation, which every filing begins with a copy of."""
    engine = in_memory()
    metadata.create_all(engine)
    SCHEMA.metadata.create_all(engine)
    with Session(engine) as session:
        install(session, MONDAY)
        seed(session, MONDAY)
        session.commit()
    content: bytes = _driver(engine).serialize()
    return content


class Filing(Case):
    """An instance of an item's process. Every submission goes through its form, every operator's answer is its own."""

    def __init__(self, key: str, **changes: Any) -> None:
        self.model = link(key, definitions(), decision_models())
        self.instance = new_instance(self.model)
        self.now = MONDAY
        self.history = []
        self.ids = count(1)
        self.operators = OperatorRegistry()
        register(self.operators)
        self.engine = in_memory()
        _driver(self.engine).deserialize(_sample_hall())
        start_form = definitions()[key].start_form_key
        assert start_form is not None
        given = form(start_form).clean(papers.APPLICATIONS[key] | changes, variables={}, now=self.now)
        self.do(commands.StartProcessInstance, actor("applicant"), process_key=key, variables=given)

    def do(self, kind: type[commands.Command], actor: Actor = WORKER, **fields: Any) -> tuple[Event, ...]:
        """Give a command and let the operators it asks for answer, as the runtime does: all of it, or nothing."""
        before = dump(self.instance) if self.history else None
        length = len(self.history)
        with Session(self.engine) as session:
            try:
                happened = self._do(session, kind, actor, **fields, actor=actor)
                session.commit()
            except Exception:
                self.instance = new_instance(self.model) if before is None else load(self.model, before)
                del self.history[length:]
                raise
        return happened

    def _do(self, session: Session, kind: type[commands.Command], giver: Actor, **fields: Any) -> tuple[Event, ...]:
        happened = super().do(kind, **fields)
        for asked in [event for event in happened if isinstance(event, events.ServiceTaskRequested)]:
            result, told = self._run(session, asked, giver)
            if told:
                super().do(commands.MoveDeadlines, WORKER, moments=told)
            self._do(session, commands.CompleteServiceTask, giver, actor=WORKER, job_id=asked.job_id, result=result)
        for thrown in [event for event in happened if isinstance(event, events.MessageThrown)]:
            self._hear(session, thrown)
        return happened

    def _hear(self, session: Session, thrown: events.MessageThrown) -> None:
        """A message the case sends to itself arrives, as the runtime's jobs see to."""
        closed = {event.subscription_id for event in self.of(events.MessageSubscriptionClosed)}
        for opened in self.of(events.MessageSubscriptionOpened):
            named = (opened.message, opened.correlation_key) == (thrown.message, thrown.correlation_key)
            if named and opened.subscription_id not in closed:
                given = {"subscription_id": opened.subscription_id, "variables": thrown.variables}
                self._do(session, commands.DeliverMessage, WORKER, actor=WORKER, **given)
                return

    def _run(self, session: Session, asked: events.ServiceTaskRequested, giver: Actor) -> tuple[Any, dict[str, str | None]]:
        operator = self.operators[asked.operator]
        assert isinstance(operator, LocalOperator)
        call = OperatorCall("i", asked.job_id, operator.id, self.now, giver, asked.process_key, None)
        result = operator.function(session, asked.parameters, call)
        return result, {name: None if at is None else to_text(at) for name, at in call.deadlines.items()}

    def case(self) -> CaseFile:
        """The case file, as it stands in the database."""
        with Session(self.engine) as session:
            return find_case(session, self.variables["receipt"]["number"])

    def case_events(self) -> list[CaseEvent]:
        with Session(self.engine) as session:
            return events_of(session, self.variables["receipt"]["number"])

    def documents(self) -> list[str]:
        """The kinds of the documents issued so far."""
        with Session(self.engine) as session:
            found = session.execute(
                select(issued_document.c.kind).order_by(issued_document.c.issued_at, literal_column("rowid"))
            )
            return list(found.scalars())

    def minutes(self) -> str:
        """The number of the last hearing's record; "" where there was none."""
        with Session(self.engine) as session:
            kind = issued_document.c.kind == "hearing_minutes"
            found = session.execute(select(issued_document.c.number).where(kind).order_by(literal_column("rowid").desc()))
            return found.scalars().first() or ""

    def clock(self, name: str) -> Clock:
        with Session(self.engine) as session:
            return find_clock(session, "i", name)

    def fill(self, element: str, who: str, group: str | None = None, **data: Any) -> None:
        """``who`` completes an open task with what its form makes of ``data``. ``group`` chooses one of several."""
        views = [view for view in self.instance.user_tasks() if view.element_id == element]
        view = next(view for view in views if group is None or group in view.candidate_groups)
        clean = {}
        if view.form_key is not None:
            clean = form(view.form_key).clean(data, variables=view.variables, now=self.now)
        self.do(commands.CompleteUserTask, actor(who), task_id=view.task_id, variables=clean)

    def ended_at(self) -> list[str]:
        """The end events of the item's own diagram that were reached."""
        return [
            event.element_id
            for event in self.of(events.ElementCompleted)
            if event.element_id.startswith("end_") and event.process_key == self.model.root.key
        ]

    def wait_until(self, moment: datetime) -> None:
        """Let time pass and fire what is due on the way."""
        self.wait(seconds=(moment - self.now).total_seconds())

    def later(self, **length: float) -> None:
        """Let time pass without firing timers: the scheduler is late."""
        self.now += timedelta(**length)
