"""What service tasks may call in this installation, for whoever draws them."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import runtime
from api.lists import answer_table
from api.schemas.operators import OperatorSchema
from api.schemas.paging import TableQuery, page_of
from engine.runtime.operators import RemoteOperator

operators = Blueprint("operators", "/api/operators", "服务操作 · What service tasks may call")


@operators.get("")
@operators.takes(TableQuery, "query")
@operators.answers(200, page_of(OperatorSchema))
def list_operators(query: Mapping[str, Any]) -> Response:
    """服务操作列表 · List operators by name"""
    found = sorted(runtime().operators, key=lambda operator: operator.id)
    rows = [{"id": one.id, "parameters": one.parameters, "remote": isinstance(one, RemoteOperator)} for one in found]
    return answer_table("operators", OperatorSchema, query["format"], rows)
