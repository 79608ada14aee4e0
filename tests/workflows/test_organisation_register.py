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
from workflows.organisation import Letter, OrganisationRegister, Post, Power, tables
from workflows.organisation.absence import Leave
from workflows.organisation.assessment import Points
from workflows.organisation.attendance_book import AttendanceBook
from workflows.organisation.organisation_register import Appointment
from workflows.organisation.seal import Seal, SealState
from workflows.sample.organisation import seed

ADMINISTRATOR, COMMITTEE = Actor("administrator"), Actor("committee", ("committee",))
NEW = Appointment("newcomer", "window-commerce", Post.CLERK, "县工商局", "科员", False, "岗前培训合格", date(2026, 3, 2))
LETTER = Letter(
    "县工商局授〔2026〕9号",
    "县工商局",
    "newcomer",
    frozenset({("GS-001", Power.ACCEPT)}),
    date(2026, 3, 2),
    date(2026, 12, 31),
    "局长",
)


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    made = Hall(database_url)
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


def test_somebody_is_appointed_for_a_year_and_once(hall: Hall, register: OrganisationRegister) -> None:
    number = register.appoint(NEW, ADMINISTRATOR)
    refused("staff-already-appointed", hall, "AppointStaff", lambda: register.appoint(NEW, ADMINISTRATOR))
    refused("staff-early-change", hall, "EndAppointment", lambda: register.end_appointment(number, "", ADMINISTRATOR))
    ended = register.end_appointment(number, "工作调动", COMMITTEE)
    assert (ended.until_on, ended.ended_on) == (date(2027, 3, 2), date(2026, 3, 2))
    refused("staff-ended", hall, "EndAppointment", lambda: register.end_appointment(number, "工作调动", COMMITTEE))


def test_a_letter_names_items_of_its_own_department(hall: Hall, register: OrganisationRegister) -> None:
    register.enter_letter(LETTER, ADMINISTRATOR)
    assert audited(hall)[-1] == ("EnterLetter", "accepted", None)
    refused("letter-exists", hall, "EnterLetter", lambda: register.enter_letter(LETTER, ADMINISTRATOR))
    foreign = Letter("x", "县国土局", "newcomer", LETTER.grants, LETTER.from_on, LETTER.until_on, "局长")
    refused("letter-foreign-item", hall, "EnterLetter", lambda: register.enter_letter(foreign, ADMINISTRATOR))
    empty = Letter("x", "县工商局", "newcomer", frozenset(), LETTER.from_on, LETTER.until_on, "局长")
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


def test_who_has_items_and_no_window_is_listed(hall: Hall, register: OrganisationRegister) -> None:
    assert register.gaps() == []
    with_window = tables.window_department

    def close(session: Any, now: datetime) -> None:
        session.execute(with_window.delete().where(with_window.c.department == "县国土局"))

    hall.runtime.registers.change("Test", ADMINISTRATOR, close)
    assert [(gap.department, gap.items) for gap in register.gaps()] == [("县国土局", ("GT-001",))]


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
