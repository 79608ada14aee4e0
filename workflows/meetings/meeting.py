"""What a joint meeting must have: who is there, a conclusion for each point, a group and a day for each decision. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.core.rejection import Rejection, declare

declare(
    {
        "meeting-body-absent": (
            "{body}未出席，会议改期召开。",
            "Expected discipline, supervision, finance and the committee, but {body} was not there; put the meeting off.",
        ),
        "meeting-point-open": (
            "议题{number}没有结论。",
            "Expected a conclusion for every point of the agenda, but {number} has none.",
        ),
        "meeting-day": (
            "{day}不能作为会期：会前通知的会期不得早于当日，记录的会期不得晚于当日。",
            "Expected a day to come when announcing and a day until today when recording, but {day} is none.",
        ),
        "meeting-decision-day": (
            "议定事项的时限{day}早于会期。",
            "Expected a day after the meeting, but {day} is before it.",
        ),
        "meeting-without-minutes": ("会议须有纪要。", "Expected minutes, but there are none."),
    }
)

BODIES = {"committee": "行政服务中心管委会", "discipline": "县纪委监察局", "supervision": "管委会督查科", "finance": "县财政局"}
"""Who meets (R-70)."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided: who answers for it, until when."""

    matter: str
    responsible: str
    due_on: date


def quarter_of(day: date) -> str:
    """Such as ``2026-Q1``."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def require_bodies(attendance: Sequence[Mapping[str, Any]]) -> None:
    """:raises Rejection: ``meeting-body-absent``."""
    present = {row.get("body") for row in attendance if row.get("present") is True}
    for body, name in BODIES.items():
        if body not in present:
            raise Rejection("meeting-body-absent", field="attendance", body=name)


def concluded(agenda: Sequence[Mapping[str, Any]], said: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The agenda as it stands in the register, with what was said to each point; nobody adds or drops a point afterwards.

    :raises Rejection: ``meeting-point-open``.
    """
    conclusions = {(row.get("kind"), row.get("number")): str(row.get("conclusion") or "").strip() for row in said}
    found = []
    for point in agenda:
        conclusion = conclusions.get((point["kind"], point["number"]))
        if not conclusion:
            raise Rejection("meeting-point-open", field="agenda", number=point["number"])
        found.append({**point, "conclusion": conclusion})
    return found


def decided(rows: Sequence[Mapping[str, Any]], held_on: date) -> list[Decided]:
    """:raises Rejection: ``meeting-decision-day``."""
    found = [Decided(str(row["matter"]), str(row["responsible"]), date.fromisoformat(str(row["due_on"]))) for row in rows]
    for one in found:
        if one.due_on < held_on:
            raise Rejection("meeting-decision-day", field="decisions", day=one.due_on.isoformat())
    return found
