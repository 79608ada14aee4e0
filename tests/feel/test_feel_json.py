"""Values as JSON."""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

import feel


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (Decimal("3.00"), 3),
        (Decimal("0.1"), 0.1),
        (Decimal("1E+3"), 1000),
        (Decimal("-0"), 0),
        (Decimal("1E+400"), None),
        (Decimal("12345678901234567890123456789012"), 12345678901234567890123456789012),
        (float("nan"), None),
        ("文", "文"),
        (date(2026, 1, 31), "2026-01-31"),
        (time(9, 30), "09:30:00"),
        (datetime(2026, 1, 31, 9, 30, tzinfo=timezone(timedelta(hours=8))), "2026-01-31T09:30:00+08:00"),
        (feel.DaysTimeDuration.of(days=1, hours=2), "P1DT2H"),
        (feel.YearsMonthsDuration(-14), "-P1Y2M"),
        (feel.Range(Decimal(1), None, True, False), "[1..null)"),
        ({"a": [Decimal(1), {"b": None}]}, {"a": [1, {"b": None}]}),
        (timedelta(hours=-25), "-P1DT1H"),
        (print, None),
    ],
)
def test_to_json(value, expected):
    result = feel.to_json(value)
    assert result == expected
    assert type(result) is type(expected)
