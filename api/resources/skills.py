"""Who is trained for which items (R-12)."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.lists import answer_list
from api.schemas.attendance import CreatedSchema
from api.schemas.paging import PageQuery, page_of
from api.schemas.skills import MatrixRowSchema, NewSkillSchema, SkillSchema, SkillWithdrawalSchema
from workflows.clock import hall_day
from workflows.organisation import OrganisationRegister, tables
from workflows.organisation.skill import Skill, SkillKind
from workflows.organisation.skill_matrix import MatrixRow, SkillMatrix

skills = Blueprint("skills", "/api/skills", "技能矩阵 · Who is trained for which items")


@skills.get("")
@skills.takes(PageQuery, "query")
@skills.answers(200, page_of(SkillSchema))
def list_skills(query: Mapping[str, Any]) -> Response:
    """培训、考试、资格记录 · Records of training, examinations and licences, withdrawn ones too"""
    page = OrganisationRegister(runtime().registers).page
    table = tables.staff_skill
    return answer_list("skills", SkillSchema, query, lambda cursor, limit: page(table, cursor, limit))


@skills.get("/matrix")
@skills.answers(200, MatrixRowSchema(many=True))
def matrix() -> list[MatrixRow]:
    """事项乘人员 · What everybody at a window can handle today, and what not"""
    return SkillMatrix(runtime().registers).matrix(hall_day(runtime().clock()))


@skills.post("")
@skills.takes(NewSkillSchema)
@skills.answers(201, CreatedSchema)
def enter_skill(wanted: Mapping[str, Any]) -> tuple[dict[str, int], int]:
    """登记 · Somebody is trained, examined or licensed for an item"""
    kind, days = SkillKind(wanted["kind"]), (wanted["from_on"], wanted["until_on"])
    skill = Skill(wanted["account_id"], wanted["item"], kind, wanted["proof"], *days)
    return {"id": SkillMatrix(runtime().registers).enter(skill, actor())}, 201


@skills.post("/<int:skill_id>/withdraw")
@skills.takes(SkillWithdrawalSchema)
@skills.also_answers(204, "Withdrawn")
def withdraw_skill(wanted: Mapping[str, Any], skill_id: int) -> tuple[str, int]:
    """撤销 · A record counts no more from today on"""
    SkillMatrix(runtime().registers).withdraw(skill_id, wanted["reason"], actor())
    return "", 204
