"""Which rules may be cited, which sanctions there are, and when they end."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.rejection import Rejection
from workflows.referrals.referral import ends_on, require_citations, require_sanction, sanctions

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("kind", "months"),
    [("warning", 6), ("demerit", 12), ("serious-demerit", 18), ("demotion", 24), ("removal", 24), ("dismissal", None)],
)
def test_terms_are_those_of_the_regulation(kind: str, months: int | None) -> None:
    assert require_sanction(kind).months == months


def test_a_term_ends_on_the_same_day_or_the_last_of_a_shorter_month() -> None:
    assert ends_on(sanctions()["warning"], date(2026, 3, 2)) == date(2026, 9, 2)
    assert ends_on(sanctions()["warning"], date(2026, 8, 31)) == date(2027, 2, 28)
    assert ends_on(sanctions()["dismissal"], date(2026, 3, 2)) is None


@settings(max_examples=40)
@given(DAYS, st.sampled_from(["warning", "demerit", "serious-demerit", "demotion"]))
def test_a_term_is_as_many_months_as_its_kind(day: date, kind: str) -> None:
    end, sanction = ends_on(sanctions()[kind], day), sanctions()[kind]
    assert end is not None
    assert sanction.months == (end.year - day.year) * 12 + end.month - day.month


@pytest.mark.parametrize(
    ("codes", "day", "code"),
    [
        ([], date(2026, 3, 2), "referral-without-rule"),
        (["made-up"], date(2026, 3, 2), "referral-rule-unknown"),
        (["L2004-72"], date(2003, 3, 2), "referral-rule-unknown"),
    ],
)
def test_only_what_was_in_force_is_cited(codes: list[str], day: date, code: str) -> None:
    with pytest.raises(Rejection) as caught:
        require_citations(codes, day)
    assert caught.value.code == code
    assert require_citations(["C1998-152", "C2002-22", "C1998-152"], day) == ("C1998-152", "C2002-22")


def test_no_other_sanction_is_recorded() -> None:
    with pytest.raises(Rejection) as caught:
        require_sanction("public-shaming")
    assert caught.value.code == "referral-sanction-unknown"
