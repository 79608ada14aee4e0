"""Who ought to be in the hall and is not, or not with everything, and why (R-16): the committee's list."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.organisation import tables
from workflows.organisation.items_kept import items_kept

REASONS = {
    "exempt": "经县政府决定可不进驻",
    "not-registered": "部门没有登记",
    "not-entered": "具有审批职能而没有进驻",
    "no-window": "有审批事项而没有窗口",
    "item-not-at-window": "事项所在窗口没有登记为该部门的窗口",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A department, the items that are not handled in the hall, and the reason: a key of :data:`REASONS`.

    ``document``: for an exemption the decision that allows it.
    """

    department: str
    items: tuple[str, ...]
    reason: str
    document: str | None = None

    @property
    def reason_name(self) -> str:
        return REASONS[self.reason]


@dataclass(frozen=True, slots=True)
class Department:
    """What of a department decides whether something is missing."""

    name: str
    has_approval_power: bool
    entered_on: date | None
    exemption: str | None


def gaps_of(
    departments: Iterable[Department], items: Mapping[str, Mapping[str, str]], windows: Mapping[str, Collection[str]]
) -> list[Gap]:
    """All gaps, by the department's name.

    :param items: a department's items with the window of each; ``windows``: the windows each department is served at.
    """
    known = {department.name: department for department in departments}
    names = sorted({*known, *items})
    found = (_gap(name, known.get(name), items.get(name, {}), windows.get(name, ())) for name in names)
    return [gap for gap in found if gap is not None]


def _gap(name: str, known: Department | None, items: Mapping[str, str], windows: Collection[str]) -> Gap | None:
    codes = tuple(sorted(items))
    away = tuple(code for code in codes if items[code] not in windows)
    if known is None:
        return Gap(name, codes, "not-registered")
    if known.exemption and (away or known.entered_on is None):
        return Gap(name, away, "exempt", known.exemption)
    if known.entered_on is None:
        return Gap(name, codes, "not-entered") if known.has_approval_power or codes else None
    if away:
        return Gap(name, away, "item-not-at-window" if windows else "no-window")
    return None


def gaps(session: Session, today: date) -> list[Gap]:
    """As the registers stand today."""
    table = tables.department
    columns = (table.c.name, table.c.has_approval_power, table.c.entered_on, table.c.exemption)
    departments = [Department(*row) for row in session.execute(select(*columns)).all()]
    items: dict[str, dict[str, str]] = {}
    for item in items_kept(session, today).values():
        items.setdefault(item.department, {})[item.code] = item.window_group
    windows: dict[str, set[str]] = {}
    for window, name in session.execute(select(tables.window_department.c.window, tables.window_department.c.department)):
        windows.setdefault(name, set()).add(window)
    return gaps_of(departments, items, windows)
