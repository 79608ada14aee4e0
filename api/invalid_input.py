"""Errors of the shape of a request, flattened to fields and put into the asker's language."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.schemas.fields import SENTENCES
from engine.core.rejection import Language, Rejection


class InvalidInput(Rejection):
    """A body, query string or header is not as documented. ``messages`` are marshmallow's: nested, by field."""

    def __init__(self, messages: Any) -> None:
        super().__init__("input-invalid")
        self.messages = messages

    def errors(self, language: Language) -> list[dict[str, object]]:
        """Field, code and sentence of each."""
        return [_entry(field, message, language) for field, message in _flat(self.messages, "")]


def _flat(messages: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _flat(inner, _joined(path, key))
    elif isinstance(messages, list | tuple):
        for inner in messages:
            yield from _flat(inner, path)
    else:
        yield path, str(messages)


def _joined(path: str, key: object) -> str:
    if key == "_schema":
        return path
    if isinstance(key, int):
        return f"{path}[{key}]"
    name = "".join(char if char.isprintable() else "�" for char in str(key)[:60])
    return f"{path}.{name}" if path else name


def _entry(field: str, message: str, language: Language) -> dict[str, object]:
    code, _, parameter = message.partition("|")
    chinese, english = SENTENCES.get(code, (message, message))
    sentence = chinese if language == "zh" else english
    return {"field": field, "code": code if code in SENTENCES else "invalid", "detail": sentence.format(parameter)}
