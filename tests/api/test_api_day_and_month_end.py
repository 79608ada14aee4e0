"""The end of a day and of a month over HTTP: counted, signed by another, confirmed, settled and locked (P12)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.doors import assert_problem
from tests.api.installed import Hall
from tests.api.test_api_money import do, hall, noticed, open_tasks
from tests.workflows.money import CASHIER, FEE_FEN, FINANCE, KIND
from tests.workflows.test_day_and_month_end import COUNT, SIGNED

__all__ = ["hall"]
SIGNATURES = {"sign_cashier": CASHIER, "sign_finance": FINANCE}


def begin(hall: Hall, process: str, by: str, **variables: Any) -> Any:
    return hall.person(by).post("/api/process-instances", {"process_key": process, "variables": variables})


@pytest.fixture
def counted(hall: Hall) -> Hall:
    """A fee was paid in cash, it is four o'clock, and the cash was counted."""
    noticed(hall)
    assert do(hall, "receive", CASHIER, channel="cash", kind=KIND, number=1).status_code == 200
    begun = begin(hall, "day_close", CASHIER)
    assert begun.status_code == 201, begun.text
    hall.now += timedelta(hours=8)
    hall.runtime.run_due()
    answer = do(hall, "count", CASHIER, **COUNT)
    assert answer.status_code == 200, answer.text
    return hall


def test_a_day_is_counted_signed_and_confirmed(counted: Hall) -> None:
    assert do(counted, "sign", FINANCE, **SIGNED).status_code == 200
    (order,) = counted.person(FINANCE).get("/api/ledger/transfers").json["items"]
    assert (order["amount_fen"], order["confirmed_at"]) == (FEE_FEN, None)
    assert do(counted, "confirm", FINANCE, reference="银回0001").status_code == 200
    finance = counted.person(FINANCE)
    assert finance.get("/api/ledger/transfers").json["items"][0]["confirmed_at"] is not None
    assert finance.get("/api/ledger/days").json["items"][0]["closed_by"] == FINANCE
    assert {row["balance_fen"] for row in finance.get("/api/ledger/trial-balance").json["items"]} == {0}


def test_who_counted_does_not_sign_and_who_signed_takes_nothing_back(counted: Hall) -> None:
    task = next(item["id"] for item in open_tasks(counted) if item["element_id"] == "sign")
    answer = counted.person(CASHIER).post(f"/api/user-tasks/{task}/complete", {"variables": SIGNED})
    assert_problem(answer, 403, "user-task-not-candidate")
    assert do(counted, "sign", FINANCE, **SIGNED).status_code == 200
    lines = counted.person(FINANCE).get("/api/ledger/entries").json["items"]
    entry = next(line["number"] for line in lines if line["receipt"])
    answer = counted.person(FINANCE).post(f"/api/ledger/entries/{entry}/reverse", {"reason": "改账"})
    assert_problem(answer, 403, "money-duties-not-separate")


def test_a_month_is_settled_by_two_and_locked(counted: Hall) -> None:
    assert do(counted, "sign", FINANCE, **SIGNED).status_code == 200
    assert do(counted, "confirm", FINANCE, reference="银回0001").status_code == 200
    assert_problem(begin(counted, "month_settlement", FINANCE, month="2026-13"), 422, "month-invalid")
    counted.now += timedelta(days=31)
    begun = begin(counted, "month_settlement", FINANCE, month="2026-03")
    assert begun.status_code == 201, begun.text
    for element, who in SIGNATURES.items():
        answer = do(counted, element, who, checked=True)
        assert answer.status_code == 200, answer.text
    (line,) = counted.person(FINANCE).get("/api/ledger/months/2026-03").json["items"]
    assert (line["assessed"], line["paid"], line["remitted"], line["arrears"]) == (FEE_FEN, FEE_FEN, FEE_FEN, 0)
