"""A door under test: an application on a runtime with a clock that tests move, people of every role, and one small process."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.application import create_app
from api.settings import DoorSettings
from engine.core.actor import Actor
from engine.runtime.deployments import ResourceFile
from engine.runtime.operators import OperatorCall, OperatorError, OperatorRegistry
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings
from tests.core.sketch import bpmn

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse battery"
DESIGNER = Actor("designer")

PEOPLE: dict[str, tuple[list[str], list[str]]] = {
    "clerk": (["clerk"], ["window"]),
    "colleague": (["clerk"], ["window"]),
    "leader": (["clerk"], ["leaders"]),
    "stranger": (["clerk"], ["elsewhere"]),
    "designer": (["designer"], []),
    "supervisor": (["supervisor"], []),
    "committee": (["supervisor"], ["committee"]),
    "auditor": (["auditor"], []),
    "administrator": (["administrator"], []),
    "applicant": (["applicant"], []),
    "neighbour": (["applicant"], []),
    "agent": (["agent"], ["agent-longgang"]),
    "cashier": (["cashier"], ["fund-service"]),
    "finance": (["finance"], ["finance-office"]),
    "nobody": ([], []),
    "everyone": (["clerk", "designer", "supervisor", "auditor", "administrator", "applicant"], ["window", "leaders"]),
}

LICENCE = """
start s form=application
user review groups=window form=opinion name=审查
user decide groups=leaders
end e
s -> review -> decide -> e
"""
WAITING = """
start s
receive paid message=paid key="=order"
end e
s -> paid -> e
"""
BROKEN = """
start s
service call operator=test.fail
end e
s -> call -> e
"""


def form(key: str, *fields: dict[str, Any]) -> ResourceFile:
    """A form definition."""
    components = [{"id": f"{key}_{field['key']}", "label": field["key"], **field} for field in fields]
    definition = {"type": "default", "id": key, "schemaVersion": 19, "components": components}
    return ResourceFile(f"{key}.form", orjson.dumps(definition))


APPLICATION = form("application", {"type": "textfield", "key": "name", "label": "姓名", "validate": {"required": True}})
RULES_OF_LICENCE = (
    "- {number: 样例〔2026〕1号, title: 许可办法, text: 第一条　依法受理。, from_on: 2026-01-01, models: [licence]}"
).encode()
OPINION = form("opinion", {"type": "textfield", "key": "opinion", "label": "意见", "validate": {"required": True}})


class Person:
    """Somebody with a bearer token, or nobody."""

    def __init__(self, client: FlaskClient, token: str | None = None) -> None:
        self.client = client
        self.headers = {} if token is None else {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.open("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self.open("POST", path, **({} if body is None else {"json": body}), **options)

    def open(self, method: str, path: str, headers: dict[str, str] | None = None, **options: Any) -> TestResponse:
        return self.client.open(path, method=method, headers={**self.headers, **(headers or {})}, **options)

    def upload(self, path: str, *files: ResourceFile) -> TestResponse:
        parts = [(io.BytesIO(file.content), file.name) for file in files]
        return self.open("POST", path, data={"files": parts}, content_type="multipart/form-data")


class Hall:
    """The application, its runtime and its people."""

    def __init__(self, url: str, **settings: Any) -> None:
        self.now = BEGIN
        self.failing = True
        operators = OperatorRegistry()
        operators.local("test.fail")(self._fail)
        self.runtime = Runtime(Settings(database_url=url), operators=operators, clock=lambda: self.now, hasher=CHEAP)
        self.settings = DoorSettings(secret_key="k" * 40, **settings)
        self.app: Flask = create_app(self.runtime, self.settings)
        self.runtime.deployments.deploy(
            [
                ResourceFile("licence.bpmn", bpmn(LICENCE, "licence")),
                ResourceFile("waiting.bpmn", bpmn(WAITING, "waiting")),
                ResourceFile("broken.bpmn", bpmn(BROKEN, "broken")),
                APPLICATION,
                OPINION,
            ],
            DESIGNER,
        )

    def _fail(self, session: object, parameters: object, call: OperatorCall) -> None:
        if self.failing:
            raise OperatorError("out-of-order", "the machine is out of order")

    def person(self, account: str) -> Person:
        """Log somebody in by a token; creates the account when it is first needed."""
        if self.runtime.accounts.find(account) is None:
            self.add(account)
        _, secret = self.runtime.access_tokens.issue(
            account, purpose="token", name="test", lifetime=timedelta(days=1), by=DESIGNER
        )
        return Person(self.app.test_client(), secret)

    def add(self, account: str) -> None:
        roles, groups = PEOPLE[account]
        self.runtime.accounts.create(id=account, name=account, password=PASSWORD, roles=roles, groups=groups)

    def anonymous(self) -> Person:
        return Person(self.app.test_client())

    def start(self, person: Person | None = None, **fields: Any) -> dict[str, Any]:
        """Start a case of the licence process; answers the receipt."""
        body = {"process_key": "licence", "business_key": "B-1", "variables": {"name": "张三"}, **fields}
        answer = (person or self.person("clerk")).post("/api/process-instances", body)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json
        return found

    def close(self) -> None:
        self.runtime.stop()


def assert_problem(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The answer is a problem of this kind, in the one shape all of them have."""
    assert (answer.status_code, answer.json and answer.json.get("code")) == (status, code), answer.text
    assert answer.mimetype == "application/problem+json"
    body: dict[str, Any] = answer.json
    assert body["status"] == status
    assert body["type"].endswith(f"#problem-{code}")
    assert body["title"]
    assert body["detail"]
    return body
