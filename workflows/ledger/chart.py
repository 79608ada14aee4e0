"""The accounts, and which of them each event moves: one YAML file, read once."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, fields, post_load, validate

from engine.core.rejection import Rejection, declare

declare({"ledger-event-unknown": ("账务没有“{event}”这种业务。", "Expected an event of the ledger, but {event} is none.")})

FILE = Path(__file__).parent / "accounts.yaml"
KEYS = ("case_number", "department", "fee", "fee_version", "fund_nature", "payer")


@dataclass(frozen=True, slots=True)
class Account:
    """``side``: debit or credit; ``memo``: off balance (备查); ``floor``: by its ``keys``, the balance never changes side."""

    key: str
    name: str
    side: str
    memo: bool
    floor: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened. ``postings``: pairs of accounts, the debited first."""

    key: str
    name: str
    postings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole file. ``denominations_fen``: notes and coins that are counted."""

    accounts: dict[str, Account]
    events: dict[str, Event]
    denominations_fen: tuple[int, ...]

    def event(self, key: str) -> Event:
        """An event by its key.

        :raises Rejection: ``ledger-event-unknown``.
        """
        if key not in self.events:
            raise Rejection("ledger-event-unknown", field="event", event=key[:40])
        return self.events[key]


class _AccountSchema(Schema):
    class Meta:
        unknown = RAISE

    key = fields.String(required=True)
    name = fields.String(required=True)
    side = fields.String(required=True, validate=validate.OneOf(("debit", "credit")))
    memo = fields.Boolean(required=True)
    floor = fields.Boolean(required=True)
    keys = fields.List(fields.String(validate=validate.OneOf(KEYS)), required=True)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Account:
        return Account(**{**data, "keys": tuple(data["keys"])})


class _EventSchema(Schema):
    class Meta:
        unknown = RAISE

    key = fields.String(required=True)
    name = fields.String(required=True)
    postings = fields.List(fields.List(fields.String(), validate=validate.Length(equal=2)), required=True)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Event:
        return Event(data["key"], data["name"], tuple((debit, credit) for debit, credit in data["postings"]))


class _FileSchema(Schema):
    class Meta:
        unknown = RAISE

    basis = fields.String(required=True)
    accounts = fields.List(fields.Nested(_AccountSchema), required=True)
    events = fields.List(fields.Nested(_EventSchema), required=True)
    denominations_fen = fields.List(fields.Integer(validate=validate.Range(min=1)), required=True)


@lru_cache(maxsize=1)
def chart() -> Chart:
    """The chart of accounts in force."""
    loaded: dict[str, Any] = _FileSchema().load(yaml.safe_load(FILE.read_text("utf-8")))
    return Chart(
        {account.key: account for account in loaded["accounts"]},
        {event.key: event for event in loaded["events"]},
        tuple(loaded["denominations_fen"]),
    )
