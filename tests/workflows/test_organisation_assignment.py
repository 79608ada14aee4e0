"""R-09: what the government gives the centre to do has a deadline and comes back with an answer."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from api.installation import operators
from engine.core.actor import Actor
from engine.core.rejection import Rejection
from tests.runtime.halls import Hall
from tests.workflows.filing import actor
from tests.workflows.some_models import files_of

COMMITTEE, LEADER, WORKER = map(actor, ("committee", "county-leader", "health-examiner-1"))
ORDER = {
    "title": "整治厅外收费",
    "given_by": "县政府分管领导",
    "document": "县府办交办〔2026〕5号",
    "matter": "逐项清理厅外收费并报告结果",
    "group": "department-health",
    "days": 5,
}
FEEDBACK = {"text": "已清理三项，全部转入大厅"}


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    made = Hall(database_url, operators())
    made.runtime.deployments.deploy(files_of("assignment"), actor("designer"))
    groups = ["department-health"]
    made.runtime.accounts.create(id=WORKER.id, name=WORKER.id, password="x" * 12, roles=["clerk"], groups=groups)
    yield made
    made.close()


def give(hall: Hall, who: Actor = LEADER, **changed: Any) -> str:
    return hall.start({"order": {**ORDER, **changed}}, process_key="assignment", actor=who).instance_id


def fill(hall: Hall, element: str, who: Actor, **data: Any) -> None:
    hall.runtime.complete(hall.task(element).id, data, actor=who, command_id=hall.next_id())


def test_an_assignment_is_done_and_confirmed_by_somebody_else(hall: Hall) -> None:
    case = give(hall)
    assert hall.task("work").due == datetime(2026, 3, 9, 9, 30, tzinfo=UTC)
    fill(hall, "work", WORKER, **FEEDBACK)
    fill(hall, "confirm", COMMITTEE, outcome="returned", opinion="没有说明退费情况")
    fill(hall, "work", WORKER, **FEEDBACK)
    with pytest.raises(Rejection):
        fill(hall, "confirm", Actor(WORKER.id, ("committee",)), outcome="done")
    assert hall.runtime.queries.history(case, limit=50).items[-1].outcome == "refused"
    fill(hall, "confirm", COMMITTEE, outcome="done")
    assert hall.status(case) == "completed"
    hall.check(case)


def test_what_is_late_is_pressed_and_still_done(hall: Hall) -> None:
    case = give(hall, COMMITTEE)
    hall.wait(days=7)
    assert hall.open() == ["work"]
    hall.wait(days=1)
    assert hall.open() == ["press", "work"]
    fill(hall, "work", WORKER, **FEEDBACK)
    fill(hall, "confirm", COMMITTEE, outcome="done")
    assert (hall.open(), hall.status(case)) == ([], "completed")


@pytest.mark.parametrize(
    ("who", "changed", "code"),
    [
        (WORKER, {}, "assignment-not-entitled"),
        (LEADER, {"group": "department-nowhere"}, "assignment-to-nobody"),
    ],
)
def test_who_may_not_give_it_or_to_nobody_is_refused(hall: Hall, who: Actor, changed: dict[str, str], code: str) -> None:
    with pytest.raises(Rejection) as refused:
        give(hall, who, **changed)
    assert (refused.value.code, hall.open()) == (code, [])
