"""The made-up year: a clock that jumps from event to event, and people who do their tasks through the commands users use."""

import heapq
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any

from engine.core.actor import Actor
from engine.core.events import UserTaskCreated
from engine.core.moments import HALL
from engine.core.rejection import Rejection
from engine.runtime.queries import UserTaskFilter
from engine.runtime.receipts import Receipt
from engine.runtime.runtime import Runtime
from forms import FormErrors
from workflows.calendar import WorkingDays
from workflows.calendar.entry import working_days
from workflows.catalogue.loading import load_directory
from workflows.clock import hall_day
from workflows.demonstration import counter as counters
from workflows.demonstration.answers import answer, answers, immediate_decision, meeting, seals
from workflows.demonstration.departed import Departed
from workflows.demonstration.filings import filing
from workflows.demonstration.hall_clock import YearClock, at_minute, later
from workflows.demonstration.outside import complain, rate
from workflows.demonstration.people import People
from workflows.demonstration.plan import Fate, Kinds, Planned, plan
from workflows.documents.register_of_documents import RegisterOfDocuments
from workflows.sample import sample_accounts
from workflows.supervision.scan import SupervisionScan

APPLICANT = "applicant"
WAITS = {"hold_hearing": 14, "hold_meeting": 1, "record_publicity": 20}
"""Days until what was announced takes place."""
WAIVED, COMPLAINS = 0.15, 0.35
"""How many of those who pay ask for a reduction; at how many sweeps somebody complains."""
FEE = "SF-JW-01"
"""The one fee that is charged."""
CHARGED_WEIGHT = 4
"""How much more often its item is applied for than others like it, so that the counter has something to do."""
DECIDING = frozenset({"draft", "sign", "issue"})
SLOW = 15
"""How much longer a late case waits at these."""
COUNTER_WEEKDAY = 1
"""On Tuesdays the counter is open."""
SWEEP_EVERY = 3
"""Working days between two looks at complaints, ratings and what waits outside applications."""
KEPT_AFTER = 2
"""Tasks after which an abandoned case is kept by somebody who leaves."""
PATIENCE = 60
"""Tasks of one case before something must be wrong with it."""
ROUND_EVERY = 28
"""Days between two rounds of electronic supervision; a server makes one every hour."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is known of a task when it is created."""

    id: str
    element_id: str
    groups: frozenset[str]
    assignee: str | None
    created_at: datetime


@dataclass(slots=True)
class Case:
    """An application that somebody is working on. ``tasks``: those its last steps led to; what jobs led to is looked up."""

    instance: str
    planned: Planned
    given: dict[str, Any]
    steps: int = 0
    tasks: list[Task] = field(default_factory=list)


@dataclass(slots=True)
class Outcome:
    """What the year came to.

    ``overtaken``: tasks whose limit ran out before somebody came to them. ``troubles``: what somebody could not do, by its
    code; it is left for a supervisor to find.
    """

    filed: int = 0
    paid: int = 0
    waived: int = 0
    complaints: int = 0
    rated: int = 0
    cards: int = 0
    tasks: int = 0
    overtaken: int = 0
    troubles: Tally[str] = field(default_factory=Tally)


class Year:
    """A year that ends with a day, in an installed hall without cases. ``clock`` is the one the runtime was made with."""

    def __init__(self, runtime: Runtime, clock: YearClock, seed: int, cases: int, last: date) -> None:
        self._runtime, self._clock = runtime, clock
        self._chance = Random(seed)  # noqa: S311 - a made-up year has no secrets
        self._people = People(self._chance)
        self._items = {item.process: item for item in load_directory().values()}
        with runtime.registers.read() as session:
            self._calendar: WorkingDays = working_days(session)
        self._days = [day for day in _year_until(last) if self._calendar.is_working_day(day)]
        self._plan = plan(seed, cases, self._days, self._kinds())
        self._order = count()
        self._commands = count(1)
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._rated: set[str] = set()
        self._counter = counters.Counter(runtime, self._next_id, clock.set)
        self._departed = Departed(runtime, self._next_id)
        self.outcome = Outcome()

    def _kinds(self) -> Kinds:
        kinds: dict[str, list[str]] = {"immediate": [], "joint": [], "single": []}
        for process, item in sorted(self._items.items()):
            often = CHARGED_WEIGHT if any(fee.code == FEE for fee in item.fees) else 1
            kinds[item.kind.value if item.kind.value in kinds else "single"] += [process] * often
        return Kinds(**kinds)

    def run(self) -> Iterator[int]:
        """Live through it; says after each event how many applications have been filed."""
        self._clock.set(at_minute(self._days[0], 0))
        self._counter.stock()
        self._departed.arrive()
        for planned in self._plan:
            self._at(at_minute(planned.day, planned.minute), partial(self._file, planned))
        for number, day in enumerate(self._days):
            self._at(at_minute(day, 0), self._runtime.run_due)
            if number % SWEEP_EVERY == 0:
                self._at(at_minute(day, 180), self._sweep)
            if day.weekday() == COUNTER_WEEKDAY:
                self._at(at_minute(day, 200), self._open_counter)
            if number % ROUND_EVERY == ROUND_EVERY - 1:
                self._at(at_minute(day, 240), self._supervise)
        while self._agenda:
            moment, _, act = heapq.heappop(self._agenda)
            self._clock.set(max(moment, self._runtime.clock()))
            act()
            yield self.outcome.filed
        self._departed.leave()
        self._runtime.run_due()
        self._supervise()

    def _at(self, moment: datetime, act: Callable[[], Any]) -> None:
        """Put it on the agenda, unless it would be after the year."""
        if moment.astimezone(HALL).date() <= self._days[-1]:
            heapq.heappush(self._agenda, (moment, next(self._order), act))

    def _next_id(self) -> str:
        return f"demonstration-{next(self._commands)}"

    def _file(self, planned: Planned) -> None:
        today = hall_day(self._runtime.clock())
        given = filing(planned.process, today, self._people)
        item = self._items[planned.process]
        by = APPLICANT if self._chance.random() < 0.3 else f"{item.window_group}-1"
        try:
            started = self._start(planned.process, by, given)
        except Rejection as rejection:
            self.outcome.troubles[rejection.code] += 1
            return
        self.outcome.filed += 1
        self._continue(Case(started.instance_id, planned, given, tasks=self._led_to(started)))

    def _start(self, process: str, by: str, given: dict[str, Any]) -> Receipt:
        return self._runtime.start(process_key=process, actor=_actor(by), command_id=self._next_id(), variables=given)

    def _continue(self, case: Case) -> None:
        minutes = self._chance.randint(5, 25) if self._is_immediate(case) else self._chance.randint(30, 500)
        if case.planned.fate is Fate.LATE and any(task.element_id in DECIDING for task in case.tasks):
            minutes *= SLOW
        self._at(later(self._runtime.clock(), minutes, self._calendar), lambda: self._work(case))

    def _is_immediate(self, case: Case) -> bool:
        return self._items[case.planned.process].kind.value == "immediate"

    def _work(self, case: Case) -> None:
        """One task of the case; then the next, a while later."""
        case.tasks = case.tasks or self._open(UserTaskFilter(scope="all", instance_id=case.instance))
        if not case.tasks:
            self._look_on(case)
            return
        case.steps += 1
        if case.planned.fate is Fate.ABANDONED and case.steps > KEPT_AFTER and self._departed.claim(case.tasks[0].id):
            return
        if case.steps > PATIENCE:
            return
        task = next((task for task in case.tasks if self._is_due(task)), None)
        if task is None or self._do(case, task):
            self._continue(case)

    def _is_due(self, task: Task) -> bool:
        """What was announced for a day takes place on it."""
        return self._runtime.clock() >= task.created_at + timedelta(days=WAITS.get(task.element_id, 0))

    def _led_to(self, receipt: Receipt) -> list[Task]:
        created = [event for event in receipt.events if isinstance(event, UserTaskCreated)]
        now = self._runtime.clock()
        return [Task(one.task_id, one.element_id, frozenset(one.candidate_groups), one.assignee, now) for one in created]

    def _open(self, wanted: UserTaskFilter) -> list[Task]:
        found = self._runtime.queries.user_tasks(wanted, limit=100).items
        return [Task(one.id, one.element_id, frozenset(one.candidate_groups), one.assignee, one.created_at) for one in found]

    def _look_on(self, case: Case) -> None:
        """Nothing to do: it has ended, or it waits for a superior organ or for money."""
        if self._runtime.queries.process_instance(case.instance).instance.status != "active":
            return
        if self._items[case.planned.process].kind.value == "reported":
            self._hear("superior-decided", case, {})
        case.steps += 1
        if case.steps < PATIENCE:
            self._at(later(self._runtime.clock(), 720, self._calendar), lambda: self._work(case))

    def _do(self, case: Case, task: Task) -> bool:
        if case.planned.fate is Fate.WITHDRAWN and task.element_id not in ("examine", "decide"):
            return self._withdraw(case)
        data = self._data(case, task)
        if data is None:
            self.outcome.troubles[f"no-answer:{task.element_id}"] += 1
            return False
        receipt = self._complete(task, data)
        case.tasks = [] if receipt is None else self._led_to(receipt)
        return receipt is not None or self._has_ended(task)

    def _has_ended(self, task: Task) -> bool:
        """A limit that ran out may have ended it: then the case goes on elsewhere."""
        return self._runtime.queries.user_task(task.id).task.ended_at is not None

    def _complete(self, task: Task, data: dict[str, Any]) -> Receipt | None:
        """By the first of its group whom the rules let; None where they let nobody."""
        refused: list[str] = []
        for account in _able(task):
            try:
                given = self._sealed(task, account.id, data)
                receipt = self._runtime.complete(task.id, given, actor=account, command_id=self._next_id())
            except (Rejection, FormErrors) as reason:
                refused.append(reason.code if isinstance(reason, Rejection) else str(reason))
            else:
                self.outcome.tasks += 1
                return receipt
        if self._has_ended(task):
            self.outcome.overtaken += 1
        else:
            self.outcome.troubles[f"{task.element_id}: {' '.join(refused)}"] += 1
        return None

    def _sealed(self, task: Task, account: str, data: dict[str, Any]) -> dict[str, Any]:
        if task.element_id not in ("issue", "decide"):
            return data
        group = account.rpartition("-")[0]
        return {**data, "seal_number": seals().get(account) or seals().get(f"{group}-1", "")}

    def _data(self, case: Case, task: Task) -> dict[str, Any] | None:
        if task.element_id == "decide" and self._is_immediate(case):
            return immediate_decision(case.planned.process, case.planned.fate, case.given)
        data = answer(task.element_id, case.planned.fate, hall_day(self._runtime.clock()), self._calendar)
        if data is None:
            return None
        if task.element_id == "hold_meeting":
            data |= meeting(self._variables(task)["proposed"])
        if task.element_id == "draft" and self._items[case.planned.process].needs_hearing:
            data["hearing_record"] = self._minutes(case)
        return data

    def _minutes(self, case: Case) -> str:
        """The number of the record of the case's hearing; "" where there was none."""
        papers = RegisterOfDocuments(self._runtime.registers).of_case(self._number(case))
        return next((paper.number for paper in papers if paper.kind == "hearing_minutes"), "")

    def _withdraw(self, case: Case) -> bool:
        self._hear("application-withdrawn", case, answers()["withdrawn"])
        return False

    def _hear(self, message: str, case: Case, variables: dict[str, Any]) -> None:
        window = _actor(f"{self._items[case.planned.process].window_group}-1")
        try:
            self._runtime.messages.correlate(
                message=message,
                correlation_key=self._number(case),
                variables=variables,
                actor=window,
                command_id=self._next_id(),
            )
        except Rejection as rejection:
            self.outcome.troubles[f"{rejection.code}:{message}"] += 1

    def _number(self, case: Case) -> str:
        known: Mapping[str, Any] = self._runtime.queries.process_instance(case.instance).variables
        return str(known["receipt"]["number"])

    def _variables(self, task: Task) -> Mapping[str, Any]:
        return self._runtime.queries.user_task(task.id).variables

    def _sweep(self) -> None:
        """What is not part of an application: complaints are looked into."""
        self._outside()
        for element, data in answers()["complaint"].items():
            for task in self._waiting(element, "complaint"):
                if self._chance.random() < 0.8:
                    self._complete(task, dict(data))
        self._runtime.run_due()

    def _waiting(self, element: str, process: str | None = None) -> list[Task]:
        return self._open(UserTaskFilter(scope="all", element_id=element, process_key=process))

    def _open_counter(self) -> None:
        if not self._counter.open():
            return
        for task in self._waiting("receive"):
            if self._chance.random() < WAIVED:
                self._waive(self._variables(task)["due"]["case"])
        self._runtime.run_due()
        self.outcome.paid += self._counter.close()

    def _waive(self, number: str) -> None:
        """Somebody asks for a reduction; department, finance office, committee and a leader have their say."""
        said = dict(answers()["waiver"])
        asked = {"case_number": number, "fee": FEE, **said.pop("application")}
        tasks = self._led_to(self._start("fee_waiver", APPLICANT, {"application": asked}))
        while tasks and (receipt := self._complete(tasks[0], dict(said[tasks[0].element_id]))):
            tasks = self._led_to(receipt)
        self.outcome.waived += not tasks

    def _outside(self) -> None:
        """What comes from outside beside applications: complaints, and ratings of what was delivered."""
        if self._chance.random() < COMPLAINS:
            complain(self._runtime, self._chance)
            self.outcome.complaints += 1
        self.outcome.rated += rate(self._runtime, self._chance, APPLICANT, self._rated)

    def _supervise(self) -> None:
        self.outcome.cards += SupervisionScan(self._runtime).run()
        self._runtime.run_due()


def _year_until(last: date) -> list[date]:
    first = last - timedelta(days=364)
    return [first + timedelta(days=number) for number in range(365)]


def _actor(account_id: str) -> Actor:
    return counters.actor(account_id)


def _able(task: Task) -> list[Actor]:
    """Who may do it: the assignee, else whoever is of its groups."""
    able = [
        one for one in sample_accounts() if one.id == task.assignee or (not task.assignee and task.groups & set(one.groups))
    ]
    return [Actor(one.id, one.groups) for one in able]
