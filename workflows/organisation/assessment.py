"""The monthly score (月度考核), its formula shown: every point has a source, and no rule looks at fees or fines (R-05, R-15).

Base 100, ceiling 110, floor 0. Figures are of a county's window rule (rules.md 5.5) and SAMPLE for this county.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.core.rejection import Rejection, declare

BASE, CEILING, FLOOR = 10_000, 11_000, 0
RULES: dict[str, tuple[str, str, int, int]] = {
    "late": ("迟到、早退十分钟以内", "up to ten minutes late", -100, -100),
    "missing-swipe": ("缺签一次", "a swipe missing", -200, -200),
    "absent-half-day": ("缺勤半日", "absent for half a day", -500, -500),
    "off-post": ("离岗十五分钟以上", "away from the post for more than fifteen minutes", -300, -300),
    "overdue-case": ("办件超过承诺期限", "a case after its promise", -500, -500),
    "joint-review-late": ("联审会迟到", "late for a joint review", -200, -200),
    "joint-review-absent": ("联审会缺席", "absent from a joint review", -500, -500),
    "complaint-confirmed": ("投诉经查属实", "a complaint that was found true", -1_000, -1_000),
    "yellow-card": ("黄牌", "a yellow card", -500, -500),
    "red-card": ("红牌", "a red card", -1_000, -1_000),
    "praise": ("表扬", "praise", 100, 500),
    "correction": ("更正", "correction", -2_000, 2_000),
}
"""Code to the Chinese and English name, and the least and most hundredths of a point."""
BY_HAND = frozenset({"off-post", "complaint-confirmed", "praise", "correction"})

declare(
    {
        "assessment-rule-unknown": ("没有“{rule}”这条考核规则。", "Expected a rule of the assessment, but {rule} is none."),
        "assessment-points": (
            "“{rule_zh}”的分值应当在{least}至{most}之间。",
            "Expected between {least} and {most} points for {rule_en}.",
        ),
        "assessment-without-source": ("计分须注明来源。", "Expected the source of a point, but there is none."),
        "assessment-one-person": (
            "人工计分须由另一人核准，不能由录入人自己核准。",
            "A point that is entered by hand is confirmed by somebody other than who entered it.",
        ),
        "assessment-entry-not-found": ("没有找到计分记录{id}。", "Expected entry {id}, but there is none."),
    }
)


@dataclass(frozen=True, slots=True)
class Points:
    """A line of the score, in hundredths of a point."""

    rule: str
    points: int
    source: str
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Score:
    """A month's score, with what it is made of and the sum as a person would write it down."""

    total: int
    lines: tuple[Points, ...]
    formula: str


def require_entry(rule: str, points: int, source: str) -> None:
    """:raises Rejection: ``assessment-rule-unknown``, ``assessment-points``, ``assessment-without-source``."""
    if rule not in RULES:
        raise Rejection("assessment-rule-unknown", field="rule", rule=rule[:40])
    chinese, english, least, most = RULES[rule]
    if not least <= points <= most:
        shown = {"least": least / 100, "most": most / 100, "rule_zh": chinese, "rule_en": english}
        raise Rejection("assessment-points", field="points", **shown)
    if not source.strip():
        raise Rejection("assessment-without-source", field="source")


def score(lines: Iterable[Points]) -> Score:
    """The sum of what counts, within floor and ceiling."""
    counted = tuple(lines)
    total = min(CEILING, max(FLOOR, BASE + sum(line.points for line in counted if line.counts)))
    return Score(total, counted, _formula(counted, total))


def _formula(lines: tuple[Points, ...], total: int) -> str:
    parts = [f"{_points(BASE)}"]
    for rule, (chinese, _, _, _) in RULES.items():
        mine = [line.points for line in lines if line.rule == rule and line.counts]
        if mine:
            sign = "+" if sum(mine) > 0 else "-"
            parts.append(f"{sign} {_points(abs(sum(mine)))}（{chinese}{len(mine)}次）")
    return f"{' '.join(parts)} = {_points(total)}"


def _points(hundredths: int) -> str:
    return f"{hundredths / 100:g}"
