"""The approval of a further child: the town examines, the county decides, and what it grants is posted."""

from typing import Any

import pytest

from forms import FormErrors
from tests.workflows import papers
from tests.workflows.filing import Filing

CHILD = "further_child_approval"
TOWN = "town-longgang-officer"


def child() -> Filing:
    filing = Filing(CHILD)
    filing.fill("examine", "window-family-planning-1", **papers.ACCEPT)
    return filing


def granted() -> Filing:
    """Decided by the county, and posted."""
    filing = child()
    filing.fill("examine_by_town", TOWN, **papers.TOWN_REVIEW)
    filing.fill("draft", "family-planning-examiner-1", **papers.GRANT)
    filing.fill("sign", "family-planning-leader", **papers.SIGNED)
    filing.fill("issue", "window-family-planning-1", **papers.ISSUED | {"seal_number": "计生审批01"})
    filing.fill("post_notice", TOWN, **papers.POSTED)
    return filing


class TestTheTown:
    def test_it_examines_by_a_clock_of_its_own_within_the_case_s(self) -> None:
        filing = child()
        assert filing.open == ["examine_by_town"]
        town, main = filing.variables["town_clock"], filing.variables["limits"]
        assert (town["statutory"]["days"], town["promised"]["days"], main["statutory"]["days"]) == (20, 15, 40)
        filing.fill("examine_by_town", TOWN, **papers.TOWN_REVIEW)
        assert filing.clock("C7").stopped_at is not None
        assert filing.clock("C1").stopped_at is None

    def test_supervision_presses_before_its_limit_is_over(self) -> None:
        filing = child()
        filing.wait(days=18)
        assert filing.open == ["examine_by_town", "press_town"]

    def test_its_opposition_is_before_whoever_decides(self) -> None:
        filing = child()
        opposed = {"opinion": "opposed", "reasons": "现有子女情况与申报不符，不符合条件。"}
        filing.fill("examine_by_town", TOWN, **papers.TOWN_REVIEW | opposed)
        (opinion,) = filing.task("draft").variables["opinions"]
        assert (opinion["department"], opinion["conclusion"]) == ("镇街计生办", "opposed")

    def test_two_people_verify(self) -> None:
        with pytest.raises(FormErrors):
            child().fill("examine_by_town", TOWN, **papers.TOWN_REVIEW | {"second_inspector": "承办人甲"})

    def test_another_town_s_office_may_not(self) -> None:
        with pytest.raises(Exception, match="candidate"):
            child().fill("examine_by_town", "town-baoding-officer", **papers.TOWN_REVIEW)


class TestPublicity:
    def test_it_is_not_over_before_its_time(self) -> None:
        filing = granted()
        with pytest.raises(FormErrors):
            filing.fill("record_publicity", TOWN, **papers.NO_OBJECTION)
        filing.wait(days=8)
        filing.fill("record_publicity", TOWN, **papers.NO_OBJECTION)
        assert filing.open == ["deliver"]

    @pytest.mark.parametrize("founded", [True, False])
    def test_an_objection_is_examined_by_the_leader(self, *, founded: bool) -> None:
        filing = granted()
        filing.fill("record_publicity", TOWN, **papers.OBJECTION)
        judged: dict[str, Any] = {
            "conclusion": "revoked" if founded else "upheld",
            "facts": "经核查户籍和出生登记，已查明有关情况。",
            "reason": "根据核查的事实和登记资料作出本结论。",
            "legal_basis": "《行政许可法》第六十九条",
        }
        remedies = {"reconsideration_organ": "县人民政府", "court": "县人民法院"} if founded else {}
        filing.fill("examine_objection", "family-planning-leader", **judged, **remedies)
        if founded:
            assert (filing.ended_at(), filing.case().status) == (["end_revoked"], "revoked")
            assert filing.documents()[-1] == "revocation_decision"
        else:
            assert filing.open == ["deliver"]
