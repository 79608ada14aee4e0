"""R-02: a rule is drafted, checked, approved and in force from a day; models rest on rules that are."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.installation import RULES, enter_founding_rules, operators
from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.deployments import DeploymentRefused, ResourceFile
from tests.core.sketch import bpmn
from tests.runtime.halls import Hall
from tests.workflows.filing import DECISIONS, MODELS, actor
from tests.workflows.some_models import files_of
from workflows.organisation.rule_citations import founding_documents
from workflows.organisation.rule_document import NEXT, RuleEvent, RuleState, is_in_force, require_move
from workflows.organisation.rule_library import RuleLibrary
from workflows.organisation.tables import rule_citation, rule_document

DESIGNER, LEGAL, COMMITTEE, SUPERVISOR = map(actor, ("designer", "legal-officer", "committee", "supervisor"))
DRAFT = {"number": "管委会〔2026〕1号", "title": "窗口考勤管理办法", "text": "第一条　窗口人员每日签到四次，不得代签。"}
APRIL = {"outcome": "publish", "from_on": "2026-04-01"}
NUMBER = DRAFT["number"]

MODELS_FOLDER = Path("bpmn_models")


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    made = Hall(database_url, operators())
    made.runtime.deployments.deploy(files_of("rule_document", "item_lifecycle"), DESIGNER)
    yield made
    made.close()


def draft(hall: Hall, who: Actor = DESIGNER, **changed: str) -> str:
    return hall.start({"draft": DRAFT | changed}, process_key="rule_document", actor=who).instance_id


def fill(hall: Hall, element: str, who: Actor, **data: Any) -> None:
    hall.runtime.complete(hall.task(element).id, data, actor=who, command_id=hall.next_id())


def refused(code: str, change: Callable[[], object]) -> None:
    with pytest.raises(Rejection) as rejection:
        change()
    assert rejection.value.code == code


def publish(hall: Hall) -> str:
    case = draft(hall)
    fill(hall, "legal_check", LEGAL, outcome="passed")
    fill(hall, "approve", COMMITTEE, **APRIL)
    return case


def test_a_rule_is_in_force_from_its_day_and_models_rest_on_it(hall: Hall) -> None:
    case, library = publish(hall), RuleLibrary(hall.runtime.registers)
    assert [event.state for event in library.events(NUMBER)] == ["draft", "checked", "published"]
    everything = ["direct_approval", "item_lifecycle", "rule_document"]
    refused("rule-not-in-force", lambda: library.cite("item_lifecycle", NUMBER, SUPERVISOR))
    hall.now = datetime(2026, 4, 1, 1, tzinfo=UTC)
    refused("rule-not-found", lambda: library.cite("item_lifecycle", "管委会〔2026〕2号", SUPERVISOR))
    assert library.uncited(date(2026, 4, 1)) == everything
    library.cite("item_lifecycle", NUMBER, SUPERVISOR)
    assert library.uncited(date(2026, 4, 1)) == ["direct_approval", "rule_document"]
    refused("rule-in-the-past", lambda: library.repeal(NUMBER, date(2026, 3, 31), COMMITTEE))
    library.repeal(NUMBER, date(2026, 5, 1), COMMITTEE)
    assert library.uncited(date(2026, 4, 30)) == ["direct_approval", "rule_document"]
    assert library.uncited(date(2026, 5, 1)) == everything
    hall.check(case)


def test_nobody_checks_or_approves_his_own(hall: Hall) -> None:
    drafter = Actor("legal-officer", LEGAL.groups)
    case = draft(hall, drafter)
    refused("rule-own-draft", lambda: fill(hall, "legal_check", drafter, outcome="passed"))
    assert hall.runtime.queries.history(case, limit=50).items[-1].code == "rule-own-draft"
    fill(hall, "legal_check", Actor("legal-officer-2", LEGAL.groups), outcome="passed")
    refused("rule-own-draft", lambda: fill(hall, "approve", Actor(drafter.id, COMMITTEE.groups), **APRIL))


def test_what_is_returned_is_worded_anew_by_its_drafter_alone(hall: Hall) -> None:
    draft(hall)
    fill(hall, "legal_check", LEGAL, outcome="returned", reason="没有依据")
    refused("rule-exists", lambda: draft(hall, Actor("somebody")))
    draft(hall, text="第一条　依照通知第一条，窗口人员每日签到四次。")
    fill(hall, "legal_check", LEGAL, outcome="passed")
    fill(hall, "approve", COMMITTEE, outcome="returned", reason="须写明处分")
    publish(hall)
    refused("rule-exists", lambda: draft(hall))


def test_what_is_decided_on_is_what_is_kept(hall: Hall) -> None:
    """Another wording, handed in while the first one is being checked, is not approved with it."""
    first = draft(hall)
    draft(hall, text="第一条　管委会可以免除任何人的考勤。")
    task = hall.task("legal_check", instance_id=first)
    check = {"outcome": "passed"}
    complete = hall.runtime.complete
    refused("rule-text-changed", lambda: complete(task.id, check, actor=LEGAL, command_id=hall.next_id()))


@pytest.mark.parametrize(("before", "after"), list(product(RuleState, RuleState)))
def test_states_follow_each_other_as_the_table_says(before: RuleState, after: RuleState) -> None:
    past = [RuleEvent(RuleState.DRAFT, "drafter"), RuleEvent(before, "x")]
    if after in NEXT[before]:
        require_move("1", past, after, "other", None, date(2026, 3, 2))
    else:
        refused("rule-state-order", lambda: require_move("1", past, after, "other", None, date(2026, 3, 2)))


@given(st.dates(), st.dates(), st.dates())
def test_a_rule_counts_from_its_day_until_its_repeal(begin: date, end: date, day: date) -> None:
    published, repealed = RuleEvent(RuleState.PUBLISHED, "x", begin), RuleEvent(RuleState.REPEALED, "x", end)
    events = [RuleEvent(RuleState.DRAFT, "y"), published, repealed]
    assert is_in_force(events, day) == (begin <= day and day < end)


def test_a_model_that_rests_on_no_rule_is_not_deployed(database_url: str) -> None:
    hall = Hall(database_url, operators(), deployment_rules=RULES)
    files = files_of("rule_document", "item_lifecycle")
    with pytest.raises(DeploymentRefused) as refused_files:
        hall.runtime.deployments.deploy(files, DESIGNER)
    found = {(finding.code, finding.resource) for finding in refused_files.value.findings}
    assert ("rule-document-missing", "item_lifecycle.bpmn") in found
    assert ("rule-document-missing", "direct_approval.dmn") in found
    assert hall.runtime.queries.definitions(limit=1).items == []
    enter_founding_rules(hall.runtime, [MODELS_FOLDER], DESIGNER)
    hall.runtime.deployments.deploy(files, DESIGNER)
    publish(hall)
    hall.now = datetime(2026, 4, 1, 1, tzinfo=UTC)
    stranger = [ResourceFile("stranger.bpmn", bpmn("start s\nuser u groups=g\nend e\ns -> u -> e", "stranger"))]
    with pytest.raises(DeploymentRefused):
        hall.runtime.deployments.deploy(stranger, DESIGNER)
    RuleLibrary(hall.runtime.registers).cite("stranger", NUMBER, SUPERVISOR)
    assert hall.runtime.deployments.deploy(stranger, DESIGNER).id
    hall.close()


def test_founding_documents_are_entered_once_and_name_every_model_that_comes_with_the_program(hall: Hall) -> None:
    for _ in range(2):
        enter_founding_rules(hall.runtime, [MODELS_FOLDER], DESIGNER)
    documents = founding_documents(MODELS_FOLDER)
    named = [key for document in documents for key in document.models]
    assert len(named) == len(set(named))
    shipped = {path.stem for path in MODELS} | {path.stem for path in DECISIONS}
    assert shipped <= set(named)
    assert hall.count(rule_document) == len(documents)
    assert hall.count(rule_citation) == len(named)
    assert RuleLibrary(hall.runtime.registers).uncited(date(2002, 1, 1)) == []
    assert RuleLibrary(hall.runtime.registers).uncited(date(2001, 12, 31)) == [
        "direct_approval",
        "item_lifecycle",
        "rule_document",
    ]
