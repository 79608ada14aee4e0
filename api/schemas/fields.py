"""Fields whose errors are codes, so that one table puts them into the asker's language.

A message is ``code`` or ``code|parameter``; :data:`SENTENCES` has both languages of each.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import marshmallow as ma
from marshmallow import fields, validate

from engine.runtime import clock

SENTENCES: dict[str, tuple[str, str]] = {
    "required": ("必填。", "Expected a value, but there is none."),
    "unknown-field": ("没有此字段。", "Expected a documented field, but this is none."),
    "not-an-object": ("应为对象。", "Expected an object."),
    "not-a-list": ("应为列表。", "Expected a list."),
    "not-text": ("应为文字。", "Expected text."),
    "not-storable": ("含有无法保存的字符。", "Expected Unicode text without control character NUL or lone surrogates."),
    "too-short": ("至少{0}个字符。", "Expected at least {0} characters."),
    "too-long": ("最多{0}个字符。", "Expected at most {0} characters."),
    "not-a-number": ("应为整数。", "Expected a whole number."),
    "out-of-range": ("应在{0}之间。", "Expected a number in {0}."),
    "not-a-moment": ("应为带时区的日期时间（ISO 8601）。", "Expected a date-time with an offset (ISO 8601)."),
    "not-a-month": ("应为年-月。", "Expected a year and month such as 2026-03."),
    "not-a-day": ("应为日期（ISO 8601）。", "Expected a date (ISO 8601)."),
    "not-true-or-false": ("应为true或false。", "Expected true or false."),
    "not-a-choice": ("应为下列之一：{0}。", "Expected one of {0}."),
}

Messages: TypeAlias = dict[str, Any]
OF_TEXT: Messages = {
    "required": "required",
    "null": "required",
    "invalid": "not-text",
    "invalid_utf8": "not-text",
    "not_storable": "not-storable",
}
OF_WHOLE: Messages = {
    "required": "required",
    "null": "required",
    "invalid": "not-a-number",
    "too_large": "not-a-number",
}
OF_FLAG: Messages = {
    "required": "required",
    "null": "required",
    "invalid": "not-true-or-false",
}
OF_MOMENT: Messages = {
    "required": "required",
    "null": "required",
    "invalid": "not-a-moment",
    "invalid_awareness": "not-a-moment",
    "format": "not-a-moment",
}
OF_VARIABLES: Messages = {"required": "required", "null": "required", "invalid": "not-an-object"}
OF_INPUT: Messages = {"unknown": "unknown-field", "type": "not-an-object"}
"""marshmallow's occasions for a message, and our codes."""


def titled(chinese: str, english: str) -> dict[str, str]:
    """What a reader calls a field: used in the documentation and in the heads of exported tables."""
    return {"description": f"{chinese} · {english}", "x-zh": chinese, "x-en": english}


class Text(fields.String):
    """Text that every database of ours can store. ``limit`` counts characters."""

    default_error_messages = OF_TEXT

    def __init__(self, *, limit: int = 200, least: int = 0, **options: Any) -> None:
        checks: list[validate.Validator] = [validate.Length(max=limit, error=f"too-long|{limit}")]
        if least:
            checks.append(validate.Length(min=least, error=f"too-short|{least}"))
        super().__init__(validate=checks, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **options)
        if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
            raise self.make_error("not_storable")
        return text


class Choice(Text):
    """One of a few words."""

    def __init__(self, choices: Sequence[str], **options: Any) -> None:
        super().__init__(limit=100, **options)
        self.validators.insert(0, validate.OneOf(choices, error="not-a-choice|" + ", ".join(choices)))


class Whole(fields.Integer):
    """A whole number between two bounds, both included."""

    default_error_messages = OF_WHOLE

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(validate=validate.Range(least, most, error=f"out-of-range|{least}..{most}"), **options)


class Flag(fields.Boolean):
    """true or false."""

    default_error_messages = OF_FLAG


class Moment(fields.DateTime):
    """A moment with an offset; always shown in UTC."""

    default_error_messages = OF_MOMENT

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **options: Any) -> str | None:
        return None if value is None else clock.to_text(value)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> datetime:
        try:
            return clock.from_text(value.replace(" ", "+"))  # a bare "+" of a query string arrives as a space
        except (AttributeError, ValueError, OverflowError) as error:
            raise self.make_error("invalid") from error


class Variables(fields.Dict):
    """Process variables: any JSON by name. What may be stored is core's to say."""

    default_error_messages = OF_VARIABLES

    def __init__(self, **options: Any) -> None:
        super().__init__(keys=fields.String(), values=fields.Raw(allow_none=True), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        return value


class Input(ma.Schema):
    """A body or a query string. What it does not know it refuses."""

    error_messages = OF_INPUT


class Output(ma.Schema):
    """An answer."""
