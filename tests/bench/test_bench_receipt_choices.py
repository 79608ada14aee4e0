"""What the people of the log entered, read from what was done next."""

from datetime import UTC, datetime, timedelta

import pytest

from bench.receipt_log.choices import ADVICE, PARTIES, QUESTIONS, STOPS, answers
from bench.receipt_log.log import Case, LogEvent
from bench.receipt_log.net import read_net
from bench.receipt_log.people import account_ids

BEGIN = datetime(2011, 1, 3, 8, tzinfo=UTC)
NAMES = {name.split()[0]: name for name in read_net().tasks}
"""Activity by the first word of its name."""


def case(words: str, ended: datetime | None = None) -> Case:
    """A case of one event an hour."""
    events = [LogEvent(NAMES[word], "somebody", BEGIN + timedelta(hours=hour)) for hour, word in enumerate(words.split())]
    return Case("case-1", tuple(events), ended)


@pytest.mark.parametrize(
    ("words", "index", "answer"),
    [
        ("Confirmation T02 T04", 1, {"confirmation": "accept"}),
        ("Confirmation T02 T06 T03 T02 T04", 1, {"confirmation": "adjust"}),
        ("Confirmation T02 T03 T02 T04", 3, {"confirmation": "accept"}),
        ("Confirmation T02 T04 T10 T03", 2, {"confirmation": "adjust"}),
        ("Confirmation T02", 1, {"confirmation": "accept"}),
        ("Confirmation T06 T07-2 T02 T08 T06 T07-1", 1, {"advice": ["aspect-2", "external"]}),
        ("Confirmation T06 T10", 1, {"advice": []}),
        ("Confirmation T06 T08 T09-3 T07-1 T09-1 T06 T08 T09-2", 2, {"parties": ["party-1", "party-3"]}),
        ("Confirmation T06 T10 T02 T11", 2, {"indication": "document-x"}),
        ("Confirmation T06 T10 T16", 2, {"indication": "report-y"}),
        ("Confirmation T06 T10 T02 T04 T05", 2, {"indication": "nothing"}),
        ("Confirmation T06 T10 T11 T12 T13 T12 T14", 4, {"document": "adjust"}),
        ("Confirmation T06 T10 T16 T17 T19", 4, {"report": "accept"}),
        ("Confirmation T02 T03", 2, {}),
    ],
)
def test_the_answer_is_what_the_case_does_next(words: str, index: int, answer: dict[str, object]) -> None:
    assert answers(case(words), index) == answer


@pytest.mark.parametrize(
    ("words", "ended", "closed"),
    [
        ("Confirmation", BEGIN - timedelta(seconds=1), True),
        ("Confirmation", BEGIN + timedelta(days=1), False),
        ("Confirmation", None, False),
        ("Confirmation T02", BEGIN - timedelta(seconds=1), False),
    ],
)
def test_a_case_is_closed_at_once_if_it_was_over_before_and_nothing_follows(
    words: str, ended: datetime | None, closed: bool
) -> None:
    assert answers(case(words, ended), 0) == {"closed": closed}


def test_every_activity_that_is_asked_about_is_on_the_drawing() -> None:
    assert {*QUESTIONS, *ADVICE, *PARTIES, *STOPS} <= set(NAMES.values())


def test_accounts_are_small_letters_and_every_person_has_their_own() -> None:
    assert account_ids(["Resource01", "TEST", "test"]) == {"Resource01": "resource01", "TEST": "test", "test": "test.2"}
