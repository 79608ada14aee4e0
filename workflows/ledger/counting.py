"""The close of a day on paper: what was counted, what the books say, and by name where they differ (日清, R-41). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.core.rejection import Rejection, declare
from workflows.ledger.chart import chart

declare(
    {
        "ledger-denomination": (
            "没有{denomination}分的券别，或者张数有误。",
            "Expected counts of notes and coins there are, but {denomination} fen is none or its count is below 0.",
        )
    }
)


@dataclass(frozen=True, slots=True)
class Books:
    """A day by the ledger, in fen. ``cash_taken``: with what was kept from the day before, before it was banked.

    ``tickets``: of numbers used, by receipt.
    """

    cash_taken: int
    cash_held: int
    banked: int
    not_remitted: int
    receipts: Mapping[str, int]
    tickets: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """``what``: cash-count, cash-held, bank-slip, not-remitted, or ticket; ``subject``: which receipt."""

    what: str
    expected_fen: int
    found_fen: int
    subject: str = ""

    def __str__(self) -> str:
        return f"{self.what} {self.subject} {self.expected_fen}≠{self.found_fen}".replace("  ", " ")


def total_fen(count: Mapping[int, int]) -> int:
    """What was counted. ``count``: pieces by denomination in fen.

    :raises Rejection: ``ledger-denomination``.
    """
    for denomination, pieces in count.items():
        if denomination not in chart().denominations_fen or pieces < 0:
            raise Rejection("ledger-denomination", field="count", denomination=denomination)
    return sum(denomination * pieces for denomination, pieces in count.items())


def differences(books: Books, counted_fen: int, slip_fen: int, carried: tuple[int, int] = (0, 0)) -> tuple[Difference, ...]:
    """Everything that keeps the day open. Cash is not kept over night (A-14), and money is passed on the same day (R-39).

    ``carried``: how much cash, and how much money in all, there is a record of that it is kept all the same.
    """
    pairs = (
        Difference("cash-count", books.cash_taken, counted_fen),
        Difference("bank-slip", books.banked, slip_fen),
        Difference("cash-held", carried[0], books.cash_held),
        Difference("not-remitted", carried[1], books.not_remitted),
    )
    tickets = (
        Difference("ticket", books.receipts.get(name, 0), books.tickets.get(name, 0), name)
        for name in sorted({*books.receipts, *books.tickets})
    )
    return tuple(one for one in (*pairs, *tickets) if one.expected_fen != one.found_fen)
