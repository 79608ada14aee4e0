"""What a referral is: which rules may be cited on a day, which sanctions there are and how long they last. Pure."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from engine.core.rejection import Rejection, declare

declare(
    {
        "referral-rule-unknown": (
            "“{rule}”不是当日可以引用的规定。",
            "Expected a rule that may be cited on this day, but {rule} is none.",
        ),
        "referral-without-rule": ("移送须引用所违反的规定。", "Expected the rules that were broken, but none is cited."),
        "referral-without-evidence": ("移送须附证据。", "Expected evidence, but there is none."),
        "referral-sanction-unknown": ("没有“{sanction}”这种处分。", "Expected a kind of sanction, but {sanction} is none."),
        "referral-document-missing": (
            "处理结果以纪检监察机关的文件为准，须登记文号。",
            "Expected the document of the discipline organ; nothing else says what became of it.",
        ),
    }
)
FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Citation:
    """A rule that may be cited from a day on."""

    code: str
    number: str
    title: str
    from_on: date
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Sanction:
    """A kind with its term in months; null where it has none."""

    kind: str
    name: str
    months: int | None


@lru_cache(maxsize=1)
def citations() -> tuple[Citation, ...]:
    """Every rule there is. Read once in a process."""
    rows = yaml.safe_load((FOLDER / "rules.yaml").read_text("utf-8"))
    return tuple(Citation(from_on=row.pop("from"), **row) for row in rows)


@lru_cache(maxsize=1)
def sanctions() -> dict[str, Sanction]:
    """Every kind of sanction. Read once in a process."""
    rows = yaml.safe_load((FOLDER / "sanctions.yaml").read_text("utf-8"))
    return {row["kind"]: Sanction(**row) for row in rows}


def require_citations(codes: Iterable[str], day: date) -> tuple[str, ...]:
    """The codes, each once.

    :raises Rejection: ``referral-without-rule``, ``referral-rule-unknown``.
    """
    wanted = tuple(dict.fromkeys(codes))
    known = {citation.code for citation in citations() if citation.from_on <= day}
    if not wanted:
        raise Rejection("referral-without-rule", field="rules")
    for code in wanted:
        if code not in known:
            raise Rejection("referral-rule-unknown", field="rules", rule=code[:40])
    return wanted


def require_sanction(kind: object) -> Sanction:
    """:raises Rejection: ``referral-sanction-unknown``."""
    if str(kind) not in sanctions():
        raise Rejection("referral-sanction-unknown", field="sanction", sanction=str(kind)[:40])
    return sanctions()[str(kind)]


def ends_on(sanction: Sanction, decided_on: date) -> date | None:
    """The last day of a sanction; null where it has no term. A month after the 31st ends on the month's last day."""
    if sanction.months is None:
        return None
    months = decided_on.month - 1 + sanction.months
    year, month = decided_on.year + months // 12, months % 12 + 1
    return date(year, month, min(decided_on.day, monthrange(year, month)[1]))
