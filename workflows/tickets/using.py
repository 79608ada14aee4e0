"""Using a number for a payment, in the payment's own transaction: the next one of the person's, once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.clock import hall_day
from workflows.tickets import book
from workflows.tickets.book import Entry
from workflows.tickets.kind import kind_of
from workflows.tickets.life import State, Step, after
from workflows.tickets.span import Span, require_numbers
from workflows.tickets.tables import ticket_move, ticket_span

declare(
    {
        "ticket-none-held": ("{holder}没有可用的票据。", "Expected {holder} to hold unused tickets, but there are none."),
        "ticket-skipped": (
            "票据须按号码顺序使用，应使用{expected}，不能跳到{number}。",
            "Expected ticket {expected} to be used next, but {number} was given; no number is skipped.",
        ),
        "ticket-payment-doubled": (
            "缴款{payment}已经开具票据{number}。",
            "Expected a payment without a ticket, but payment {payment} has ticket {number}.",
        ),
        "ticket-payment-missing": ("票据须对应一笔缴款。", "Expected a payment to bind the ticket to, but none is given."),
        "ticket-of-other-person": (
            "票据{number}不是{holder}领用的，不得借用、串用。",
            "Expected ticket {number} to be held by {holder}, but it is not; tickets are not lent.",
        ),
        "ticket-amount": ("票据金额须为正数。", "Expected an amount of money in fen above 0, but got {amount}."),
    }
)


@dataclass(frozen=True, slots=True)
class Use:
    """A number that was used. ``text``: as it is printed."""

    kind: str
    number: int
    payment: str
    amount_fen: int
    holder: str

    @property
    def text(self) -> str:
        """Eight digits."""
        return f"{self.number:08d}"


def use(
    session: Session,
    *,
    holder: str,
    kind: str,
    payment: str,
    amount_fen: int,
    now: datetime,
    number: int | None = None,
    actor_id: str | None = None,
) -> Use:
    """Use the next number ``holder`` has for a payment. Whatever else the transaction does stands or falls with it.

    ``number``: what was scanned from the paper; it must be the next one. ``actor_id``: who does it; the holder, unless said.

    :raises Rejection: ``ticket-kind-unknown``, ``ticket-kind-not-yet``, ``ticket-payment-missing``, ``ticket-amount``,
        ``ticket-payment-doubled``, ``ticket-none-held``, ``ticket-skipped``, ``ticket-of-other-person``, ``ticket-lost``,
        ``ticket-doubled``, ``ticket-out-of-range``, ``ticket-state``.
    """
    kind_of(kind, hall_day(now))
    if not payment.strip():
        raise Rejection("ticket-payment-missing", field="payment")
    if amount_fen <= 0:
        raise Rejection("ticket-amount", field="amount_fen", amount=amount_fen)
    place = book.lock(session, kind)
    _require_without_ticket(session, payment)
    chosen = next_of(session, kind, holder)
    if number is not None:
        _require_next(session, kind, holder, number, chosen)
    if chosen is None:
        raise Rejection("ticket-none-held", field="holder", holder=holder)
    entry = Entry(now, actor_id or holder, payment=payment, amount_fen=amount_fen)
    book.move(session, Step.USE, kind, chosen.first, chosen.first, entry, place=place)
    return Use(kind, chosen.first, payment, amount_fen, holder)


def next_of(session: Session, kind: str, holder: str) -> Span | None:
    """The span whose first number ``holder`` uses next; None without any."""
    columns = ticket_span.c
    held = columns.kind == kind, columns.holder == holder, columns.state == State.HELD.value
    lowest = session.execute(select(func.min(columns.first_number)).where(*held)).scalar_one()
    return None if lowest is None else book.span_of(session, kind, lowest)


def ticket_of(session: Session, payment: str) -> tuple[str, int] | None:
    """Kind and number of the ticket of a payment that is not void."""
    columns = ticket_move.c
    uses = select(columns.kind, columns.first_number).where(columns.payment == payment, columns.step == Step.USE.value)
    for kind, number in session.execute(uses):
        if book.span_of(session, kind, number).state is not State.VOID and not _was_void(session, kind, number):
            return kind, number
    return None


def _was_void(session: Session, kind: str, number: int) -> bool:
    return any(move.step == Step.VOID.value for move in book.life_of(session, kind, number))


def _require_without_ticket(session: Session, payment: str) -> None:
    if (found := ticket_of(session, payment)) is not None:
        raise Rejection("ticket-payment-doubled", field="payment", payment=payment, number=f"{found[1]:08d}")


def _require_next(session: Session, kind: str, holder: str, number: int, chosen: Span | None) -> None:
    require_numbers(number, number)
    found = book.span_of(session, kind, number)
    if found.state is not State.HELD:
        after(Step.USE, found.state, number, number)
    if found.holder != holder:
        raise Rejection("ticket-of-other-person", field="number", number=f"{number:08d}", holder=holder)
    if chosen is not None and chosen.first != number:
        raise Rejection("ticket-skipped", field="number", expected=f"{chosen.first:08d}", number=f"{number:08d}")
