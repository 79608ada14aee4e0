"""Entering the hall (R-16), and the file of a department that does not (R-19).

The software never suspends anybody: what the discipline organ decides is recorded from its document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.core.rejection import Rejection, declare

declare(
    {
        "entry-not-ready": (
            "{department}尚不具备进驻条件：{missing}。",
            "Expected {department} to be ready for the hall, but this is missing: {missing}.",
        ),
        "entry-already": ("{department}已经进驻。", "Expected a department outside the hall, but {department} is in it."),
        "entry-exempt": (
            "{department}经县政府决定可不进驻（{document}）。",
            "{department} need not enter by a decision of the government ({document}).",
        ),
        "entry-step-order": (
            "“{step}”之前应当先办理“{before}”。",
            "Expected {before} before {step}; the steps of a refusal are taken in order.",
        ),
        "entry-step-again": ("“{step}”已经办理。", "Expected step {step} once, but it was taken."),
        "entry-deadline-running": (
            "通知的期限至{due}，期满前不能移送。",
            "The department has until {due}; nothing is referred before that.",
        ),
        "entry-reason-justified": (
            "经审查理由正当，不能移送。",
            "The department's reason was found to be good; nothing is referred.",
        ),
        "entry-paper-missing": ("须填写文件名称、文号。", "Expected the document the step rests on, but it is not named."),
        "entry-due-missing": ("通知须载明进驻期限，且在今天之后。", "Expected a day after today until which to enter."),
    }
)


class Step(StrEnum):
    """What happens, in this order; a reason that is good ends it, and so does entering."""

    NOTICE = "notice"
    REASON = "reason"
    UNJUSTIFIED = "unjustified"
    JUSTIFIED = "justified"
    REFERRED = "referred"
    SANCTION = "sanction"
    ENTERED = "entered"


NAMES = {
    Step.NOTICE: "责令限期进驻通知",
    Step.REASON: "部门说明理由",
    Step.UNJUSTIFIED: "审查认定无正当理由",
    Step.JUSTIFIED: "审查认定理由正当",
    Step.REFERRED: "移送纪检、监察机关",
    Step.SANCTION: "登记纪检、监察机关的决定",
    Step.ENTERED: "进驻",
}
BEFORE = {
    Step.REASON: Step.NOTICE,
    Step.UNJUSTIFIED: Step.NOTICE,
    Step.JUSTIFIED: Step.REASON,
    Step.REFERRED: Step.UNJUSTIFIED,
    Step.SANCTION: Step.REFERRED,
}
WITH_PAPER = frozenset({Step.NOTICE, Step.REFERRED, Step.SANCTION})


@dataclass(frozen=True, slots=True)
class EntryEvent:
    """A line of the file."""

    step: Step
    document: str = ""
    text: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a department has in the hall when it enters: the list R-16 asks for."""

    windows: int
    items_elsewhere: Sequence[str]
    letters_in_force: int
    seals_in_use: int
    heads: int

    @property
    def missing(self) -> list[str]:
        """What is missing, as a person would say it."""
        found = [
            ("窗口或者联合窗口", self.windows == 0),
            (f"不在本部门窗口的事项{'、'.join(self.items_elsewhere)}", bool(self.items_elsewhere)),
            ("有效的授权书", self.letters_in_force == 0),
            ("审批专用章", self.seals_in_use == 0),
            ("窗口负责人", self.heads == 0),
        ]
        return [name for name, is_missing in found if is_missing]


def require_step(past: Sequence[EntryEvent], new: EntryEvent, today: date) -> None:
    """Whether a refusal's next step may be taken. What was before an entry counts no more.

    :raises Rejection: ``entry-paper-missing``, ``entry-due-missing``, ``entry-step-again``, ``entry-step-order``,
        ``entry-reason-justified``, ``entry-deadline-running``.
    """
    taken = {event.step: event for event in past}
    if new.step in WITH_PAPER and not new.document.strip():
        raise Rejection("entry-paper-missing", field="document")
    if new.step is Step.NOTICE and (new.due_on is None or new.due_on <= today):
        raise Rejection("entry-due-missing", field="due_on")
    if new.step in taken:
        raise Rejection("entry-step-again", field="step", step=NAMES[new.step])
    if Step.JUSTIFIED in taken:
        raise Rejection("entry-reason-justified", field="step")
    before = BEFORE.get(new.step)
    if before is not None and before not in taken:
        raise Rejection("entry-step-order", field="step", step=NAMES[new.step], before=NAMES[before])
    due = taken[Step.NOTICE].due_on if Step.NOTICE in taken else None
    if new.step is Step.REFERRED and due is not None and today <= due:
        raise Rejection("entry-deadline-running", due=due.isoformat())


def require_enterable(department: str, standing: Standing) -> None:
    """:raises Rejection: ``entry-not-ready``, which names what is missing."""
    if standing.missing:
        raise Rejection("entry-not-ready", department=department, missing="；".join(standing.missing))
