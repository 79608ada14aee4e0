"""No identity number, telephone number or address gets through the mask."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.publication.mask import MASK, is_clean, masked

WORDS = st.text("经审查准予许可，。：（） ", max_size=12)
DIGITS = "0123456789"
IDENTITY = st.from_regex(r"\A[1-9][0-9]{16}[0-9Xx]\Z") | st.from_regex(r"\A[1-9][0-9]{14}\Z")
PHONE = st.from_regex(r"\A1[0-9]{10}\Z") | st.from_regex(r"\A0[0-9]{2,3}-?[0-9]{7,8}\Z")
ADDRESS = st.from_regex(r"\A[龙岗宝顶]{2,4}(路|街|村|巷)[1-9][0-9]{0,2}号([1-9]栋)?\Z")


@settings(max_examples=60)
@given(WORDS, IDENTITY | PHONE | ADDRESS, WORDS)
def test_none_gets_through(before: str, secret: str, after: str) -> None:
    shown = masked(before + secret + after)
    assert secret not in shown
    assert not re.search(r"\d{7}", shown)
    assert MASK in shown
    assert is_clean(shown)


@settings(max_examples=40)
@given(PHONE)
def test_neither_wide_digits_nor_blanks_are_a_way_round(phone: str) -> None:
    wide = phone.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in DIGITS})
    spaced = " ".join(phone.replace("-", ""))
    for disguised in (wide, spaced):
        assert sum(char.isdigit() for char in masked(f"电话{disguised}。")) == 0


@pytest.mark.parametrize("text", ["2026-03-02作出决定。", "县工商许〔2026〕0001号", "减免金额12000元"])
def test_days_document_numbers_and_amounts_stay(text: str) -> None:
    assert masked(text) == text
