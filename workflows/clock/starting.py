"""Starting a clock: which rule is in force, how long the limit is, and whether it may be that long."""

from datetime import date, datetime

from engine.core.rejection import Rejection
from workflows.clock.clock import Clock, Limit
from workflows.clock.ground import LimitName
from workflows.clock.hall_time import hall_day
from workflows.clock.kind import MOST_DAYS, ClockKind, find
from workflows.clock.unit import Unit

MAIN_KINDS = ("C1", "C7")
"""The limits a case as a whole runs under; the promise is given beside one of them."""


def start(
    code: str,
    *,
    at: datetime,
    on: date | None = None,
    variant: str = "",
    name: str | None = None,
    days: int | None = None,
    promised_days: int | None = None,
    basis: str | None = None,
    last_day: date | None = None,
) -> Clock:
    """A running clock.

    :param at: when this is done, UTC. ``on``: the day the limit begins with, if it is an earlier one (deemed acceptance counts
        from the day the materials came, APPL Art. 32).
    :param days: the limit, where the item or a special law has its own; longer than the general one only with ``basis``, the
        article of that law.
    :param promised_days: of C1 and C7: the promise that runs beside it, never longer.
    :param last_day: of C8: the licence's last day.
    :raises Rejection: ``clock-kind-unknown``, ``clock-kind-not-in-force``, ``clock-backwards``, ``clock-start-in-future``,
        ``clock-days-missing``, ``clock-days-invalid``, ``clock-end-missing``, ``limit-loosened``, ``promise-longer-than-law``,
        ``promise-without-statute``.
    """
    day = hall_day(at) if on is None else on
    if day > hall_day(at):
        raise Rejection("clock-start-in-future", field="on", day=day.isoformat())
    kind = find(code, variant, day)
    if kind.backwards:
        raise Rejection("clock-backwards", field="kind", kind=kind.name)
    return Clock(
        name=name or code,
        kind=kind.code,
        variant=kind.variant,
        title=kind.name,
        title_en=kind.name_en,
        started_on=day,
        started_at=at,
        limits=_limits(kind, day, days, promised_days, basis, last_day),
        ends=kind.ends,
        on_lapse=kind.on_lapse,
        pausable=kind.pausable,
        extendable=kind.extension,
    )


def _limits(
    kind: ClockKind, day: date, days: int | None, promised: int | None, basis: str | None, last_day: date | None
) -> tuple[Limit, ...]:
    own = LimitName.STATUTORY if kind.statutory else LimitName.PROMISED
    if kind.fixed_end:
        if last_day is None or last_day < day:
            raise Rejection("clock-end-missing", field="last_day", kind=kind.name)
        return (Limit(own, 0, kind.unit, kind.basis, last_day=last_day),)
    length = limit_days(kind, days, basis)
    first = Limit(own, length, kind.unit, basis or kind.basis)
    return (first,) if promised is None else (first, _promise(kind, day, length, promised))


def limit_days(kind: ClockKind, days: int | None, basis: str | None = None) -> int:
    """How long a limit of this kind is.

    :raises Rejection: ``clock-days-missing``, ``clock-days-invalid``, ``limit-loosened``.
    """
    length = kind.days if days is None else days
    if length is None:
        raise Rejection("clock-days-missing", field="days", kind=kind.name)
    if not 1 <= length <= MOST_DAYS:
        raise Rejection("clock-days-invalid", field="days", days=length, most=MOST_DAYS)
    special = kind.special_law and bool(basis and basis.strip())
    if kind.statutory and kind.days is not None and length > kind.days and not special:
        raise Rejection("limit-loosened", field="days", days=length, legal=kind.days)
    return length


def _promise(kind: ClockKind, day: date, statutory: int, promised: int) -> Limit:
    if kind.code not in MAIN_KINDS:
        raise Rejection("promise-without-statute", field="promised_days", kind=kind.name)
    rule = find("C2", "", day)
    length = limit_days(rule, promised)
    if length > statutory:
        raise Rejection("promise-longer-than-law", field="promised_days", promised=length, statutory=statutory)
    return Limit(LimitName.PROMISED, length, Unit.WORKING, rule.basis)
