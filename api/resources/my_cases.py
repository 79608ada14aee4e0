"""The cases somebody filed himself, as an applicant sees them: without what people inside the hall say of them."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import login, runtime
from api.lists import answer_list
from api.resources.case_progress import shown
from api.schemas.case_files import CaseFileSchema
from api.schemas.case_progress import CaseProgressSchema
from api.schemas.paging import PageQuery, page_of
from workflows.case_file.case_files import CaseFileFilter, CaseFiles

my_cases = Blueprint("my_cases", "/api/my-cases", "本人的办件 · One's own cases")


@my_cases.get("")
@my_cases.takes(PageQuery, "query")
@my_cases.answers(200, page_of(CaseFileSchema))
def list_mine(query: Mapping[str, Any]) -> Response:
    """本人提交的办件 · The cases one filed, newest first"""
    wanted = CaseFileFilter(filed_by=login().account.id)
    return answer_list("my-cases", CaseFileSchema, query, lambda cursor, limit: _cases().page(wanted, cursor, limit))


@my_cases.get("/<string:number>")
@my_cases.answers(200, CaseProgressSchema)
def progress(number: str) -> dict[str, Any]:
    """办件进度 · Where one's own case stands, with its limits in words"""
    return shown(_cases().progress_of_own(number, login().account.id))


def _cases() -> CaseFiles:
    return CaseFiles(runtime().registers)
