"""The rules that find something in a case (rules.md 5.4), each a small pure function over what is known of it.

What the engine makes impossible is not looked for here: a step too few (E-09) is a chain that does not verify, and E-11 to
E-13, E-20 to E-22 are refused where they are tried; the attempt is in the history and the audit log.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from workflows.calendar.working_days import WorkingDays
from workflows.clock.clock import Clock
from workflows.clock.deadline import due, remaining
from workflows.clock.ground import LimitName
from workflows.clock.light import is_over_plan

REMIND_DAYS = 2
"""Working days before the promise ends (E-02)."""
BACK_ENTRY = timedelta(minutes=10)
"""SAMPLE: a promised case decided so soon after it was received was finished before it was entered (E-17, A-03)."""


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A user task that is open. ``consultation``: an answer another section owes (E-24)."""

    id: str
    title: str
    group: str
    assignee: str | None
    due: datetime | None
    consultation: bool


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of a case at a moment. ``events``: status and moment, oldest first; ``clock``: its main clock."""

    number: str
    department: str
    window_group: str
    leader_group: str
    kind: str
    channel: str
    received_at: datetime
    accepted_at: datetime | None
    decided_at: datetime | None
    delivered_at: datetime | None
    events: Sequence[tuple[str, datetime]]
    clock: Clock | None
    steps: Sequence[OpenStep]
    deemed_renewed: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found. ``cause`` names it once and for all, so that it is not carded twice."""

    rule: str
    case: str | None
    department: str | None
    group: str
    account: str | None
    evidence: str
    cause: str

    def to_dict(self) -> dict[str, str | None]:
        """As the model of cards takes it."""
        return {name: getattr(self, name) for name in self.__slots__}


Detector = Callable[[CaseFacts, datetime, WorkingDays], Iterator[Finding]]


def detect(case: CaseFacts, now: datetime, calendar: WorkingDays) -> list[Finding]:
    """Everything the rules find in a case now."""
    return [finding for detector in DETECTORS for finding in detector(case, now, calendar)]


def over_statutory(case: CaseFacts, now: datetime, calendar: WorkingDays) -> Iterator[Finding]:
    """E-01."""
    if _is_over(case.clock, LimitName.STATUTORY, now, calendar):
        yield _found(case, "E-01", "法定办理期限已满，尚未作出决定。", group=case.leader_group)


def before_promise_ends(case: CaseFacts, now: datetime, calendar: WorkingDays) -> Iterator[Finding]:
    """E-02: a reminder two working days before, not after, and not while the clock stands still."""
    clock = case.clock
    promise = None if clock is None else clock.limit(LimitName.PROMISED)
    if clock is None or promise is None or clock.stopped_at is not None or clock.open_pauses:
        return
    is_near = promise.total > REMIND_DAYS and remaining(clock, promise, now, calendar) <= REMIND_DAYS
    if is_near and not _is_over(clock, LimitName.PROMISED, now, calendar):
        yield _found(case, "E-02", f"承诺期限还剩{REMIND_DAYS}个工作日以内。")


def over_promise(case: CaseFacts, now: datetime, calendar: WorkingDays) -> Iterator[Finding]:
    """E-03: the promise is over and the law's limit is not."""
    over = _is_over(case.clock, LimitName.PROMISED, now, calendar)
    if over and not _is_over(case.clock, LimitName.STATUTORY, now, calendar):
        yield _found(case, "E-03", "承诺办理期限已满，尚未作出决定。", group=case.leader_group)


def step_over(case: CaseFacts, now: datetime, calendar: WorkingDays) -> Iterator[Finding]:
    """E-04, and E-24 where the step is an answer to a consultation: it is the consultee's card, not the window's (R-25)."""
    for step in case.steps:
        if step.due is not None and now > step.due:
            rule = "E-24" if step.consultation else "E-04"
            said = f"“{step.title}”的期限已满，尚未办理。"
            yield _found(case, rule, said, group=step.group, account=step.assignee, thing=step.id)


def pause_over_plan(case: CaseFacts, now: datetime, calendar: WorkingDays) -> Iterator[Finding]:
    """E-05."""
    pauses = () if case.clock is None else case.clock.open_pauses
    for pause in pauses:
        if is_over_plan(pause, now, calendar):
            said = f"特别程序（{pause.notice}）告知{pause.planned_days}个工作日，已经超过。"
            yield _found(case, "E-05", said, thing=pause.notice)


def result_before_application(case: CaseFacts, now: datetime, calendar: WorkingDays) -> Iterator[Finding]:
    """E-06: a special procedure that ended before it began."""
    for pause in () if case.clock is None else case.clock.pauses:
        if pause.ended_on is not None and pause.ended_on < pause.started_on:
            yield _found(case, "E-06", f"特别程序（{pause.notice}）的结果早于申请。", thing=pause.notice)


def second_list(case: CaseFacts, now: datetime, calendar: WorkingDays) -> Iterator[Finding]:
    """E-07: red even where new facts and the head allowed it (A-06)."""
    lists = sum(status == "correcting" for status, _ in case.events)
    if lists > 1:
        yield _found(case, "E-07", f"补正告知{lists}次。", group=case.window_group)


def impossible_order(case: CaseFacts, now: datetime, calendar: WorkingDays) -> Iterator[Finding]:
    """E-08: what comes later bears an earlier moment."""
    named = (("收件", case.received_at), ("受理", case.accepted_at), ("决定", case.decided_at), ("送达", case.delivered_at))
    moments = [(name, moment) for name, moment in named if moment is not None]
    for (earlier, before), (later, after) in pairwise(moments):
        if after < before:
            yield _found(case, "E-08", f"{later}时间早于{earlier}时间。", group=case.window_group, thing=later)


def back_entry(case: CaseFacts, now: datetime, calendar: WorkingDays) -> Iterator[Finding]:
    """E-17 (A-03): a promised case that was decided as soon as it was received."""
    if case.kind == "promised" and case.decided_at is not None and case.decided_at - case.received_at < BACK_ENTRY:
        yield _found(case, "E-17", "承诺件收件后十分钟内作出决定，疑似补录。", group=case.window_group)


def renewal_undecided(case: CaseFacts, now: datetime, calendar: WorkingDays) -> Iterator[Finding]:
    """E-23: silence renewed the licence (APPL Art. 50)."""
    if case.deemed_renewed:
        yield _found(case, "E-23", "许可证届满未作延续决定，视为准予延续。", group=case.leader_group)


DETECTORS: tuple[Detector, ...] = (
    over_statutory,
    before_promise_ends,
    over_promise,
    step_over,
    pause_over_plan,
    result_before_application,
    second_list,
    impossible_order,
    back_entry,
    renewal_undecided,
)


def _is_over(clock: Clock | None, name: LimitName, now: datetime, calendar: WorkingDays) -> bool:
    limit = None if clock is None else clock.limit(name)
    end = None if clock is None or limit is None else due(clock, limit, calendar)
    return clock is not None and end is not None and min(now, clock.stopped_at or now) > end.at


def _found(
    case: CaseFacts, rule: str, evidence: str, *, group: str | None = None, account: str | None = None, thing: str = ""
) -> Finding:
    """The cause is the rule, the case and, where there may be several, which."""
    cause = "/".join(part for part in (rule, case.number, thing) if part)
    where = group or case.window_group
    return Finding(rule, case.number, case.department, where, account, f"办件{case.number}：{evidence}", cause[:200])
