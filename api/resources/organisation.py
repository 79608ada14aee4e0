"""The organisation's register: who works in the hall, and what they may do there."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from sqlalchemy import Table

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.lists import answer_list
from api.schemas.fields import Output
from api.schemas.organisation import (
    DepartmentSchema,
    EndingSchema,
    GapSchema,
    HandOverSchema,
    JoiningSchema,
    LetterSchema,
    NewDepartmentSchema,
    NewLetterSchema,
    NewSealSchema,
    NewWindowSchema,
    RetirementSchema,
    SealSchema,
    SealUseSchema,
    StaffSchema,
    TaskHandOverSchema,
    TasksHandedOverSchema,
    WindowSchema,
)
from api.schemas.paging import PageQuery, page_of
from workflows.clock import hall_day
from workflows.organisation import Letter, OrganisationRegister, Power, StaffMember, tables
from workflows.organisation.gaps import Gap
from workflows.organisation.hand_over import hand_over
from workflows.organisation.seal import Seal, SealState
from workflows.organisation.structure import NewDepartment, Structure

organisation = Blueprint("organisation", "/api", "组织 · Organisation")


@organisation.get("/departments")
@organisation.takes(PageQuery, "query")
@organisation.answers(200, page_of(DepartmentSchema))
def list_departments(query: Mapping[str, Any]) -> Response:
    """部门 · Departments"""
    return _list("departments", DepartmentSchema, tables.department, query)


@organisation.post("/departments")
@organisation.takes(NewDepartmentSchema)
@organisation.also_answers(204, "Registered")
def add_department(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """登记部门 · Register a department, outside the hall until it enters"""
    Structure(runtime().registers).add_department(NewDepartment(**wanted), actor())
    return "", 204


@organisation.get("/departments/gaps")
@organisation.answers(200, GapSchema(many=True))
def gaps() -> list[Gap]:
    """应进驻而未进驻的部门、事项 · Who ought to be in the hall and is not, or not with everything, and why"""
    return _register().gaps(hall_day(runtime().clock()))


@organisation.get("/windows")
@organisation.takes(PageQuery, "query")
@organisation.answers(200, page_of(WindowSchema))
def list_windows(query: Mapping[str, Any]) -> Response:
    """窗口 · Windows"""
    return _list("windows", WindowSchema, tables.service_window, query)


@organisation.post("/windows")
@organisation.takes(NewWindowSchema)
@organisation.also_answers(204, "Registered")
def add_window(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """登记窗口 · Register a window"""
    Structure(runtime().registers).add_window(wanted["group_name"], wanted["name"], wanted["department"], actor())
    return "", 204


@organisation.post("/windows/<string:window>/departments")
@organisation.takes(JoiningSchema)
@organisation.also_answers(204, "Joined")
def join_window(wanted: Mapping[str, Any], window: str) -> tuple[str, int]:
    """联合窗口 · A department is served at a window there is; letters and seals stay its own"""
    Structure(runtime().registers).join_window(window, wanted["department"], actor())
    return "", 204


@organisation.get("/staff")
@organisation.takes(PageQuery, "query")
@organisation.answers(200, page_of(StaffSchema))
def list_staff(query: Mapping[str, Any]) -> Response:
    """派驻人员 · Appointments to windows"""
    return _list("staff", StaffSchema, tables.staff_member, query)


@organisation.post("/staff/<int:appointment>/end")
@organisation.takes(EndingSchema)
@organisation.answers(200, StaffSchema)
def end_appointment(wanted: Mapping[str, Any], appointment: int) -> StaffMember:
    """结束派驻 · End an appointment today; before the year is over that needs a reason and the committee"""
    return _register().end_appointment(appointment, wanted["reason"], actor())


@organisation.post("/staff/<int:appointment>/hand-over")
@organisation.takes(TaskHandOverSchema)
@organisation.answers(200, TasksHandedOverSchema)
def hand_over_tasks(wanted: Mapping[str, Any], appointment: int) -> dict[str, list[str]]:
    """工作交接 · Give every open task of an appointment's holder to a colleague of the window"""
    given = hand_over(runtime(), appointment, wanted["to_account"], wanted["reason"], actor())
    return {"tasks": given}


@organisation.get("/authorisation-letters")
@organisation.takes(PageQuery, "query")
@organisation.answers(200, page_of(LetterSchema))
def list_letters(query: Mapping[str, Any]) -> Response:
    """授权书 · Letters of authorisation"""
    return _list("authorisation-letters", LetterSchema, tables.authorisation_letter, query)


@organisation.post("/authorisation-letters")
@organisation.takes(NewLetterSchema)
@organisation.also_answers(204, "Filed")
def enter_letter(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """登记授权书 · File a signed letter; powers follow from letters alone"""
    grants = frozenset((line["item"], Power(power)) for line in wanted["grants"] for power in line["powers"])
    _register().enter_letter(Letter(**{**wanted, "grants": grants}), actor())
    return "", 204


@organisation.post("/authorisation-letters/<string:number>/revocation")
@organisation.takes(EndingSchema)
@organisation.also_answers(204, "Revoked")
def revoke_letter(wanted: Mapping[str, Any], number: str) -> tuple[str, int]:
    """撤销授权书 · From today on the letter gives nothing"""
    _register().revoke_letter(number, wanted["reason"], actor())
    return "", 204


@organisation.get("/seals")
@organisation.takes(PageQuery, "query")
@organisation.answers(200, page_of(SealSchema))
def list_seals(query: Mapping[str, Any]) -> Response:
    """审批专用章 · Seals for approval"""
    return _list("seals", SealSchema, tables.seal, query)


@organisation.post("/seals")
@organisation.takes(NewSealSchema)
@organisation.also_answers(204, "Registered")
def register_seal(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """登记印章 · Register a seal"""
    _register().register_seal(Seal(**wanted, state=SealState.IN_USE), actor())
    return "", 204


@organisation.get("/seals/<string:number>/uses")
@organisation.takes(PageQuery, "query")
@organisation.answers(200, page_of(SealUseSchema))
def list_uses(query: Mapping[str, Any], number: str) -> Response:
    """用印记录 · What a seal was put on"""
    return answer_list("seal-uses", SealUseSchema, query, lambda cursor, limit: _register().uses_of_seal(number, cursor, limit))


@organisation.post("/seals/<string:number>/hand-over")
@organisation.takes(HandOverSchema)
@organisation.also_answers(204, "Handed over")
def hand_over_seal(wanted: Mapping[str, Any], number: str) -> tuple[str, int]:
    """印章交接 · Hand a seal one keeps to somebody else"""
    _register().hand_over_seal(number, wanted["to_account"], actor())
    return "", 204


@organisation.post("/seals/<string:number>/retirement")
@organisation.takes(RetirementSchema)
@organisation.also_answers(204, "Given back")
def retire_seal(wanted: Mapping[str, Any], number: str) -> tuple[str, int]:
    """缴销印章 · Give a seal back to its issuer"""
    _register().retire_seal(number, SealState(wanted["state"]), actor())
    return "", 204


def _register() -> OrganisationRegister:
    return OrganisationRegister(runtime().registers)


def _list(name: str, schema: type[Output], table: Table, query: Mapping[str, Any]) -> Response:
    return answer_list(name, schema, query, lambda cursor, limit: _register().page(table, cursor, limit))
