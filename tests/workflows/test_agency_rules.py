"""The rules of agency by themselves: mandates, papers, scores. What holds for every mandate is tried on many."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.rejection import Rejection
from workflows.agency.mandate import Mandate, Principal, choose, require_mandate
from workflows.agency.papers import MONEY, check, listed
from workflows.agency.score import Done, rules, score
from workflows.agency.town import is_agent, town_of, towns
from workflows.calendar.working_days import WorkingDays
from workflows.catalogue.loading import load_directory

DAY = date(2026, 3, 2)
VILLAGER, NEIGHBOUR = Principal("样例村民", "5002**********0027"), Principal("样例邻居", "5002**********0014")
MANDATE = Mandate(
    number="龙岗镇委〔2026〕1号",
    town="longgang",
    agent="agent-longgang-1",
    principal=VILLAGER,
    items=frozenset({"JS-001", "GA-001"}),
    from_on=DAY,
    until_on=date(2026, 6, 30),
    document="委托书原件1号",
    signed_on=DAY,
)
WHO = st.sampled_from([VILLAGER, NEIGHBOUR])
AGENTS, ITEMS = st.sampled_from(["agent-longgang-1", "agent-longgang-2"]), st.sampled_from(["JS-001", "GA-001", "GS-001"])
DAYS = st.dates(date(2026, 2, 1), date(2026, 5, 1))


@st.composite
def mandates(draw: st.DrawFn) -> Mandate:
    start = draw(DAYS)
    return replace(
        MANDATE,
        number=str(draw(st.integers(1, 99))),
        agent=draw(AGENTS),
        principal=draw(WHO),
        items=frozenset(draw(st.sets(ITEMS, min_size=1))),
        from_on=start,
        until_on=start + timedelta(days=draw(st.integers(0, 60))),
        revoked_on=draw(st.none() | DAYS),
    )


@given(st.lists(mandates(), max_size=6), AGENTS, WHO, ITEMS, DAYS)
def test_somebody_files_exactly_when_a_mandate_says_so(
    given_to: list[Mandate], agent: str, principal: Principal, item: str, day: date
) -> None:
    def fits(mandate: Mandate) -> bool:
        alive = mandate.from_on <= day <= mandate.until_on and (mandate.revoked_on is None or day < mandate.revoked_on)
        return alive and mandate.agent == agent and mandate.principal == principal and item in mandate.items

    fitting = [mandate for mandate in given_to if fits(mandate)]
    if fitting:
        assert choose(given_to, agent, principal, item, day) in fitting
        return
    with pytest.raises(Rejection) as refused:
        choose(given_to, agent, principal, item, day)
    named = [mandate for mandate in given_to if mandate.principal == principal]
    own = [mandate for mandate in named if mandate.agent == agent]
    reasons = {
        "agency-mandate-missing": not named,
        "agency-redelegation": bool(named) and not own,
        "agency-mandate-scope": bool(own) and all(item not in mandate.items for mandate in own),
        "agency-mandate-ended": any(item in mandate.items for mandate in own),
    }
    assert [code for code, holds in reasons.items() if holds] == [refused.value.code]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"signed_on": None}, "agency-mandate-unsigned"),
        ({"document": " "}, "agency-mandate-unsigned"),
        ({"items": frozenset()}, "agency-mandate-without-scope"),
        ({"until_on": DAY - timedelta(days=1)}, "agency-mandate-dates"),
        ({"signed_on": DAY + timedelta(days=1)}, "agency-mandate-dates"),
    ],
)
def test_what_is_no_mandate(changes: dict[str, object], code: str) -> None:
    require_mandate(MANDATE, DAY)
    with pytest.raises(Rejection) as refused:
        require_mandate(replace(MANDATE, **changes), DAY)  # type: ignore[arg-type]
    assert refused.value.code == code


@pytest.mark.parametrize("word", MONEY)
def test_money_is_no_paper(word: str) -> None:
    with pytest.raises(Rejection) as refused:
        listed(f"申请表\n{word}")
    assert refused.value.code == "agency-cash"


@given(st.data())
def test_what_is_missing_and_what_is_there_make_up_what_is_required(data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(sorted(load_directory().values(), key=lambda item: item.code)))
    there = data.draw(st.sets(st.sampled_from([material.name for material in item.materials])))
    required = [material.name for material in item.materials if material.need == "required"]
    found = check(item, there)
    assert list(found.missing) == [name for name in required if name not in there]
    assert len(found.to_check) == sum(m.need == "conditional" and m.name not in there for m in item.materials)


def test_a_paper_named_twice_is_one() -> None:
    assert listed(" 申请表 \n\n结婚证\n申请表") == ("申请表", "结婚证")
    with pytest.raises(Rejection) as refused:
        listed(" \n")
    assert refused.value.code == "agency-nothing-handed-over"


def test_an_agent_is_of_a_town() -> None:
    assert town_of("agent-longgang-1", ("agent-longgang",)).name == "龙岗镇"
    assert not is_agent(("town-longgang", "window-health"))
    with pytest.raises(Rejection) as refused:
        town_of("agent-nowhere", ("agent-nowhere",))
    assert refused.value.code == "agency-not-agent"
    assert {town.group for town in towns().values()} == {"agent-longgang", "agent-longshui", "agent-baoding"}


class TestScore:
    GOOD = Done(gaps=2, complete_on=DAY, filed_on=date(2026, 3, 4), result_on=date(2026, 3, 9), delivered_on=date(2026, 3, 10))
    LATE = Done(0, DAY, date(2026, 3, 9), date(2026, 3, 9), date(2026, 3, 24), corrected=True)

    def test_days_are_working_days_and_gaps_found_before_the_trip_cost_nothing(self) -> None:
        found = score("a", [self.GOOD], 0, DAY, WorkingDays())
        assert (found.days_to_file, found.days_to_deliver, found.gaps, found.total) == (2.0, 1.0, 2, 100)
        assert found.formula == "100"

    def test_what_is_late_costs_by_rule_and_the_formula_says_so(self) -> None:
        found = score("a", [self.GOOD, self.LATE], 1, DAY, WorkingDays())
        assert found.total == 100 - 2 - 3 - 2 - 5
        assert "-3（结果作出后未按时交付群众×1）" in found.formula
        assert (found.matters, found.filed, found.delivered, found.corrections) == (2, 2, 2, 1)

    def test_nothing_done_is_no_mean_and_nothing_is_below_zero(self) -> None:
        assert score("a", [], 0, DAY, WorkingDays()).days_to_file is None
        assert score("a", [], 99, DAY, WorkingDays()).total == 0

    def test_a_rule_counts_in_its_time_only(self) -> None:
        before = min(rule.from_on for rule in rules()) - timedelta(days=1)
        assert score("a", [self.LATE], 3, before, WorkingDays()).lines == ()
