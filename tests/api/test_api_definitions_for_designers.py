"""What a designer needs besides the list of models: decisions, and how many cases run on which version."""

from engine.runtime.deployments import ResourceFile
from engine.runtime.operators import Operator
from tests.api.doors import DESIGNER, Hall, assert_problem
from tests.core.sketch import bpmn

DECISION = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
  <decision id="d" name="D">
    <variable name="D" typeRef="number"/><literalExpression><text>1</text></literalExpression>
  </decision>
</definitions>"""


def test_decisions_are_listed_and_read_to_the_byte(hall: Hall) -> None:
    hall.runtime.deployments.deploy([ResourceFile("d.dmn", DECISION)], DESIGNER)
    designer = hall.person("designer")
    [found] = designer.get("/api/decision-definitions?key=d").json["items"]
    answer = designer.get(f"/api/decision-definitions/{found['id']}/xml")
    assert (answer.data, answer.mimetype) == (DECISION, "application/xml")
    assert_problem(designer.get("/api/decision-definitions/none/xml"), 404, "decision-not-found")
    assert_problem(hall.person("clerk").get("/api/decision-definitions"), 403, "permission-denied")


def test_cases_are_counted_by_the_version_they_run_on(hall: Hall) -> None:
    hall.start()
    designer = hall.person("designer")
    [first] = designer.get("/api/process-definitions?key=licence").json["items"]
    newer = "start s\nuser examine groups=window form=opinion\nend e\ns -> examine -> e"
    hall.runtime.deployments.deploy([ResourceFile("licence.bpmn", bpmn(newer, "licence"))], DESIGNER)
    hall.start()
    hall.start()
    found = designer.get(f"/api/process-definitions/{first['id']}/running-versions").json
    assert [(one["version"], one["running"]) for one in found] == [(2, 2), (1, 1)]


def test_operators_are_listed_with_their_parameters(hall: Hall) -> None:
    found = {one["id"]: one for one in hall.person("designer").get("/api/operators").json["items"]}
    assert sorted(found) == sorted(operator.id for operator in hall.runtime.operators)
    assert all(one["parameters"] == known for name, one in found.items() if (known := listed(hall.runtime.operators[name])))
    assert_problem(hall.person("clerk").get("/api/operators"), 403, "permission-denied")


def listed(operator: Operator) -> list[str] | None:
    return None if operator.parameters is None else list(operator.parameters)
