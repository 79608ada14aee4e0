"""What the people of the log decided: the log says what was done next, and the form of the task before wants to know it.

So every answer is read from the events that follow in the same case. Where the log ends before it tells, the answer is the
usual one; the case then stays open behind it.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from bench.receipt_log.log import Case

Answers: TypeAlias = dict[str, object]

T02, T03, T04, T05 = (
    "T02 Check confirmation of receipt",
    "T03 Adjust confirmation of receipt",
    "T04 Determine confirmation of receipt",
    "T05 Print and send confirmation of receipt",
)
T06, T10 = "T06 Determine necessity of stop advice", "T10 Determine necessity to stop indication"
T08 = "T08 Draft and send request for advice"
ADVICE = {
    "T07-1 Draft intern advice aspect 1": "aspect-1",
    "T07-2 Draft intern advice aspect 2": "aspect-2",
    "T07-3 Draft intern advice hold for aspect 3": "aspect-3",
    "T07-4 Draft internal advice to hold for type 4": "aspect-4",
    "T07-5 Draft intern advice aspect 5": "aspect-5",
    T08: "external",
}
PARTIES = {f"T09-{number} Process or receive external advice from party {number}": f"party-{number}" for number in range(1, 5)}
STOPS = {"T11 Create document X request unlicensed": "document-x", "T16 Report reasons to hold request": "report-y"}
T12, T13, T14 = (
    "T12 Check document X request unlicensed",
    "T13 Adjust document X request unlicensed",
    "T14 Determine document X request unlicensed",
)
T17, T18, T19 = (
    "T17 Check report Y to stop indication",
    "T18 Adjust report Y to stop indicition",  # as the log spells it
    "T19 Determine report Y to stop indication",
)


def answers(case: Case, index: int) -> Answers:
    """What whoever did the ``index``-th event entered into the form of the task."""
    answer = QUESTIONS.get(case.events[index].activity)
    return {} if answer is None else answer(case, index)


def _closed(case: Case, index: int) -> Answers:
    """112 cases were confirmed a second after they were closed, by whoever closed them, and nothing came of it any more."""
    closed = case.ended is not None and case.ended <= case.events[index].at
    return {"closed": closed and index == len(case.events) - 1}


def _verdict(variable: str, adjust: str, accept: str) -> Callable[[Case, int], Answers]:
    """Send back to the task ``adjust``, or let go on to the task ``accept``."""

    def answer(case: Case, index: int) -> Answers:
        return {variable: "adjust" if _first(case, index, adjust, accept) == adjust else "accept"}

    return answer


def _advice(case: Case, index: int) -> Answers:
    asked = {ADVICE[activity] for activity in _until(case, index, T06, T10) if activity in ADVICE}
    return {"advice": sorted(asked)}


def _parties(case: Case, index: int) -> Answers:
    asked = {PARTIES[activity] for activity in _until(case, index, T06, T08) if activity in PARTIES}
    return {"parties": sorted(asked)}


def _indication(case: Case, index: int) -> Answers:
    return {"indication": STOPS.get(_first(case, index, *STOPS) or "", "nothing")}


QUESTIONS: dict[str, Callable[[Case, int], Answers]] = {
    "Confirmation of receipt": _closed,
    T02: _verdict("confirmation", T03, T04),
    T04: _verdict("confirmation", T03, T05),
    T06: _advice,
    T08: _parties,
    T10: _indication,
    T12: _verdict("document", T13, T14),
    T17: _verdict("report", T18, T19),
}
"""The tasks that have a form, and who answers it."""


def _later(case: Case, index: int) -> Iterator[str]:
    return (event.activity for event in case.events[index + 1 :])


def _first(case: Case, index: int, *activities: str) -> str | None:
    """Which of these comes first after the event."""
    return next((activity for activity in _later(case, index) if activity in activities), None)


def _until(case: Case, index: int, *ends: str) -> Iterator[str]:
    """What comes after the event, before any of ``ends``."""
    for activity in _later(case, index):
        if activity in ends:
            return
        yield activity
