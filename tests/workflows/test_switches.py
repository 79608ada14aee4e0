"""Where later law took the place of the notice: the last day of the one and the first of the other (docs/switches.md)."""

from dataclasses import replace
from datetime import date

import pytest

from engine.core.rejection import Rejection
from tests.workflows.test_fees import COST, FORMULA, refusal
from workflows.clock.kind import find
from workflows.fees.assessing import assess
from workflows.tickets.kind import kind_of

LAW = date(2004, 7, 1)


def code_of(kind: str, variant: str, day: date) -> str:
    with pytest.raises(Rejection) as refused:
        find(kind, variant, day)
    return refused.value.code


def test_a_county_s_paper_is_enough_for_a_fee_until_the_law_of_2004() -> None:
    assert assess(replace(COST, accepted_on=date(2004, 6, 30))).amount_fen == 3000
    assert refusal(replace(COST, accepted_on=LAW)) == "fee-level-too-low"


def test_extra_budgetary_money_ended_with_2010() -> None:
    charge = replace(COST, licensing=False)
    assert assess(replace(charge, accepted_on=date(2010, 12, 31))).fee.fund_nature == "extra-budget"
    assert refusal(replace(charge, accepted_on=date(2011, 1, 1))) == "fee-nature-ended"


def test_a_charge_permit_is_asked_for_until_the_end_of_2015() -> None:
    assert refusal(replace(FORMULA, accepted_on=date(2015, 12, 31))) == "fee-permit-invalid"
    assert assess(replace(FORMULA, accepted_on=date(2016, 1, 1))).amount_fen > 0


def test_a_joint_decision_has_a_limit_by_law_since_2004() -> None:
    assert code_of("C1", "joint", date(2004, 6, 30)) == "clock-kind-not-in-force"
    assert find("C1", "joint", LAW).days == 45


def test_electronic_tickets_are_used_from_2021_on() -> None:
    assert kind_of("electronic-receipt", date(2021, 1, 1)).medium == "electronic"
    assert kind_of("special-receipt", date(2020, 12, 31)).medium == "paper"
    with pytest.raises(Rejection) as refused:
        kind_of("electronic-receipt", date(2020, 12, 31))
    assert refused.value.code == "ticket-kind-not-yet"
