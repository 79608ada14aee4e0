"""Departments' own inner steps (R-66)."""

from collections.abc import Mapping
from typing import Any

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.schemas.inner_processes import InnerProcessSchema, NewInnerProcessSchema
from workflows.organisation.inner_process import InnerProcess, InnerProcesses, InnerStep

inner_processes = Blueprint("inner_processes", "/api/inner-processes", "部门内部流程 · Departments' own steps")


@inner_processes.get("")
@inner_processes.answers(200, InnerProcessSchema(many=True))
def list_inner_processes() -> list[InnerProcess]:
    """部门内部环节 · Inner steps beside the promise; those the hall does already are named"""
    return InnerProcesses(runtime().registers).standing(runtime().clock())


@inner_processes.post("")
@inner_processes.takes(NewInnerProcessSchema)
@inner_processes.also_answers(204, "Entered")
def enter_inner_process(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """登记内部环节 · How a department works on an item"""
    steps = [InnerStep(**step) for step in wanted["steps"]]
    InnerProcesses(runtime().registers).enter(wanted["department"], wanted["item"], steps, actor())
    return "", 204
