"""Versions of fees (P18b): drafted here, put in force by their process alone."""

from collections.abc import Mapping
from typing import Any

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.schemas.fee_versions import FeeDraftedSchema, FeeDraftSchema, FeeEventSchema, FeeVersionSchema
from workflows.clock import hall_day
from workflows.fees.fee import Fee
from workflows.fees.version_register import FeeLine, FeeVersionRegister

fee_versions = Blueprint("fee_versions", "/api/fee-versions", "收费项目 · Versions of fees")


@fee_versions.get("")
@fee_versions.answers(200, FeeVersionSchema(many=True))
def list_versions() -> list[FeeLine]:
    """收费项目版本 · Every version with where it stands and why it is not charged today"""
    return _register().lines(hall_day(runtime().clock()))


@fee_versions.post("")
@fee_versions.takes(FeeDraftSchema)
@fee_versions.answers(201, FeeDraftedSchema)
def draft(wanted: Mapping[str, Any]) -> tuple[Fee, int]:
    """起草 · A new version of a fee, or a new fee"""
    return _register().draft(wanted["content"], wanted["reason"], actor()), 201


@fee_versions.get("/<string:code>/<string:version>/events")
@fee_versions.answers(200, FeeEventSchema(many=True))
def list_events(code: str, version: str) -> list[Any]:
    """经过 · What became of a version"""
    return _register().events(code, version)


def _register() -> FeeVersionRegister:
    return FeeVersionRegister(runtime().registers)
