"""The organisation over HTTP: who may read and change it, what is refused, and what can be exported."""

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from engine.core.actor import Actor
from tests.api.doors import Hall, Person, assert_problem
from workflows.catalogue.item_register import ItemRegister
from workflows.organisation import tables
from workflows.sample.organisation import seed

LETTER = {
    "number": "县工商局授〔2026〕9号",
    "department": "县工商局",
    "grantee": "window-commerce-2",
    "grants": [{"item": "GS-001", "powers": ["accept", "issue"]}],
    "from_on": "2026-03-02",
    "until_on": "2026-12-31",
    "signed_by": "局长",
}
SEAL = {"number": "工商审批02", "department": "县工商局", "impression": "a" * 64, "keeper": "clerk"}


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    made = Hall(database_url)
    ItemRegister(made.runtime.registers).install(Actor("administrator"))
    made.runtime.registers.change("LoadSampleOrganisation", Actor("administrator"), seed)
    yield made
    made.close()


def test_the_register_is_read_in_pages_and_exported(hall: Hall) -> None:
    clerk = hall.person("clerk")
    first = clerk.get("/api/departments?limit=20").json
    rest = clerk.get(f"/api/departments?limit=20&cursor={first['next_cursor']}").json
    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (20, 5, None)
    table = clerk.get("/api/staff?format=csv").text
    assert "window-commerce-1" in table
    assert table.splitlines()[0].count(",") == table.splitlines()[1].count(",")
    assert clerk.get("/api/departments/gaps").json == []
    assert_problem(clerk.get("/api/staff?cursor=x"), 400, "cursor-invalid")


def test_a_letter_is_filed_and_revoked_by_the_administrator(hall: Hall) -> None:
    administrator = hall.person("administrator")
    assert administrator.post("/api/authorisation-letters", LETTER).status_code == 204
    assert_problem(administrator.post("/api/authorisation-letters", LETTER), 409, "letter-exists")
    assert_problem(hall.person("clerk").post("/api/authorisation-letters", LETTER), 403, "permission-denied")
    answer = administrator.post(f"/api/authorisation-letters/{LETTER['number']}/revocation", {"reason": "工作调整"})
    assert answer.status_code == 204
    listed = administrator.get("/api/authorisation-letters").json["items"]
    assert {letter["number"]: letter["revoked_on"] for letter in listed}[LETTER["number"]] == "2026-03-02"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"grants": [{"item": "GS-001", "powers": ["rule"]}]}, "grants[0].powers[0]"),
        ({"from_on": "2026-02-30"}, "from_on"),
        ({"extra": 1}, "extra"),
    ],
)
def test_a_letter_that_is_none_says_what_is_wrong(hall: Hall, changes: dict[str, object], field: str) -> None:
    answer = hall.person("administrator").post("/api/authorisation-letters", LETTER | changes)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_somebody_leaves_once_what_he_has_is_handed_over(hall: Hall) -> None:
    committee = hall.person("committee")
    accounts = hall.runtime.accounts
    for account in ("window-commerce-1", "window-commerce-2"):
        accounts.create(id=account, name=account, password="x" * 12, roles=["clerk"], groups=["window-commerce", "window"])
    listed = {member["account_id"]: member["id"] for member in committee.get("/api/staff").json["items"]}
    end = f"/api/staff/{listed['window-commerce-2']}/end"
    case = hall.start()
    task = hall.person("clerk").get(f"/api/user-tasks?instance_id={case['instance_id']}").json["items"][0]["id"]
    leaving = Actor("window-commerce-2", ("window",))
    hall.runtime.user_tasks.claim(task, actor=leaving, command_id="claim")
    assert_problem(committee.post(end, {"reason": "调动"}), 409, "staff-open-tasks")
    over = f"/api/staff/{listed['window-commerce-2']}/hand-over"
    to = {"to_account": "window-commerce-1", "reason": "调动"}
    assert_problem(committee.post(over, to | {"to_account": "window-commerce-2"}), 422, "hand-over-to-oneself")
    assert_problem(hall.person("clerk").post(over, to), 403, "permission-denied")
    assert committee.post(over, to).json == {"tasks": [task]}
    assert committee.post(end, {"reason": "调动"}).json["ended_on"] == "2026-03-02"
    assert_problem(hall.person("administrator").post("/api/staff", {}), 405, "method-not-allowed")


def test_a_seal_is_registered_handed_over_and_given_back(hall: Hall) -> None:
    administrator, clerk = hall.person("administrator"), hall.person("clerk")
    assert administrator.post("/api/seals", SEAL).status_code == 204
    assert clerk.post("/api/seals/工商审批02/hand-over", {"to_account": "somebody"}).status_code == 204
    assert_problem(clerk.post("/api/seals/工商审批02/hand-over", {"to_account": "x"}), 403, "seal-not-kept")
    assert administrator.post("/api/seals/工商审批02/retirement", {"state": "returned"}).status_code == 204
    assert clerk.get("/api/seals/工商审批02/uses").json == {"items": [], "next_cursor": None}


def put(person: Person, day: str) -> TestResponse:
    return person.open("PUT", f"/api/duty/{day}", json={"leader": "a", "floor_manager": "b"})


def test_leave_duty_and_score(hall: Hall) -> None:
    clerk, supervisor = hall.person("clerk"), hall.person("supervisor")
    asked = {"substitute": "other", "from_on": "2026-03-03", "until_on": "2026-03-04", "reason": "探亲"}
    number = clerk.post("/api/leave", asked).json["id"]
    assert supervisor.post(f"/api/leave/{number}/decision", {"approved": True}).status_code == 204
    assert supervisor.get("/api/leave").json["items"][0]["approved"] is True
    assert put(supervisor, "2026-03-02").status_code == 204
    assert_problem(put(supervisor, "someday"), 422, "date-not-readable")
    assert clerk.get("/api/duty").json["items"] == [{"day": "2026-03-02", "leader": "a", "floor_manager": "b"}]
    assert [clerk.post("/api/attendance/swipes").json["swipe"] for _ in range(4)] == [1, 2, 3, 4]
    assert_problem(clerk.post("/api/attendance/swipes"), 409, "attendance-out-of-turn")


def test_a_score_is_ones_own(hall: Hall) -> None:
    clerk, supervisor = hall.person("clerk"), hall.person("supervisor")
    points = {"account_id": "clerk", "month": "2026-03", "rule": "praise", "points": 300, "source": "锦旗"}
    number = supervisor.post("/api/scores/points", points).json["id"]
    assert_problem(supervisor.post(f"/api/scores/points/{number}/confirmation"), 403, "assessment-one-person")
    mine = "/api/scores?account_id=clerk&month=2026-03-02"
    assert clerk.get(mine).json["total"] == 10_000
    assert_problem(clerk.get("/api/scores?account_id=other&month=2026-03-02"), 403, "score-of-somebody-else")
    assert supervisor.get(mine).json["lines"][0]["counts"] is False


def test_how_far_windows_are_authorised_is_public_and_exported(hall: Hall) -> None:
    rate = hall.anonymous().get("/api/public/authority-rate").json
    assert (rate["items"] - len(rate["kept_back"]), rate["per_mille"]) == (rate["full"], rate["full"] * 1000 // rate["items"])
    clerk = hall.person("clerk")
    first = clerk.get("/api/authority?limit=2").json
    second = clerk.get(f"/api/authority?limit=2&cursor={first['next_cursor']}").json
    assert len({(row["letter"], row["item"]) for row in first["items"] + second["items"]}) == 4
    assert "工商局授" in clerk.get("/api/authority?format=csv").text
    assert clerk.get("/api/authorisation-letters/ending").json == []
    assert_problem(clerk.get("/api/authority?cursor=x"), 400, "cursor-invalid")


def test_a_department_outside_the_hall_has_a_file(hall: Hall) -> None:
    committee, path = hall.person("committee"), "/api/departments/县教委/entry"
    outside = tables.department.update().where(tables.department.c.name == "县教委").values(entered_on=None)
    hall.runtime.registers.change("Test", Actor("administrator"), lambda session, now: session.execute(outside) and None)
    assert len(committee.get(path).json["missing"]) == 4
    assert_problem(committee.post(path), 409, "entry-not-ready")
    notice = {"step": "notice", "document": "管委会通知〔2026〕1号", "due_on": "2026-03-10"}
    assert committee.post(f"{path}-file", notice).status_code == 204
    assert_problem(committee.post(f"{path}-file", {"step": "referred", "document": "x"}), 409, "entry-step-order")
    assert_problem(hall.person("clerk").post(f"{path}-file", notice), 403, "permission-denied")
    assert [event["step"] for event in committee.get(f"{path}-file").json] == ["notice"]
    assert [gap["reason"] for gap in committee.get("/api/departments/gaps").json] == ["not-entered"]


def test_visits_allowances_and_presence_are_kept(hall: Hall) -> None:
    committee = hall.person("committee")
    visit = {"day": "2026-03-01", "department": "县卫生局", "leader": "局长", "problem": "排队", "solution": "加人"}
    number = committee.post("/api/hall-visits", visit | {"owner": "负责人", "due_on": "2026-03-01"}).json["id"]
    assert [line["id"] for line in committee.get("/api/hall-visits/overdue").json] == [number]
    assert committee.post(f"/api/hall-visits/{number}/result", {"result": "已加人"}).status_code == 204
    assert committee.get("/api/hall-visits").json["items"][0]["closed_on"] == "2026-03-02"
    assert hall.person("supervisor").post("/api/allowances", {"month": "2026-02-01"}).status_code == 204
    assert committee.post("/api/allowances/2026-02/approval").status_code == 204
    assert_problem(hall.person("clerk").post("/api/allowances/2026-02/approval"), 403, "allowance-not-entitled")
    assert committee.get("/api/allowances").json["items"][0]["committee_by"] == "committee"
    assert "window-commerce-1" in committee.get("/api/allowances/2026-02?format=csv").text
    assert committee.get("/api/attendance/findings?day=2026-03-02").json == []


def test_departments_and_windows_are_registered_by_the_administrator(hall: Hall) -> None:
    administrator = hall.person("administrator")
    new = {"name": "县体育局", "code": "099", "name_en": "Sports Bureau", "has_approval_power": True, "is_vertical": False}
    assert administrator.post("/api/departments", new).status_code == 204
    assert_problem(administrator.post("/api/departments", new), 409, "department-exists")
    assert_problem(hall.person("clerk").post("/api/departments", new), 403, "permission-denied")
    window = {"group_name": "window-sports", "name": "体育窗口", "department": "县体育局"}
    assert administrator.post("/api/windows", window).status_code == 204
    assert administrator.post("/api/windows/window-sports/departments", {"department": "县教委"}).status_code == 204
    again = administrator.post("/api/windows/window-sports/departments", {"department": "县教委"})
    assert_problem(again, 409, "window-serves-already")


def test_the_library_of_rules_says_what_rests_on_none(hall: Hall) -> None:
    committee, clerk = hall.person("committee"), hall.person("clerk")
    assert "licence" in clerk.get("/api/rule-documents/uncited").json
    assert clerk.get("/api/rule-documents").json["items"] == []
    assert_problem(clerk.get("/api/rule-documents/x/events"), 404, "rule-not-found")
    assert_problem(committee.post("/api/rule-documents/x/citations", {"key": "licence"}), 404, "rule-not-found")
    assert_problem(committee.post("/api/rule-documents/x/repeal", {"from_on": "2026-03-02"}), 404, "rule-not-found")
    assert_problem(clerk.post("/api/rule-documents/x/repeal", {"from_on": "2026-03-02"}), 403, "permission-denied")


def test_skills_are_entered_by_the_committee_and_shown_as_a_matrix(hall: Hall) -> None:
    committee, clerk = hall.person("supervisor"), hall.person("clerk")
    line = {
        "account_id": "window-land-2",
        "item": "GS-001",
        "kind": "training",
        "proof": "培训〔2026〕1号",
        "from_on": "2026-03-02",
    }
    assert_problem(clerk.post("/api/skills", line), 403, "permission-denied")
    assert_problem(committee.post("/api/skills", line | {"kind": "talent"}), 422, "input-invalid")
    assert_problem(committee.post("/api/skills", line | {"item": "XX-1"}), 422, "skill-item-unknown")
    number = committee.post("/api/skills", line).json["id"]
    assert {"window-land-2"} == {row["account"] for row in clerk.get("/api/skills/matrix").json if "GT-001" in row["items"]} - {
        "window-land-1"
    }
    assert "培训〔2026〕1号" in clerk.get("/api/skills?limit=200&format=csv").text
    assert committee.post(f"/api/skills/{number}/withdraw", {"reason": "证书失效"}).status_code == 204
    assert_problem(committee.post(f"/api/skills/{number}/withdraw", {"reason": "证书失效"}), 404, "skill-not-found")
