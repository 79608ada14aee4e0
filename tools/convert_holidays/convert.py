"""Writes ``workflows/calendar/holidays/<year>.yaml``, one file a published arrangement, and prints what it wrote.

From 2007 on from the JSON files of holiday-cn (each keeps the address of the State Council's notice); for the years before,
which that collection lacks, from the ``holidays`` package. 2003 is put right by hand here: the notice of 21 April 2003 took
the long May holiday back nine days before it began.

    python tools/convert_holidays/convert.py ../shared/data/holiday-cn

A new year: add its JSON file there and run this again; or let two administrators enter it while the program runs.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import holidays
import yaml

TARGET = Path(__file__).parents[2] / "workflows" / "calendar" / "holidays"
EARLY_YEARS = range(2002, 2007)
SARS = "http://www.tctz.com/cn/news/tiancheng/50.html"
"""国务院办公厅关于2003年“五一”放假调休安排的通知: 1 to 3 May off, Saturday's rest moved to Monday the 5th, nothing else."""
TAKEN_BACK = frozenset(date(2003, month, day) for month, day in ((4, 26), (4, 27), (5, 6), (5, 7)))
SATURDAY = 5

Days = list[tuple[date, str, bool]]


def main(folder: Path) -> None:
    for year in EARLY_YEARS:
        write(year, [SARS] if year == 2003 else [], list(early(year)), "holidays (PyPI, MIT)")
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        if content["papers"]:
            days = [(date.fromisoformat(day["date"]), day["name"], day["isOffDay"]) for day in content["days"]]
            write(content["year"], content["papers"], days, "NateScarlet/holiday-cn (MIT)")


def early(year: int) -> Iterator[tuple[date, str, bool]]:
    """What differs from the plain week, and the holidays themselves. Late December belongs to the next year's notice."""
    china = holidays.country_holidays("CN", language="zh_CN", years=range(year - 1, year + 2))
    for day in _days(date(year - 1, 12, 25), date(year, 12, 24)):
        off = not china.is_working_day(day)
        if day not in TAKEN_BACK and (day in china or off == (day.weekday() < SATURDAY)):
            yield day, nearest_holiday(china, day), off


def nearest_holiday(china: Any, day: date) -> str:
    """The holiday that a day belongs to, by the nearest that has a name of its own."""
    near = sorted((abs((other - day).days), other) for other in china if abs((other - day).days) < 15)
    names = [str(china[other]).split(";")[0] for _, other in near]
    return next(name for name in names if "休息日" not in name).removesuffix("（补假）")


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def write(year: int, notices: list[str], days: Days, source: str) -> None:
    named: dict[str, dict[str, Any]] = {}
    for day, name, off in days:
        named.setdefault(name, {"name": name, "rest": [], "work": []})["rest" if off else "work"].append(day)
    content = {"year": year, "source": source, "notices": notices, "holidays": list(named.values())}
    path = TARGET / f"{year}.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120), "utf-8")
    print(path.name, len(days))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
