"""What one document says: worked out once, when it is issued, and stored as that."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import orjson

from engine.core.rejection import Rejection, declare
from workflows.documents.kind import DocumentKind

declare(
    {
        "document-kind-unknown": ("没有“{kind}”这种文书。", "Expected a kind of document, but {kind} is none."),
        "document-incomplete": (
            "{title}缺少“{field}”，不能出具。",
            "Expected {field} to be given for the {title}, but it is missing; the document cannot be issued.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a document, paragraph by paragraph."""

    title: str
    number: str
    department: str
    case_number: str
    issued_on: str
    addressee: str
    paragraphs: tuple[str, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    closing: tuple[str, ...]
    basis: str
    sealed: bool
    seal_number: str | None = None

    def to_bytes(self) -> bytes:
        """The same content always gives the same bytes."""
        return orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS)

    @property
    def digest(self) -> str:
        """SHA-256 of the content, hexadecimal: what a seal is put to."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


def content_of(
    kind: DocumentKind, data: Mapping[str, Any], *, number: str, department: str, case_number: str, issued_on: date
) -> Content:
    """Fill in a kind of document.

    :raises Rejection: ``document-incomplete``.
    """
    for field in kind.required:
        if _is_empty(data.get(field)):
            raise Rejection("document-incomplete", field=field, title=kind.title)
    words = {name: _in_words(value) for name, value in data.items()}
    words |= {"department": department, "case": case_number, "number": number, "issued_on": _in_words(issued_on.isoformat())}

    def said(text: str) -> str:
        return text.format_map(words)

    return Content(
        title=kind.title,
        number=number,
        department=department,
        case_number=case_number,
        issued_on=issued_on.isoformat(),
        addressee=said(kind.addressee),
        paragraphs=tuple(map(said, kind.paragraphs)),
        lists=tuple((listing.heading, tuple(map(_in_words, data[listing.field]))) for listing in kind.lists),
        closing=tuple(map(said, kind.closing)),
        basis=kind.basis,
        sealed=kind.sealed,
        seal_number=data.get("seal_number") if isinstance(data.get("seal_number"), str) else None,
    )


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())


def _in_words(value: object) -> str:
    """As a Chinese document writes it: 2026年3月2日; a list with commas of its own."""
    if isinstance(value, str):
        day = _day(value)
        return value if day is None else f"{day.year}年{day.month}月{day.day}日"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(map(_in_words, value))
    if isinstance(value, Mapping):
        return str(value.get("name") or "，".join(f"{name}：{_in_words(inner)}" for name, inner in value.items()))
    return str(value)


def _day(text: str) -> date | None:
    if len(text) != len("2026-03-02"):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
