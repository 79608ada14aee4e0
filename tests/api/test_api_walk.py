"""The walk on the documentation's page is true: its bodies, sent in its order, on the models that come with the program."""

import json
import re
from pathlib import Path
from typing import Any

from api.application import create_app
from api.cli.resources import resource_files
from api.installation import operators
from api.settings import DoorSettings
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings
from tests.api.doors import CHEAP, DESIGNER, Person
from workflows.catalogue.item_register import ItemRegister
from workflows.sample import load

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")


def test_the_walk_leads_from_filing_to_delivery(database_url: str) -> None:
    walk = re.search(r"```sh\n(.*?)```", PAGE, re.S)
    assert walk is not None
    filing, acceptance, decision = (json.loads(body) for body in re.findall(r"-d '(\{.*?\})'", walk[1], re.S))
    runtime = Runtime(Settings(database_url=database_url), operators=operators(), hasher=CHEAP)
    settings = DoorSettings(secret_key="k" * 40)
    runtime.deployments.deploy(resource_files((settings.models, settings.forms)), DESIGNER)
    ItemRegister(runtime.registers).install(DESIGNER)
    load(runtime)
    app = create_app(runtime, settings)

    def person(account: str) -> Person:
        _, secret = runtime.access_tokens.issue(account, purpose="token", name="walk", lifetime=None, by=DESIGNER)
        return Person(app.test_client(), secret)

    def work(body: dict[str, Any]) -> Any:
        window = person("window-commerce-1")
        [task] = window.get("/api/user-tasks").json["items"]
        assert window.post(f"/api/user-tasks/{task['id']}/claim").status_code == 200
        answer = window.post(f"/api/user-tasks/{task['id']}/complete", body)
        assert answer.status_code == 200, answer.text
        return answer.json

    started = person("applicant").post("/api/process-instances", filing)
    assert started.status_code == 201, started.text
    assert work(acceptance)["status"] == "active"
    assert work(decision)["status"] == "completed"
    assert runtime.replay.check(started.json["instance_id"]).agrees
    runtime.stop()
