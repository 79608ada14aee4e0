"""What a complaint is: channel and limits, category, number, and what must be there before it is closed. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml
from marshmallow import RAISE, Schema, fields, validate

from engine.core.rejection import Rejection, declare
from workflows.case_number.number import check_digit

declare(
    {
        "complaint-number-invalid": (
            "投诉编号{number}有误，请核对。",
            "Expected a complaint number of 20 digits with its check digit, but {number} is none.",
        ),
        "complaint-channel-unknown": (
            "没有“{channel}”这种投诉渠道。",
            "Expected a channel of complaints, but {channel} is none.",
        ),
        "complaint-category-unknown": ("没有“{category}”这种投诉类别。", "Expected a category, but {category} is none."),
        "complaint-without-finding": (
            "投诉{number}没有调查结论和证据，不能办结。",
            "Expected complaint {number} to have a finding with evidence before it is closed, but it has none.",
        ),
        "complaint-without-answer": (
            "投诉{number}没有答复，不能办结。",
            "Expected complaint {number} to be answered before it is closed, but it is not.",
        ),
        "complaint-without-proof": (
            "投诉{number}没有答复送达凭证或者无法联系的证明，不能办结。",
            "Expected proof that the answer to {number} arrived, or that nobody could be reached, but there is none.",
        ),
    }
)

RULES = Path(__file__).parent / "rules.yaml"
PATTERN = re.compile(r"\d{20}")


class Category(StrEnum):
    """What it is about (R-72 and DOMAIN.md 9)."""

    OBSTRUCTION = "obstruction"
    TAKING = "taking"
    DELAY = "delay"
    CHARGES = "charges"
    REFUSAL = "refusal"
    ATTITUDE = "attitude"
    OTHER = "other"


CATEGORIES = {
    Category.OBSTRUCTION: "故意刁难",
    Category.TAKING: "吃拿卡要",
    Category.DELAY: "推诿拖延",
    Category.CHARGES: "乱收费",
    Category.REFUSAL: "不予受理、不说明理由",
    Category.ATTITUDE: "服务态度",
    Category.OTHER: "其他",
}


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """A channel with its limits in working days."""

    channel: str
    name: str
    accept: int
    answer: int
    extension: int
    from_on: date


class _RuleSchema(Schema):
    class Meta:
        unknown = RAISE

    channel = fields.String(required=True)
    name = fields.String(required=True)
    accept = fields.Integer(required=True, validate=validate.Range(1, 60))
    answer = fields.Integer(required=True, validate=validate.Range(1, 60))
    extension = fields.Integer(required=True, validate=validate.Range(1, 60))
    from_on = fields.Raw(required=True, data_key="from")


@lru_cache(maxsize=1)
def channel_rules() -> tuple[ChannelRule, ...]:
    """Every line of the table."""
    loaded = _RuleSchema(many=True).load(yaml.safe_load(RULES.read_text("utf-8")))
    return tuple(ChannelRule(**row) for row in loaded)


def rule_of(channel: str, day: date) -> ChannelRule:
    """The latest line for a channel that has begun on ``day``.

    :raises Rejection: ``complaint-channel-unknown``.
    """
    begun = [rule for rule in channel_rules() if rule.channel == channel and rule.from_on <= day]
    if not begun:
        raise Rejection("complaint-channel-unknown", field="channel", channel=channel[:40])
    return max(begun, key=lambda rule: rule.from_on)


def category_of(text: str) -> Category:
    """:raises Rejection: ``complaint-category-unknown``."""
    try:
        return Category(text)
    except ValueError:
        raise Rejection("complaint-category-unknown", field="category", category=text[:40]) from None


def number_of(division: str, day: date, serial: int) -> str:
    """Division, day, serial of the day, check digit (ISO 7064 MOD 11,10), as case numbers have it; shorter than those."""
    digits = f"{division}{day:%Y%m%d}{serial:05d}"
    return digits + check_digit(digits)


def require_number(text: str) -> str:
    """The number without blanks around it.

    :raises Rejection: ``complaint-number-invalid``.
    """
    number = text.strip()
    if not number.isascii() or not PATTERN.fullmatch(number) or check_digit(number[:-1]) != number[-1]:
        raise Rejection("complaint-number-invalid", field="number", number=text[:40])
    return number


def require_closable(found: Mapping[str, object]) -> None:
    """件件有着落、事事有回音.

    :raises Rejection: ``complaint-without-finding``, ``complaint-without-answer``, ``complaint-without-proof``.
    """
    needed = {
        "complaint-without-finding": ("finding", "evidence"),
        "complaint-without-answer": ("answer", "document"),
        "complaint-without-proof": ("proof_kind", "proof"),
    }
    for code, names in needed.items():
        if not all(str(found.get(name) or "").strip() for name in names):
            raise Rejection(code, number=found.get("number"))
