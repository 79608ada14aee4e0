"""Jobs: service tasks and messages on their way."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import runtime
from api.lists import answer_list
from api.schemas.paging import page_of
from api.schemas.trouble import JobQuery, JobSchema

jobs = Blueprint("jobs", "/api/jobs", "服务任务 · Jobs")


@jobs.get("")
@jobs.takes(JobQuery, "query")
@jobs.answers(200, page_of(JobSchema))
def list_jobs(query: Mapping[str, Any]) -> Response:
    """服务任务列表 · List jobs, oldest first"""
    queries = runtime().queries
    return answer_list(
        "jobs",
        JobSchema,
        query,
        lambda cursor, limit: queries.jobs(instance_id=query["instance_id"], cursor=cursor, limit=limit),
    )
