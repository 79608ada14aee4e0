"""The register of the organisation on real databases: every change is in the audit log, refused or not."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.tables import audit
from tests.runtime.halls import Hall
from workflows.catalogue.item_register import ItemRegister
from workflows.organisation import Letter, OrganisationRegister, Power, tables
from workflows.organisation.absence import Leave
from workflows.organisation.assessment import Points
from workflows.organisation.attendance_book import AttendanceBook
from workflows.organisation.seal import Seal, SealState
from workflows.sample.organisation import seed

ADMINISTRATOR, COMMITTEE = Actor("administrator"), Actor("committee", ("committee",))
MEMBER = tables.staff_member
LETTER = Letter(
    "县工商局授〔2026〕9号",
    "县工商局",
    "window-commerce-2",
    frozenset({("GS-001", Power.ACCEPT)}),
    date(2026, 3, 2),
    date(2026, 12, 31),
    "局长",
)


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    made = Hall(database_url)
    ItemRegister(made.runtime.registers).install(ADMINISTRATOR)
    made.runtime.registers.change("LoadSampleOrganisation", ADMINISTRATOR, seed)
    yield made
    made.close()


@pytest.fixture
def register(hall: Hall) -> OrganisationRegister:
    return OrganisationRegister(hall.runtime.registers)


@pytest.fixture
def book(hall: Hall) -> AttendanceBook:
    return AttendanceBook(hall.runtime.registers)


def audited(hall: Hall) -> list[tuple[str, str, str | None]]:
    """Action, outcome and code of what was done, oldest first."""
    with hall.runtime.database.read() as connection:
        columns = audit.c.action, audit.c.outcome, audit.c.code
        return [tuple(row) for row in connection.execute(select(*columns).order_by(audit.c.id)).all()][1:]


def refused(code: str, hall: Hall, action: str, change: Any) -> None:
    with pytest.raises(Rejection) as rejection:
        change()
    assert rejection.value.code == code
    assert audited(hall)[-1] == (action, "refused", code)


def test_an_appointment_ends_by_the_committee_and_once(hall: Hall, register: OrganisationRegister) -> None:
    def begin(session: Any, now: datetime) -> None:
        session.execute(MEMBER.update().where(MEMBER.c.id == 2).values(until_on=date(2027, 3, 2)))

    hall.runtime.registers.change("Test", ADMINISTRATOR, begin)
    refused("staff-early-change", hall, "EndAppointment", lambda: register.end_appointment(2, "调动", ADMINISTRATOR))
    refused("staff-early-change", hall, "EndAppointment", lambda: register.end_appointment(2, "", COMMITTEE))
    assert register.end_appointment(2, "工作调动", COMMITTEE).ended_on == date(2026, 3, 2)
    refused("staff-ended", hall, "EndAppointment", lambda: register.end_appointment(2, "工作调动", COMMITTEE))
    refused("staff-not-found", hall, "EndAppointment", lambda: register.end_appointment(999, "工作调动", COMMITTEE))


def test_who_keeps_a_seal_hands_it_over_before_he_goes(hall: Hall, register: OrganisationRegister) -> None:
    refused("staff-keeps-seal", hall, "EndAppointment", lambda: register.end_appointment(1, "调动", COMMITTEE))
    register.hand_over_seal("工商审批01", "window-commerce-2", Actor("window-commerce-1"))
    assert register.end_appointment(1, "调动", COMMITTEE).ended_on is not None


def test_a_letter_names_items_of_its_own_department(hall: Hall, register: OrganisationRegister) -> None:
    register.enter_letter(LETTER, ADMINISTRATOR)
    assert audited(hall)[-1] == ("EnterLetter", "accepted", None)
    refused("letter-exists", hall, "EnterLetter", lambda: register.enter_letter(LETTER, ADMINISTRATOR))
    foreign = Letter("x", "县国土局", "window-commerce-2", LETTER.grants, LETTER.from_on, LETTER.until_on, "局长")
    refused("letter-foreign-item", hall, "EnterLetter", lambda: register.enter_letter(foreign, ADMINISTRATOR))
    empty = Letter("x", "县工商局", "window-commerce-2", frozenset(), LETTER.from_on, LETTER.until_on, "局长")
    refused("letter-without-scope", hall, "EnterLetter", lambda: register.enter_letter(empty, ADMINISTRATOR))
    refused("letter-not-found", hall, "RevokeLetter", lambda: register.revoke_letter("y", "错误", ADMINISTRATOR))


def test_what_a_letter_grants_cannot_be_added_to(hall: Hall, register: OrganisationRegister) -> None:
    register.enter_letter(LETTER, ADMINISTRATOR)
    statement = text("UPDATE authorisation_grant SET power = 'seal'")
    with pytest.raises(DBAPIError, match="append-only"), hall.runtime.registers.read() as session:
        session.execute(statement)


def test_a_seal_is_handed_over_by_its_keeper(hall: Hall, register: OrganisationRegister) -> None:
    first, second = Actor("window-commerce-1"), Actor("window-commerce-2")
    refused("seal-not-kept", hall, "HandOverSeal", lambda: register.hand_over_seal("工商审批01", "x", second))
    register.hand_over_seal("工商审批01", "window-commerce-2", first)
    refused("seal-not-kept", hall, "HandOverSeal", lambda: register.hand_over_seal("工商审批01", "x", first))
    again = "window-commerce-2"
    refused("seal-handed-to-itself", hall, "HandOverSeal", lambda: register.hand_over_seal("工商审批01", again, second))
    register.retire_seal("工商审批01", SealState.RETURNED, ADMINISTRATOR)
    refused("seal-not-in-use", hall, "HandOverSeal", lambda: register.hand_over_seal("工商审批01", "x", second))
    seal = Seal("工商审批01", "县工商局", "0" * 64, SealState.IN_USE, "x")
    refused("seal-exists", hall, "RegisterSeal", lambda: register.register_seal(seal, ADMINISTRATOR))


def test_who_is_not_in_the_hall_is_listed_with_the_reason(hall: Hall, register: OrganisationRegister) -> None:
    today, served, department = date(2026, 3, 2), tables.window_department, tables.department
    assert register.gaps(today) == []

    def close(session: Any, now: datetime) -> None:
        session.execute(served.delete().where(served.c.department == "县国土局"))
        session.execute(department.update().where(department.c.name == "县教委").values(entered_on=None))
        secret = {"entered_on": None, "exemption": "县府办发〔2002〕9号（涉密）"}
        session.execute(department.update().where(department.c.name == "县公安局").values(**secret))

    hall.runtime.registers.change("Test", ADMINISTRATOR, close)
    assert {gap.department: (gap.reason, gap.items, gap.document) for gap in register.gaps(today)} == {
        "县国土局": ("no-window", ("GT-001",), None),
        "县教委": ("not-entered", (), None),
        "县公安局": ("exempt", (), "县府办发〔2002〕9号（涉密）"),
    }


def test_a_register_without_items_does_not_take_them_from_files(database_url: str) -> None:
    made = Hall(database_url)
    made.runtime.registers.change("LoadSampleOrganisation", ADMINISTRATOR, seed)
    empty = OrganisationRegister(made.runtime.registers)
    refused("letter-foreign-item", made, "EnterLetter", lambda: empty.enter_letter(LETTER, ADMINISTRATOR))
    assert empty.gaps(date(2026, 3, 2)) == []
    made.close()


def test_the_register_is_read_by_pages(register: OrganisationRegister) -> None:
    seen, cursor = [], None
    while True:
        page = register.page(tables.department, cursor, 10)
        seen += [row.name for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 25
    assert [row.id for row in register.page(tables.staff_member, "2", 1).items] == [3]


def test_leave_is_approved_by_somebody_else(hall: Hall, book: AttendanceBook) -> None:
    asked = Leave(0, "", "window-commerce-2", date(2026, 3, 2), date(2026, 3, 3), "探亲")
    number = book.ask_leave(asked, Actor("window-commerce-1"))
    own = Actor("window-commerce-1", ("committee",))
    refused("leave-own-approval", hall, "DecideLeave", lambda: book.decide_leave(number, own, approved=True))
    book.decide_leave(number, COMMITTEE, approved=True)
    refused("leave-decided", hall, "DecideLeave", lambda: book.decide_leave(number, COMMITTEE, approved=False))
    refused("leave-not-found", hall, "DecideLeave", lambda: book.decide_leave(99, COMMITTEE, approved=True))


def test_a_month_of_attendance_is_its_score(hall: Hall, book: AttendanceBook) -> None:
    """March 2026 until the 5th: Monday in time, Tuesday on leave, Wednesday never there but for what the committee signed."""
    account = Actor("window-commerce-1")
    for hour, minute in ((1, 0), (4, 0), (5, 35), (9, 30)):
        hall.now = datetime(2026, 3, 2, hour, minute, tzinfo=UTC)
        book.swipe(account)
    refused("attendance-out-of-turn", hall, "Swipe", lambda: book.swipe(account))
    asked = Leave(0, "", "window-commerce-2", date(2026, 3, 3), date(2026, 3, 3), "病假")
    book.decide_leave(book.ask_leave(asked, account), COMMITTEE, approved=True)
    day = date(2026, 3, 4)
    refused("attendance-committee-signs", hall, "SignForSwipe", lambda: book.sign_for(account.id, day, 1, "忘记", account))
    book.sign_for(account.id, day, 1, "外出办事", COMMITTEE)
    refused("attendance-already-signed", hall, "SignForSwipe", lambda: book.sign_for(account.id, day, 1, "外出", COMMITTEE))
    made = book.score(account.id, day, date(2026, 3, 5))
    assert [(line.rule, line.source) for line in made.lines] == [
        ("late", "考勤 2026-03-02"),
        ("missing-swipe", "考勤 2026-03-04"),
        ("absent-half-day", "考勤 2026-03-04"),
    ]
    assert made.total == 9_200


def test_points_by_hand_take_two_people(hall: Hall, book: AttendanceBook) -> None:
    number = book.enter_points("window-commerce-1", "2026-03", Points("praise", 300, "锦旗〔2026〕1号"), COMMITTEE)
    today = date(2026, 3, 2)
    assert book.score("window-commerce-1", today, today).total == 10_000
    refused("assessment-one-person", hall, "ConfirmPoints", lambda: book.confirm_points(number, COMMITTEE))
    book.confirm_points(number, Actor("supervisor"))
    assert book.score("window-commerce-1", today, today).total == 10_300


def test_the_duty_roster_says_who_is_on_duty(hall: Hall, book: AttendanceBook) -> None:
    for leader in ("committee", "supervisor"):
        book.set_duty(date(2026, 3, 2), leader, "supervisor", COMMITTEE)
    with hall.runtime.registers.read() as session:
        assert [row.leader for row in session.execute(select(tables.duty)).all()] == ["supervisor"]
