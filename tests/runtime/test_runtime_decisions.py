"""Decisions are deployed with the processes that ask for them, and a case keeps the version it began with."""

import pytest

from engine.runtime.deployments import DeploymentRefused, ResourceFile
from tests.core.test_core_decisions import JOINT, PROCESS
from tests.runtime.halls import Hall


def table(limit: str) -> ResourceFile:
    source = JOINT.replace("10000000", limit).replace("{SECOND}", f"&lt; {limit}").replace("{POLICY}", "UNIQUE")
    return ResourceFile("joint.dmn", source.encode())


def test_a_case_keeps_the_decision_it_began_with(hall: Hall) -> None:
    waiting = PROCESS.replace("s -> decide", "s -> file -> decide").replace("end e\n", "end e\n user file groups=g\n")
    hall.deploy(waiting, table("100"))
    old = hall.start({"amount": 500}).instance_id
    hall.deploy(waiting, table("1000"))
    new = hall.start({"amount": 500}).instance_id
    for _ in range(2):
        hall.complete("file")
    assert hall.variables(old)["route"] == "joint"
    assert hall.variables(new)["route"] == "single"
    hall.check(old, new)


def test_a_process_without_its_decision_is_refused(hall: Hall) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        hall.deploy(PROCESS)
    assert {finding.code for finding in refused.value.findings if finding.is_error} == {"decision-not-found"}


def test_a_table_with_overlapping_unique_rules_is_refused(hall: Hall) -> None:
    source = JOINT.replace("{SECOND}", "&gt; 5").replace("{POLICY}", "UNIQUE").encode()
    findings = hall.runtime.deployments.check([ResourceFile("joint.dmn", source)])
    assert any(finding.is_error or "overlap" in finding.code for finding in findings)
