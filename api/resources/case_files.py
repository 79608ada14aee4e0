"""Case files: the list of a window's cases, one with its ledger, its record in the national standard, and making one void."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.data_scope import sees_everything, visible_process_instance
from api.door import actor, login, runtime
from api.lists import answer_list
from api.resources.case_progress import shown
from api.schemas.case_files import (
    CaseFileEventSchema,
    CaseFileQuery,
    CaseFileSchema,
    EvidenceReasonSchema,
    VoidRequestSchema,
)
from api.schemas.case_progress import CaseProgressSchema
from api.schemas.command import CommandHeadersSchema, Given
from api.schemas.paging import page_of
from engine.runtime.queries.paging import Page
from workflows.case_file import CaseEvent, CaseFile
from workflows.case_file.case_files import CaseFileFilter, CaseFiles, Progress
from workflows.case_file.export import exported
from workflows.evidence.package import evidence_package

case_files = Blueprint("case_files", "/api/case-files", "办件 · Case files")


@case_files.get("")
@case_files.takes(CaseFileQuery, "query")
@case_files.answers(200, page_of(CaseFileSchema))
def list_case_files(query: Mapping[str, Any]) -> Response:
    """办件 · The cases of one's windows, newest first; supervisors and auditors see all"""
    asker = login()
    groups = None if sees_everything(asker) else asker.account.groups
    asked = {name: query[name] for name in ("status", "item_code", "window_group", "instance_id")}
    wanted = CaseFileFilter(**asked, groups=groups)

    def fetch(cursor: str | None, limit: int) -> Page[CaseFile]:
        return _cases().page(wanted, cursor, limit)

    return answer_list("case-files", CaseFileSchema, query, fetch)


@case_files.get("/<string:number>")
@case_files.answers(200, CaseFileSchema)
def read(number: str) -> CaseFile:
    """一个办件 · A case as it stands"""
    return _visible(number)


@case_files.get("/<string:number>/progress")
@case_files.answers(200, CaseProgressSchema)
def read_progress(number: str) -> dict[str, Any]:
    """办件时钟 · The limits of a case in words, as its applicant reads them"""
    found = _visible(number)
    return shown(Progress(found, tuple(_cases().events(found.number))))


@case_files.get("/<string:number>/events")
@case_files.answers(200, CaseFileEventSchema(many=True))
def list_events(number: str) -> list[CaseEvent]:
    """办件沿革 · What happened to a case, oldest first"""
    return _cases().events(_visible(number).number)


@case_files.get("/<string:number>/standard-record")
@case_files.also_answers(200, "GB/T 39046—2020", content_type="application/json", schema={"type": "object"})
def standard_record(number: str) -> dict[str, object]:
    """国标数据 · The case in the names and codes of GB/T 39046"""
    return exported(_visible(number), _cases().events(number))


@case_files.post("/<string:number>/evidence-package")
@case_files.takes(EvidenceReasonSchema)
@case_files.also_answers(200, "A ZIP file", content_type="application/zip", schema={"type": "string", "format": "binary"})
def evidence(wanted: Mapping[str, Any], number: str) -> Response:
    """调取证据 · All there is of a case in one file, with its proof; that it was taken, and why, is on record (R-08)"""
    package = evidence_package(runtime(), number, wanted["reason"], actor())
    response = Response(package, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="evidence-{number}.zip"'
    return response


@case_files.post("/<string:number>/void-request")
@case_files.takes(VoidRequestSchema)
@case_files.also_answers(204, "Asked for")
def request_void(wanted: Mapping[str, Any], number: str) -> tuple[str, int]:
    """申请作废 · Ask the committee to make a case with wrong data void; nothing is ever deleted"""
    _cases().request_void(_visible(number).number, wanted["reason"], actor(), replaced_by=wanted["replaced_by"])
    return "", 204


@case_files.post("/<string:number>/void-approval")
@case_files.takes(CommandHeadersSchema, "headers")
@case_files.answers(200, CaseFileSchema)
def approve_void(given: Given, number: str) -> CaseFile:
    """核准作废 · A second person, of the committee, makes it void; its process ends"""
    made = _cases().approve_void(_visible(number).number, actor())
    if runtime().queries.process_instance(made.instance_id).instance.status == "active":
        runtime().repairs.cancel(made.instance_id, reason=f"{made.number} 作废", actor=actor(), **asdict(given))
    return made


def _cases() -> CaseFiles:
    return CaseFiles(runtime().registers)


def _visible(number: str) -> CaseFile:
    found = _cases().get(number)
    visible_process_instance(runtime(), login(), found.instance_id)
    return found
