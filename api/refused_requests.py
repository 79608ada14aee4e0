"""The record of what somebody known tried and was not allowed to: a row of the audit log, in a transaction of its own."""

from flask import request

from api.door import Login
from engine.core.rejection import Rejection
from engine.runtime import audit
from engine.runtime.lost_races import retried
from engine.runtime.runtime import Runtime
from engine.runtime.unit_of_work import unit_of_work

MAX_SUBJECT = 300


def record_refused_request(runtime: Runtime, login: Login, rejection: Rejection) -> None:
    """Write who tried what, and why not."""
    action = f"{request.method} {request.url_rule.rule if request.url_rule else ''}"
    subject = request.path[:MAX_SUBJECT]
    now = runtime.clock()

    def record() -> None:
        with unit_of_work(runtime.database) as work:
            audit.write(
                work.connection,
                at=now,
                actor_id=login.account.id,
                action=action,
                subject=subject,
                outcome="refused",
                code=rejection.code,
                detail={"sentence": rejection.sentence("en")},
            )

    retried(record)
