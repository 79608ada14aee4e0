"""What a form refuses is in the audit log, without what was written; history keeps nothing, and the command may come again."""

import pytest

from engine.runtime.deployments import ResourceFile
from forms import FormErrors
from tests.runtime.halls import CLERK, Hall

FORM = b"""{"type": "default", "id": "f", "title": "F", "schemaVersion": 19, "components": [
  {"type": "number", "id": "c", "key": "copies", "label": "copies", "validate": {"required": true, "max": 5}}]}"""
MODEL = """
    start s
    user t groups=g form=f
    end e
    s -> t -> e
"""


def test_it_is_recorded_and_may_be_corrected(hall: Hall) -> None:
    hall.deploy(MODEL, ResourceFile("f.form", FORM))
    case = hall.start().instance_id
    task = hall.task("t")
    with pytest.raises(FormErrors):
        hall.runtime.complete(task.id, {"copies": 77777}, actor=CLERK, command_id="mine")
    (entry,) = hall.runtime.queries.audit_log(outcome="refused").items
    assert (entry.actor_id, entry.action, entry.subject, entry.code) == ("clerk", "CompleteUserTask", case, "form-invalid")
    assert entry.detail is not None
    assert "copies" in entry.detail["sentence"]
    assert "77777" not in entry.detail["sentence"]
    hall.runtime.complete(task.id, {"copies": 3}, actor=CLERK, command_id="mine")
    assert hall.status(case) == "completed"
    hall.check(case)
