"""The audit log: logins, deployments, accounts, and refused attempts that belong to no case."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import runtime
from api.lists import answer_list
from api.schemas.audit_log import AuditEntrySchema, AuditQuery
from api.schemas.paging import page_of

audit_log = Blueprint("audit-log", "/api/audit-log", "审计日志 · Audit log")

FILTERS = ("actor_id", "action", "subject", "outcome")


@audit_log.get("")
@audit_log.takes(AuditQuery, "query")
@audit_log.answers(200, page_of(AuditEntrySchema))
def list_entries(query: Mapping[str, Any]) -> Response:
    """审计日志 · List entries, newest first"""
    queries = runtime().queries
    wanted = {name: query[name] for name in FILTERS}
    return answer_list(
        "audit-log",
        AuditEntrySchema,
        query,
        lambda cursor, limit: queries.audit_log(**wanted, cursor=cursor, limit=limit),
    )
