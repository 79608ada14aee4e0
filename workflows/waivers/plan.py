"""What is asked for, put into figures: how much, for how long, and by when which part is paid. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engine.core.moments import to_text
from engine.core.rejection import Rejection, declare
from engine.core.values import Value
from workflows.clock.hall_time import end_of

REMIND_DAYS = 7
"""Calendar days before a deferral or an instalment ends."""
MAX_INSTALMENTS = 24

declare(
    {
        "waiver-amount": ("减征金额须大于零。", "Expected an amount in fen above 0, but got {amount}."),
        "waiver-more-than-payable": (
            "申请减免{amount}分，超过应缴的{payable}分。",
            "Expected to waive at most the {payable} fen that are owed, but {amount} fen are asked for.",
        ),
        "waiver-days": ("缓缴天数须为正整数。", "Expected a whole number of days above 0, but got {days}."),
        "waiver-deferral-limit": (
            "缓缴累计{days}天，超过{max_days}天的上限。",
            "Expected all deferrals of a debt to last {max_days} days at most, but together they would last {days}.",
        ),
        "waiver-instalments": (
            "分期须逐期写明日期和金额，日期递增，合计等于应缴{payable}分。",
            "Expected instalments on rising days that add up to {payable} fen, but they do not.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Instalment:
    """``owed_fen``: what may still be owed when this day is over."""

    due_on: date
    owed_fen: int


@dataclass(frozen=True, slots=True)
class Plan:
    """``amount_fen``: waived or put off; ``days``: until the last instalment."""

    amount_fen: int
    days: int
    instalments: tuple[Instalment, ...]


def plan(kind: str, payable_fen: int, asked_fen: object, days: object, parts: Sequence[tuple[date, int]], today: date) -> Plan:
    """What an application comes to. Whoever asks to be exempted or put off names no amount: it is what is owed.

    :raises Rejection: ``waiver-amount``, ``waiver-more-than-payable``, ``waiver-days``, ``waiver-instalments``.
    """
    if payable_fen <= 0:
        raise Rejection("waiver-more-than-payable", field="amount_fen", amount=str(asked_fen or 0), payable=0)
    if kind == "reduce":
        return Plan(_amount(asked_fen, payable_fen), 0, ())
    if kind == "exempt":
        return Plan(payable_fen, 0, ())
    if kind == "defer":
        wanted = _whole(days)
        return Plan(payable_fen, wanted, (Instalment(today + timedelta(days=wanted), 0),))
    return _instalments(payable_fen, parts, today)


def require_within(days_before: int, days: int, max_days: int) -> None:
    """:raises Rejection: ``waiver-deferral-limit``."""
    if days_before + days > max_days:
        raise Rejection("waiver-deferral-limit", field="days", days=days_before + days, max_days=max_days)


def shown(instalments: Sequence[Instalment]) -> list[Value]:
    """As timers of a model want them: ``{due_on, due_at, remind_at, owed_fen}``."""
    return [
        {
            "due_on": one.due_on.isoformat(),
            "due_at": to_text(end_of(one.due_on)),
            "remind_at": to_text(end_of(one.due_on - timedelta(days=REMIND_DAYS))),
            "owed_fen": one.owed_fen,
        }
        for one in instalments
    ]


def _instalments(payable_fen: int, parts: Sequence[tuple[date, int]], today: date) -> Plan:
    days = [day for day, _ in parts]
    sound = 1 < len(parts) <= MAX_INSTALMENTS and days == sorted(set(days)) and days[0] > today
    if not sound or any(fen <= 0 for _, fen in parts) or sum(fen for _, fen in parts) != payable_fen:
        raise Rejection("waiver-instalments", field="instalments", payable=payable_fen)
    left, found = payable_fen, []
    for day, fen in parts:
        left -= fen
        found.append(Instalment(day, left))
    return Plan(payable_fen, (days[-1] - today).days, tuple(found))


def _amount(asked: object, payable_fen: int) -> int:
    if isinstance(asked, bool) or not isinstance(asked, int) or asked <= 0:
        raise Rejection("waiver-amount", field="amount_fen", amount=str(asked)[:20])
    if asked > payable_fen:
        raise Rejection("waiver-more-than-payable", field="amount_fen", amount=asked, payable=payable_fen)
    return asked


def _whole(days: object) -> int:
    if isinstance(days, bool) or not isinstance(days, int) or days <= 0:
        raise Rejection("waiver-days", field="days", days=str(days)[:20])
    return days
