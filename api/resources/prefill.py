"""Filling an application with what the hall already knows (R-29)."""

from collections.abc import Mapping
from typing import Any

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.schemas.prefill import ApplicantSchema, KnownSchema
from workflows.prefill.prefill import Known, known_of

prefill = Blueprint("prefill", "/api/prefill", "预填 · What the hall already knows")


@prefill.post("")
@prefill.takes(ApplicantSchema)
@prefill.answers(200, KnownSchema)
def look_up(wanted: Mapping[str, Any]) -> Known:
    """预填申请表 · What the applicant said the last time, and the licences this hall issued to him; the look is on record"""
    return known_of(runtime(), wanted["name"], wanted["identity"], actor())
