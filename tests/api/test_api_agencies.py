"""Agents over HTTP: a villager's case from hand-over to the result in her hands, and everything an agent may not do."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.api.doors import Hall as Doors
from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.api.test_api_every_item import work
from tests.workflows import papers
from tests.workflows.persons import PERSON
from workflows.case_file.storage import events_of
from workflows.case_file.storage import find as find_case

ITEM, CODE = "birth_service_certificate", "JS-001"
AGENT, COLLEAGUE = "agent-longgang-1", "agent-longgang-2"
MANDATE: dict[str, Any] = {
    "principal_name": PERSON["name"],
    "resident_id": PERSON["resident_id"],
    "items": [CODE],
    "from_on": "2026-03-02",
    "until_on": "2026-06-30",
    "document": "委托书原件1号",
    "signed_on": "2026-03-02",
}
ALL_PAPERS = "申请表\n结婚证\n户口簿\n夫妻双方身份证明"


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def mandate(hall: Hall, agent: str = AGENT, **changes: Any) -> str:
    answer = hall.person(agent).post("/api/agencies/mandates", MANDATE | changes)
    assert answer.status_code == 201, answer.text
    return str(answer.json["number"])


def start(hall: Hall, account: str, process: str, variables: dict[str, Any]) -> Any:
    return hall.person(account).post("/api/process-instances", {"process_key": process, "variables": variables})


def hand_over(hall: Hall, *matters: dict[str, Any], agent: str = AGENT) -> Any:
    return start(hall, agent, "agency", {"matters": list(matters)})


def file(hall: Hall, agent: str = AGENT, process: str = ITEM, **applicant: Any) -> Any:
    given = papers.application(process)
    given["applicant"] |= applicant
    return start(hall, agent, process, given)


def task(hall: Hall, instance: str, element: str, account: str = AGENT) -> str:
    found = hall.person(account).get(f"/api/user-tasks?instance_id={instance}").json["items"]
    return str(next(one["id"] for one in found if one["element_id"] == element))


def do(hall: Hall, instance: str, element: str, account: str = AGENT, **given: Any) -> Any:
    place = task(hall, instance, element, account)
    return hall.person(account).post(f"/api/user-tasks/{place}/complete", {"variables": given})


def finish(hall: Hall, case: str) -> str:
    """The window does the case; its number."""
    number = hall.person("supervisor").get(f"/api/process-instances/{case}").json["variables"]["receipt"]["number"]
    while work(hall, ITEM, case, number):
        pass
    return str(number)


def test_a_villagers_case_from_hand_over_to_the_result_in_her_hands(hall: Hall) -> None:
    given = {"mandate": mandate(hall), "item": CODE, "papers": "申请表\n结婚证"}
    trip = hand_over(hall, given).json["instance_id"]
    seen = hall.person(AGENT).get(f"/api/user-tasks/{task(hall, trip, 'gather')}").json["variables"]
    assert seen["check"]["missing"] == ["户口簿", "夫妻双方身份证明"]
    assert do(hall, trip, "gather", outcome="papers", papers="户口簿\n夫妻双方身份证明").status_code == 200
    assert_problem(do(hall, trip, "file_case", filed=True), 409, "agency-not-filed")
    hall.now += timedelta(days=1)
    case = file(hall).json["instance_id"]
    assert do(hall, trip, "file_case", filed=True).status_code == 200
    assert_problem(do(hall, trip, "fetch_result", collected=True), 409, "agency-result-not-ready")
    number = finish(hall, case)
    assert do(hall, trip, "fetch_result", collected=True).status_code == 200
    signed = {"receiver": PERSON["name"], "relation": "self", "signature": "回执1号"}
    assert_problem(do(hall, trip, "hand_to_principal", **signed, money_taken="yes"), 422, "agency-cash")
    hall.now += timedelta(days=1)
    assert do(hall, trip, "hand_to_principal", **signed, money_taken="no").status_code == 200
    assert hall.person("supervisor").get(f"/api/process-instances/{trip}").json["status"] == "completed"
    [matter] = hall.person(AGENT).get("/api/agencies/matters").json["items"]
    assert (matter["state"], matter["case_number"], matter["result"]) == ("delivered", number, "delivered")
    assert (matter["gaps"], matter["receiver"], matter["signature"]) == (2, PERSON["name"], "回执1号")
    passed = hall.person(AGENT).get(f"/api/agencies/hand-overs/{matter['hand_over']}/papers").json["items"]
    hands = [(one["giver"], one["receiver"]) for one in passed]
    assert hands == [(PERSON["name"], AGENT)] * 4 + [(AGENT, "window-family-planning")] * 4 + [
        ("window-family-planning", AGENT),
        (AGENT, PERSON["name"]),
    ]
    assert hall.runtime.replay.check(trip).agrees
    score = hall.person(AGENT).get(f"/api/agencies/scores?agent={AGENT}&month=2026-03-01").json
    assert (score["matters"], score["gaps"], score["days_to_file"], score["days_to_deliver"]) == (1, 2, 1.0, 1.0)
    assert (score["refused_attempts"], score["total"]) == (1, 95)


def test_the_case_knows_its_agent_and_the_notices_reach_both(hall: Hall) -> None:
    mandate_number, supervisor = mandate(hall), hall.person("supervisor")
    number = finish(hall, file(hall).json["instance_id"])
    with hall.runtime.registers.read() as session:
        assert find_case(session, number).channel == "agent"
        told = events_of(session, number)[0].detail
    assert (told["agent"], told["mandate"]) == (AGENT, mandate_number)
    hall.runtime.run_due(hall.now)
    notices = hall.person(AGENT).get("/api/notices").json["items"]
    assert number in {one["case_number"] for one in notices}
    sent = supervisor.get("/api/process-instances?process_key=applicant_notice").json["items"]
    reached = [supervisor.get(f"/api/process-instances/{one['id']}").json["variables"]["request"]["to"] for one in sent]
    assert {(to["account"], to["phone"]) for to in reached} == {(AGENT, PERSON["mobile"])}


def test_supervision_presses_an_agent_who_is_late(hall: Hall) -> None:
    trip = hand_over(hall, {"mandate": mandate(hall), "item": CODE, "papers": ALL_PAPERS}).json["instance_id"]
    hall.now += timedelta(days=4)
    hall.runtime.run_due(hall.now)
    place = f"/api/user-tasks?scope=all&instance_id={trip}"
    open_tasks = hall.person("supervisor").get(place).json["items"]
    assert [one["element_id"] for one in open_tasks] == ["file_case", "press_filing"]


def test_one_trip_carries_the_papers_of_many(hall: Hall) -> None:
    people = [{"principal_name": f"样例村民{sign}"} for sign in "甲乙丙丁戊己庚辛壬癸"]
    numbers = [mandate(hall, **person) for person in people]
    matters = [{"mandate": number, "item": CODE, "papers": ALL_PAPERS} for number in numbers]
    trip = hand_over(hall, *matters).json["instance_id"]
    tasks = hall.person(AGENT).get(f"/api/user-tasks?instance_id={trip}").json["items"]
    assert [one["element_id"] for one in tasks] == ["file_case"] * 10
    listed = hall.person(AGENT).get("/api/agencies/matters?limit=4&open=yes").json
    rest = hall.person(AGENT).get(f"/api/agencies/matters?open=yes&cursor={listed['next_cursor']}").json
    assert (len(listed["items"]), len(rest["items"])) == (4, 6)
    table = hall.person("supervisor").get("/api/agencies/matters?format=csv").text
    assert table.count("样例村民") == 10
    assert hall.person(COLLEAGUE).get("/api/agencies/matters").json["items"] == []
    for statement in ("UPDATE agency_paper SET giver = ''", "DELETE FROM agency_paper"):
        with pytest.raises(DBAPIError, match="append-only"), hall.runtime.registers.read() as session:
            session.execute(text(statement))


def test_what_is_not_brought_in_the_end_goes_back_signed_for(hall: Hall) -> None:
    trip = hand_over(hall, {"mandate": mandate(hall), "item": CODE, "papers": "申请表"}).json["instance_id"]
    assert do(hall, trip, "gather", outcome="given_up", signature="退还回执1号").status_code == 200
    assert hall.person("supervisor").get(f"/api/process-instances/{trip}").json["status"] == "completed"
    [matter] = hall.person(AGENT).get("/api/agencies/matters?open=no").json["items"]
    assert matter["state"] == "given-back"


def refused_in_log(hall: Hall, code: str) -> bool:
    entries = hall.person("auditor").get("/api/audit-log?outcome=refused&limit=100").json["items"]
    return any(entry["code"] == code for entry in entries)


def expect(hall: Hall, answer: Any, status: int, code: str) -> None:
    """Refused, and recorded."""
    assert_problem(answer, status, code)
    assert refused_in_log(hall, code)


def test_nobody_files_without_a_mandate_for_this_principal_and_item(hall: Hall) -> None:
    expect(hall, file(hall), 403, "agency-mandate-missing")
    mandate(hall)
    assert_problem(file(hall, name="另一样例村民"), 403, "agency-mandate-missing")
    expect(hall, file(hall, process="temporary_residence_permit"), 403, "agency-mandate-scope")
    expect(hall, file(hall, COLLEAGUE), 403, "agency-redelegation")
    assert file(hall).status_code == 201


@pytest.mark.parametrize("revoked", [True, False])
def test_nobody_files_by_a_mandate_that_ended(hall: Hall, *, revoked: bool) -> None:
    number = mandate(hall, until_on="2026-03-10")
    if revoked:
        place = f"/api/agencies/mandates/{number}/revocation"
        assert_problem(hall.person(COLLEAGUE).post(place, {"reason": "委托人撤回委托"}), 403, "agency-mandate-foreign")
        assert hall.person(AGENT).post(place, {"reason": "委托人撤回委托"}).status_code == 204
        assert_problem(hall.person("committee").post(place, {"reason": "再次撤销"}), 409, "agency-mandate-revoked")
    hall.now += timedelta(days=0 if revoked else 9)
    expect(hall, file(hall), 403, "agency-mandate-ended")


def test_no_mandate_is_passed_on_and_no_money_is_taken(hall: Hall) -> None:
    number, agent = mandate(hall), hall.person(AGENT)
    place = f"/api/agencies/mandates/{number}"
    expect(hall, agent.post(f"{place}/pass-on", {"to_account": COLLEAGUE}), 403, "agency-redelegation")
    expect(hall, agent.post(f"{place}/money", {"amount_fen": 2000}), 422, "agency-cash")
    expect(hall, hand_over(hall, {"mandate": number, "item": CODE, "papers": "申请表\n现金二十元"}), 422, "agency-cash")
    given = {"mandate": number, "item": CODE, "papers": ALL_PAPERS}
    expect(hall, hand_over(hall, given, agent=COLLEAGUE), 403, "agency-redelegation")
    expect(hall, hand_over(hall, given, agent="applicant"), 403, "agency-not-agent")
    score = agent.get(f"/api/agencies/scores?agent={AGENT}&month=2026-03-01").json
    assert (score["refused_attempts"], score["total"]) == (3, 85)


def test_nobody_stands_on_both_sides_of_the_counter(hall: Hall) -> None:
    groups = ("agent-longgang", "window-family-planning")
    hall.runtime.accounts.create(id="both", name="两边", password="lianban-demo", roles=("agent",), groups=groups)
    expect(hall, hall.person("both").post("/api/agencies/mandates", MANDATE), 403, "agency-officer")
    expect(hall, file(hall, "both"), 403, "agency-officer")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"document": "", "signed_on": None}, "agency-mandate-unsigned"),
        ({"signed_on": "2026-03-03"}, "agency-mandate-dates"),
        ({"items": []}, "agency-mandate-without-scope"),
        ({"items": ["XX-999"]}, "item-not-in-catalogue"),
    ],
)
def test_a_mandate_that_is_none_is_not_entered(door: Doors, changes: dict[str, Any], code: str) -> None:
    assert door.person("agent").post("/api/agencies/mandates", MANDATE | changes).json["code"] == code


def test_a_task_that_was_passed_on_is_done_by_nobody_else(hall: Hall) -> None:
    trip = hand_over(hall, {"mandate": mandate(hall), "item": CODE, "papers": ALL_PAPERS}).json["instance_id"]
    file(hall)
    place = task(hall, trip, "file_case")
    passed = hall.person("supervisor").post(f"/api/user-tasks/{place}/assign", {"assignee": COLLEAGUE, "reason": "代办员请假"})
    assert passed.status_code == 200, passed.text
    answer = hall.person(COLLEAGUE).post(f"/api/user-tasks/{place}/complete", {"variables": {"filed": True}})
    assert_problem(answer, 403, "agency-redelegation")
    history = hall.person("auditor").get(f"/api/process-instances/{trip}/history?limit=100").json["items"]
    assert "agency-redelegation" in [entry["code"] for entry in history]


def test_what_is_missing_is_known_before_the_trip(hall: Hall) -> None:
    answer = hall.person(AGENT).post("/api/agencies/checks", {"item": "JS-002", "papers": ["申请表", "结婚证", "户口簿"]})
    assert answer.json["missing"] == ["夫妻双方身份证明", "村（居）民委员会或者单位证明"]
    assert answer.json["to_check"] == ["病残儿医学鉴定书（以子女为病残儿申请）"]


def test_an_agent_sees_what_is_their_own(hall: Hall) -> None:
    number = mandate(hall)
    assert hall.person(AGENT).get(f"/api/agencies/mandates/{number}").json["principal_masked_id"] == "1101**********002X"
    assert_problem(hall.person(COLLEAGUE).get(f"/api/agencies/mandates/{number}"), 404, "agency-mandate-not-found")
    assert_problem(
        hall.person(COLLEAGUE).get(f"/api/agencies/scores?agent={AGENT}&month=2026-03-01"), 403, "score-of-somebody-else"
    )
    assert hall.person("supervisor").get(f"/api/agencies/mandates/{number}").status_code == 200


def test_whether_agents_cases_are_favoured_can_be_seen(hall: Hall) -> None:
    """A-28; the item must be one that is not decided on the spot."""
    mandate(hall, items=["JS-002"])
    for account in (AGENT, "applicant"):
        started = file(hall, account, "further_child_approval")
        number = hall.person("supervisor").get(f"/api/process-instances/{started.json['instance_id']}").json
        case_number = number["variables"]["receipt"]["number"]
        while work(hall, "further_child_approval", started.json["instance_id"], case_number):
            pass
    shares = hall.person("supervisor").get("/api/agencies/fast-shares?month=2026-03-01").json
    assert [(share["agent"], share["decided"], share["percent"]) for share in shares] == [("", 1, 100.0), (AGENT, 1, 100.0)]
