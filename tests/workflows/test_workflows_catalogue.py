"""The catalogue: an item that is not complete is refused before anybody can apply for it."""

from pathlib import Path

import pytest
import yaml

from workflows.catalogue import CatalogueError, Kind, load_directory
from workflows.catalogue.loading import ITEMS, read

GOOD = yaml.safe_load((ITEMS / "GS-002.yaml").read_text("utf-8"))


def written(folder: Path, **changes: object) -> Path:
    path = folder / "GS-002.yaml"
    path.write_text(yaml.safe_dump(GOOD | changes, allow_unicode=True), "utf-8")
    return path


def test_the_sample_catalogue_says_that_it_is_one() -> None:
    items = load_directory()
    assert {item.kind for item in items.values()} >= {Kind.IMMEDIATE, Kind.PROMISED, Kind.REPORTED}
    assert all(item.sample for item in items.values())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"promised_days": 21}, "promised_days"),
        ({"legal_basis": []}, "legal_basis"),
        ({"materials": []}, "materials"),
        ({"kind": "whatever"}, "kind"),
        ({"statutory_days": 0}, "statutory_days"),
        ({"colour": "red"}, "colour"),
        ({"materials": [GOOD["materials"][0] | {"need": "conditional"}]}, "condition"),
    ],
)
def test_an_incomplete_or_wrong_item_is_refused(tmp_path: Path, changes: dict[str, object], field: str) -> None:
    with pytest.raises(CatalogueError, match=field):
        read(written(tmp_path, **changes))


def test_a_file_is_named_after_its_item(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="named after"):
        read(written(tmp_path, code="GS-009"))
