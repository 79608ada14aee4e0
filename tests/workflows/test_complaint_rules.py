"""What a complaint is, and who may have to do with it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.rejection import Rejection
from workflows.complaints.complaint import category_of, number_of, require_closable, require_number, rule_of
from workflows.complaints.handler import Person, is_subordinate, require_impartial

DAY = date(2026, 3, 2)
WHOLE = {
    "number": "1",
    "finding": "a",
    "evidence": "b",
    "answer": "c",
    "document": "d",
    "proof_kind": "delivered",
    "proof": "e",
}


@given(st.integers(1, 99_999), st.integers(0, 19), st.integers(1, 9))
def test_one_wrong_digit_of_a_number_is_found(serial: int, place: int, more: int) -> None:
    number = number_of("500225", DAY, serial)
    assert require_number(f" {number} ") == number
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    with pytest.raises(Rejection) as caught:
        require_number(wrong)
    assert caught.value.code == "complaint-number-invalid"


@pytest.mark.parametrize("channel", ["person", "phone", "web", "letter", "box", "kiosk"])
def test_every_channel_has_its_limits(channel: str) -> None:
    rule = rule_of(channel, DAY)
    assert rule.accept == 2
    assert rule.answer <= 15


def test_other_channels_and_categories_are_refused() -> None:
    for call, code in (
        (lambda: rule_of("pigeon", DAY), "complaint-channel-unknown"),
        (lambda: rule_of("web", date(2001, 1, 1)), "complaint-channel-unknown"),
        (lambda: category_of("weather"), "complaint-category-unknown"),
    ):
        with pytest.raises(Rejection) as caught:
            call()
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ("finding", "complaint-without-finding"),
        ("evidence", "complaint-without-finding"),
        ("answer", "complaint-without-answer"),
        ("document", "complaint-without-answer"),
        ("proof", "complaint-without-proof"),
        ("proof_kind", "complaint-without-proof"),
    ],
)
@pytest.mark.parametrize("empty", [None, "", "  "])
def test_nothing_closes_without_finding_answer_and_proof(missing: str, code: str, empty: Any) -> None:
    require_closable(WHOLE)
    with pytest.raises(Rejection) as caught:
        require_closable({**WHOLE, missing: empty})
    assert caught.value.code == code


def test_who_acted_in_the_case_does_not_judge_it() -> None:
    person = Person("a", frozenset({"department-health"}))
    require_impartial(person, None, None)
    with pytest.raises(Rejection) as caught:
        require_impartial(person, None, None, {"a"})
    assert caught.value.code == "complaint-acted-in-case"


def test_a_leader_s_department_and_a_head_s_window_are_below_them() -> None:
    leader = Person("l", frozenset({"leader-health"}))
    head = Person("h", frozenset({"window-land"}), frozenset({"window-land"}), frozenset({"window-land"}))
    assert is_subordinate(Person("a", frozenset({"window-health"})), leader)
    assert is_subordinate(Person("a", frozenset(), frozenset({"window-land"})), head)
    assert not is_subordinate(Person("a", frozenset({"department-land"})), leader)
    assert not is_subordinate(leader, Person("a", frozenset({"window-health"})))
