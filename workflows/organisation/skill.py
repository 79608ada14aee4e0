"""The skill matrix (技能矩阵, R-12): for which items a person has been trained, examined or licensed. Who is in no line of an
item is not given it, whatever letter of authorisation covers the post.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.core.rejection import Rejection, declare

declare(
    {
        "staff-untrained": (
            "{actor}没有事项{item}的培训、考试或者资格记录，不能办理。",
            "Expected {actor} to be trained, examined or licensed for {item}, but there is no record of it.",
        ),
        "skill-of-oneself": ("不得登记、撤销本人的技能记录。", "Nobody enters or withdraws a skill of his own."),
        "skill-item-unknown": ("没有在办事项{item}。", "Expected an item in force, but {item} is none."),
        "skill-person-unknown": ("没有派驻人员{account}。", "Expected somebody seconded to the hall, but {account} is not."),
        "skill-dates": ("有效期不正确。", "Expected the last day on or after the first, and a first day that is not to come."),
        "skill-without-proof": ("须注明培训、考试成绩或者证件的编号。", "Expected what proves it, but there is nothing."),
        "skill-not-found": ("没有找到有效的技能记录{id}。", "Expected a skill {id} in force, but there is none."),
    }
)


class SkillKind(StrEnum):
    """What shows that somebody can handle an item."""

    TRAINING = "training"
    EXAMINATION = "examination"
    LICENCE = "licence"


@dataclass(frozen=True, slots=True)
class Skill:
    """A line of the matrix. Good on both days and between; without ``until_on`` for good."""

    account: str
    item: str
    kind: SkillKind
    proof: str
    from_on: date
    until_on: date | None = None

    def counts(self, day: date) -> bool:
        """Whether it is good on that day of the hall."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def require_entry(skill: Skill, by: str, today: date) -> None:
    """Whether a line may be entered.

    :raises Rejection: ``skill-of-oneself``, ``skill-without-proof``, ``skill-dates``.
    """
    if skill.account == by:
        raise Rejection("skill-of-oneself")
    if not skill.proof.strip():
        raise Rejection("skill-without-proof", field="proof")
    if skill.from_on > today or (skill.until_on is not None and skill.until_on < skill.from_on):
        raise Rejection("skill-dates", field="from_on")


def require_skill(skills: Iterable[Skill], account: str, item: str, day: date) -> None:
    """Whether somebody may be given an item. :raises Rejection: ``staff-untrained``."""
    if not any(skill.account == account and skill.item == item and skill.counts(day) for skill in skills):
        raise Rejection("staff-untrained", actor=account, item=item)
