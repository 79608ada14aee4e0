"""The agent banks there are, by the days they are designated: one YAML file, read once (R-46)."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, fields, post_load, validate

from engine.core.rejection import Rejection, declare

FILE = Path(__file__).parent / "banks.yaml"
CHANNELS = ("bank", "e-pay")

declare(
    {
        "agent-bank-not-designated": (
            "{bank}在{day}不是指定代收金融机构。",
            "Expected a bank designated to collect on {day}, but {bank} is none.",
        ),
        "agent-bank-town": (
            "{bank}不得代收{town}的收入（第{line}行）。",
            "Expected {bank} to collect in its own towns, but line {line} is of {town}.",
        ),
        "agent-bank-channel": (
            "{bank}不能以{channel}方式代收（第{line}行）。",
            "Expected a channel of {bank}, but line {line} is {channel}.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Bank:
    """``towns``: where it collects; none: the hall's clearing bank. ``to_on``: its last day."""

    key: str
    name: str
    towns: tuple[str, ...]
    channels: tuple[str, ...]
    from_on: date
    to_on: date | None

    def require_may(self, town: str, channel: str, line: int) -> None:
        """:raises Rejection: ``agent-bank-town``, ``agent-bank-channel``."""
        if (town or None) not in (self.towns or (None,)):
            raise Rejection("agent-bank-town", field="file", bank=self.name, town=town or "服务中心", line=line)
        if channel not in self.channels:
            raise Rejection("agent-bank-channel", field="file", bank=self.name, channel=channel[:20], line=line)


class _BankSchema(Schema):
    class Meta:
        unknown = RAISE

    key = fields.String(required=True)
    name = fields.String(required=True)
    towns = fields.List(fields.String(), required=True)
    channels = fields.List(fields.String(validate=validate.OneOf(CHANNELS)), required=True)
    from_on = fields.Raw(required=True, data_key="from")
    to_on = fields.Raw(required=True, data_key="to", allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Bank:
        return Bank(**{**data, "towns": tuple(data["towns"]), "channels": tuple(data["channels"])})


class _FileSchema(Schema):
    class Meta:
        unknown = RAISE

    basis = fields.String(required=True)
    banks = fields.List(fields.Nested(_BankSchema), required=True)


@lru_cache(maxsize=1)
def banks() -> dict[str, Bank]:
    """The banks by key."""
    loaded: dict[str, Any] = _FileSchema().load(yaml.safe_load(FILE.read_text("utf-8")))
    return {bank.key: bank for bank in loaded["banks"]}


def designated(key: str, day: date) -> Bank:
    """A bank that may collect on a day. :raises Rejection: ``agent-bank-not-designated``."""
    bank = banks().get(key)
    if bank is None or day < bank.from_on or (bank.to_on is not None and day > bank.to_on):
        raise Rejection("agent-bank-not-designated", field="file", bank=key[:40], day=day.isoformat())
    return bank
