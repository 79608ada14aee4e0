"""A process killed anywhere on a case's way (SIGKILL, at a named fault point) leaves a database that anybody can go on with.

After each death the whole story is told again, with the same command ids, by a process that was not there. What the dead one
had been answered is answered again; what it had not lived to see happens now; and in the end the histories hold exactly what
an undisturbed telling holds, nothing twice and nothing missing (law d).
"""

import random
import signal
from collections import Counter
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from engine.core import commands
from engine.runtime.faults import FAULT_POINTS
from engine.runtime.tables import number_series
from tests.faults import story
from tests.faults.story import RESTARTED, Step
from tests.forked import Call, Outcome, WarmProcess
from tests.runtime.halls import Hall

ROUNDS = 200
"""On each database."""
FEW = 4
QUICK_POINTS = ("before-commit", "after-commit", "job-ran")
"""The others take part in `make test`."""


class Teller:
    """Tells one story after the other on one database, each disturbed by a death."""

    def __init__(self, url: str, folder: Path, warm: WarmProcess) -> None:
        self.url, self.warm = url, warm
        self.sent = folder / "sent"
        self.sent.touch()
        hall = self.restarted()
        story.deploy_models(hall)
        steps = story.plan(["undisturbed"], random.Random(0))
        self.occurrences = story.fault_counts(hall, steps)
        self.expected = self._told(hall, "undisturbed")
        self.cases = ["undisturbed"]
        hall.close()

    def restarted(self) -> Hall:
        return story.open_hall(self.url, str(self.sent))

    def _told(self, hall: Hall, case: str) -> tuple[Counter[tuple[str, ...]], ...]:
        case_id, listener_id = story.instance_of(hall, case), story.instance_of(hall, f"{case}-listener")
        (begun_by_itself,) = story.begun_by_itself(hall, case)
        instances = (case_id, listener_id, begun_by_itself)
        for instance_id in instances:
            assert hall.status(instance_id) == "completed"
            report = hall.runtime.replay.check(instance_id)
            assert report.difference is None, report.difference
        return tuple(story.happenings(hall, instance_id) for instance_id in instances)

    def dies(self, steps: list[Step], fault: str) -> Outcome:
        arguments = [self.url, str(self.sent), story.as_arguments(steps)]
        (outcome,) = self.warm.run(Call("tests.faults.story:play", arguments, {"LIANBAN_FAULT": fault}))
        assert outcome.error is None, outcome.error
        return outcome

    def go_on(self, steps: list[Step], heard: Outcome) -> None:
        """Tell the whole story again and hold it against what the dead process was answered and against ``expected``."""
        hall = self.restarted()
        hall.outlive_the_killed()
        try:
            answers = [story.take(hall, step, RESTARTED) for step in steps]
            assert answers[: len(heard.said)] == heard.said[: len(answers)]
            for case in dict.fromkeys(step.case for step in steps if step.name != "deploy"):
                assert self._told(hall, case) == self.expected
                self.cases.append(case)
        finally:
            hall.close()

    def check_all(self) -> None:
        """The whole database: chains, numbers without a gap, every message sent, nothing left open."""
        hall = self.restarted()
        try:
            hall.check()
            numbers = [hall.variables(story.instance_of(hall, case))["number"] for case in self.cases]
            assert sorted(numbers) == list(range(1, len(self.cases) + 1))
            assert hall.count(number_series) == 1
            sent = Counter(line.split(".")[0] for line in self.sent.read_text().splitlines())
            assert set(sent) == {story.instance_of(hall, case) for case in self.cases}
            assert max(sent.values()) <= 2
            assert hall.tasks() == []
            assert hall.runtime.queries.jobs().items == []
            assert hall.runtime.queries.timers().items == []
            assert hall.runtime.queries.incidents().items == []
            assert hall.runtime.run_due() == 0
        finally:
            hall.close()


@pytest.fixture
def teller(database_url: str, tmp_path: Path, warm: WarmProcess) -> Teller:
    return Teller(database_url, tmp_path, warm)


def point_marked(point: str) -> ParameterSet:
    return pytest.param(point, marks=[] if point in QUICK_POINTS else [pytest.mark.slow])


@pytest.mark.parametrize("point", [point_marked(point) for point in FAULT_POINTS])
def test_killed_at_a_fault_point_nothing_is_lost_or_doubled(teller: Teller, point: str) -> None:
    for occurrence in sorted({1, teller.occurrences[point]}):
        steps = story.plan([f"{point}-{occurrence}"], random.Random(0))
        outcome = teller.dies(steps, f"{point}:{occurrence}")
        assert outcome.signal == signal.SIGKILL
        assert len(outcome.said) < len(steps)
        teller.go_on(steps, outcome)
    teller.check_all()


def rounds(teller: Teller, count: int, seed: int) -> None:
    deaths = 0
    for number in range(count):
        choice = random.Random(f"{seed}-{number}")
        cases = [f"{number}-one", f"{number}-two"] if choice.random() < 0.2 else [f"{number}"]
        steps = story.plan(cases, choice)
        point = choice.choice(FAULT_POINTS)
        outcome = teller.dies(steps, f"{point}:{choice.randint(1, len(cases) * teller.occurrences[point])}")
        deaths += outcome.signal == signal.SIGKILL
        teller.go_on(steps, outcome)
    assert deaths > count * 0.7
    teller.check_all()


def test_a_few_rounds_of_random_death(teller: Teller) -> None:
    rounds(teller, FEW, seed=1)


@pytest.mark.slow
def test_200_rounds_of_random_death(teller: Teller) -> None:
    rounds(teller, ROUNDS, seed=2)


def test_every_command_of_a_persons_and_of_the_engines_own_is_in_the_story(teller: Teller) -> None:
    told = {command for counted in teller.expected for outcome, command, _ in counted if outcome == "accepted"}
    kinds = {
        commands.StartProcessInstance,
        commands.ClaimUserTask,
        commands.CompleteUserTask,
        commands.TriggerTimer,
        commands.DeliverMessage,
        commands.CompleteServiceTask,
    }
    assert {kind.name for kind in kinds} <= told
    assert all(teller.occurrences[point] for point in FAULT_POINTS)
