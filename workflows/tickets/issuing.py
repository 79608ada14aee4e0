"""Issuing numbers to a department: by certificate, in limited quantity, new ones against settled old ones (rules.md 3.2)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.clock import hall_day
from workflows.tickets import book
from workflows.tickets.book import Entry
from workflows.tickets.kind import kind_of, ticket_rules
from workflows.tickets.life import NAMES, NOT_WRITTEN_OFF, UNUSED, State, Step
from workflows.tickets.span import Keeper, Span
from workflows.tickets.tables import ticket_certificate, ticket_move, ticket_span

declare(
    {
        "ticket-certificate-missing": (
            "{department}没有票据购领证，或者已经收回。",
            "Expected {department} to have a certificate for drawing tickets, but it has none that stands.",
        ),
        "ticket-certificate-unreviewed": (
            "{department}的票据购领证自{day}起未经年检，不能领用。",
            "Expected the certificate of {department} to be reviewed within the year, but the last review was on {day}.",
        ),
        "ticket-certificate-exists": (
            "票据购领证{number}已经登记。",
            "Expected a new certificate, but {number} is registered.",
        ),
        "ticket-old-not-written-off": (
            "{department}有{count}份旧票据（自{first}起）尚未核销（{state}），核旧方可领新。",
            "Expected old tickets of {department} to be written off, but {count} from {first} are not ({state}).",
        ),
        "ticket-issue-too-many": (
            "{department}结存{unused}份，再领{quantity}份超过六个月用量的限额{ceiling}份。",
            "Expected {department} to draw at most the use of six months ({ceiling}), but {unused} and {quantity} exceed it.",
        ),
        "ticket-stock-short": (
            "库存只有{stock}份连续票据，不够发放{quantity}份。",
            "Expected {quantity} tickets in stock in a row, but there are {stock}.",
        ),
        "ticket-quantity": ("票据数量须为正整数。", "Expected a number of tickets above 0, but got {quantity}."),
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether a department may draw. ``unused``, ``used``: numbers; ``used``: within the months of the rule."""

    unsettled: tuple[Span, ...]
    unused: int
    used: int

    @property
    def ceiling(self) -> int:
        """The most a department may have: its use of the last months, or the first issue while there is less."""
        return max(self.used, ticket_rules().first_issue)


def standing(session: Session, department: str, kind: str, now: datetime) -> Standing:
    """How a department stands with a kind of tickets."""
    columns = ticket_span.c
    mine = book.spans_where(session, columns.kind == kind_of(kind).key, columns.department == department)
    unsettled = tuple(span for span in mine if span.state in NOT_WRITTEN_OFF)
    unused = sum(span.count for span in mine if span.state in UNUSED)
    return Standing(unsettled, unused, _used_since(session, department, kind, now))


def require_may_draw(session: Session, department: str, kind: str, quantity: int, now: datetime) -> Standing:
    """How the department stands, if it may draw so many numbers.

    :raises Rejection: ``ticket-kind-unknown``, ``ticket-kind-not-yet``, ``ticket-quantity``, ``ticket-certificate-missing``,
        ``ticket-certificate-unreviewed``, ``ticket-old-not-written-off``, ``ticket-issue-too-many``.
    """
    kind_of(kind, hall_day(now))
    if quantity < 1:
        raise Rejection("ticket-quantity", field="quantity", quantity=quantity)
    _require_certificate(session, department, hall_day(now))
    found = standing(session, department, kind, now)
    if found.unsettled:
        old = found.unsettled[0]
        count = sum(span.count for span in found.unsettled)
        said = {"department": department, "count": count, "first": f"{old.first:08d}", "state": NAMES[old.state]}
        raise Rejection("ticket-old-not-written-off", field="department", **said)
    if found.unused + quantity > found.ceiling:
        figures = {"unused": found.unused, "quantity": quantity, "ceiling": found.ceiling}
        raise Rejection("ticket-issue-too-many", field="quantity", department=department, **figures)
    return found


def issue(session: Session, department: str, kind: str, quantity: int, entry: Entry) -> Span:
    """Give a department the lowest numbers in stock that lie in a row: the numbers.

    :raises Rejection: as :func:`require_may_draw`, and ``ticket-stock-short``.
    """
    place = book.lock(session, kind)
    require_may_draw(session, department, kind, quantity, entry.at)
    columns = ticket_span.c
    stock = book.spans_where(session, columns.kind == kind, columns.state == State.IN_STOCK.value)
    chosen = next((span for span in stock if span.count >= quantity), None)
    if chosen is None:
        most = max((span.count for span in stock), default=0)
        raise Rejection("ticket-stock-short", field="quantity", stock=most, quantity=quantity)
    last = chosen.first + quantity - 1
    book.move(session, Step.ISSUE, kind, chosen.first, last, entry, Keeper(department), place=place)
    return Span(chosen.first, last, State.ISSUED, department)


def enter_certificate(session: Session, number: str, department: str, basis: str, now: datetime) -> None:
    """File a certificate. ``basis``: the fee or fine the department may collect.

    :raises Rejection: ``ticket-certificate-exists``.
    """
    known = session.execute(select(ticket_certificate.c.number).where(ticket_certificate.c.number == number)).first()
    if known is not None:
        raise Rejection("ticket-certificate-exists", field="number", number=number)
    day = hall_day(now)
    row = {"number": number, "department": department, "basis": basis, "issued_on": day, "reviewed_on": day}
    session.execute(ticket_certificate.insert().values(row))


def review_certificate(session: Session, number: str, passed: bool, now: datetime) -> None:
    """The yearly review: a certificate that fails gives nothing from today on.

    :raises Rejection: ``ticket-certificate-missing``.
    """
    day = hall_day(now)
    change = {"reviewed_on": day} if passed else {"withdrawn_on": day}
    statement = ticket_certificate.update().where(ticket_certificate.c.number == number).values(change)
    if not session.execute(statement.returning(ticket_certificate.c.number)).first():
        raise Rejection("ticket-certificate-missing", field="number", department=number)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the 28th at most."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, 28))


def _require_certificate(session: Session, department: str, day: date) -> None:
    columns = ticket_certificate.c
    stands = columns.department == department, columns.withdrawn_on.is_(None)
    reviewed = session.execute(select(func.max(columns.reviewed_on)).where(*stands)).scalar_one()
    if reviewed is None:
        raise Rejection("ticket-certificate-missing", field="department", department=department)
    if reviewed < months_before(day, ticket_rules().review_months):
        said = {"department": department, "day": reviewed.isoformat()}
        raise Rejection("ticket-certificate-unreviewed", field="department", **said)


def _used_since(session: Session, department: str, kind: str, now: datetime) -> int:
    columns = ticket_move.c
    begin = months_before(hall_day(now), ticket_rules().months_of_use)
    since = now.replace(year=begin.year, month=begin.month, day=begin.day)
    used = columns.kind == kind, columns.department == department, columns.step == Step.USE.value, columns.at >= since
    count: int = session.execute(select(func.count()).where(*used)).scalar_one()
    return count
