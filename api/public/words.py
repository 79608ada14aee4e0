"""The sentences of the pages: one catalogue a language (``words/``), and how days, moments and money are written."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from api.language import language
from engine.core.moments import HALL
from engine.core.rejection import Language

FOLDER = Path(__file__).parent / "words"


@cache
def catalogue(spoken: Language) -> Mapping[str, str]:
    """Every sentence of a language by its dotted name."""
    return dict(_flat(yaml.safe_load((FOLDER / f"{spoken}.yaml").read_text("utf-8")), ""))


def _flat(part: Mapping[Any, Any], before: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in part.items():
        name = f"{before}{key}"
        found += _flat(value, f"{name}.") if isinstance(value, Mapping) else [(name, str(value))]
    return found


def say(key: str, /, **parts: object) -> str:
    """The sentence in the asker's language.

    :raises KeyError: there is no such sentence: a mistake of ours that a test finds.
    """
    return catalogue(language())[key].format(**parts)


def say_day(day: date | str | None) -> str:
    """2026年10月11日, or 2026-10-11 in English as all papers of the hall have it."""
    if not day:
        return ""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{found.year}年{found.month}月{found.day}日" if language() == "zh" else found.isoformat()


def say_moment(moment: datetime | None) -> str:
    """By the clock on the hall's wall."""
    if moment is None:
        return ""
    local = moment.astimezone(HALL)
    return f"{say_day(local.date())} {local:%H:%M}"


def say_days(count: int) -> str:
    """3个工作日, 1 working day, on the spot."""
    return say("days.none" if count == 0 else "days.one" if count == 1 else "days.many", count=count)


def say_money(fen: int) -> str:
    """Yuan with two digits."""
    return say("money", yuan=f"{fen // 100:,}.{fen % 100:02}")


TOOLS: Mapping[str, Callable[..., str]] = {
    "t": say,
    "say_day": say_day,
    "say_moment": say_moment,
    "say_days": say_days,
    "say_money": say_money,
}
"""What templates call."""
