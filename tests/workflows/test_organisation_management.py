"""Authority from letters, entry into the hall, visits, allowances and presence: what is refused is in the audit log."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.tables import audit
from tests.runtime.halls import Hall
from workflows.catalogue.item_register import ItemRegister
from workflows.organisation import Letter, OrganisationRegister, Power, tables
from workflows.organisation.absence import Leave
from workflows.organisation.allowance import BASE_FEN, amount_fen
from workflows.organisation.allowance_lists import AllowanceLists
from workflows.organisation.attendance_book import AttendanceBook
from workflows.organisation.authority_book import AuthorityBook
from workflows.organisation.authority_rate import of_items, rate
from workflows.organisation.entry import EntryEvent, Step
from workflows.organisation.entry_book import EntryBook
from workflows.organisation.hall_visits import HallVisit, HallVisits
from workflows.organisation.presence import Presence
from workflows.sample.organisation import seed

ADMINISTRATOR, COMMITTEE = Actor("administrator"), Actor("committee", ("committee",))
SUPERVISOR, FINANCE = Actor("supervisor", ("supervision",)), Actor("finance-officer", ("finance-office",))
TODAY = date(2026, 3, 2)
ACCEPT_ONLY = Letter(
    "县工商局授〔2026〕9号",
    "县工商局",
    "window-commerce:clerk",
    frozenset({("GS-001", Power.ACCEPT), ("GS-001", Power.EXAMINE)}),
    TODAY,
    date(2026, 12, 31),
    "县工商局局长",
)
LETTER = tables.authorisation_letter


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    made = Hall(database_url)
    ItemRegister(made.runtime.registers).install(ADMINISTRATOR)
    made.runtime.registers.change("LoadSampleOrganisation", ADMINISTRATOR, seed)
    yield made
    made.close()


def put(hall: Hall, *statements: Any) -> None:
    def change(session: Any, now: datetime) -> None:
        for statement in statements:
            session.execute(statement)

    hall.runtime.registers.change("Test", ADMINISTRATOR, change)


def refused(code: str, hall: Hall, action: str, change: Callable[[], object]) -> None:
    with pytest.raises(Rejection) as rejection:
        change()
    with hall.runtime.database.read() as connection:
        last = connection.execute(select(audit.c.action, audit.c.outcome, audit.c.code).order_by(audit.c.id.desc())).first()
    assert (rejection.value.code, tuple(last or ())) == (code, (action, "refused", code))


def test_a_window_that_only_receives_needs_a_reason_and_is_published(hall: Hall) -> None:
    """A-17 明进暗不进."""
    register, book = OrganisationRegister(hall.runtime.registers), AuthorityBook(hall.runtime.registers)
    before = book.rate(TODAY)
    put(hall, LETTER.update().where(LETTER.c.department == "县工商局").values(revoked_on=TODAY))
    nothing = book.rate(TODAY)
    assert nothing.full < before.full
    code = "letter-accept-only-without-reason"
    refused(code, hall, "EnterLetter", lambda: register.enter_letter(ACCEPT_ONLY, ADMINISTRATOR))
    reason = "系统由市局统一运行，市局正在下放"
    register.enter_letter(replace(ACCEPT_ONLY, accept_only_reason=reason), ADMINISTRATOR)
    after = book.rate(TODAY)
    found = {one.item: (one.state, one.reason) for one in after.kept_back}
    assert (found["GS-001"], found["GS-002"]) == (("accept-only", reason), ("none", ""))
    assert (after.full, after.per_mille) == (nothing.full, nothing.full * 1000 // nothing.items)
    full = replace(ACCEPT_ONLY, number="县工商局授〔2026〕10号", grants=frozenset({("GS-001", Power.ISSUE)}))
    register.enter_letter(full, ADMINISTRATOR)
    assert "GS-001" not in {one.item for one in book.rate(TODAY).kept_back}


def test_rows_of_authority_are_those_of_the_letters_in_force(hall: Hall) -> None:
    book = AuthorityBook(hall.runtime.registers)
    before = book.rows(TODAY)
    put(hall, LETTER.update().where(LETTER.c.number == before[0].letter).values(revoked_on=TODAY))
    assert [row for row in before if row.letter != before[0].letter] == book.rows(TODAY)
    assert book.rows(date(2001, 1, 1)) == []


def test_letters_that_end_soon_are_told(hall: Hall) -> None:
    book = AuthorityBook(hall.runtime.registers)
    assert book.ending(TODAY) == []
    number = book.rows(TODAY)[0].letter
    put(hall, LETTER.update().where(LETTER.c.number == number).values(until_on=date(2026, 4, 1)))
    assert [row.number for row in book.ending(TODAY)] == [number]
    assert book.ending(date(2026, 3, 1)) == []


def test_nobody_passes_an_authorisation_on(hall: Hall) -> None:
    register = OrganisationRegister(hall.runtime.registers)
    for signer in ("window-commerce:head", "window-commerce-1"):
        letter = replace(ACCEPT_ONLY, signed_by=signer)
        refused("letter-redelegation", hall, "EnterLetter", lambda given=letter: register.enter_letter(given, ADMINISTRATOR))
    own = replace(ACCEPT_ONLY, grantee="administrator")
    refused("letter-of-oneself", hall, "EnterLetter", lambda: register.enter_letter(own, ADMINISTRATOR))


POWERS = st.frozensets(st.tuples(st.sampled_from(["A", "B", "C"]), st.sampled_from(list(Power))), min_size=1)


@given(st.lists(POWERS, max_size=5), POWERS)
def test_another_letter_never_makes_the_rate_smaller(grants: list[frozenset[Any]], more: frozenset[Any]) -> None:
    letters = [replace(ACCEPT_ONLY, number=str(place), grants=granted) for place, granted in enumerate([*grants, more])]
    departments = dict.fromkeys("ABC", "县工商局")
    rates = [rate(of_items(departments, some, TODAY)).per_mille for some in (letters[:-1], letters)]
    assert 0 <= rates[0] <= rates[1] <= 1000


def test_a_department_enters_with_all_it_needs(hall: Hall) -> None:
    book, department = EntryBook(hall.runtime.registers), tables.department
    refused("entry-already", hall, "EnterHall", lambda: book.enter("县国土局", COMMITTEE))
    refused("department-unknown", hall, "EnterHall", lambda: book.enter("县某局", COMMITTEE))
    for name in ("县国土局", "县教委"):
        put(hall, department.update().where(department.c.name == name).values(entered_on=None))
    assert book.standing("县教委", TODAY).missing == ["窗口或者联合窗口", "有效的授权书", "审批专用章", "窗口负责人"]
    refused("entry-not-ready", hall, "EnterHall", lambda: book.enter("县教委", COMMITTEE))
    book.enter("县国土局", COMMITTEE)
    assert [event.step for event in book.events("县国土局")] == ["entered"]
    assert OrganisationRegister(hall.runtime.registers).gaps(TODAY)[0].department == "县教委"


def test_refusing_to_enter_goes_step_by_step_to_discipline(hall: Hall) -> None:
    """R-19: no step is left out, nothing is referred before its day, and no sanction is the software's."""
    book, name = EntryBook(hall.runtime.registers), "县教委"
    notice = EntryEvent(Step.NOTICE, "管委会通知〔2026〕1号", "限期进驻", date(2026, 3, 10))
    referral = EntryEvent(Step.REFERRED, "管委会移送〔2026〕1号")

    def take(event: EntryEvent) -> None:
        book.take_step(name, event, COMMITTEE)

    refused("entry-already", hall, "EntryStep", lambda: take(notice))
    put(hall, tables.department.update().where(tables.department.c.name == name).values(entered_on=None))
    refused("entry-step-order", hall, "EntryStep", lambda: take(referral))
    refused("entry-paper-missing", hall, "EntryStep", lambda: take(replace(notice, document=" ")))
    refused("entry-due-missing", hall, "EntryStep", lambda: take(replace(notice, due_on=TODAY)))
    take(notice)
    refused("entry-step-again", hall, "EntryStep", lambda: take(notice))
    take(EntryEvent(Step.REASON, text="人手不足"))
    take(EntryEvent(Step.UNJUSTIFIED, text="可以联合设窗"))
    refused("entry-deadline-running", hall, "EntryStep", lambda: take(referral))
    hall.now = datetime(2026, 3, 11, 1, tzinfo=UTC)
    sanction = EntryEvent(Step.SANCTION, "县监察局决定〔2026〕3号")
    refused("entry-step-order", hall, "EntryStep", lambda: take(sanction))
    take(referral)
    refused("entry-paper-missing", hall, "EntryStep", lambda: take(replace(sanction, document="")))
    take(sanction)
    assert [event.step for event in book.events(name)] == ["notice", "reason", "unjustified", "referred", "sanction"]


def test_a_good_reason_ends_the_file_and_an_exemption_opens_none(hall: Hall) -> None:
    book, department = EntryBook(hall.runtime.registers), tables.department
    put(hall, department.update().where(department.c.name == "县教委").values(entered_on=None))
    notice = EntryEvent(Step.NOTICE, "管委会通知〔2026〕1号", "", date(2026, 3, 10))
    for event in (notice, EntryEvent(Step.REASON, text="涉密"), EntryEvent(Step.JUSTIFIED)):
        book.take_step("县教委", event, COMMITTEE)
    referral = EntryEvent(Step.REFERRED, "移送〔2026〕1号")
    refused("entry-reason-justified", hall, "EntryStep", lambda: book.take_step("县教委", referral, COMMITTEE))
    exempt = {"entered_on": None, "exemption": "县府办发〔2002〕9号"}
    put(hall, department.update().where(department.c.name == "县公安局").values(**exempt))
    refused("entry-exempt", hall, "EntryStep", lambda: book.take_step("县公安局", notice, COMMITTEE))


VISIT = HallVisit(TODAY, "县卫生局", "县卫生局局长", "医政科", "现场勘验排队", "增加一组", "卫生窗口负责人", date(2026, 3, 6))


def test_what_a_visit_found_is_followed_up(hall: Hall) -> None:
    visits = HallVisits(hall.runtime.registers)
    ahead, past = replace(VISIT, day=date(2026, 3, 3)), replace(VISIT, due_on=date(2026, 3, 1))
    for wrong in (ahead, past):
        refused("visit-dates", hall, "EnterHallVisit", lambda given=wrong: visits.enter(given, COMMITTEE))
    unknown = replace(VISIT, department="县某局")
    refused("department-unknown", hall, "EnterHallVisit", lambda: visits.enter(unknown, COMMITTEE))
    number = visits.enter(VISIT, COMMITTEE)
    assert visits.overdue(date(2026, 3, 6)) == []
    assert [visit.id for visit in visits.overdue(date(2026, 3, 7))] == [number]
    visits.close(number, "已增加一组", COMMITTEE)
    assert visits.overdue(date(2026, 3, 7)) == []
    refused("visit-closed", hall, "CloseHallVisit", lambda: visits.close(number, "再次", COMMITTEE))
    refused("visit-not-found", hall, "CloseHallVisit", lambda: visits.close(99, "没有", COMMITTEE))


def test_allowances_follow_attendance_and_score_and_take_three_persons(hall: Hall) -> None:
    lists, swiping = AllowanceLists(hall.runtime.registers), AttendanceBook(hall.runtime.registers)
    for hour, minute in ((0, 50), (4, 0), (5, 20), (9, 30)):
        hall.now = datetime(2026, 3, 2, hour, minute, tzinfo=UTC)
        swiping.swipe(Actor("window-commerce-1"))
    one_day = {"from_on": TODAY, "ended_on": date(2026, 3, 3)}
    put(hall, tables.staff_member.update().where(tables.staff_member.c.account_id == "window-commerce-1").values(**one_day))
    refused("allowance-month-running", hall, "ComputeAllowances", lambda: lists.compute(TODAY, SUPERVISOR))
    refused("allowance-not-found", hall, "ApproveAllowances", lambda: lists.approve("2026-03", COMMITTEE))
    hall.now = datetime(2026, 4, 1, 1, tzinfo=UTC)
    assert lists.compute(TODAY, SUPERVISOR) == "2026-03"
    refused("allowance-exists", hall, "ComputeAllowances", lambda: lists.compute(TODAY, SUPERVISOR))
    (mine,) = [line for line in lists.lines("2026-03") if line.account_id == "window-commerce-1"]
    assert (mine.attended_days, mine.working_days, mine.score, mine.amount_fen) == (1, 1, 10_000, BASE_FEN)
    assert sum(line.amount_fen for line in lists.lines("2026-03")) == BASE_FEN
    both = Actor("supervisor", ("committee",))
    refused("allowance-not-entitled", hall, "ApproveAllowances", lambda: lists.approve("2026-03", SUPERVISOR))
    refused("allowance-one-person", hall, "ApproveAllowances", lambda: lists.approve("2026-03", both))
    lists.approve("2026-03", COMMITTEE)
    refused("allowance-approved", hall, "ApproveAllowances", lambda: lists.approve("2026-03", COMMITTEE))
    again = Actor("committee", ("finance-office",))
    refused("allowance-one-person", hall, "ApproveAllowances", lambda: lists.approve("2026-03", again))
    lists.approve("2026-03", FINANCE)


@given(st.integers(0, 31), st.integers(1, 31), st.integers(0, 11_000))
def test_an_allowance_grows_with_days_and_score_alone(there: int, working: int, score: int) -> None:
    amount = amount_fen(BASE_FEN, there, working, score)
    assert 0 <= amount <= BASE_FEN * 11_000 // 10_000
    assert amount <= amount_fen(BASE_FEN, there + 1, working, score)
    assert amount <= amount_fen(BASE_FEN, there, working, score + 1)
    assert amount_fen(BASE_FEN, working, working, 10_000) == BASE_FEN


def test_an_account_in_use_where_its_holder_is_not_is_found(hall: Hall) -> None:
    """A-22: on leave, without a swipe, two places at once; and nothing is said of who is there once."""
    book, runtime = AttendanceBook(hall.runtime.registers), hall.runtime
    for account in ("window-health-1", "window-commerce-1", "window-land-1", "health-examiner-1"):
        runtime.accounts.create(id=account, name=account, password="x" * 12, roles=["clerk"])
    asked = Leave(0, "", "window-health-2", TODAY, TODAY, "病假")
    book.decide_leave(book.ask_leave(asked, Actor("window-health-1")), COMMITTEE, approved=True)
    book.swipe(Actor("window-land-1"))
    book.swipe(Actor("window-commerce-1"))

    def log_in(account: str) -> str:
        lifetime = datetime(2026, 3, 3, tzinfo=UTC) - hall.now
        _, secret = runtime.access_tokens.issue(
            account, purpose="session", name="session", lifetime=lifetime, by=Actor(account)
        )
        return secret

    def found() -> list[tuple[str, str]]:
        return [(finding.account_id, finding.kind) for finding in Presence(runtime.registers).findings(TODAY)]

    runtime.access_tokens.close_session(log_in("window-land-1"), Actor("window-land-1"))
    log_in("window-land-1")
    log_in("health-examiner-1")
    assert found() == []
    log_in("window-commerce-1")
    hall.now = datetime(2026, 3, 2, 2, tzinfo=UTC)
    log_in("window-commerce-1")
    log_in("window-health-1")
    assert found() == [("window-commerce-1", "two-at-once"), ("window-health-1", "on-leave")]
