"""A deployment is refused when a case could not come to its end, in this process or in one that calls it."""

import pytest

from engine.runtime.deployments import DeploymentRefused, ResourceFile
from tests.core.sketch import bpmn
from tests.runtime.halls import CLERK, Hall

DEADLOCK = """
    start s
    exclusive way
    user a groups=g
    parallel j
    end e
    s -> way
    way -> a if x = 1
    way -> j default
    a -> j -> e
"""
CALLING = "start s\n call c process=q\n end e\n s -> c -> e"
CATCHING = """
    start s
    call c process=q
    boundary wrong on=c error=E
    user mend groups=g
    end e
    end e2
    s -> c -> e
    wrong -> mend -> e2
"""
SIMPLE = "start s\n user a groups=g\n end e\n s -> a -> e"
FAILING = """
    start s
    user a groups=g
    exclusive way
    end e
    end failed error=E
    s -> a -> way -> e default
    way -> failed if bad = true
"""


def file(text: str, key: str = "p") -> ResourceFile:
    return ResourceFile(f"{key}.bpmn", bpmn(text, key))


def found(refused: pytest.ExceptionInfo[DeploymentRefused]) -> list[tuple[str, str, str]]:
    return [(one.resource, one.element_id, one.code) for one in refused.value.findings if one.is_error or one.needs_reason]


def test_a_model_in_which_a_token_can_wait_for_ever_is_refused_with_the_way_there(hall: Hall) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        hall.deploy(DEADLOCK)
    assert (refused.value.code, found(refused)) == ("deployment-refused", [("p.bpmn", "j", "deadlock")])
    [finding] = [one for one in refused.value.findings if one.is_error]
    assert (finding.process_key, finding.trace, finding.waiting) == ("p", ("s", "way"), ("j",))
    assert [one.code for one in hall.runtime.deployments.check([file(DEADLOCK)]) if one.is_error] == ["deadlock"]
    with pytest.raises(DeploymentRefused):
        hall.runtime.deployments.deploy([file(DEADLOCK)], CLERK, override_reason="an error is not overridden")


def test_a_called_process_is_refused_for_what_it_does_to_its_callers(hall: Hall) -> None:
    hall.deploy(CALLING, q=SIMPLE)
    with pytest.raises(DeploymentRefused) as refused:
        hall.runtime.deployments.deploy([file(FAILING, "q")], CLERK)
    assert (refused.value.code, found(refused)) == ("warnings-not-overridden", [("q.bpmn", "c", "error-not-caught")])
    with pytest.raises(DeploymentRefused) as refused:
        hall.runtime.deployments.deploy([file(DEADLOCK, "q")], CLERK)
    assert found(refused) == [("q.bpmn", "j", "deadlock")]
    hall.runtime.deployments.deploy([file(FAILING, "q"), file(CATCHING)], CLERK)


def test_a_warning_is_overridden_with_a_reason_that_is_kept(hall: Hall) -> None:
    deployments = hall.runtime.deployments
    with pytest.raises(DeploymentRefused) as refused:
        deployments.deploy([file(FAILING)], CLERK, override_reason="   ")
    assert refused.value.code == "warnings-not-overridden"
    made = deployments.deploy([file(FAILING)], CLERK, override_reason="a stop is what is wanted")
    [kept] = [one for one in made.warnings if one.needs_reason]
    assert (kept.code, kept.overridden_because) == ("error-not-caught", "a stop is what is wanted")
    entry = hall.runtime.queries.audit_log(action="Deploy").items[0]
    assert entry.detail["override_reason"] == "a stop is what is wanted"
    assert entry.detail["overridden"] == ["p.bpmn#failed error-not-caught"]
    hall.runtime.deployments.deploy([file(FAILING)], CLERK)


def test_a_process_that_was_refused_once_is_not_examined_again_for_what_does_not_concern_it(hall: Hall) -> None:
    hall.runtime.deployments.deploy([file(FAILING)], CLERK, override_reason="a stop is what is wanted")
    assert hall.deploy(FAILING, other=SIMPLE).id is not None
