"""What was handed over against what the item asks for, before the trip; and that money is none of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.core.rejection import Rejection, declare
from workflows.catalogue.item import Item

MONEY = ("现金", "人民币", "押金", "保证金", "钱款", "钞票")
"""Words by which somebody might write down money as if it were a paper."""

declare(
    {
        "agency-cash": (
            "代办员不得收取、经手任何款项。费用由本人凭缴款通知到指定金融机构缴纳。",
            "An agent takes and carries no money. Fees are paid at the agent bank by the payment notice.",
        ),
        "agency-nothing-handed-over": (
            "交接单须列明交来的材料。",
            "Expected papers that were handed over, but none is named.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Check:
    """``missing``: required and not there. ``to_check``: needed under a condition that a person must judge."""

    missing: tuple[str, ...]
    to_check: tuple[str, ...]


def listed(text: str) -> tuple[str, ...]:
    """The papers of a text, one a line, each once.

    :raises Rejection: ``agency-cash``, ``agency-nothing-handed-over``.
    """
    papers = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    require_no_money(papers)
    if not papers:
        raise Rejection("agency-nothing-handed-over", field="papers")
    return papers


def require_no_money(papers: Iterable[str]) -> None:
    """:raises Rejection: ``agency-cash``."""
    if any(word in paper for paper in papers for word in MONEY):
        raise Rejection("agency-cash", field="papers")


def check(item: Item, handed_over: Iterable[str]) -> Check:
    """What is missing before the trip, in the order of the item's list."""
    there = set(handed_over)
    absent = [material for material in item.materials if material.name not in there]
    return Check(
        tuple(material.name for material in absent if material.need == "required"),
        tuple(f"{material.name}（{material.condition}）" for material in absent if material.need == "conditional"),
    )
