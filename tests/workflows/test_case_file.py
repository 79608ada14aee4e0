"""The case file: every way through the table of statuses and none beside it; moments of the server; two people for 作废."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.core import commands
from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.operators import OperatorRegistry
from tests.runtime.halls import BEGIN, Hall
from tests.workflows.centre import OPENED
from workflows.case_file import CaseFiles, exported, pass_code, statuses
from workflows.case_file.applicant import masked, masked_name
from workflows.case_file.channel import Channel
from workflows.case_file.status import require_transition
from workflows.catalogue.item_register import ItemRegister
from workflows.documents.register_of_documents import RegisterOfDocuments
from workflows.operators import register

RECEIVING = """
    start s
    service receive operator=cases.receive into=receipt {receive}
    user step groups=g,leader-commerce
    service record operator=cases.record into=state {record}
    user more groups=g,leader-commerce
    service again operator=cases.record into=state {again}
    user last groups=g
    end e
    s -> receive -> step -> record -> more -> again -> last -> e
""".format(
    receive='param_item="=item" param_applicant="=applicant" param_materials="=materials" param_channel="=channel"',
    record='param_case="=receipt.number" param_status="=status" param_detail="=detail"',
    again='param_case="=receipt.number" param_status="=status" param_detail="=detail"',
)
PERSON = {"name": "样例申请人", "resident_id": "11010519491231002X"}
CORRECTING: dict[str, Any] = {"status": "correcting", "detail": {"document": "补〔2026〕1号", "missing": ["场地使用协议"]}}
ACCEPTED = {"status": "accepted", "detail": {"document": "受〔2026〕1号"}}
CLERK, LEADER = Actor("clerk", ("g",)), Actor("leader", ("g", "leader-commerce"))
COMMITTEE = Actor("committee", ("committee",))


@pytest.fixture
def hall(database_url: str) -> Any:
    registry = OperatorRegistry()
    register(registry)
    made = Hall(database_url, registry)
    made.deploy(RECEIVING)
    made.now = OPENED
    ItemRegister(made.runtime.registers).install(Actor("administrator"))
    made.now = BEGIN
    yield made
    made.close()


def receive(hall: Hall, **changes: Any) -> str:
    """The number of a case that was received."""
    given = {"item": "GS-002", "applicant": PERSON, "materials": ["户外广告登记申请表"], "channel": "web", **changes}
    made = hall.start({**given, "status": "", "detail": None})
    receipt: dict[str, Any] = hall.variables(made.instance_id)["receipt"]
    return str(receipt["number"])


def complete(hall: Hall, element: str, variables: dict[str, Any], actor: Actor = CLERK) -> None:
    task = next(task for task in hall.tasks() if task.element_id == element)
    hall.submit(commands.CompleteUserTask, task.instance_id, task_id=task.id, variables=variables, actor=actor)


def files(hall: Hall) -> CaseFiles:
    return CaseFiles(hall.runtime.registers)


def code_on_paper(hall: Hall, number: str) -> str:
    papers = RegisterOfDocuments(hall.runtime.registers).of_case(number)
    assert [paper.kind for paper in papers] == ["filing_receipt"]
    return papers[0].content.paragraphs[1].partition("查询密码")[2][:8]


class TestReceiving:
    def test_it_has_number_item_channel_and_moment(self, hall: Hall) -> None:
        case = files(hall).get(receive(hall))
        assert (case.status, case.item_code, case.item_version, case.channel) == ("received", "GS-002", 1, "web")
        assert (case.applicant_name, case.masked_id) == ("样例申请人", "1101**********002X")
        assert case.received_at == hall.now
        assert (case.accepted_at, case.decided_at, case.overdue_days) == (None, None, None)

    def test_the_pass_code_is_on_the_paper_and_nowhere_else(self, hall: Hall) -> None:
        number = receive(hall)
        code = code_on_paper(hall, number)
        assert code.isdecimal()
        assert len(code) == pass_code.DIGITS
        with hall.runtime.registers.read() as session:
            stored = session.execute(text("SELECT pass_code FROM case_file")).scalar_one()
            told = "".join(map(str, session.execute(text("SELECT payload FROM history_payload")).scalars()))
        assert code not in stored
        assert code not in told

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"applicant": {"name": " "}}, "case-applicant-missing"),
            ({"channel": "rumour"}, "case-channel-unknown"),
            ({"item": "XX-999"}, "item-not-in-catalogue"),
        ],
    )
    def test_refused(self, hall: Hall, changes: dict[str, Any], code: str) -> None:
        with pytest.raises(Rejection) as refused:
            receive(hall, **changes)
        assert refused.value.code == code
        with hall.runtime.registers.read() as session:
            assert session.execute(text("SELECT count(*) FROM case_file")).scalar_one() == 0


class TestAsking:
    def test_by_number_and_pass_code(self, hall: Hall) -> None:
        number = receive(hall)
        progress = files(hall).progress(f" {number} ", code_on_paper(hall, number))
        assert progress.case.number == number
        assert [event.event for event in progress.events] == ["received"]

    def test_neither_alone(self, hall: Hall) -> None:
        number, other = receive(hall), receive(hall)
        for wrong in ("", "00000000x", code_on_paper(hall, other)):
            with pytest.raises(Rejection) as refused:
                files(hall).progress(number, wrong)
            assert refused.value.code == "case-query-refused"

    def test_a_mistyped_number_is_told_as_mistyped(self, hall: Hall) -> None:
        number = receive(hall)
        with pytest.raises(Rejection) as refused:
            files(hall).progress(number[:-1] + str((int(number[-1]) + 1) % 10), "12345678")
        assert refused.value.code == "case-number-invalid"


class TestStatuses:
    def test_a_step_records_and_the_ledger_keeps_it(self, hall: Hall) -> None:
        number = receive(hall)
        hall.now += timedelta(days=2)
        complete(hall, "step", ACCEPTED)
        case = files(hall).get(number)
        assert (case.status, case.accepted_at, case.accepted_on) == ("accepted", hall.now, date(2026, 3, 4))
        assert [(event.status, event.actor_id) for event in files(hall).events(number)] == [
            ("received", CLERK.id),
            ("accepted", CLERK.id),
        ]

    def test_deemed_acceptance_counts_from_the_day_of_receipt(self, hall: Hall) -> None:
        number = receive(hall)
        hall.now += timedelta(days=7)
        complete(hall, "step", {"status": "deemed-accepted", "detail": {"document": "受〔2026〕2号"}})
        assert files(hall).get(number).accepted_on == date(2026, 3, 2)

    def test_what_the_step_says_of_dates_moves_nothing(self, hall: Hall) -> None:
        number = receive(hall)
        hall.now += timedelta(days=2)
        complete(
            hall, "step", {"status": "accepted", "detail": {"document": "受", "accepted_on": "2026-01-01", "accepted_at": "x"}}
        )
        assert files(hall).get(number).accepted_on == date(2026, 3, 4)

    def test_a_refused_record_refuses_the_whole_step(self, hall: Hall) -> None:
        number = receive(hall)
        with pytest.raises(Rejection) as refused:
            complete(hall, "step", {"status": "delivered", "detail": {"receiver": "申请人"}})
        assert refused.value.code == "case-status"
        assert str(refused.value)
        assert [task.element_id for task in hall.tasks()] == ["step"]
        assert files(hall).get(number).status == "received"

    def test_the_list_is_given_once(self, hall: Hall) -> None:
        receive(hall)
        complete(hall, "step", CORRECTING)
        with pytest.raises(Rejection) as refused:
            complete(hall, "more", CORRECTING)
        assert refused.value.code == "case-second-list"

    def test_a_second_list_takes_new_facts_and_the_head(self, hall: Hall) -> None:
        number = receive(hall)
        complete(hall, "step", CORRECTING)
        again = {**CORRECTING, "detail": {**CORRECTING["detail"], "new_facts": "场地权属人变更"}}
        with pytest.raises(Rejection):
            complete(hall, "more", again)
        complete(hall, "more", again, LEADER)
        assert [event.status for event in files(hall).events(number)] == ["received", "correcting", "correcting"]


class TestVoid:
    def test_two_people_make_it_void_and_it_stays_on_record(self, hall: Hall) -> None:
        number, better = receive(hall), receive(hall)
        files(hall).request_void(number, "身份证号录入错误", CLERK, replaced_by=better)
        assert files(hall).get(number).status == "received"
        made = files(hall).approve_void(number, COMMITTEE)
        assert (made.status, made.replaced_by, made.ended_at) == ("void", better, hall.now)
        assert [event.event for event in files(hall).events(number)] == ["received", "void-requested", "status"]

    @pytest.mark.parametrize(
        ("by", "code"), [(CLERK, "case-void-not-committee"), (Actor("clerk", ("committee",)), "case-void-one-person")]
    )
    def test_one_person_does_not(self, hall: Hall, by: Actor, code: str) -> None:
        number = receive(hall)
        files(hall).request_void(number, "录入错误", CLERK)
        with pytest.raises(Rejection) as refused:
            files(hall).approve_void(number, by)
        assert refused.value.code == code
        assert files(hall).get(number).status == "received"

    def test_only_what_was_asked_for_with_a_reason(self, hall: Hall) -> None:
        number = receive(hall)
        with pytest.raises(Rejection) as refused:
            files(hall).approve_void(number, COMMITTEE)
        assert refused.value.code == "case-void-not-requested"
        with pytest.raises(Rejection) as refused:
            files(hall).request_void(number, " ", CLERK)
        assert refused.value.code == "case-detail-missing"

    def test_nothing_follows_it(self, hall: Hall) -> None:
        number = receive(hall)
        files(hall).request_void(number, "录入错误", CLERK)
        files(hall).approve_void(number, COMMITTEE)
        with pytest.raises(Rejection) as refused:
            complete(hall, "step", ACCEPTED)
        assert refused.value.code == "case-status"
        with pytest.raises(Rejection) as refused:
            files(hall).approve_void(number, COMMITTEE)
        assert refused.value.code == "case-status"

    @pytest.mark.parametrize(
        "change", ["UPDATE case_event SET actor_id = 'x'", "DELETE FROM case_event", "DELETE FROM case_file"]
    )
    def test_nothing_is_deleted_or_changed_in_the_database(self, hall: Hall, change: str) -> None:
        receive(hall)
        with pytest.raises(DBAPIError), hall.runtime.database.engine.begin() as connection:
            connection.execute(text(change))


class TestTable:
    DAY = date(2026, 3, 2)

    def test_every_status_named_in_it_is_in_it(self) -> None:
        assert {name for status in statuses().values() for name in status.to} <= set(statuses())

    @given(st.sampled_from(sorted(statuses())), st.sampled_from(sorted(statuses())))
    def test_nothing_beside_the_table(self, now: str, then: str) -> None:
        detail = {name: "写明" for name in statuses()[then].carries}
        allowed = now != "void" and (then == "void" or then in statuses()[now].to) and then != "returned"
        if allowed:
            assert require_transition(now, then, detail, self.DAY).code == then
            return
        with pytest.raises(Rejection) as refused:
            require_transition(now, then, detail, self.DAY)
        assert refused.value.code in ("case-status", "case-status-not-in-force")

    @given(st.sampled_from([(now, then) for now in statuses() for then in statuses()[now].to]), st.data())
    def test_what_a_status_must_carry(self, ways: tuple[str, str], data: st.DataObject) -> None:
        now, then = ways
        carries = statuses()[then].carries
        if then == "returned" or not carries:
            return
        left_out = data.draw(st.sampled_from(carries))
        detail: dict[str, Any] = {name: "写明" for name in carries if name != left_out} | {
            left_out: data.draw(st.sampled_from([None, "", " ", []]))
        }
        with pytest.raises(Rejection) as refused:
            require_transition(now, then, detail, self.DAY)
        assert refused.value.code == "case-detail-missing"

    def test_退回_is_of_the_notice_of_2002_only(self) -> None:
        detail = {"document": "退〔2003〕1号", "reason": "不符合条件"}
        assert require_transition("received", "returned", detail, date(2004, 6, 30)).name == "退回"
        with pytest.raises(Rejection) as refused:
            require_transition("received", "returned", detail, date(2004, 7, 1))
        assert refused.value.code == "case-status-not-in-force"


class TestExport:
    def test_names_and_codes_of_the_standard(self, hall: Hall) -> None:
        number = receive(hall)
        record = exported(files(hall).get(number), files(hall).events(number))
        assert (record["办件编号"], record["申请方式"], record["办件类型"]) == (number, "2", "2")
        assert record["收件时间"] == hall.now.astimezone(UTC).replace(hour=9).strftime("%Y-%m-%d %H:%M:%S")
        assert record["申请人证件号码"] == "1101**********002X"

    def test_every_channel_has_a_code(self) -> None:
        assert {channel.code for channel in Channel} == {"1", "2", "3", "4", "9"}


@given(st.text(alphabet="0123456789X", max_size=20))
def test_a_masked_identity_hides_at_least_four_characters(identity: str) -> None:
    hidden = masked(identity)
    assert len(hidden) == len(identity)
    assert hidden.count("*") >= min(4, len(identity))


def test_a_masked_name_shows_the_first_character() -> None:
    assert [masked_name(name) for name in ("张三", "样例有限公司", "")] == ["张*", "样*****", ""]


@given(st.text(max_size=12))
def test_only_the_code_itself_matches(code: str) -> None:
    stored = TestPassCode.STORED
    assert pass_code.matches(stored, code) == (code == "12345678")


class TestPassCode:
    STORED = pass_code.hashed("12345678")

    def test_no_case_no_match(self) -> None:
        assert not pass_code.matches(None, "12345678")

    def test_the_same_code_is_stored_differently(self) -> None:
        assert pass_code.hashed("12345678") != self.STORED


def test_the_hall_day_of_the_notice(hall: Hall) -> None:
    """In 2003 the law of 2004 is not there: a case may be returned."""
    hall.now = datetime(2003, 4, 28, 1, tzinfo=UTC)
    number = receive(hall)
    complete(hall, "step", {"status": "returned", "detail": {"document": "退〔2003〕1号", "reason": "明显不符合政策规定"}})
    assert files(hall).get(number).status == "returned"
