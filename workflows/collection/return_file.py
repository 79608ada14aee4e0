"""The agent bank's daily return file: read without trusting it. Pure. The format is in docs/agent-bank.md."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256

from engine.core.rejection import Rejection, declare

MOST_BYTES, MOST_LINES, LONGEST = 900_000, 10_000, 100
VERSION = "1"

declare(
    {
        "agent-file-invalid": (
            "代收回单文件第{line}行有误：{reason}",
            "Expected a return file, but line {line} is wrong: {reason}",
        ),
        "agent-file-totals": (
            "代收回单文件的笔数或者金额与合计不符。",
            "Expected the lines of the return file to add up to its trailer, but they do not.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """A payment. ``reference``: the bank's, once; ``code``: as it was written down at the counter, right or not."""

    place: int
    reference: str
    code: str
    amount_fen: int
    payer: str
    town: str
    channel: str
    paid_on: date


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """``digest``: SHA-256 of the bytes."""

    digest: str
    bank: str
    day: date
    lines: tuple[Line, ...]

    @property
    def total_fen(self) -> int:
        return sum(line.amount_fen for line in self.lines)


def read(content: bytes) -> ReturnFile:
    """The file.

    :raises Rejection: ``agent-file-invalid``, ``agent-file-totals``.
    """
    if len(content) > MOST_BYTES:
        raise _wrong(0, "文件过大 / too large")
    rows = list(_rows(content))
    if len(rows) < 2 or len(rows) > MOST_LINES + 2:
        raise _wrong(len(rows), "行数 / number of lines")
    head, tail = rows[0], rows[-1]
    if len(head) != 4 or head[:2] != ["H", VERSION]:
        raise _wrong(1, "文件头 / header")
    if len(tail) != 3 or tail[0] != "T":
        raise _wrong(len(rows), "文件尾 / trailer")
    lines = tuple(_line(place, row) for place, row in enumerate(rows[1:-1], start=2))
    found = ReturnFile(sha256(content).hexdigest(), head[2], _day(head[3], 1), lines)
    if tail[1] != str(len(lines)) or _fen(tail[2], len(rows), least=0) != found.total_fen:
        raise Rejection("agent-file-totals", field="file")
    if len({line.reference for line in lines}) != len(lines):
        raise _wrong(0, "流水号重复 / a reference is there twice")
    return found


def _rows(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
        for place, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            if any(len(cell) > LONGEST or not cell.isprintable() for cell in row):
                raise _wrong(place, "字段 / field")
            yield [cell.strip() for cell in row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise _wrong(0, "编码或者格式 / encoding or format") from error


def _line(place: int, row: list[str]) -> Line:
    if len(row) != 8 or row[0] != "D":
        raise _wrong(place, "明细 / detail")
    _, reference, code, amount, payer, town, channel, paid_on = row
    if not reference or len(reference) > 60:
        raise _wrong(place, "流水号 / reference")
    return Line(place, reference, code, _fen(amount, place), payer, town, channel, _day(paid_on, place))


def _fen(text: str, place: int, least: int = 1) -> int:
    try:
        fen = Decimal(text) * 100
    except InvalidOperation as error:
        raise _wrong(place, "金额 / amount") from error
    if not fen.is_finite() or fen != fen.to_integral_value() or not least <= fen <= 10**13:
        raise _wrong(place, "金额 / amount")
    return int(fen)


def _day(text: str, place: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _wrong(place, "日期 / day") from error


def _wrong(line: int, reason: str) -> Rejection:
    return Rejection("agent-file-invalid", field="file", line=line, reason=reason)
