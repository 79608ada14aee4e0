"""What the registers say about a month: cards, referrals, cases. Each point names what it comes from."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection
from workflows.catalogue.in_force import in_force
from workflows.clock import hall_day
from workflows.ranking.formula import DISCIPLINE, Point, early, incomplete, shorter
from workflows.referrals.tables import referral
from workflows.reports.case_line import CaseLine, Period, case_lines
from workflows.supervision.storage import cards_of

SHORT = {"yellow": ("yellow-card", -500), "red": ("red-card", -1_000)}


def points_of(session: Session, month: date, now: datetime) -> list[Point]:
    """Every point of every window; shares of cases once the month is over."""
    first = month.replace(day=1)
    period = Period(first, first.replace(day=monthrange(first.year, first.month)[1]))
    lines = case_lines(session, period, now) if hall_day(now) > period.until_on else []
    return [*_cards(session, month), *_discipline(session, month), *_cases(lines, month), *_promises(session, lines, now)]


def _cards(session: Session, month: date) -> Iterator[Point]:
    """Confirmed cards; every three reminders of a window in a row are a deduction."""
    warnings: dict[str, list[str]] = {}
    for card in cards_of(session, month=month):
        if card.outcome != "confirmed":
            continue
        if card.colour in SHORT:
            rule, points = SHORT[card.colour]
            yield Point(card.owner_group, rule, points, card.number)
            warnings.pop(card.owner_group, None)
            continue
        row = warnings.setdefault(card.owner_group, [])
        row.append(card.number)
        if len(row) == 3:
            yield Point(card.owner_group, "three-warnings", -300, "、".join(row))
            warnings.pop(card.owner_group)


def _discipline(session: Session, month: date) -> Iterator[Point]:
    """What the discipline organ's documents of the month say; the number alone is named."""
    statement = select(referral).where(referral.c.sanction.is_not(None), referral.c.about_group.is_not(None))
    for row in session.execute(statement.order_by(referral.c.number)):
        points = DISCIPLINE[row.sanction]
        if points and (row.sanctioned_on.year, row.sanctioned_on.month) == (month.year, month.month):
            yield Point(row.about_group, "discipline", points, row.number)


def _cases(lines: Iterable[CaseLine], month: date) -> Iterator[Point]:
    """A case refused or withdrawn is no case finished early: the share is of all that came in (A-04)."""
    by_window: dict[str, list[CaseLine]] = {}
    for line in lines:
        by_window.setdefault(line.window, []).append(line)
    for window, mine in sorted(by_window.items()):
        quick = [line for line in mine if _is_early(line)]
        missing = [line for line in mine if line.decided and line.used is None]
        share, lacking = len(quick) * 100 // len(mine), -(-len(missing) * 100 // len(mine))
        if early(share):
            yield Point(window, "finished-early", early(share), f"{month:%Y-%m}：{len(quick)}/{len(mine)}")
        if lacking:
            yield Point(window, "incomplete-data", incomplete(lacking), f"{month:%Y-%m}：{len(missing)}/{len(mine)}")


def _is_early(line: CaseLine) -> bool:
    return line.accepted and line.delivered and line.used is not None and line.used < (line.promised or 0)


def _promises(session: Session, lines: Iterable[CaseLine], now: datetime) -> Iterator[Point]:
    """The mean over the items a window worked on, each against the law's limit of the day."""
    shares: dict[str, list[int]] = {}
    for window, code in sorted({(line.window, line.item) for line in lines}):
        share = _shorter_by(session, code, now)
        if share is not None:
            shares.setdefault(window, []).append(share)
    for window, found in shares.items():
        percent = sum(found) // len(found)
        if shorter(percent):
            yield Point(window, "shorter-promise", shorter(percent), f"承诺期限比法定期限短{percent}%，{len(found)}项")


def _shorter_by(session: Session, code: str, now: datetime) -> int | None:
    """In percent of the law's limit; null for an item that is not in force any more."""
    try:
        item = in_force(session, code, now).item
    except Rejection:
        return None
    law = item.statutory_on(hall_day(now))
    return 100 - item.promised_days * 100 // law if law else None
