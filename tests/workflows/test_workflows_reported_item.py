"""采矿许可, an item reported up: examined in the county, decided in the city, relayed."""

from datetime import UTC, datetime
from typing import Any

import pytest

from forms import FormErrors
from tests.workflows import papers
from tests.workflows.filing import Filing

ITEM = "mining_licence"
WINDOW, FIRST, SECOND, LEADER = "window-land-1", "land-examiner-1", "land-examiner-2", "land-leader"


def accepted() -> Filing:
    filing = Filing(ITEM)
    filing.fill("examine", WINDOW, **papers.ACCEPT)
    return filing


def examined(**opinion: Any) -> Filing:
    filing = accepted()
    filing.fill("arrange", FIRST, **papers.ARRANGEMENT)
    filing.fill("record", FIRST, **papers.RECORD)
    filing.fill("countersign", SECOND, **papers.COUNTERSIGNED)
    filing.fill("preliminary_opinion", FIRST, **papers.SUPPORTED | opinion)
    return filing


def sent_up() -> Filing:
    filing = examined()
    filing.fill("sign", LEADER, **papers.SIGNED)
    filing.fill("send_up", FIRST, **papers.SENT_UP)
    return filing


def test_granted_by_the_superior_and_relayed() -> None:
    filing = sent_up()
    assert filing.open == []
    filing.message("superior-decided")
    filing.fill("register_decision", FIRST, **papers.SUPERIOR_GRANTED)
    filing.fill("deliver", WINDOW, **papers.DELIVERED)
    assert (filing.status, filing.ended_at()) == ("completed", ["end_granted"])
    assert filing.timers == {}
    assert filing.replay()


def test_refused_by_the_superior() -> None:
    filing = sent_up()
    filing.message("superior-decided")
    refused = papers.SUPERIOR_GRANTED | {
        "result": "refused",
        "reasons": "矿区范围与已设采矿权重叠。",
        "reconsideration_organ": "市人民政府",
        "court": "市中级人民法院",
    }
    filing.fill("register_decision", FIRST, **refused)
    filing.fill("deliver", WINDOW, **papers.DELIVERED)
    assert filing.ended_at() == ["end_refused"]


def test_an_opinion_against_is_sent_up_like_one_for() -> None:
    """The decision is the superior's (Art. 35): the county has no way to end the case by its own opinion."""
    filing = examined(opinion="opposed", reasons="开发利用方案不符合规划。")
    filing.fill("sign", LEADER, **papers.SIGNED)
    assert filing.open == ["send_up"]


def test_an_opinion_against_says_why() -> None:
    with pytest.raises(FormErrors) as refused:
        examined(opinion="opposed")
    assert [error.field for error in refused.value.errors] == ["reasons"]


def test_the_leader_sends_the_opinion_back() -> None:
    filing = examined()
    filing.fill("sign", LEADER, outcome="sent_back", opinion="请补充踏勘照片的说明")
    assert filing.open == ["preliminary_opinion"]
    filing.fill("preliminary_opinion", FIRST, **papers.SUPPORTED)
    filing.fill("sign", LEADER, **papers.SIGNED)
    assert filing.open == ["send_up"]


def test_the_superior_asks_for_more_and_the_county_sends_it() -> None:
    filing = sent_up()
    filing.message("superior-asks-more")
    assert filing.open == ["supply"]
    filing.fill("supply", FIRST, **papers.SUPPLIED)
    filing.message("superior-decided")
    assert filing.open == ["register_decision"]


def test_a_superior_who_does_not_answer_is_asked_again_and_again() -> None:
    filing = sent_up()
    assert sorted(filing.timers.values()) == ["2026-03-30T09:30:00Z"]
    filing.wait_until(datetime(2026, 3, 30, 9, 30, tzinfo=UTC))
    assert filing.open == ["inquire"]
    filing.fill("inquire", FIRST, asked_on="2026-03-30", contact="矿管科", answer="正在审查，尚未上会。")
    assert sorted(filing.timers.values()) == ["2026-04-28T09:30:00Z"]
    filing.message("superior-decided")
    assert filing.open == ["register_decision"]


def test_withdrawn_before_it_is_sent_up() -> None:
    filing = accepted()
    filing.message("application-withdrawn", **papers.WITHDRAWN)
    assert (filing.status, filing.ended_at()) == ("completed", ["end_withdrawn"])


def test_returned() -> None:
    filing = Filing(ITEM)
    filing.fill("examine", WINDOW, **papers.NOT_COMPETENT)
    assert filing.ended_at() == ["end_returned"]


def test_supplemented() -> None:
    filing = Filing(ITEM)
    filing.fill(
        "examine", WINDOW, outcome="incomplete", missing=[{"material": "矿区范围图", "requirement": "加盖测绘单位公章"}]
    )
    filing.fill("receive_supplement", WINDOW, supplement_outcome="delivered", missing=[{"received": True}])
    assert filing.open == ["arrange"]
    assert filing.variables["acceptance"]["supplemented"] is True


def test_deemed_accepted() -> None:
    filing = Filing(ITEM)
    filing.wait_until(datetime(2026, 3, 9, 9, 30, tzinfo=UTC))
    assert filing.open == ["arrange"]
    assert filing.variables["limits"]["statutory"]["date"] == "2026-03-30"
