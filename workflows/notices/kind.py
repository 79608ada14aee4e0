"""What notices say: one YAML file a kind, short enough for an SMS, with nothing in it that a stranger should not read."""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from engine.core.rejection import Rejection, declare

MASK = "＊＊＊＊"
KINDS = Path(__file__).parent / "kinds"
declare(
    {
        "notice-kind-unknown": ("没有“{kind}”这种通知。", "Expected a kind of notice, but {kind} is none."),
        "notice-incomplete": ("通知“{title}”缺少“{field}”。", "Expected {field} for the notice {title}, but it is missing."),
    }
)


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind. ``text`` names what it needs in braces; ``case`` is always known. ``secret``: for its recipient alone."""

    key: str
    title: str
    text: str
    secret: tuple[str, ...] = ()

    def masked(self, text: str) -> str:
        """A notice as anybody but its recipient may see it."""
        if not self.secret:
            return text
        found = self._pattern.fullmatch(text)
        if found is None:
            return MASK
        for name in sorted(self.secret, key=found.start, reverse=True):
            text = text[: found.start(name)] + MASK + text[found.end(name) :]
        return text

    @property
    def _pattern(self) -> re.Pattern[str]:
        """The text with what was filled in as groups."""
        made, seen = "", set[str]()
        for literal, field, _, _ in string.Formatter().parse(self.text):
            made += re.escape(literal)
            if field:
                made += f"(?P={field})" if field in seen else f"(?P<{field}>.*?)"
                seen.add(field)
        return re.compile(made, re.DOTALL)

    def said(self, case: str, data: Mapping[str, Any]) -> str:
        """The text of one notice.

        :raises Rejection: ``notice-incomplete``.
        """
        words = {**{name: _plain(value) for name, value in data.items()}, "case": case}
        for _, field, _, _ in string.Formatter().parse(self.text):
            if field and not words.get(field):
                raise Rejection("notice-incomplete", field=field, title=self.title)
        return self.text.format_map(words)


class KindError(Exception):
    """A kind's file was refused."""


class KindSchema(Schema):
    """A file."""

    class Meta:
        unknown = RAISE

    key = fields.String(required=True, validate=validate.Regexp(r"^[a-z]+(_[a-z]+)*$"))
    title = fields.String(required=True, validate=validate.Length(min=1, max=40))
    text = fields.String(required=True, validate=validate.Length(min=1, max=300))
    secret = fields.List(fields.String())

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> NoticeKind:
        return NoticeKind(**{**data, "secret": tuple(data.get("secret", ()))})


@lru_cache
def kinds() -> dict[str, NoticeKind]:
    """Every kind, by key. Read once in a process.

    :raises KindError: a file is no kind of notice.
    """
    found: dict[str, NoticeKind] = {}
    for path in sorted(KINDS.glob("*.yaml")):
        try:
            kind = KindSchema().load(yaml.safe_load(path.read_text("utf-8")))
        except (ValidationError, yaml.YAMLError) as error:
            raise KindError(f"{path.name}: {error}") from error
        assert isinstance(kind, NoticeKind)
        found[path.stem] = kind
    return found


def find(key: str) -> NoticeKind:
    """:raises Rejection: ``notice-kind-unknown``."""
    if key not in kinds():
        raise Rejection("notice-kind-unknown", field="kind", kind=key)
    return kinds()[key]


def _plain(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
