"""Licences over whole cases: given, renewed by decision and by silence, changed, revoked, cancelled; bans; countersigned."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from engine.core.rejection import Rejection
from tests.workflows import papers
from tests.workflows.centre import Centre
from tests.workflows.persons import PERSON
from workflows.licences.licence import Licence, State
from workflows.licences.licence_register import LicenceRegister

ADVERTISING = "outdoor_advertising_registration"
FOOD = "food_hygiene_licence"
BACK = {
    "outcome": "returned",
    "reason": "不符合县里的规定，退回申请。",
    "legal_basis": "《行政服务中心建设通知》",
    "competent_organ": "市工商局",
}
REMEDIES = {"reconsideration_organ": "县人民政府", "court": "县人民法院"}
FALSE_MATERIALS = {
    "outcome": "false_materials",
    "reason": "提交的健康证明经核实系伪造。",
    "legal_basis": "《行政许可法》第七十八条",
    **REMEDIES,
}


@pytest.fixture
def centre(centre_url: str) -> Iterator[Centre]:
    made = Centre(centre_url)
    yield made
    made.close()


def given(centre: Centre, item: str = ADVERTISING) -> str:
    """A case of the item that was granted and delivered."""
    case = centre.file(item, **papers.application(item))
    centre.drive(case)
    assert centre.status(case) == "completed"
    return case


def register(centre: Centre) -> LicenceRegister:
    return LicenceRegister(centre.runtime.registers)


def licence(centre: Centre, case: str) -> Licence:
    return register(centre).of_case(centre.receipt(case))


def renewal(of: Licence, **changed: Any) -> dict[str, Any]:
    return {
        "licence_number": of.number,
        "applicant": papers.application(ADVERTISING)["applicant"],
        "details": {"grounds": "继续发布同一广告。", "unchanged": True},
        "materials": ["延续申请书", "许可证件原件"],
        "declaration": True,
    } | changed


def change(of: Licence, **changed: Any) -> dict[str, Any]:
    asked = renewal(of, details={"grounds": "企业名称变更。"}, materials=["变更申请书", "许可证件原件"])
    lines = [{"subject": "名称", "before": "样例有限公司", "after": "样例新名有限公司"}]
    return asked | {"changes": {"lines": lines, "holder_name": "样例新名有限公司"}} | changed


def at(year: int, month: int, day: int) -> datetime:
    """Nine in the morning in the hall."""
    return datetime(year, month, day, 1, 0, tzinfo=UTC)


def test_what_is_granted_goes_into_the_register_with_its_last_day(centre: Centre) -> None:
    found = licence(centre, given(centre))
    assert (found.item_code, found.holder.name, found.issued_on) == ("GS-002", "样例有限公司", date(2026, 3, 2))
    assert (found.valid_until, found.state(date(2027, 3, 2)), found.state(date(2027, 3, 3))) == (
        date(2027, 3, 2),
        State.VALID,
        State.LAPSED,
    )
    assert [event.event for event in register(centre).events(found.number)] == ["issued"]


def test_what_is_refused_gives_no_licence(centre: Centre) -> None:
    case = centre.file(ADVERTISING, **papers.application(ADVERTISING))
    centre.drive(case, draft=papers.REFUSE)
    with pytest.raises(Rejection) as missing:
        licence(centre, case)
    assert missing.value.code == "licence-not-found"


def test_a_renewal_adds_a_term_behind_the_one_that_ends(centre: Centre) -> None:
    found = licence(centre, given(centre))
    centre.now = at(2027, 1, 29)
    case = centre.file("licence_renewal", **renewal(found))
    centre.drive(case)
    assert centre.status(case) == "completed"
    renewed = register(centre).get(found.number)
    assert (renewed.valid_until, [event.event for event in register(centre).events(found.number)]) == (
        date(2028, 3, 2),
        ["issued", "renewed"],
    )
    centre.check(case)


def test_renewal_after_the_last_day_to_ask_is_refused_and_recorded(centre: Centre) -> None:
    found = licence(centre, given(centre))
    centre.now = at(2027, 2, 1)
    with pytest.raises(Rejection) as refused:
        centre.file("licence_renewal", **renewal(found))
    assert (refused.value.code, refused.value.parameters["latest"]) == ("licence-renewal-late", "2027-01-31")
    (entry,) = centre.runtime.queries.audit_log(outcome="refused").items
    assert entry.code == "licence-renewal-late"


def test_silence_until_the_last_day_renews(centre: Centre) -> None:
    """Art. 50: no decision before it runs out means renewed; the case ends as granted and is delivered."""
    found = licence(centre, given(centre))
    centre.now = at(2027, 1, 29)
    case = centre.file("licence_renewal", **renewal(found))
    centre.fill("examine", case=case, **papers.ACCEPT)
    centre.now = at(2027, 3, 2)
    centre.runtime.run_due()
    assert register(centre).get(found.number).valid_until == date(2027, 3, 2)
    centre.now = at(2027, 3, 3)
    centre.runtime.run_due()
    assert register(centre).get(found.number).valid_until == date(2028, 3, 2)
    assert [task.element_id for task in centre.tasks() if task.instance_id == case] == ["deliver"]
    centre.drive(case)
    assert centre.variables(case)["decision"]["result"] == "granted"
    assert [event.event for event in register(centre).events(found.number)] == ["issued", "deemed-renewed"]
    centre.check(case)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"licence_number": "县工商局证〔2026〕99号"}, "licence-not-found"),
        ({"applicant": PERSON}, "licence-of-other-holder"),
    ],
)
def test_renewal_is_the_holders(centre: Centre, changed: dict[str, Any], code: str) -> None:
    found = licence(centre, given(centre))
    with pytest.raises(Rejection) as refused:
        centre.file("licence_renewal", **renewal(found, **changed))
    assert refused.value.code == code


def test_one_matter_at_a_time(centre: Centre) -> None:
    found = licence(centre, given(centre))
    case = centre.file("licence_change", **change(found))
    with pytest.raises(Rejection) as refused:
        centre.file("licence_renewal", **renewal(found))
    assert (refused.value.code, refused.value.parameters["case"]) == ("licence-matter-open", centre.receipt(case))
    centre.drive(case, draft=papers.REFUSE)
    assert [event.event for event in register(centre).events(found.number)] == ["issued", "change-refused"]
    centre.file("licence_renewal", **renewal(found))


def test_a_change_keeps_number_and_term(centre: Centre) -> None:
    found = licence(centre, given(centre))
    case = centre.file("licence_change", **change(found))
    centre.drive(case)
    changed = register(centre).get(found.number)
    assert (changed.holder.name, changed.valid_until) == ("样例新名有限公司", found.valid_until)
    assert register(centre).events(found.number)[-1].detail["lines"][0]["subject"] == "名称"
    centre.check(case)


def propose(centre: Centre, of: Licence, way: str = "revoked", ground: str = "fraud", who: str = "commerce-examiner-1") -> str:
    asked = {"licence_number": of.number, "way": way, "ground": ground}
    said = {"facts": "申请时提交的场地协议系伪造，已经核实。", "evidence": "询问笔录、鉴定意见"}
    return centre.file("licence_revocation", who, **asked, **said)


def test_fraud_must_be_revoked_and_its_author_waits_three_years(centre: Centre) -> None:
    found = licence(centre, given(centre, FOOD))
    case = propose(centre, found, who="health-examiner-1")
    centre.fill("hear_holder", case=case, outcome="stated", statement="情况属实。", answer="不影响处理。")
    centre.fill("review_legality", case=case, outcome="lawful", opinion="事实清楚。")
    with pytest.raises(Exception, match=r"kept|维持|outcome"):
        centre.fill("decide", case=case, outcome="kept", opinion="维持。")
    centre.fill("decide", case=case, outcome="approved", opinion="同意撤销。", **REMEDIES)
    centre.fill("deliver", case=case, paper="taken_back", receiver="申请人代表")
    assert centre.status(case) == "completed"
    assert register(centre).get(found.number).ending is State.REVOKED
    again = centre.file(FOOD, **papers.application(FOOD))
    for years, code in ((0, "applicant-banned"), (3, "applicant-banned")):
        centre.now = at(2026 + years, 3, 2)
        with pytest.raises(Rejection) as refused:
            centre.fill("examine", "window-health-1", again, **papers.ACCEPT)
        assert refused.value.code == code
    assert centre.refusals(again) == [("window-health-1", "applicant-banned")] * 2
    centre.now = at(2029, 3, 5)
    centre.fill("examine", "window-health-1", again, **papers.ACCEPT)
    centre.check(case)


def test_nobody_else_proposes_to_revoke(centre: Centre) -> None:
    found = licence(centre, given(centre))
    for who in ("applicant", "health-examiner-1"):
        with pytest.raises(Rejection) as refused:
            propose(centre, found, who=who)
        assert refused.value.code == "licence-not-of-department"


def test_the_holder_keeps_what_the_legal_office_finds_unlawful_to_take(centre: Centre) -> None:
    found = licence(centre, given(centre))
    case = propose(centre, found, "rescinded", "circumstances-changed")
    centre.fill("hear_holder", case=case, outcome="silent")
    centre.fill("review_legality", case=case, outcome="not_lawful", opinion="事实不清。")
    assert centre.status(case) == "completed"
    assert register(centre).get(found.number).ending is None


def test_what_lapsed_is_cancelled_and_what_is_valid_is_not(centre: Centre) -> None:
    found = licence(centre, given(centre))
    asked = {"licence_number": found.number, "ground": "expired", "facts": "有效期届满，未申请延续。"}
    with pytest.raises(Rejection) as refused:
        centre.file("licence_cancellation", "window-commerce-1", **asked)
    assert refused.value.code == "licence-ending-not-now"
    centre.now = at(2027, 3, 3)
    case = centre.file("licence_cancellation", "window-commerce-1", **asked)
    centre.fill("approve", case=case, outcome="approved", opinion="同意。")
    centre.fill("take_back", case=case, paper="declared_void", receiver="县政府网站")
    assert (centre.status(case), register(centre).get(found.number).ending) == ("completed", State.CANCELLED)


def test_false_papers_are_warned_of_and_close_the_door_for_a_year(centre: Centre) -> None:
    """Art. 78, for an item that concerns health."""
    case = centre.file(FOOD, **papers.application(FOOD))
    centre.fill("examine", case=case, **FALSE_MATERIALS)
    assert centre.status(case) == "completed"
    again = centre.file(FOOD, **papers.application(FOOD))
    with pytest.raises(Rejection) as refused:
        centre.fill("examine", case=again, **papers.ACCEPT)
    assert refused.value.code == "applicant-banned"
    centre.now += timedelta(days=367)
    centre.fill("examine", case=centre.file(FOOD, **papers.application(FOOD)), **papers.ACCEPT)


def test_false_papers_where_no_safety_is_concerned_are_a_warning(centre: Centre) -> None:
    case = centre.file(ADVERTISING, **papers.application(ADVERTISING))
    centre.drive(case, draft=papers.REFUSE | {"false_materials": True})
    holder = papers.application(ADVERTISING)["applicant"]["credit_code"]
    assert [(ban.variant, ban.until) for ban in register(centre).bans(holder, "GS-002")] == [("false-materials", None)]
    again = centre.file(ADVERTISING, **papers.application(ADVERTISING))
    centre.fill("examine", case=again, **papers.ACCEPT)


def test_returning_ended_with_the_law_of_2004(centre: Centre) -> None:
    """A-09: after 2004 a return is one of the outcomes the law knows."""
    case = centre.file(ADVERTISING, **papers.application(ADVERTISING))
    with pytest.raises(Rejection) as refused:
        centre.fill("examine", "window-commerce-1", case, **BACK)
    assert refused.value.code == "case-status-not-in-force"
    assert centre.refusals(case) == [("window-commerce-1", "case-status-not-in-force")]
    with pytest.raises(Rejection) as unknown:
        centre.file("return_review", case_number=centre.receipt(case), objection="材料齐全，不应当退回。")
    assert unknown.value.code == "case-not-returned"


HYGIENE = "public_place_hygiene_licence"


def issued_first(centre: Centre) -> tuple[str, str]:
    """A case that was issued before the leader signed, and the countersignature that waits."""
    case = given(centre, HYGIENE)
    centre.runtime.run_due()
    return case, centre.opened("countersign").instance_id


def test_issue_does_not_wait_for_the_countersignature(centre: Centre) -> None:
    """A-25: the licence was delivered while the leader has not signed."""
    case, countersignature = issued_first(centre)
    assert (centre.status(case), licence(centre, case).ending) == ("completed", None)
    centre.fill("countersign", "health-leader", countersignature, outcome="signed")
    assert centre.status(countersignature) == "completed"
    centre.check(case, countersignature)


def test_who_does_not_countersign_in_three_working_days_is_pressed(centre: Centre) -> None:
    _, countersignature = issued_first(centre)
    centre.now = at(2026, 3, 5)
    centre.runtime.run_due()
    assert "press" not in centre.open()
    centre.now = at(2026, 3, 6)
    centre.runtime.run_due()
    assert [task.element_id for task in centre.tasks() if task.instance_id == countersignature] == ["countersign", "press"]


def test_an_objection_may_lead_to_revocation(centre: Centre) -> None:
    case, countersignature = issued_first(centre)
    centre.fill(
        "countersign", "health-leader", countersignature, outcome="objected", objection="检测报告已过有效期，不符合条件。"
    )
    review = {"outcome": "revoke", "ground": "unqualified-applicant", "opinion": "申请时检测报告已过期，应当撤销。"}
    centre.fill("review_legality", case=countersignature, **review)
    centre.runtime.run_due()
    revocation = centre.opened("hear_holder").instance_id
    centre.fill("hear_holder", case=revocation, outcome="waived")
    centre.fill("review_legality", case=revocation, outcome="lawful", opinion="依据正确。")
    centre.fill("decide", case=revocation, outcome="approved", opinion="同意。", **REMEDIES)
    centre.fill("deliver", case=revocation, paper="taken_back", receiver="申请人代表")
    assert licence(centre, case).ending is State.REVOKED
    centre.check(case, countersignature, revocation)


def test_before_2004_a_return_was_reviewed_by_the_committee(centre: Centre) -> None:
    centre.now = at(2003, 3, 3)
    case = centre.file(ADVERTISING, **papers.application(ADVERTISING))
    centre.fill("examine", "window-commerce-1", case, **BACK)
    assert centre.status(case) == "completed"
    review = centre.file("return_review", case_number=centre.receipt(case), objection="材料齐全，不应当退回。")
    centre.fill("explain", case=review, explanation="依据县里的规定退回。")
    centre.fill("review", "committee", review, outcome="overturned", reason="县里的规定没有这一条件。")
    centre.fill("take_in", case=review, new_case_number="500225011200303032000023")
    assert centre.status(review) == "completed"


def test_a_case_of_2003_has_a_promise_and_no_statutory_limit_and_keeps_that(centre: Centre) -> None:
    """X-01: accepted under the notice, decided after the law came into force."""
    centre.now = at(2004, 6, 28)
    case = centre.file(ADVERTISING, **papers.application(ADVERTISING))
    centre.fill("examine", case=case, **papers.ACCEPT)
    limits = centre.variables(case)["limits"]
    assert (limits["statutory"], limits["promised"]["days"], limits["promised"]["date"]) == (None, 7, "2004-07-07")
    centre.now = at(2004, 7, 5)
    centre.drive(case)
    assert centre.status(case) == "completed"
    centre.check(case)
