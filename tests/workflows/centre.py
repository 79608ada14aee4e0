"""The whole centre under test: everything deployed, and whole cases driven by whoever may do each task."""

from datetime import UTC, datetime
from typing import Any

from engine.core.actor import Actor
from engine.runtime.deployments import ResourceFile
from engine.runtime.operators import OperatorRegistry
from engine.runtime.queries import UserTask
from tests.runtime.halls import BEGIN, Hall
from tests.workflows import papers
from tests.workflows.filing import DECISIONS, FORMS, MODELS, actor
from workflows.calendar.entry import working_days
from workflows.catalogue.item_register import ItemRegister
from workflows.clock.storage import of_case
from workflows.clock.view import view
from workflows.operators import register
from workflows.sample import sample_accounts
from workflows.sample.organisation import seed

OPENED = datetime(2002, 1, 1, tzinfo=UTC)
"""Since when the catalogue counts, so that cases of either vintage can be filed."""
USUAL = {
    "examine": papers.ACCEPT,
    "request": papers.REQUEST,
    "arrange": papers.ARRANGEMENT,
    "answer": papers.AGREED,
    "record": papers.RECORD,
    "countersign": papers.COUNTERSIGNED,
    "draft": papers.GRANT,
    "sign": papers.SIGNED,
    "issue": papers.ISSUED,
    "deliver": papers.DELIVERED,
}
DAYS = {"deliver": "delivered_on", "record": "visited_on", "arrange": "visit_on"}
SECOND_PERSON = {"countersign"}


def prepare(url: str) -> None:
    """Fill a database for tests that get copies of it."""
    Centre(url).close()


class Centre(Hall):
    """A hall with every model, decision and form of the centre and the sample organisation."""

    def __init__(self, url: str) -> None:
        registry = OperatorRegistry()
        register(registry)
        super().__init__(url, registry)
        if not self.runtime.queries.definitions(limit=1).items:
            files = [ResourceFile(path.name, path.read_bytes()) for path in (*MODELS, *DECISIONS, *FORMS)]
            assert self.runtime.deployments.deploy(files, actor("designer")).warnings == ()
            self.now = OPENED
            ItemRegister(self.runtime.registers).install(actor("administrator"))
            self.now = BEGIN
            self.runtime.registers.change("LoadSampleOrganisation", actor("administrator"), seed)

    def file(self, process: str, who: str = "applicant", **given: Any) -> str:
        """Start a process with what its start form asks for."""
        return self.start(given, process_key=process, actor=actor(who)).instance_id

    def opened(self, element: str, case: str | None = None) -> UserTask:
        return next(task for task in self.tasks(element_id=element) if case is None or task.instance_id == case)

    def known(self, element: str, case: str | None = None) -> dict[str, Any]:
        """What an open task knows."""
        return self.runtime.queries.user_task(self.opened(element, case).id).variables

    def fill(self, element: str, who: str | Actor | None = None, case: str | UserTask | None = None, **data: Any) -> None:
        """Complete a task, the first of an element or of a case or this one; by whoever may, unless it is said who."""
        task = case if isinstance(case, UserTask) else self.opened(element, case)
        by = actor(who) if isinstance(who, str) else who or _somebody(task)
        self.runtime.complete(task.id, data, actor=by, command_id=self.next_id())

    def drive(self, case: str, **changed: dict[str, Any]) -> None:
        """Do the usual thing with every open task of a case until there is none left."""
        for _ in range(40):
            if not self.step(case, **changed):
                return

    def step(self, case: str, **changed: dict[str, Any]) -> bool:
        """Do the usual thing with one open task of a case; false where there is none."""
        task = next((task for task in self.tasks() if task.instance_id == case and task.element_id in USUAL), None)
        if task is None:
            return False
        data = changed.get(task.element_id, USUAL[task.element_id])
        if task.element_id == "issue":
            data = data | {"seal_number": papers.seal(task.candidate_groups[0])}
        if task.element_id in DAYS:
            data = data | {DAYS[task.element_id]: self.now.date().isoformat()}
        self.fill(task.element_id, _somebody(task), task, **data)
        return True

    def correlate(self, message: str, key: str, who: str, **variables: Any) -> None:
        self.runtime.messages.correlate(
            message=message, correlation_key=key, variables=variables, actor=actor(who), command_id=self.next_id()
        )

    def refusals(self, case: str) -> list[tuple[str, str | None]]:
        """Who was refused what in a case."""
        entries = self.runtime.queries.history(case, limit=200).items
        return [(entry.actor_id, entry.code) for entry in entries if entry.outcome == "refused"]

    def clocks(self, case: str) -> list[dict[str, Any]]:
        """The clocks of a case, as pages show them now."""
        with self.runtime.registers.read() as session:
            calendar = working_days(session)
            return [view(clock, self.now, calendar) for clock in of_case(session, case)]

    def receipt(self, case: str) -> str:
        """The case number."""
        return str(self.variables(case)["receipt"]["number"])


def _somebody(task: UserTask) -> Actor:
    """An account of the task's groups; the second one where two people must do it."""
    able = [account for account in sample_accounts() if set(account.groups) & set(task.candidate_groups)]
    account = able[1 if task.element_id in SECOND_PERSON and len(able) > 1 else 0]
    return Actor(account.id, account.groups)
