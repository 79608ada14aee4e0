"""Case numbers: a mistyped one is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.rejection import Rejection
from workflows.case_number import CaseNumber, parse
from workflows.case_number.number import KINDS

NUMBERS = st.builds(
    CaseNumber,
    st.from_regex(r"\A[0-9]{6}\Z"),
    st.from_regex(r"\A[0-9]{3}\Z"),
    st.dates(date(2002, 1, 1), date(2099, 12, 31)),
    st.sampled_from(list(KINDS)),
    st.integers(1, 99_999),
)


@given(NUMBERS)
def test_a_number_can_be_read_again(number: CaseNumber) -> None:
    assert len(str(number)) == 24
    assert parse(str(number)) == number


@given(NUMBERS, st.integers(0, 23), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: CaseNumber, place: int, off: int) -> None:
    text = str(number)
    wrong = text[:place] + str((int(text[place]) + off) % 10) + text[place + 1 :]
    with pytest.raises(Rejection) as refused:
        parse(wrong)
    assert refused.value.code == "case-number-invalid"


@pytest.mark.parametrize("text", ["", "1" * 23, "x" * 24, "１" * 24])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(Rejection):
        parse(text)


def test_white_space_around_it_does_not_matter() -> None:
    number = CaseNumber("500225", "011", date(2026, 3, 2), "promised", 17)
    assert parse(f" {number}\n") == number
