"""For auditors: a case as it stood after a step, and the hash chains computed again."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import orjson
from flask import Response, stream_with_context

from api.blueprint import Blueprint
from api.data_scope import visible_process_instance
from api.door import login, runtime
from api.schemas.verification import CaseVerificationSchema, ReplayedStepSchema
from engine.runtime.verify import VerifyReport

verification = Blueprint("verification", "/api", "核验 · Verification")

LINES = "application/x-ndjson"
SHOWN = 2000
"""Characters of a difference that are shown."""


@verification.get("/process-instances/<string:instance_id>/steps/<int:sequence>")
@verification.answers(200, ReplayedStepSchema)
def replay_step(instance_id: str, sequence: int) -> dict[str, Any]:
    """重演到某一步 · The case as it stood after a step, rebuilt from its history"""
    visible_process_instance(runtime(), login(), instance_id)
    rebuilt = runtime().replay.rebuild(instance_id, sequence)
    instance = rebuilt.instance
    return {"sequence": sequence, "status": instance.status.value, "variables": instance.variables()}


@verification.post("/process-instances/<string:instance_id>/verification")
@verification.answers(200, CaseVerificationSchema)
def verify_case(instance_id: str) -> dict[str, Any]:
    """核验一个办件 · Its chain computed again, and its replay compared with what is stored"""
    visible_process_instance(runtime(), login(), instance_id)
    report = runtime().verification.run(instance_id=instance_id)
    difference = runtime().replay.check(instance_id).difference if report.intact else None
    shown = difference and {
        **asdict(difference),
        "recorded": difference.recorded[:SHOWN],
        "replayed": difference.replayed[:SHOWN],
    }
    return {
        "rows": report.rows,
        "intact": report.intact,
        "agrees": report.intact and difference is None,
        "problems": report.problems,
        "difference": shown,
    }


@verification.post("/verification")
@verification.also_answers(
    200, "Lines of JSON: how far it is, and at the end the report", content_type=LINES, schema={"type": "string"}
)
def verify_all() -> Response:
    """核验全部哈希链 · Every chain computed again; a line of JSON now and then says how far it is"""
    walked = runtime().verification

    def lines() -> Iterator[bytes]:
        report = VerifyReport()
        for done, total in walked.walk(report):
            yield orjson.dumps({"done": done, "total": total}) + b"\n"
        yield orjson.dumps(_told(report)) + b"\n"

    return Response(stream_with_context(lines()), mimetype=LINES)


def _told(report: VerifyReport) -> dict[str, Any]:
    counted = ("rows", "instances", "erased", "problem_count", "intact")
    return {**{name: getattr(report, name) for name in counted}, "problems": [asdict(problem) for problem in report.problems]}
