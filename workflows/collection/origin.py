"""From which account a payment came: kept with the receipt, shown masked, and where a refund goes back to (rules.md 3.5)."""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.collection.tables import payment_origin
from workflows.ledger.posting import Stamp

WITH_ACCOUNT = frozenset({"card", "e-pay"})
"""Ways to pay at the counter that come from an account."""
SHOWN = 4

declare(
    {
        "payment-account-missing": (
            "刷卡、电子支付须登记付款账户。",
            "Expected the account that a payment by card or online came from, but there is none.",
        )
    }
)


def keep(session: Session, receipt: str, channel: str, account: str, by: Stamp) -> None:
    """Keep the account of a payment that has one. :raises Rejection: ``payment-account-missing``."""
    if channel not in WITH_ACCOUNT:
        return
    given = "".join(account.split())
    if not given:
        raise Rejection("payment-account-missing", field="payer_account")
    row = {"receipt": receipt, "channel": channel, "account": given, "at": by.at, "actor_id": by.actor_id}
    session.execute(insert(payment_origin).values(**row))


def account_of(session: Session, receipt: str | None) -> str | None:
    """The account a payment came from; None of cash, and of a bank that does not tell."""
    return session.execute(select(payment_origin.c.account).where(payment_origin.c.receipt == receipt)).scalar_one_or_none()


def masked(account: str | None) -> str | None:
    """``****0001``."""
    return None if account is None else "*" * max(len(account) - SHOWN, SHOWN) + account[SHOWN:][-SHOWN:]
