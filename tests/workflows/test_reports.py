"""Adding up: nothing is lost between the rows, and every case is in one class."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from engine.runtime.tables import metadata
from tests.runtime.halls import BEGIN
from tests.workflows.filing import in_memory
from workflows.clock.light import Colour
from workflows.ledger import Keys, Stamp, post
from workflows.ledger.days import open_day
from workflows.metadata import metadata as tables
from workflows.reports.case_line import CaseLine, Period
from workflows.reports.money import FeeRow, by_destination
from workflows.reports.summaries import by_item, by_light, by_time, by_window

CASES = st.builds(
    CaseLine,
    number=st.just("1"),
    item=st.sampled_from(["GS-001", "GS-002"]),
    item_name=st.just("事项"),
    department=st.just("县工商局"),
    window=st.sampled_from(["window-commerce", "window-land"]),
    status=st.just("examining"),
    accepted=st.booleans(),
    decided=st.booleans(),
    delivered=st.booleans(),
    ended=st.booleans(),
    used=st.one_of(st.none(), st.integers(0, 40)),
    promised=st.one_of(st.none(), st.integers(1, 20)),
    over_promise=st.booleans(),
    over=st.integers(0, 3),
    light=st.one_of(st.none(), st.sampled_from(list(Colour))),
)


@given(st.lists(CASES, max_size=20))
def test_every_case_is_counted_once(lines: list[CaseLine]) -> None:
    assert sum(row.received for row in by_window(lines)) == sum(row.received for row in by_item(lines)) == len(lines)
    assert all(0 <= row.on_time <= 1000 and row.decided <= row.received for row in by_window(lines))
    shining = sum(line.light is not None for line in lines)
    assert sum(row.green + row.yellow + row.red + row.grey for row in by_light(lines)) == shining
    timed = [line for line in lines if line.decided and line.used is not None and line.promised is not None]
    rows = by_time(lines)
    assert sum(row.half + row.within + row.over_promise + row.over_law for row in rows) == len(timed)
    assert all(min(row.half, row.within, row.over_promise, row.over_law) >= 0 for row in rows)


def test_fees_by_where_they_go() -> None:
    engine = in_memory()
    metadata.create_all(engine)
    tables.create_all(engine)
    keys = Keys("500225", "县工商局", "F-1", "1", "budget", "样例申请人")
    stamp = Stamp(BEGIN, "cashier")
    with Session(engine) as session:
        open_day(session, stamp)
        post(session, "assess", 5_000, keys, stamp)
        post(session, "waive", 2_000, keys, stamp)
        month = Period(date(2026, 3, 1), date(2026, 3, 31))
        assert by_destination(session, month) == [FeeRow("县工商局", "F-1", "budget", 5_000, 2_000, 0, 0, 0)]
        assert by_destination(session, Period(date(2026, 4, 1), date(2026, 4, 30))) == []
