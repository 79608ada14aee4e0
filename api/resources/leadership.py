"""A leader's page (R-65)."""

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.schemas.leadership import BriefSchema
from workflows.leadership.brief import Brief, brief

leadership = Blueprint("leadership", "/api/leader-brief", "领导 · What a department's leader looks at")


@leadership.get("")
@leadership.answers(200, BriefSchema)
def read_brief() -> Brief:
    """领导简报 · What is late, what waits for an answer, and what people complain about, in the departments one leads"""
    asker = actor()
    return brief(runtime().registers, asker.id, asker.groups, runtime().clock())
