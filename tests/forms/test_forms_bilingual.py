"""The forms of the hall are asked in Chinese and English: every title, label, text and choice."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

FORMS = sorted(Path("forms/definitions").rglob("*.form"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_speaks_both_languages(path: Path) -> None:
    definition = json.loads(path.read_text("utf-8"))
    assert definition["properties"]["titleEn"]
    assert list(_only_chinese(definition)) == []


def _only_chinese(part: Mapping[str, Any]) -> Iterator[str]:
    for one in part.get("components", []):
        english = one.get("properties", {})
        for said, translated in (("label", "labelEn"), ("text", "textEn")):
            if _chinese(one.get(said)) and not english.get(translated):
                yield f"{one['id']}: {one[said]}"
        for value in one.get("values", []):
            if _chinese(value["label"]) and _chinese(value.get("labelEn", value["label"])):
                yield f"{one['id']}: {value['label']}"
        yield from _only_chinese(one)


def _chinese(text: Any) -> bool:
    return isinstance(text, str) and not text.startswith("=") and any("一" <= letter <= "鿿" for letter in text)
