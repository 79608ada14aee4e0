"""The reports, read in one look each."""

from datetime import datetime

from engine.core.rejection import Rejection, declare
from engine.runtime.registers import Registers
from workflows.reports import summaries
from workflows.reports.case_line import CaseLine, Period, case_lines
from workflows.reports.money import FeeRow, by_destination
from workflows.reports.summaries import ItemRow, LightRow, TimeRow, WindowRow

LONGEST = 3 * 366
"""Days a report looks at, at most."""

declare(
    {
        "report-period": (
            "统计期间应为先后两天，最长三年。",
            "Expected a first day on or before the last, and three years at most.",
        )
    }
)


class Reports:
    """Reads. Every report is of the cases received, or the entries made, in a period.

    :raises Rejection: ``report-period``.
    """

    def __init__(self, registers: Registers, now: datetime) -> None:
        self._registers = registers
        self._now = now

    def windows(self, period: Period) -> list[WindowRow]:
        """By window."""
        return summaries.by_window(self._lines(period))

    def items(self, period: Period) -> list[ItemRow]:
        """By item: what was promised and what it took (R-06)."""
        return summaries.by_item(self._lines(period))

    def lights(self, period: Period) -> list[LightRow]:
        """Open cases by light."""
        return summaries.by_light(self._lines(period))

    def times(self, period: Period) -> list[TimeRow]:
        """Time used against limits."""
        return summaries.by_time(self._lines(period))

    def fees(self, period: Period) -> list[FeeRow]:
        """Fees by destination."""
        _require(period)
        with self._registers.read() as session:
            return by_destination(session, period)

    def _lines(self, period: Period) -> list[CaseLine]:
        _require(period)
        with self._registers.read() as session:
            return case_lines(session, period, self._now)


def _require(period: Period) -> None:
    if not 0 <= (period.until_on - period.from_on).days <= LONGEST:
        raise Rejection("report-period", field="from_on")
