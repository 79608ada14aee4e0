"""R-12: nobody is given an item he was not trained for, and nobody says so of himself."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from api.installation import operators
from engine.core.rejection import Rejection
from engine.runtime.tables import audit
from tests.runtime.halls import Hall
from tests.workflows import papers
from tests.workflows.filing import Filing, actor
from tests.workflows.test_organisation_in_cases import ITEM, changed
from tests.workflows.test_workflows_handling import WINDOW
from workflows.catalogue.item_register import ItemRegister
from workflows.organisation import Letter, OrganisationRegister, Power
from workflows.organisation.skill import Skill, SkillKind, require_skill
from workflows.organisation.skill_matrix import SkillMatrix
from workflows.organisation.tables import staff_skill
from workflows.sample.organisation import seed

ADMINISTRATOR, COMMITTEE = actor("administrator"), actor("committee")
TODAY = date(2026, 3, 2)
DIVER = Skill("window-land-2", "GS-001", SkillKind.EXAMINATION, "考试〔2026〕3号", TODAY)


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    made = Hall(database_url, operators())
    ItemRegister(made.runtime.registers).install(ADMINISTRATOR)
    made.runtime.registers.change("LoadSampleOrganisation", ADMINISTRATOR, seed)
    yield made
    made.close()


@pytest.fixture
def matrix(hall: Hall) -> SkillMatrix:
    return SkillMatrix(hall.runtime.registers)


def refused(code: str, hall: Hall, action: str, change: Callable[[], object]) -> None:
    with pytest.raises(Rejection) as rejection:
        change()
    assert rejection.value.code == code
    with hall.runtime.database.read() as connection:
        columns = audit.c.action, audit.c.outcome, audit.c.code
        kept = connection.execute(select(*columns).order_by(audit.c.id.desc()).limit(1)).one()
    assert tuple(kept) == (action, "refused", code)


def test_whoever_was_not_trained_for_the_item_does_nothing_though_a_letter_covers_the_post() -> None:
    filing = Filing(ITEM)
    yesterday = staff_skill.update().where(staff_skill.c.account_id == WINDOW).values(withdrawn_on=date(2026, 3, 1))
    changed(filing, lambda session: session.execute(yesterday))
    with pytest.raises(Rejection) as refusal:
        filing.fill("examine", WINDOW, **papers.ACCEPT)
    assert refusal.value.code == "staff-untrained"
    assert (filing.open, filing.documents()) == (["examine"], ["filing_receipt"])


def test_a_person_is_named_in_a_letter_for_items_he_was_trained_for_alone(hall: Hall, matrix: SkillMatrix) -> None:
    grants = frozenset({("GS-001", Power.ACCEPT), ("GS-001", Power.ISSUE)})
    letter = Letter("县工商局授〔2026〕7号", "县工商局", DIVER.account, grants, TODAY, date(2026, 12, 31), "局长")
    register = OrganisationRegister(hall.runtime.registers)
    refused("staff-untrained", hall, "EnterLetter", lambda: register.enter_letter(letter, ADMINISTRATOR))
    number = matrix.enter(DIVER, COMMITTEE)
    register.enter_letter(letter, ADMINISTRATOR)
    matrix.withdraw(number, "证书被撤销", COMMITTEE)
    refused("skill-not-found", hall, "WithdrawSkill", lambda: matrix.withdraw(number, "证书被撤销", COMMITTEE))


def test_nobody_enters_his_own_and_nothing_without_proof(hall: Hall, matrix: SkillMatrix) -> None:
    def enter(code: str, by: str = "committee", **other: object) -> None:
        line = Skill(**{**{name: getattr(DIVER, name) for name in Skill.__slots__}, **other})
        refused(code, hall, "EnterSkill", lambda: matrix.enter(line, actor(by)))

    enter("skill-of-oneself", by=DIVER.account)
    enter("skill-without-proof", proof=" ")
    enter("skill-dates", from_on=TODAY + timedelta(days=1))
    enter("skill-dates", until_on=TODAY - timedelta(days=1))
    enter("skill-item-unknown", item="XX-999")
    enter("skill-person-unknown", account="designer")
    number = matrix.enter(DIVER, COMMITTEE)
    refused("skill-of-oneself", hall, "WithdrawSkill", lambda: matrix.withdraw(number, "已换证", actor(DIVER.account)))


def test_the_matrix_shows_what_is_missing(hall: Hall, matrix: SkillMatrix) -> None:
    rows = {row.account: row for row in matrix.matrix(TODAY)}
    assert rows["window-land-2"].items == ("GT-001",)
    assert rows["window-land-2"].missing == ()
    with hall.runtime.database.read() as connection:
        line = connection.execute(select(staff_skill.c.id).where(staff_skill.c.account_id == "window-land-2")).scalar_one()
    matrix.withdraw(line, "考核不合格", COMMITTEE)
    rows = {row.account: row for row in matrix.matrix(TODAY)}
    assert (rows["window-land-2"].items, rows["window-land-2"].missing) == ((), ("GT-001",))


@given(st.dates(), st.one_of(st.none(), st.dates()), st.dates())
def test_a_skill_counts_on_its_days_and_no_other(begin: date, end: date | None, day: date) -> None:
    line = Skill("a", "GS-001", SkillKind.LICENCE, "x", begin, end)
    if begin <= day and (end is None or day <= end):
        require_skill([line], "a", "GS-001", day)
    else:
        with pytest.raises(Rejection, match="trained"):
            require_skill([line], "a", "GS-001", day)
    for account, item in (("b", "GS-001"), ("a", "GS-002")):
        with pytest.raises(Rejection, match="trained"):
            require_skill([line], account, item, day)
