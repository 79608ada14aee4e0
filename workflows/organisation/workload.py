"""How much a window has to do, and for how many people that is work (R-10): counted from the case file, never entered."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.core.moments import HALL
from workflows.case_file.tables import case_file

MONTHS = 3
"""Full months that are counted, the running one left out."""
CASES_A_PERSON = 120
"""Cases a month one person can handle (SAMPLE)."""
LEAST = 2
"""A window is never empty: there is an A and a B (AB岗, R-13)."""


def head_count(cases: int, months: int = MONTHS) -> int:
    """For how many people so many cases in so many months are work; one begun counts as one."""
    return max(LEAST, -(-cases // (CASES_A_PERSON * months)))


def counted_months(today: date, months: int = MONTHS) -> tuple[date, date]:
    """The first day that counts and the first that does not any more."""
    end = today.replace(day=1)
    begin = end
    for _ in range(months):
        begin = (begin - timedelta(days=1)).replace(day=1)
    return begin, end


def received(session: Session, window: str, today: date) -> int:
    """Cases the window received in the months that count."""
    begin, end = (datetime.combine(day, time(), HALL) for day in counted_months(today))
    when = case_file.c.received_at
    statement = select(func.count()).where(case_file.c.window_group == window, when >= begin, when < end)
    return int(session.execute(statement).scalar_one())
