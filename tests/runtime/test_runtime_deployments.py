"""Files get in together or not at all, and a case is bound to what was in force when it began."""

import json
from datetime import timedelta

import pytest

from engine.core.rejection import Rejection
from engine.runtime.deployments import DeploymentRefused, ResourceFile
from engine.runtime.operators import OperatorRegistry
from engine.runtime.tables import audit, deployment, form_definition, process_definition
from tests.core.sketch import bpmn
from tests.runtime.conftest import HallMaker
from tests.runtime.halls import CLERK, Hall

WITH_FORM = """
    start s
    user accept groups=g form=acceptance
    end e
    s -> accept -> e
"""
CALLING = """
    start s
    call inner process=q
    end e
    s -> inner -> e
"""
SIMPLE = "start s\nuser a groups=g\nend e\ns -> a -> e"


def form(key: str = "acceptance", *fields: str) -> ResourceFile:
    components = [{"type": "textfield", "key": name, "label": name} for name in fields or ("opinion",)]
    content = {"type": "default", "id": key, "schemaVersion": 16, "components": components}
    return ResourceFile(f"{key}.form", json.dumps(content).encode())


def process(text: str, key: str = "p") -> ResourceFile:
    return ResourceFile(f"{key}.bpmn", bpmn(text, key))


def test_a_deployment_makes_versions_and_says_which(hall: Hall) -> None:
    first = hall.runtime.deployments.deploy([process(WITH_FORM), form()], CLERK)
    assert [(item.kind, item.key, item.version, item.created) for item in first.resources] == [
        ("process", "p", 1, True),
        ("form", "acceptance", 1, True),
    ]
    hall.now += timedelta(seconds=1)
    second = hall.runtime.deployments.deploy([process(WITH_FORM), form("acceptance", "opinion", "reason")], CLERK)
    assert [(item.key, item.version, item.created) for item in second.resources] == [
        ("p", 1, False),
        ("acceptance", 2, True),
    ]
    (row,) = hall.runtime.queries.definitions("form").items
    assert (row.key, row.version, row.deployment_id) == ("acceptance", 2, second.id)
    everything = hall.runtime.queries.definitions("form", latest_only=False).items
    assert [item.version for item in everything] == [1, 2]
    assert [item.id for item in hall.runtime.queries.deployments().items] == [second.id, first.id]
    assert hall.runtime.queries.source(first.resources[0].id) == process(WITH_FORM).content


def test_the_same_files_again_are_nothing_new(hall: Hall) -> None:
    hall.runtime.deployments.deploy([process(SIMPLE)], CLERK)
    again = hall.runtime.deployments.deploy([process(SIMPLE)], CLERK)
    assert again.id is None
    assert (hall.count(deployment), hall.count(process_definition), hall.count(audit)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("files", "code", "element"),
    [
        ([process(WITH_FORM)], "form-not-found", "accept"),
        ([process(CALLING)], "process-not-found", "inner"),
        ([process("start s\nservice t operator=x\nend e\ns -> t -> e")], "operator-not-found", "t"),
        ([process(SIMPLE), ResourceFile("other.bpmn", bpmn(SIMPLE + "\n"))], "key-twice", "p"),
        ([ResourceFile("notes.txt", b"x")], "file-kind-unknown", ""),
    ],
    ids=["form", "process", "operator", "twice", "kind"],
)
def test_references_that_lead_nowhere_refuse_everything(hall: Hall, files: list[ResourceFile], code: str, element: str) -> None:
    sound = process(SIMPLE, "sound")
    with pytest.raises(DeploymentRefused) as caught:
        hall.runtime.deployments.deploy([sound, *files], CLERK)
    assert [(found.code, found.element_id) for found in caught.value.findings if found.is_error] == [(code, element)]
    assert all(found.suggestion_zh and found.suggestion_en for found in caught.value.findings)
    assert hall.runtime.deployments.check([sound, *files]) == list(caught.value.findings)
    assert hall.count(process_definition) == hall.count(deployment) == 0


@pytest.mark.parametrize(
    "file", [ResourceFile("p.bpmn", b"<not xml"), ResourceFile("f.form", b"{"), ResourceFile("f.form", b"[]")]
)
def test_files_that_cannot_be_read_are_findings(hall: Hall, file: ResourceFile) -> None:
    findings = hall.runtime.deployments.check([file])
    assert any(finding.is_error and finding.resource == file.name for finding in findings)
    with pytest.raises(DeploymentRefused):
        hall.runtime.deployments.deploy([file], CLERK)


def test_what_is_deployed_already_may_be_referred_to(hall: Hall) -> None:
    hall.runtime.deployments.deploy([form(), process(SIMPLE, "q")], CLERK)
    hall.runtime.deployments.deploy([process(WITH_FORM), process(CALLING, "r")], CLERK)
    assert hall.count(form_definition) == 1


def test_files_of_one_deployment_may_refer_to_each_other(hall: Hall) -> None:
    hall.runtime.deployments.deploy([process(CALLING), process(SIMPLE, "q")], CLERK)
    instance_id = hall.start().instance_id
    assert set(hall.runtime.queries.diagram_state(instance_id)) == {"s", "inner"}
    assert hall.runtime.queries.diagram_state(instance_id, "q")["a"].active == 1
    hall.check(instance_id)


def test_a_case_keeps_the_versions_it_began_with(hall: Hall) -> None:
    hall.runtime.deployments.deploy([process(CALLING), process(SIMPLE, "q")], CLERK)
    early = hall.start().instance_id
    hall.runtime.deployments.deploy([process(SIMPLE.replace("user a", "user b").replace("-> a", "-> b"), "q")], CLERK)
    late = hall.start().instance_id
    assert hall.tasks(instance_id=early)[0].element_id == "a"
    assert hall.tasks(instance_id=late)[0].element_id == "b"
    bindings = [hall.runtime.queries.process_instance(name).instance.bindings for name in (early, late)]
    assert bindings[0]["process:p"] == bindings[1]["process:p"]
    assert bindings[0]["process:q"] != bindings[1]["process:q"]
    hall.check(early, late)


def test_an_unknown_process_cannot_be_started(hall: Hall) -> None:
    with pytest.raises(Rejection) as caught:
        hall.start(process_key="nothing")
    assert caught.value.code == "definition-not-found"


def test_a_parameter_the_operator_does_not_know_is_refused(make_hall: HallMaker) -> None:
    registry = OperatorRegistry()
    registry.local("fees.assess", parameters=("amount",))(lambda session, parameters, call: None)
    hall = make_hall(registry)
    hall.deploy('start s\nservice a operator=fees.assess into=bill param_amount="=1"\nend e\ns -> a -> e')
    with pytest.raises(DeploymentRefused) as refused:
        hall.deploy('start s\nservice a operator=fees.assess into=bill param_amuont="=1"\nend e\ns -> a -> e')
    assert [(one.element_id, one.code) for one in refused.value.findings if one.is_error] == [("a", "parameter-unknown")]
