"""A form as paper: what is asked, part by part, with room to write. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ASKED = frozenset(
    {"textfield", "textarea", "number", "datetime", "checkbox", "checklist", "radio", "select", "taglist", "filepicker"}
)
INSIDE = frozenset({"group", "dynamiclist"})
ROWS_OF_A_LIST = 3
AGREED = ("", "")
"""A box to tick that needs no word beside it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something to fill in. ``choices``: to tick one or several of, in Chinese and English; ``long``: needs room."""

    name: str
    name_en: str
    required: bool
    choices: tuple[tuple[str, str], ...]
    long: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form. ``rows``: how many rows a list has on paper; 0: it is no list."""

    name: str
    name_en: str
    lines: tuple[Line, ...]
    rows: int


def sections(definition: Mapping[str, Any]) -> list[Section]:
    """The parts of a form-js definition, as they are ordered; what stands outside any group comes last, with the signature."""
    components = definition.get("components", [])
    found = [section for one in components if one["type"] in INSIDE for section in _sections(one)]
    loose = tuple(_line(one) for one in components if one["type"] in ASKED)
    return [*found, Section("", "", loose, 0)] if loose else found


def _sections(group: Mapping[str, Any]) -> Iterator[Section]:
    inner: Sequence[Mapping[str, Any]] = group.get("components", [])
    mine = tuple(_line(one) for one in inner if one["type"] in ASKED)
    if mine:
        rows = ROWS_OF_A_LIST if group["type"] == "dynamiclist" else 0
        yield Section(str(group.get("label", "")), _english(group), mine, rows)
    for one in inner:
        if one["type"] in INSIDE:
            yield from _sections(one)


def _line(field: Mapping[str, Any]) -> Line:
    choices = tuple(_choice(value) for value in field.get("values", []) if isinstance(value, Mapping))
    if field["type"] == "checkbox":
        choices = (AGREED,)
    required = bool(field.get("validate", {}).get("required"))
    return Line(str(field.get("label", "")), _english(field), required, choices, field["type"] == "textarea")


def _choice(value: Mapping[str, Any]) -> tuple[str, str]:
    chinese = str(value.get("label", ""))
    return chinese, str(value.get("labelEn", chinese))


def _english(part: Mapping[str, Any]) -> str:
    return str(part.get("properties", {}).get("labelEn", part.get("label", "")))
