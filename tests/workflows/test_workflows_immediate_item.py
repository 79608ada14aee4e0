"""个体工商户名称预先核准, an immediate item: received, decided and handed over at the window."""

from datetime import UTC, datetime
from typing import Any

import pytest

from forms import FormErrors
from tests.workflows import papers
from tests.workflows.filing import Filing

ITEM = "individual_name_approval"
WINDOW = "window-commerce-1"
REFUSED = {
    **{name: value for name, value in papers.NAME_GRANTED.items() if name != "approved_name"},
    "result": "refused",
    "reasons": "拟用名称与已登记的同行业名称相同。",
    "reconsideration_organ": "县人民政府",
    "court": "县人民法院",
}


def accepted() -> Filing:
    filing = Filing(ITEM)
    filing.fill("examine", WINDOW, **papers.ACCEPT)
    return filing


def test_one_task_after_acceptance_ends_the_case() -> None:
    filing = accepted()
    assert filing.open == ["decide"]
    filing.fill("decide", WINDOW, **papers.NAME_GRANTED)
    assert (filing.status, filing.ended_at()) == ("completed", ["end_granted"])
    assert filing.variables["decision"]["approved_name"] == "大足县样例面馆"
    assert filing.replay()


def test_refused_on_the_spot() -> None:
    filing = accepted()
    filing.fill("decide", WINDOW, **REFUSED)
    assert filing.ended_at() == ["end_refused"]


@pytest.mark.parametrize(
    ("paper", "left_out"),
    [(papers.NAME_GRANTED, "approved_name"), (REFUSED, "reasons"), (REFUSED, "court"), (REFUSED, "legal_basis")],
)
def test_what_a_decision_must_say(paper: dict[str, Any], left_out: str) -> None:
    filing = accepted()
    with pytest.raises(FormErrors) as refused:
        filing.fill("decide", WINDOW, **{name: value for name, value in paper.items() if name != left_out})
    assert [error.field for error in refused.value.errors] == [left_out]


def test_only_a_name_that_was_applied_for_is_approved() -> None:
    filing = accepted()
    with pytest.raises(FormErrors) as refused:
        filing.fill("decide", WINDOW, **papers.NAME_GRANTED | {"approved_name": "别的名称"})
    assert [error.field for error in refused.value.errors] == ["approved_name"]


def test_returned() -> None:
    filing = Filing(ITEM)
    filing.fill("examine", WINDOW, **papers.NOT_REQUIRED)
    assert filing.ended_at() == ["end_returned"]


def test_supplemented_then_granted() -> None:
    filing = Filing(ITEM)
    filing.fill("examine", WINDOW, outcome="incomplete", missing=[{"material": "委托书", "requirement": "提交签字的原件"}])
    filing.fill("receive_supplement", WINDOW, supplement_outcome="delivered", missing=[{"received": True}])
    filing.fill("decide", WINDOW, **papers.NAME_GRANTED)
    assert filing.ended_at() == ["end_granted"]
    assert filing.variables["acceptance"]["supplemented"] is True


def test_withdrawn() -> None:
    filing = Filing(ITEM)
    filing.fill("examine", WINDOW, outcome="incomplete", missing=[{"material": "委托书", "requirement": "提交签字的原件"}])
    filing.fill("receive_supplement", WINDOW, supplement_outcome="withdrawn", withdrawal_signed=True)
    assert filing.ended_at() == ["end_withdrawn"]


def test_deemed_accepted() -> None:
    filing = Filing(ITEM)
    filing.wait_until(datetime(2026, 3, 9, 9, 30, tzinfo=UTC))
    assert filing.variables["acceptance"]["outcome"] == "deemed_accepted"
    assert filing.open == ["decide"]
