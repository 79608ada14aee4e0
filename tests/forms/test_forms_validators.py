"""Numbers that carry a check admit what was issued and refuse every slip of one character."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.attributes import Attributes
from forms.findings import Findings
from forms.limits import MAX_INTEGER
from forms.validators import (
    VALIDATORS,
    Validator,
    credit_check,
    named_validator,
    organisation_check,
    resident_check,
)

TODAY = date(2026, 3, 2)
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def validator(name: str, properties: Mapping[str, object] | None = None) -> Validator:
    found = named_validator(Attributes({"validator": name, **(properties or {})}, "", Findings()))
    assert found is not None
    return found


def codes(name: str, text: str, **properties: str) -> list[str]:
    rule = validator(name, properties)
    return [problem.code for problem in rule.problems(rule.tidy(text), TODAY)]


births = st.dates(date(1900, 1, 1), TODAY)
digits = st.text(alphabet="0123456789", min_size=3, max_size=3)


@st.composite
def resident_ids(draw: st.DrawFn) -> str:
    body = draw(st.sampled_from(["330782", "110105"])) + draw(births).strftime("%Y%m%d") + draw(digits)
    return body + resident_check(body)


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    body = "91330782" + draw(st.text(alphabet=CREDIT_ALPHABET, min_size=9, max_size=9))
    return body + credit_check(body)


def test_known_numbers_are_admitted() -> None:
    assert codes("resident-id", "11010519491231002X") == []
    assert codes("unified-social-credit-code", "91350100M000100Y43") == []


@given(resident_ids())
def test_an_issued_resident_id_is_admitted_in_every_spelling(number: str) -> None:
    assert codes("resident-id", number) == []
    full_width = "".join(chr(ord(char) + 0xFEE0) for char in number)
    assert validator("resident-id").tidy(f" {full_width.lower()} ") == number


@given(resident_ids(), st.integers(0, 17), st.integers(1, 9))
def test_a_resident_id_with_one_digit_changed_is_refused(number: str, place: int, change: int) -> None:
    old = number[place]
    new = str(change) if old == "X" else str((int(old) + change) % 10)
    assert codes("resident-id", number[:place] + new + number[place + 1 :]) != []


@given(st.dates(TODAY + timedelta(days=1), date(2999, 12, 31)), digits)
def test_nobody_is_born_tomorrow(birth: date, order: str) -> None:
    body = "330782" + birth.strftime("%Y%m%d") + order
    assert codes("resident-id", body + resident_check(body)) == ["resident-id-birth-date"]


def test_the_30th_of_february_is_no_birthday() -> None:
    body = "33078219800230001"
    assert codes("resident-id", body + resident_check(body)) == ["resident-id-birth-date"]


def test_numbers_of_15_digits_belong_to_2002() -> None:
    assert codes("resident-id", "330782800101001") == ["resident-id-form"]
    assert codes("resident-id", "330782800101001", vintage="2002") == []
    assert codes("resident-id", "330782800231001", vintage="2002") == ["resident-id-birth-date"]


@given(credit_codes(), st.integers(0, 17), st.integers(1, 30))
def test_a_credit_code_is_admitted_and_with_one_character_changed_refused(code: str, place: int, change: int) -> None:
    assert codes("unified-social-credit-code", code.lower()) == []
    new = CREDIT_ALPHABET[(CREDIT_ALPHABET.index(code[place]) + change) % 31]
    assert codes("unified-social-credit-code", code[:place] + new + code[place + 1 :]) != []


def test_letters_that_look_like_digits_are_not_in_credit_codes() -> None:
    assert codes("unified-social-credit-code", "9133078200000000IO") == ["credit-code-form"]


def test_an_organisation_code_belongs_to_2002() -> None:
    check = organisation_check("73210001")
    assert codes("unified-social-credit-code", "73210001-" + check) == ["credit-code-form"]
    assert codes("unified-social-credit-code", "73210001-" + check, vintage="2002") == []
    assert codes("unified-social-credit-code", "73210002-" + check, vintage="2002") == ["credit-code-checksum"]


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("mobile-number", ["13800000000", "138 0000 0000", "138-0000-0000"], ["1380000000", "23800000000", "+8613800000000"]),
        ("telephone", ["13800000000", "0571-88886666", "057988886666", "010 88886666"], ["88886666", "0571-888"]),
        ("postcode", ["322000", "３２２０００"], ["32200", "32200a"]),
    ],
)
def test_phones_and_postcodes(name: str, good: list[str], bad: list[str]) -> None:
    assert all(codes(name, text) == [] for text in good)
    assert all(codes(name, text) == [f"{name}-form"] for text in bad)


@given(st.integers(0, MAX_INTEGER))
def test_an_amount_comes_back_from_its_text_exactly(fen: int) -> None:
    for unit in ("fen", "yuan"):
        rule = validator("fen-amount", {"unit": unit})
        typed = rule.typed(fen)
        assert isinstance(typed, str)
        assert rule.tidy(typed) == typed
        assert list(rule.problems(typed, TODAY)) == []
        assert rule.store(typed) == fen


@pytest.mark.parametrize(("text", "fen"), [("12.30", 1230), ("12.3", 1230), ("0", 0), ("0.01", 1), ("１２.５", 1250)])
def test_yuan_become_fen_without_rounding(text: str, fen: int) -> None:
    rule = validator("fen-amount", {"unit": "yuan"})
    assert rule.store(rule.tidy(text)) == fen


@pytest.mark.parametrize("text", ["12.345", "-1", "1e3", "1,000", ".5", "12.", "9" * 17, "十二"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    assert codes("fen-amount", text, unit="yuan") == ["amount-in-yuan"]
    assert codes("fen-amount", text, unit="fen") == ["amount-in-fen"]


@given(st.sampled_from(sorted(VALIDATORS)), st.text(max_size=24))
def test_tidying_twice_is_tidying_once(name: str, text: str) -> None:
    rule = validator(name)
    assert rule.tidy(rule.tidy(text)) == rule.tidy(text)
    list(rule.problems(rule.tidy(text), TODAY))
