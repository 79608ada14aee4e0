"""P19: from a nomination to the account, the year, and the day somebody else takes over; and every way round it is refused."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from api.installation import operators
from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.deployments import ResourceFile
from engine.runtime.tables import audit
from tests.core.sketch import bpmn
from tests.runtime.halls import Hall
from tests.workflows.filing import actor
from tests.workflows.some_models import files_of
from workflows.catalogue.item_register import ItemRegister
from workflows.organisation import OrganisationRegister, tables
from workflows.organisation.entry_book import EntryBook
from workflows.organisation.hand_over import hand_over
from workflows.organisation.provisioning import require_no_window
from workflows.organisation.seal import Seal, SealState
from workflows.organisation.structure import NewDepartment, Structure
from workflows.sample.organisation import seed

DEPARTMENT, COMMITTEE, PERSONNEL = map(actor, ("commerce-examiner-1", "committee", "personnel-officer"))
ADMINISTRATOR = Actor("administrator")
SAID = {
    "window": "window-commerce",
    "post": "clerk",
    "account": "window-commerce-3",
    "name": "工商窗口丙",
    "home_department": "县工商局",
    "home_post": "科员",
    "heads_main_section": False,
    "qualification": "岗前培训合格〔2026〕3号",
    "from_on": "2026-03-02",
    "reason": "注册登记量增加",
}
WAITING = """
    start s
    user work groups=window-commerce
    end e
    s -> work -> e
"""
AGREED, REFUSED = {"outcome": "agreed"}, {"outcome": "refused", "opinion": "考试没有合格"}
REPLACING = {"replaces": "window-commerce-2"}


class Secondments:
    """A hall with the sample organisation, and P19 in it."""

    def __init__(self, url: str) -> None:
        self.hall = Hall(url, operators())
        runtime = self.hall.runtime
        waiting = ResourceFile("waiting.bpmn", bpmn(WAITING, "waiting"))
        runtime.deployments.deploy([*files_of("secondment"), waiting], ADMINISTRATOR)
        ItemRegister(runtime.registers).install(ADMINISTRATOR)
        runtime.registers.change("LoadSampleOrganisation", ADMINISTRATOR, seed)
        for account in ("window-commerce-1", "window-commerce-2"):
            runtime.accounts.create(id=account, name=account, password="x" * 12, roles=["clerk"], groups=["window-commerce"])
        self.register = OrganisationRegister(runtime.registers)

    def nominate(self, who: Actor = DEPARTMENT, **changed: Any) -> str:
        given = {"nomination": {**SAID, **changed}}
        return self.hall.start(given, process_key="secondment", actor=who).instance_id

    def fill(self, element: str, who: Actor = COMMITTEE, **data: Any) -> None:
        self.hall.runtime.complete(self.hall.task(element).id, data, actor=who, command_id=self.hall.next_id())

    def second(self, **changed: Any) -> str:
        case = self.nominate(**changed)
        self.fill("committee_check", **AGREED)
        self.fill("personnel_check", PERSONNEL, **AGREED)
        return case

    def staff(self, account: str) -> Any:
        wanted = select(tables.staff_member).where(tables.staff_member.c.account_id == account)
        with self.hall.runtime.registers.read() as session:
            return session.execute(wanted).one_or_none()

    def recorded(self) -> list[tuple[str, str, str | None]]:
        with self.hall.runtime.database.read() as connection:
            columns = audit.c.action, audit.c.outcome, audit.c.code
            return [tuple(row) for row in connection.execute(select(*columns).order_by(audit.c.id)).all()]


@pytest.fixture
def hall(database_url: str) -> Iterator[Secondments]:
    made = Secondments(database_url)
    yield made
    made.hall.close()


def test_both_agree_and_the_account_is_opened_for_a_year(hall: Secondments) -> None:
    case = hall.nominate()
    assert hall.hall.variables(case)["workload"]["head_count"] == 2
    assert hall.hall.runtime.accounts.find("window-commerce-3") is None
    hall.fill("personnel_check", PERSONNEL, **AGREED)
    assert hall.staff("window-commerce-3") is None
    hall.fill("committee_check", **AGREED)
    made, opened = hall.staff("window-commerce-3"), hall.hall.runtime.accounts.get("window-commerce-3")
    assert (made.from_on, made.until_on, made.post) == (date(2026, 3, 2), date(2027, 3, 2), "clerk")
    assert (opened.groups, opened.roles) == (("window-commerce",), ("clerk",))
    assert ("OpenWindowAccount", "accepted", None) in hall.recorded()
    with pytest.raises(Rejection) as refused:
        hall.hall.runtime.accounts.authenticate("window-commerce-3", "!")
    assert refused.value.code == "credentials-wrong"
    hall.hall.check(case)


@pytest.mark.parametrize(("committee", "personnel"), [(AGREED, REFUSED), (REFUSED, AGREED), (REFUSED, REFUSED)])
def test_one_of_them_does_not_agree_and_there_is_no_account(
    hall: Secondments, committee: dict[str, str], personnel: dict[str, str]
) -> None:
    case = hall.nominate()
    hall.fill("committee_check", **committee)
    hall.fill("personnel_check", PERSONNEL, **personnel)
    assert (hall.hall.status(case), hall.staff("window-commerce-3")) == ("completed", None)
    assert hall.hall.runtime.accounts.find("window-commerce-3") is None


def test_nobody_checks_for_both(hall: Secondments) -> None:
    both = Actor("committee", ("committee", "personnel"))
    case = hall.nominate()
    hall.fill("committee_check", both, **AGREED)
    with pytest.raises(Rejection) as refused:
        hall.fill("personnel_check", both, **AGREED)
    history = hall.hall.runtime.queries.history(case, limit=50).items
    assert (history[-1].outcome, history[-1].code) == ("refused", refused.value.code)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"post": "head"}, "staff-head-not-of-main-section"),
        ({"window": "window-health"}, "nomination-not-of-window"),
        ({"window": "window-nowhere"}, "window-unknown"),
        ({"reason": ""}, "nomination-above-head-count"),
        ({"account": "window-commerce-1"}, "staff-already-appointed"),
        ({"account": DEPARTMENT.id}, "nomination-of-oneself"),
        ({"account": "Not An Account"}, "nomination-not-readable"),
        ({"replaces": "window-health-1"}, "nomination-replaces-nobody"),
    ],
)
def test_whoever_may_not_be_nominated_is_refused(hall: Secondments, changed: dict[str, Any], code: str) -> None:
    with pytest.raises(Rejection) as refused:
        hall.nominate(**changed)
    assert (refused.value.code, hall.recorded()[-1][1:]) == (code, ("refused", code))


@pytest.mark.parametrize("who", [COMMITTEE, PERSONNEL, actor("health-examiner-1")], ids=lambda who: who.id)
def test_only_the_department_nominates(hall: Secondments, who: Actor) -> None:
    with pytest.raises(Rejection) as refused:
        hall.nominate(who)
    assert refused.value.code == "nomination-foreign"


def test_an_account_of_a_window_by_another_door_is_refused_and_recorded(hall: Secondments) -> None:
    registers = hall.hall.runtime.registers
    require_no_window(registers, "somebody", ["department-commerce"], ADMINISTRATOR)
    with pytest.raises(Rejection) as refused:
        require_no_window(registers, "somebody", ["department-commerce", "window-commerce"], ADMINISTRATOR)
    assert refused.value.code == "account-of-a-window"
    assert hall.recorded()[-1] == ("CreateAccount", "refused", "account-of-a-window")


def test_who_leaves_hands_over_tasks_and_seals_first(hall: Secondments) -> None:
    runtime, leaving = hall.hall.runtime, actor("window-commerce-2")
    hall.hall.runtime.registers.change("ReadyTenure", ADMINISTRATOR, _long_ago)
    work = hall.hall.start({}, process_key="waiting", actor=leaving).instance_id
    task = hall.hall.task("work")
    runtime.user_tasks.claim(task.id, actor=leaving, command_id=hall.hall.next_id())
    case = hall.second(**REPLACING, reason="")
    left = hall.staff("window-commerce-2").id
    handed = {"done": True, "reason": "期满轮换"}
    with pytest.raises(Rejection) as refused:
        hall.fill("hand_over", **handed)
    assert refused.value.code == "staff-open-tasks"
    assert hall.hall.runtime.queries.history(case, limit=50).items[-1].code == "staff-open-tasks"
    with pytest.raises(Rejection) as stranger:
        hand_over(runtime, left, "health-examiner-1", "离岗", COMMITTEE)
    assert stranger.value.code == "hand-over-not-of-window"
    assert hand_over(runtime, left, "window-commerce-3", "离岗", COMMITTEE) == [task.id]
    assert hall.hall.task("work").assignee == "window-commerce-3"
    said = [entry for entry in runtime.queries.history(work, limit=50).items if entry.actor_id == "committee"]
    assert len(said) == 1
    hall.fill("hand_over", **handed)
    assert hall.staff("window-commerce-2").ended_on == date(2026, 3, 2)
    assert runtime.accounts.get("window-commerce-2").groups == ()
    hall.hall.check(case, work)


def _long_ago(session: Any, now: datetime) -> None:
    session.execute(tables.staff_member.update().values(until_on=date(2021, 1, 1)))


def test_a_seal_stays_with_the_window(hall: Secondments) -> None:
    """window-commerce-1 keeps the seal of the department."""
    hall.second(replaces="window-commerce-1")
    with pytest.raises(Rejection) as refused:
        hall.fill("hand_over", done=True, reason="工作轮换")
    assert refused.value.code == "staff-keeps-seal"
    hall.register.hand_over_seal("工商审批01", "window-commerce-3", actor("window-commerce-1"))
    hall.fill("hand_over", done=True, reason="工作轮换")
    assert hall.staff("window-commerce-1").ended_on is not None


def test_a_change_before_the_year_is_over_needs_a_reason(hall: Secondments) -> None:
    hall.second()
    with pytest.raises(Rejection) as refused:
        hall.nominate(account="window-commerce-4", replaces="window-commerce-3", reason="")
    assert refused.value.code == "staff-early-change"
    case = hall.nominate(account="window-commerce-4", replaces="window-commerce-3", reason="本人调离县工商局")
    assert hall.hall.variables(case)["workload"]["before_its_year"] is True


def test_thirty_days_before_the_end_the_committee_is_told_and_renews(hall: Secondments) -> None:
    case = hall.second()
    hall.hall.now = datetime(2027, 1, 31, 0, 59, tzinfo=UTC)
    hall.hall.runtime.run_due()
    assert hall.hall.open() == []
    hall.hall.wait(minutes=1)
    assert hall.hall.open() == ["tenure_ends"]
    hall.fill("tenure_ends", outcome="renew")
    assert hall.staff("window-commerce-3").until_on == date(2028, 3, 2)
    hall.hall.now = datetime(2028, 2, 1, 1, tzinfo=UTC)
    hall.hall.runtime.run_due()
    hall.fill("tenure_ends", outcome="replace")
    assert hall.hall.status(case) == "completed"


def test_of_somebody_who_has_left_no_end_is_told(hall: Secondments) -> None:
    case = hall.second()
    hall.register.end_appointment(hall.staff("window-commerce-3").id, "辞去公职", COMMITTEE)
    hall.hall.now = datetime(2027, 1, 31, 2, tzinfo=UTC)
    hall.hall.runtime.run_due()
    assert (hall.hall.open(), hall.hall.status(case)) == ([], "completed")


SPORTS = NewDepartment("县体育局", "099", "Sports Bureau", has_approval_power=True, is_vertical=False)


def test_a_hall_without_samples_is_set_up_step_by_step(database_url: str) -> None:
    """Departments and windows by the administrator, people by P19, then letter, seal and entry."""
    hall = Hall(database_url, operators())
    registers = hall.runtime.registers
    hall.runtime.deployments.deploy(files_of("secondment"), ADMINISTRATOR)
    structure, entry, register = Structure(registers), EntryBook(registers), OrganisationRegister(registers)
    structure.add_department(SPORTS, ADMINISTRATOR)
    structure.add_window("window-sports", "体育窗口", SPORTS.name, ADMINISTRATOR)
    assert [gap.reason for gap in register.gaps(date(2026, 3, 2))] == ["not-entered"]
    said = {"window": "window-sports", "home_department": SPORTS.name, "account": "window-sports-1"}
    head = {"post": "head", "heads_main_section": True, "home_post": "业务科长"}
    hall.start({"nomination": SAID | said | head}, process_key="secondment", actor=Actor("sports-leader", ("leader-sports",)))
    for element, who in (("committee_check", COMMITTEE), ("personnel_check", PERSONNEL)):
        hall.runtime.complete(hall.task(element).id, AGREED, actor=who, command_id=hall.next_id())
    register.register_seal(Seal("体育审批01", SPORTS.name, "0" * 64, SealState.IN_USE, "window-sports-1"), ADMINISTRATOR)
    assert entry.standing(SPORTS.name, date(2026, 3, 2)).missing == ["有效的授权书"]
    with pytest.raises(Rejection) as refused:
        entry.enter(SPORTS.name, COMMITTEE)
    assert refused.value.code == "entry-not-ready"
    hall.close()


def test_departments_and_windows_are_registered_once(hall: Secondments) -> None:
    structure = Structure(hall.hall.runtime.registers)
    structure.add_department(SPORTS, ADMINISTRATOR)
    structure.join_window("window-commerce", SPORTS.name, ADMINISTRATOR)
    attempts: list[tuple[str, Callable[[], None]]] = [
        ("department-exists", lambda: structure.add_department(SPORTS, ADMINISTRATOR)),
        ("department-exists", lambda: structure.add_department(replace(SPORTS, name="县体委"), ADMINISTRATOR)),
        ("department-code-invalid", lambda: structure.add_department(replace(SPORTS, code="9"), ADMINISTRATOR)),
        ("window-exists", lambda: structure.add_window("window-commerce", "工商窗口", SPORTS.name, ADMINISTRATOR)),
        ("window-group-invalid", lambda: structure.add_window("committee", "窗口", SPORTS.name, ADMINISTRATOR)),
        ("department-unknown", lambda: structure.add_window("window-x", "窗口", "县某局", ADMINISTRATOR)),
        ("window-unknown", lambda: structure.join_window("window-x", SPORTS.name, ADMINISTRATOR)),
        ("window-serves-already", lambda: structure.join_window("window-commerce", SPORTS.name, ADMINISTRATOR)),
    ]
    for code, attempt in attempts:
        with pytest.raises(Rejection) as refused:
            attempt()
        assert (refused.value.code, hall.recorded()[-1][1:]) == (code, ("refused", code))
