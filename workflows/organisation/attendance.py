"""Attendance (考勤, R-64): four swipes a day, at the hall's hours; what is missing or late costs points of the month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from engine.core.moments import HALL
from engine.core.rejection import Rejection, declare

SWIPES: Mapping[int, time] = {1: time(9, 0), 2: time(12, 0), 3: time(13, 30), 4: time(17, 30)}
"""By when to come and from when to go: the hall's hours (SAMPLE)."""
COMING = (1, 3)
LATE_MINUTES = 10
"""Up to so many minutes cost a point; a later arrival counts as a swipe that is missing."""

declare(
    {
        "attendance-out-of-turn": (
            "当日已签到四次。",
            "Expected at most four swipes a day, but there were four already.",
        ),
        "attendance-committee-signs": (
            "补签须由管委会办理，不能由本人补签。",
            "A missing swipe is signed for by the committee, never by oneself.",
        ),
        "attendance-swipe-unknown": ("没有第{swipe}次签到。", "Expected a swipe from 1 to 4, but got {swipe}."),
        "attendance-already-signed": ("该次签到已有记录。", "Expected a swipe that is missing, but it is there."),
    }
)


@dataclass(frozen=True, slots=True)
class Day:
    """One person's swipes of a working day: number to moment (UTC)."""

    on: date
    swipes: Mapping[int, datetime]


def next_swipe(day: Day) -> int:
    """Which of the four the next swipe is: the one whose hour is nearest of those still open, in order.

    :raises Rejection: ``attendance-out-of-turn``.
    """
    after = max(day.swipes, default=0)
    if after == max(SWIPES):
        raise Rejection("attendance-out-of-turn")
    return after + 1


def late(swipe: int, at: datetime) -> int:
    """Minutes after the hour for a swipe in, before it for a swipe out; 0 if in time."""
    local = at.astimezone(HALL)
    wanted = datetime.combine(local.date(), SWIPES[swipe], HALL)
    difference = (local - wanted) if swipe in COMING else (wanted - local)
    return max(0, int(difference.total_seconds() // 60))


def deductions(day: Day) -> list[tuple[str, int]]:
    """What a day costs: rule and hundredths of a point. Two missing swipes of a half-day are one absence of half a day."""
    found: list[tuple[str, int]] = []
    for half in ((1, 2), (3, 4)):
        missing = [swipe for swipe in half if swipe not in day.swipes or late(swipe, day.swipes[swipe]) > LATE_MINUTES]
        if len(missing) == len(half):
            found.append(("absent-half-day", -500))
            continue
        found += [("missing-swipe", -200) for _ in missing]
        slightly = [swipe for swipe in half if swipe not in missing and late(swipe, day.swipes[swipe]) > 0]
        found += [("late", -100) for _ in slightly]
    return found
