"""What an event puts on which accounts. Pure. A debit is above zero, a credit below: the lines of an entry sum to zero."""

from dataclasses import asdict, dataclass, replace

from engine.core.rejection import Rejection, declare
from workflows.ledger.chart import chart

SUSPENSE = "suspense"

declare(
    {
        "ledger-amount": ("金额须为正数（以分计）。", "Expected an amount of money in fen above 0, but got {amount}."),
        "ledger-reference-missing": (
            "待查款项须写明银行流水号。",
            "Expected the bank's reference of money in suspense, but there is none.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Keys:
    """Where a line stands in the sub-ledgers; empty where an account keeps none."""

    case_number: str = ""
    department: str = ""
    fee: str = ""
    fee_version: str = ""
    fund_nature: str = ""
    payer: str = ""

    def only(self, names: tuple[str, ...]) -> "Keys":
        """The same without what is not among ``names``."""
        return replace(Keys(), **{name: value for name, value in asdict(self).items() if name in names})


@dataclass(frozen=True, slots=True)
class Line:
    """``amount_fen``: a debit above zero, a credit below."""

    account: str
    amount_fen: int
    keys: Keys

    @property
    def reversed(self) -> "Line":
        """The line that takes it back."""
        return replace(self, amount_fen=-self.amount_fen)


def lines_of(event: str, amount_fen: int, keys: Keys, reference: str = "") -> tuple[Line, ...]:
    """The lines of an event. ``reference``: the bank's, of money whose payer or purpose is not known (待查).

    :raises Rejection: ``ledger-event-unknown``, ``ledger-amount``, ``ledger-reference-missing``.
    """
    if isinstance(amount_fen, bool) or not isinstance(amount_fen, int) or amount_fen <= 0:
        raise Rejection("ledger-amount", field="amount_fen", amount=str(amount_fen))
    found: list[Line] = []
    for debit, credit in chart().event(event).postings:
        found += [_line(debit, amount_fen, keys, reference), _line(credit, -amount_fen, keys, reference)]
    return tuple(found)


def _line(account: str, amount_fen: int, keys: Keys, reference: str) -> Line:
    if account == SUSPENSE and not reference.strip():
        raise Rejection("ledger-reference-missing", field="reference")
    if account == SUSPENSE:
        return Line(account, amount_fen, Keys(payer=reference))
    return Line(account, amount_fen, keys.only(chart().accounts[account].keys))
