"""A card of supervision (监察牌, R-60, P17): what was found, in which colour, and who may do what with it. Pure.

Colours go up and never down; a card that was cancelled stays on record. Whoever the card is about has his say first, and
neither he nor who issued it decides on his appeal.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare

FOLDER = Path(__file__).parent
EXPLAIN_DAYS, APPEAL_DAYS = 5, 5
"""Working days to explain (E-16), and to appeal (SAMPLE)."""
SUPERVISION, COMMITTEE = "supervision", "committee"

declare(
    {
        "card-not-found": ("没有找到监察牌{number}。", "Expected card {number}, but there is none."),
        "card-rule-unknown": ("没有监察规则{rule}。", "Expected a rule of supervision, but {rule} is none."),
        "card-group-only": (
            "只有督查、管委会可以办理。",
            "Expected somebody of supervision or the committee, but {actor} is neither.",
        ),
        "card-without-evidence": ("发牌须写明事实和证据。", "Expected what was found and by what evidence, but there is none."),
        "card-without-owner": ("监察牌须有责任单位（组）。", "Expected the group the card is about, but there is none."),
        "card-about-oneself": (
            "{actor}是监察牌{number}的责任人，不得发牌、认定或者复核。",
            "Expected somebody else than {actor}, whom card {number} is about.",
        ),
        "card-not-the-owner": (
            "{actor}不是监察牌{number}的责任人，不能代为说明。",
            "Expected the owner of card {number}, but {actor} is not.",
        ),
        "card-same-person": (
            "{actor}发出或者认定了监察牌{number}，不得复核。",
            "Expected somebody who neither issued nor decided card {number}, but {actor} did.",
        ),
        "card-without-reply": (
            "监察牌{number}的责任人尚未说明，期限也未届满。",
            "Expected the owner of card {number} to have had his say, but he has not.",
        ),
        "card-reason-missing": ("须写明理由。", "Expected a reason, but there is none."),
        "card-measure": (
            "“{measure_zh}”不适用于{colour_zh}。",
            "Expected a measure of the scale for a {colour_en} card, but {measure_en} is none.",
        ),
        "card-state": (
            "监察牌{number}处于“{state_zh}”，不能这样办理。",
            "Card {number} is {state_en}; this cannot be done with it.",
        ),
    }
)


class CardColour(StrEnum):
    """From a reminder up."""

    REMINDER = "reminder"
    YELLOW = "yellow"
    RED = "red"

    def upgraded(self) -> "CardColour":
        """One colour up; red stays red."""
        return {CardColour.REMINDER: CardColour.YELLOW}.get(self, CardColour.RED)


COLOUR_NAMES = {
    CardColour.REMINDER: ("提醒", "reminder"),
    CardColour.YELLOW: ("黄牌", "yellow"),
    CardColour.RED: ("红牌", "red"),
}


class CardState(StrEnum):
    """Where a card stands."""

    ISSUED = "issued"
    EXPLAINED = "explained"
    UNEXPLAINED = "unexplained"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    APPEALED = "appealed"
    CLOSED = "closed"


STATE_NAMES = {
    CardState.ISSUED: ("已发牌", "issued"),
    CardState.EXPLAINED: ("已说明", "explained"),
    CardState.UNEXPLAINED: ("逾期未说明", "not explained in time"),
    CardState.CONFIRMED: ("已认定", "confirmed"),
    CardState.CANCELLED: ("已撤销", "cancelled"),
    CardState.APPEALED: ("申诉中", "appealed"),
    CardState.CLOSED: ("已办结", "closed"),
}
HEARD = frozenset({CardState.EXPLAINED, CardState.UNEXPLAINED})
"""The owner has had his say, or let the days pass."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What supervision looks for. ``colour`` by scheme; ``blocked``: only the refused attempt can be found."""

    id: str
    name: str
    name_en: str
    colour: dict[str, str]
    to: str
    blocked: bool = False

    def under(self, scheme: str) -> CardColour:
        """The colour of its cards under scheme A or B."""
        return CardColour(self.colour[scheme])


@dataclass(frozen=True, slots=True)
class Measure:
    """A step of the handling scale, for cards of the colour ``least`` and above."""

    code: str
    name: str
    name_en: str
    least: CardColour


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule, by its id."""
    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / "rules.yaml").read_text("utf-8"))
    return {row["id"]: Rule(**row) for row in rows}


@lru_cache(maxsize=1)
def scale() -> dict[str, Measure]:
    """The handling scale, mildest first."""
    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / "scale.yaml").read_text("utf-8"))
    return {row["code"]: Measure(least=CardColour(row.pop("from")), **row) for row in rows}


def is_supervision(actor: Actor) -> bool:
    """Whether somebody is of supervision or of the committee."""
    return bool({SUPERVISION, COMMITTEE} & set(actor.groups))


def rule_of(given: object) -> Rule:
    """:raises Rejection: ``card-rule-unknown``."""
    rule = rules().get(str(given))
    if rule is None:
        raise Rejection("card-rule-unknown", field="rule", rule=str(given)[:20])
    return rule


def require_measure(code: object, colour: CardColour) -> Measure:
    """The measure, if it is for a card of this colour. :raises Rejection: ``card-measure``."""
    order, measure = list(CardColour), scale().get(str(code))
    if measure is None or order.index(measure.least) > order.index(colour):
        chinese, english = COLOUR_NAMES[colour]
        known = (str(code)[:20],) * 2 if measure is None else (measure.name, measure.name_en)
        said = {"measure_zh": known[0], "measure_en": known[1], "colour_zh": chinese, "colour_en": english}
        raise Rejection("card-measure", field="measure", **said)
    return measure


def require_state(number: str, state: CardState, *wanted: CardState) -> None:
    """:raises Rejection: ``card-without-reply`` where the owner has not been heard, else ``card-state``."""
    if state in wanted:
        return
    if state is CardState.ISSUED and set(wanted) <= HEARD:
        raise Rejection("card-without-reply", number=number)
    chinese, english = STATE_NAMES[state]
    raise Rejection("card-state", number=number, state_zh=chinese, state_en=english)
