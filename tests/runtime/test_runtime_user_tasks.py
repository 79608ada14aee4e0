"""A task takes what its form admits and nothing else; a task is given only to somebody who can log in."""

import json

import pytest

import forms
from engine.core.rejection import Rejection
from engine.runtime.deployments import ResourceFile
from engine.runtime.tables import history
from tests.core.sketch import bpmn
from tests.runtime.halls import CLERK, OTHER, STRANGER, Hall

MODEL = """
    start s
    user accept groups=g form=acceptance
    user sign groups=g
    end e
    s -> accept -> sign -> e
"""


def acceptance(*required: str) -> ResourceFile:
    components = [{"type": "textfield", "key": name, "label": name, "validate": {"required": True}} for name in required]
    content = {"type": "default", "id": "acceptance", "schemaVersion": 16, "components": components}
    return ResourceFile("acceptance.form", json.dumps(content).encode())


@pytest.fixture
def counter(hall: Hall) -> Hall:
    hall.runtime.deployments.deploy([ResourceFile("p.bpmn", bpmn(MODEL)), acceptance("opinion")], CLERK)
    hall.start({"name": "张三"})
    return hall


def test_the_form_cleans_what_was_entered(counter: Hall) -> None:
    task = counter.task("accept")
    receipt = counter.runtime.complete(task.id, {"opinion": "同意"}, actor=CLERK, command_id="c")
    assert counter.variables(receipt.instance_id) == {"name": "张三", "opinion": "同意"}
    counter.check(receipt.instance_id)


@pytest.mark.parametrize("entered", [{}, {"opinion": ""}, {"opinion": "x", "granted": True}])
def test_what_the_form_does_not_admit_is_an_error_and_may_be_corrected(counter: Hall, entered: dict[str, object]) -> None:
    task = counter.task("accept")
    with pytest.raises(forms.FormErrors):
        counter.runtime.complete(task.id, entered, actor=CLERK, command_id="c")  # type: ignore[arg-type]
    assert counter.count(history) == 1
    counter.runtime.complete(task.id, {"opinion": "x"}, actor=CLERK, command_id="c")
    assert counter.open() == ["sign"]


def test_repeating_a_completion_compares_what_was_entered(counter: Hall) -> None:
    task = counter.task("accept")
    given = {"opinion": "x"}
    counter.runtime.complete(task.id, given, actor=CLERK, command_id="c")  # type: ignore[arg-type]
    assert counter.runtime.complete(task.id, given, actor=CLERK, command_id="c").replayed  # type: ignore[arg-type]
    with pytest.raises(Rejection) as caught:
        counter.runtime.complete(task.id, {"opinion": "y"}, actor=CLERK, command_id="c")
    assert caught.value.code == "command-id-reused"


def test_whoever_may_not_act_learns_nothing_of_the_form(counter: Hall) -> None:
    with pytest.raises(Rejection) as caught:
        counter.runtime.complete(counter.task("accept").id, {}, actor=STRANGER, command_id="c")
    assert caught.value.code == "user-task-not-candidate"


def test_a_task_without_a_form_takes_no_data(counter: Hall) -> None:
    counter.complete("accept")
    task = counter.task("sign")
    with pytest.raises(Rejection) as caught:
        counter.runtime.complete(task.id, {"granted": True}, actor=CLERK, command_id="c")
    assert caught.value.code == "user-task-without-form"
    assert counter.runtime.complete(task.id, {}, actor=CLERK, command_id="d").version == 3


def test_a_case_keeps_its_form_when_a_new_version_comes(counter: Hall) -> None:
    task = counter.task("accept")
    before = counter.runtime.queries.user_task(task.id).form_id
    counter.runtime.deployments.deploy([acceptance("opinion", "reason")], CLERK)
    assert counter.runtime.queries.user_task(task.id).form_id == before
    counter.runtime.complete(task.id, {"opinion": "x"}, actor=CLERK, command_id="c")
    assert counter.open() == ["sign"]


def test_claiming_releasing_assigning_and_delegating(counter: Hall) -> None:
    tasks = counter.runtime.user_tasks
    for account in ("clerk", "other", "gone"):
        counter.runtime.accounts.create(id=account, name=account, password="long enough")
    counter.runtime.accounts.set_disabled("gone", True, CLERK)
    task_id = counter.task("accept").id
    tasks.claim(task_id, actor=CLERK, command_id="1", expected_version=1)
    assert counter.task("accept").assignee == "clerk"
    tasks.release(task_id, actor=CLERK, command_id="2")
    assert counter.task("accept").assignee is None
    tasks.assign(task_id, "clerk", actor=STRANGER, command_id="3")
    tasks.delegate(task_id, "other", actor=CLERK, command_id="4")
    shown = counter.task("accept")
    assert (shown.assignee, shown.owner, shown.state, shown.task_version) == ("other", "clerk", "delegated", 5)
    for nobody in ("gone", "unknown", "nul\x00"):
        with pytest.raises(Rejection) as caught:
            tasks.assign(task_id, nobody, actor=STRANGER, command_id="5")
        assert caught.value.code == "account-not-found"
    counter.runtime.complete(task_id, {"opinion": "x"}, actor=OTHER, command_id="6")
    counter.check(counter.task("sign").instance_id)


def test_a_start_form_cleans_what_a_case_begins_with(hall: Hall) -> None:
    source = bpmn("start s\nuser a groups=g\nend e\ns -> a -> e").replace(
        b'<startEvent id="s" name="s">',
        b'<startEvent id="s" name="s"><extensionElements><spiffworkflow:properties>'
        b'<spiffworkflow:property name="formKey" value="acceptance"/>'
        b"</spiffworkflow:properties></extensionElements>",
    )
    hall.runtime.deployments.deploy([ResourceFile("p.bpmn", source), acceptance("name")], CLERK)
    with pytest.raises(forms.FormErrors):
        hall.start({"name": ""})
    assert hall.count(history) == 0
    instance_id = hall.start({"name": "张三"}).instance_id
    assert hall.variables(instance_id) == {"name": "张三"}
    hall.check(instance_id)
