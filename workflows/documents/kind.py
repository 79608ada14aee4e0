"""The kinds of documents (DOMAIN.md 11, APPL Art. 32, 38, 42, 45): one YAML file a kind, its sentences as the hall writes them.

A sentence names what it needs in braces. What a kind requires must be there and not be empty, so a refusal without its
reason, or a notice without its list, cannot be issued (APPL Art. 38, 72).
"""

import string
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate, validates_schema

KINDS = Path(__file__).parent / "kinds"
TEXT = validate.Length(min=1, max=1000)
GIVEN = frozenset({"department", "case", "number", "issued_on"})
"""What every document knows without being told."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list inside a document: the materials that are missing, the departments that met."""

    field: str
    heading: str


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind. ``word`` is what its numbers carry: 受 in 县工商局受〔2026〕12号."""

    key: str
    title: str
    title_en: str
    word: str
    basis: str
    sealed: bool
    public: bool
    """Anybody who verifies it may read it (APPL Art. 40); otherwise only its kind, number, date and issuer are shown."""
    addressee: str
    required: tuple[str, ...]
    paragraphs: tuple[str, ...]
    closing: tuple[str, ...]
    lists: tuple[Listing, ...]


class KindError(Exception):
    """A kind's file was refused; the message names file, field and reason."""


class _ListingSchema(Schema):
    class Meta:
        unknown = RAISE

    field = fields.String(required=True, validate=TEXT)
    heading = fields.String(required=True, validate=TEXT)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Listing:
        return Listing(**data)


class KindSchema(Schema):
    """A file."""

    class Meta:
        unknown = RAISE

    key = fields.String(required=True, validate=validate.Regexp(r"^[a-z]+(_[a-z]+)*$"))
    title = fields.String(required=True, validate=TEXT)
    title_en = fields.String(required=True, validate=TEXT)
    word = fields.String(required=True, validate=validate.Length(min=1, max=4))
    basis = fields.String(required=True, validate=TEXT)
    sealed = fields.Boolean(load_default=True)
    public = fields.Boolean(load_default=False)
    addressee = fields.String(load_default="{applicant}", validate=TEXT)
    required = fields.List(fields.String(validate=TEXT), load_default=list)
    paragraphs = fields.List(fields.String(validate=TEXT), required=True, validate=validate.Length(min=1))
    closing = fields.List(fields.String(validate=TEXT), load_default=list)
    lists = fields.List(fields.Nested(_ListingSchema), load_default=list)

    @validates_schema
    def what_a_sentence_names_is_required(self, data: dict[str, Any], **kwargs: Any) -> None:
        known = GIVEN | set(data["required"])
        texts = [data["addressee"], *data["paragraphs"], *data["closing"]]
        named = {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}
        named |= {listing.field for listing in data["lists"]}
        if missing := named - known:
            raise ValidationError(f"Expected {', '.join(sorted(missing))} to be required, since the text names it.", "required")

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> DocumentKind:
        frozen: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
        return DocumentKind(**frozen)


def read(path: Path) -> DocumentKind:
    """:raises KindError: the file is not a kind of document."""
    try:
        kind = KindSchema().load(yaml.safe_load(path.read_text("utf-8")))
    except (ValidationError, yaml.YAMLError) as error:
        raise KindError(f"{path.name}: {error}") from error
    assert isinstance(kind, DocumentKind)
    if path.stem != kind.key:
        raise KindError(f"{path.name}: Expected the file to be named after its key {kind.key!r}.")
    return kind


@lru_cache
def kinds() -> dict[str, DocumentKind]:
    """Every kind, by key. Read once in a process."""
    return {kind.key: kind for kind in map(read, sorted(KINDS.glob("*.yaml")))}
