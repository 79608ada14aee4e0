"""The web inbox: what the centre told one's own account."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.data_scope import is_only_applicant
from api.door import actor, login, runtime
from api.lists import answer_list, exported
from api.schemas.notices import NoticeSchema
from api.schemas.paging import PageQuery, page_of
from workflows.notices.inbox import Inbox

notices = Blueprint("notices", "/api/notices", "通知 · Notices")


@notices.get("")
@notices.takes(PageQuery, "query")
@notices.answers(200, page_of(NoticeSchema))
def list_notices(query: Mapping[str, Any]) -> Response:
    """我的信箱 · One's own inbox, newest first; a file of it, and staff, are not told the code for rating"""
    shown = Inbox(runtime().registers, login().account.id, own=is_only_applicant(login()) and not exported(query))
    return answer_list("notices", NoticeSchema, query, shown.page)


@notices.post("/<string:notice_id>/read")
@notices.also_answers(204, "Marked as read")
def read(notice_id: str) -> tuple[str, int]:
    """标为已读 · Mark a notice of one's own as read"""
    Inbox(runtime().registers, login().account.id).read(notice_id, actor())
    return "", 204
