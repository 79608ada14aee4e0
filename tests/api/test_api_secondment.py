"""P19 over HTTP: from the department's form to the account that does its first task, and the doors that stay shut."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.application import create_app
from api.installation import operators
from api.settings import DoorSettings
from engine.core.actor import Actor
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings
from tests.api.doors import CHEAP, DESIGNER, PASSWORD, Person, assert_problem
from tests.workflows.some_models import files_of
from tests.workflows.test_secondment import SAID
from workflows.catalogue.item_register import ItemRegister
from workflows.sample import load

AGREED = {"outcome": "agreed"}


class Hall:
    """The sample hall with P19."""

    def __init__(self, url: str) -> None:
        self.now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
        self.runtime = Runtime(Settings(database_url=url), operators=operators(), clock=lambda: self.now, hasher=CHEAP)
        self.runtime.deployments.deploy(files_of("secondment"), DESIGNER)
        ItemRegister(self.runtime.registers).install(DESIGNER)
        load(self.runtime)
        self.app = create_app(self.runtime, DoorSettings(secret_key="k" * 40))

    def person(self, account: str) -> Person:
        lifetime = timedelta(days=9)
        _, secret = self.runtime.access_tokens.issue(account, purpose="token", name="test", lifetime=lifetime, by=DESIGNER)
        return Person(self.app.test_client(), secret)

    def fill(self, who: str, case: str, **data: Any) -> None:
        person = self.person(who)
        (task,) = person.get(f"/api/user-tasks?instance_id={case}").json["items"]
        answer = person.post(f"/api/user-tasks/{task['id']}/complete", {"variables": data})
        assert answer.status_code == 200, answer.text


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    made = Hall(database_url)
    yield made
    made.runtime.stop()


def test_a_successor_comes_and_the_predecessor_goes(hall: Hall) -> None:
    department = hall.person("commerce-examiner-1")
    said = {"nomination": SAID | {"replaces": "window-commerce-2"}}
    wanted = {"process_key": "secondment", "variables": said}
    assert_problem(hall.person("committee").post("/api/process-instances", wanted), 403, "nomination-foreign")
    head = {"nomination": said["nomination"] | {"post": "head"}}
    refused = department.post("/api/process-instances", wanted | {"variables": head})
    assert_problem(refused, 422, "staff-head-not-of-main-section")
    case = department.post("/api/process-instances", wanted).json["instance_id"]
    hall.fill("personnel-officer", case, **AGREED)
    assert hall.runtime.accounts.find("window-commerce-3") is None
    hall.fill("committee", case, **AGREED)
    login = {"account": "window-commerce-3", "password": PASSWORD}
    assert_problem(Person(hall.app.test_client()).post("/api/session", login), 401, "credentials-wrong")
    hall.runtime.accounts.set_password("window-commerce-3", PASSWORD, Actor("administrator"))
    assert Person(hall.app.test_client()).post("/api/session", login).status_code == 201
    hall.fill("committee", case, done=True, reason="期满轮换")
    assert hall.runtime.accounts.get("window-commerce-2").groups == ()
    staff = {member["account_id"]: member for member in hall.person("committee").get("/api/staff?limit=100").json["items"]}
    assert (staff["window-commerce-2"]["ended_on"], staff["window-commerce-3"]["until_on"]) == ("2026-03-02", "2027-03-02")
