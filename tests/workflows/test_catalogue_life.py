"""P18: an item's version from the proposal to the day it is in force, by the people the diagram names; D1 by its table."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from api.installation import operators
from decisions import compile_decisions
from engine.core.actor import Actor
from engine.core.commands import CompleteUserTask
from engine.core.rejection import Rejection
from engine.runtime.tables import audit
from tests.runtime.halls import Hall
from tests.workflows import papers
from tests.workflows.filing import actor
from tests.workflows.some_models import files_of
from workflows.case_file.tables import case_file
from workflows.catalogue.direct_approval import ItemClass, route
from workflows.catalogue.in_force import in_force
from workflows.catalogue.item_register import ItemRegister
from workflows.catalogue.version import State
from workflows.sample.organisation import seed

ROOT = Path(__file__).parents[2]
DECISION = ROOT / "bpmn_models" / "item_lifecycle" / "direct_approval.dmn"
DESIGNER, DEPARTMENT, LEGAL, COMMITTEE = map(actor, ("designer", "commerce-examiner-1", "legal-officer", "committee"))
SHORTER = {"promised_days": 5, "steps": [{"name": "受理、审查、决定", "post": "承办人", "days": 5}]}
LETTER = {"outcome": "passed", "document": "县府法审〔2026〕1号"}
PUBLISH = {"outcome": "publish", "masked": True, "secrecy_checked": True, "from_on": "2026-04-01"}


class Life:
    """A hall with the shipped catalogue, and P18 in it."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        files = files_of("item_lifecycle", "outdoor_advertising_registration", "individual_name_approval")
        hall.runtime.deployments.deploy(files, DESIGNER)
        self.register = ItemRegister(hall.runtime.registers)
        self.register.install(DESIGNER)

    def draft(self, **changes: Any) -> int:
        latest = self.register.version("GS-002")
        content = {**latest.content, **SHORTER, **changes}
        return self.register.draft(content, DESIGNER, reason="缩短期限", based_on=latest.version).version

    def publish(self, number: int) -> None:
        for to, who in ((State.LEGAL_CHECK, DEPARTMENT), (State.QUEUED, LEGAL), (State.IN_FORCE, COMMITTEE)):
            self.register.move("GS-002", number, to, who, document=LETTER["document"])

    def propose(self, action: str = "publish", who: Actor = DEPARTMENT, **said: Any) -> str:
        proposal = {"action": action, "code": "GS-002", "reason": "提高办事效率", "document": "县府发〔2026〕3号", **said}
        given = {"proposal": proposal}
        return self.hall.start(given, process_key="item_lifecycle", actor=who).instance_id

    def fill(self, element: str, who: Actor, **data: Any) -> None:
        task = self.hall.task(element)
        self.hall.runtime.complete(task.id, data, actor=who, command_id=self.hall.next_id())

    def in_force(self, day: datetime, code: str = "GS-002") -> int:
        with self.hall.runtime.registers.read() as session:
            return in_force(session, code, day).version


@pytest.fixture
def life(database_url: str) -> Iterator[Life]:
    made = Hall(database_url, operators())
    yield Life(made)
    made.close()


APRIL = datetime(2026, 4, 1, 1, tzinfo=UTC)


def test_a_change_from_proposal_to_the_day_it_is_in_force(life: Life) -> None:
    case = life.propose(version=life.draft())
    assert life.hall.variables(case)["route"] == "promised"
    life.fill("confirm", DEPARTMENT, outcome="submit")
    assert life.hall.variables(case)["check_deadline"]["date"] == "2026-03-16"
    life.fill("legal_check", LEGAL, **LETTER)
    assert life.register.version("GS-002").state is State.QUEUED
    life.fill("publish", COMMITTEE, **PUBLISH)
    assert life.hall.status(case) == "completed"
    assert (life.in_force(life.hall.now), life.in_force(APRIL)) == (1, 2)
    happened = [(event.state, event.actor_id) for event in life.register.events("GS-002") if event.version == 2]
    people = ["designer", DEPARTMENT.id, "legal-officer", "committee"]
    assert happened == list(zip((State.DRAFT, State.LEGAL_CHECK, State.QUEUED, State.IN_FORCE), people, strict=True))
    life.hall.check(case)


def test_a_case_of_an_item_goes_to_its_end_under_the_version_it_was_accepted_under(life: Life) -> None:
    hall, item = life.hall, "outdoor_advertising_registration"
    hall.runtime.registers.change("LoadSampleOrganisation", DESIGNER, seed)

    def file() -> str:
        return hall.start(papers.application(item), process_key=item, actor=actor("applicant")).instance_id

    case = file()
    life.publish(life.draft())
    task = hall.task("examine", instance_id=case)
    hall.runtime.complete(task.id, papers.ACCEPT, actor=actor("window-commerce-1"), command_id=hall.next_id())
    kept, later = hall.variables(case), hall.variables(file())
    assert [known["item"]["version"] for known in (kept, later)] == [1, 2]
    assert kept["limits"]["promised"]["date"] == "2026-03-11"
    with hall.runtime.registers.read() as session:
        rows = session.execute(select(case_file.c.item_version).order_by(case_file.c.number))
        assert list(rows.scalars()) == [1, 2]


CHANGES = """
    start s
    service pin operator=catalogue.item into=item param_code="=code"
    user wait groups=g
    service look operator=catalogue.changes into=changes param_item="=item"
    user after groups=g
    end e
    s -> pin -> wait -> look -> after -> e
"""


def test_whoever_decides_sees_what_changed_since(life: Life) -> None:
    life.hall.deploy(CHANGES)
    same, changed, ended = (life.hall.start({"code": "GS-002"}).instance_id for _ in range(3))
    seen = []
    for case in (same, changed, ended):
        waiting = life.hall.task("wait", instance_id=case)
        life.hall.submit(CompleteUserTask, case, task_id=waiting.id, variables={})
        seen.append(life.hall.variables(case)["changes"])
        if case == same:
            number = life.draft()
            life.publish(number)
        if case == changed:
            life.register.move("GS-002", number, State.ENDED, COMMITTEE, reason="取消", document="国发〔2026〕1号")
    shorter = ["promised_days", "steps"]
    assert [(one["state"], one["version"], one["changed"]) for one in seen] == [
        ("in-force", 1, []),
        ("in-force", 2, shorter),
        ("ended", 2, shorter),
    ]


def test_of_two_who_move_a_version_at_once_one_is_refused(life: Life) -> None:
    number = life.draft()
    life.register.move("GS-002", number, State.LEGAL_CHECK, DEPARTMENT)
    begin = Barrier(2)

    def move(_: int) -> str:
        begin.wait()
        try:
            life.register.move("GS-002", number, State.QUEUED, LEGAL, document=LETTER["document"])
        except Rejection as rejection:
            return rejection.code
        return "moved"

    with ThreadPoolExecutor(2) as both:
        outcomes = sorted(both.map(move, range(2)))
    assert outcomes == ["item-transition-not-allowed", "moved"]
    assert len([event for event in life.register.events("GS-002") if event.version == number]) == 3


def test_an_item_names_no_fee_that_the_fee_catalogue_does_not_know(life: Life) -> None:
    """R-42: refused, and the attempt is in the audit log."""
    charged = {"free": False, "fees": [{"code": "SF-XX-99", "charged_for": "item"}]}
    with pytest.raises(Rejection) as refused:
        life.publish(life.draft(**charged))
    assert refused.value.code == "item-fee-unknown"
    with life.hall.runtime.registers.read() as session:
        codes = session.execute(select(audit.c.code).where(audit.c.outcome == "refused")).scalars().all()
    assert "item-fee-unknown" in codes
    life.publish(life.draft(**charged | {"fees": [{"code": "SF-GS-01", "charged_for": "item"}]}))


def test_a_version_that_breaks_a_rule_does_not_reach_the_legal_office(life: Life) -> None:
    life.propose(version=life.draft(promised_days=4))
    with pytest.raises(Rejection) as refused:
        life.fill("confirm", DEPARTMENT, outcome="submit")
    assert refused.value.code == "item-steps-too-long"
    assert life.hall.open() == ["confirm"]
    life.fill("confirm", DEPARTMENT, outcome="withdraw")
    assert life.register.version("GS-002").state is State.DRAFT


def test_what_the_legal_office_sends_back_is_a_draft_again(life: Life) -> None:
    case = life.propose(version=life.draft())
    life.fill("confirm", DEPARTMENT, outcome="submit")
    life.fill("legal_check", LEGAL, outcome="returned", reason="依据的条文已修改")
    assert life.hall.status(case) == "completed"
    assert life.register.version("GS-002").state is State.DRAFT
    case = life.propose(version=2)
    life.fill("confirm", DEPARTMENT, outcome="submit")
    life.fill("legal_check", LEGAL, **LETTER)
    life.fill("publish", COMMITTEE, outcome="returned", reason="联系电话有误")
    assert [event.reason for event in life.register.events("GS-002")][-1] == "联系电话有误"


def test_the_legal_office_is_pressed_after_ten_working_days(life: Life) -> None:
    life.propose(version=life.draft())
    life.fill("confirm", DEPARTMENT, outcome="submit")
    life.hall.wait(days=14)
    assert life.hall.open() == ["legal_check"]
    life.hall.wait(days=1)
    assert life.hall.open() == ["legal_check", "press_check"]
    life.fill("legal_check", LEGAL, **LETTER)
    life.fill("publish", COMMITTEE, **PUBLISH)
    assert life.hall.open() == []


def test_whoever_confirmed_does_not_check_and_strangers_propose_nothing(life: Life) -> None:
    number = life.draft()
    both = Actor("two-hats", ("department-commerce", "legal-office", "committee"))
    with pytest.raises(Rejection) as refused:
        life.propose(version=number, who=actor("land-examiner-1"))
    assert refused.value.code == "item-proposal-foreign"
    life.propose(version=number, who=both)
    life.fill("confirm", both, outcome="submit")
    with pytest.raises(Rejection):
        life.fill("legal_check", both, **LETTER)
    assert life.hall.open() == ["legal_check"]


def test_a_merger_ends_the_other_item_on_the_same_day(life: Life) -> None:
    life.propose(version=life.draft(), replaced=[{"code": "GS-001"}])
    life.fill("confirm", DEPARTMENT, outcome="submit")
    life.fill("legal_check", LEGAL, **LETTER)
    life.fill("publish", COMMITTEE, **PUBLISH)
    assert life.in_force(life.hall.now, "GS-001") == 1
    with pytest.raises(Rejection) as refused:
        life.in_force(APRIL, "GS-001")
    assert refused.value.code == "item-ended"


def test_an_item_is_suspended_resumed_and_ended_by_the_committee(life: Life) -> None:
    for action, code in (("suspend", "item-suspended"), ("resume", None), ("end", "item-ended")):
        life.propose(action, COMMITTEE)
        life.fill("decide_stop", COMMITTEE, approves="yes", from_on="2026-03-02")
        if code is None:
            assert life.in_force(life.hall.now) == 1
            continue
        with pytest.raises(Rejection) as refused:
            life.in_force(life.hall.now)
        assert refused.value.code == code
    life.propose("resume", COMMITTEE)
    with pytest.raises(Rejection) as refused:
        life.fill("decide_stop", COMMITTEE, approves="yes", from_on="2026-03-02")
    assert refused.value.code == "item-transition-not-allowed"


def test_the_table_and_the_register_decide_alike() -> None:
    model = compile_decisions(DECISION.read_bytes())
    needs = ("several_departments", "needs_site_visit", "needs_investigation", "needs_upper_level")
    for kind, *flags in product(ItemClass, *[(False, True)] * 4):
        facts = dict(zip(needs, flags, strict=True))
        decided = model.evaluate("direct_approval", {"item_class": kind.value, **facts}, now=APRIL)
        assert decided.value == route(kind, **facts), (kind, facts)
