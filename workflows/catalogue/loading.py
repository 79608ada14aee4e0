"""Reading the catalogue that comes with the program: one YAML file an item, checked before anything depends on it.

``items`` holds what is in force at installation; ``items/planned`` holds items whose process model is not drawn yet. They
become drafts of the register, and go in force by themselves once their model is deployed.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import ValidationError

from workflows.catalogue.item import Item
from workflows.catalogue.schema import item_of
from workflows.catalogue.validation import Surroundings, findings

ITEMS = Path(__file__).parent / "items"
PLANNED = ITEMS / "planned"


class CatalogueError(Exception):
    """An item's file was refused; the message names file, field and reason."""


def read(path: Path) -> Item:
    """One item, fit to be published today as far as its own file says.

    :raises CatalogueError: the file is not a valid item.
    """
    item = _item(path, read_content(path))
    if found := findings(item, Surroundings(date.max)):
        raise CatalogueError(f"{path.name}: " + "; ".join(f"{finding.field}: {finding.rejection()}" for finding in found))
    return item


def read_content(path: Path) -> dict[str, Any]:
    """The content of a file, JSON-ready.

    :raises CatalogueError: it is no YAML mapping.
    """
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=_Plain)  # noqa: S506 - a SafeLoader that leaves dates as text
    except yaml.YAMLError as error:
        raise CatalogueError(f"{path.name}: {error}") from error
    if not isinstance(content, dict):
        raise CatalogueError(f"{path.name}: Expected a mapping.")
    return content


class _Plain(yaml.SafeLoader):
    """YAML's own types but dates: the register keeps JSON."""


_Plain.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _item(path: Path, content: Mapping[str, Any]) -> Item:
    try:
        item = item_of(content)
    except ValidationError as error:
        raise CatalogueError(f"{path.name}: {error.messages}") from error
    if path.stem != item.code:
        raise CatalogueError(f"{path.name}: Expected the file to be named after its code {item.code!r}.")
    return item


@lru_cache
def load_directory(folder: Path = ITEMS) -> dict[str, Item]:
    """All items of a folder, by code. Read once in a process.

    :raises CatalogueError: a file is not a valid item.
    """
    return {item.code: item for item in map(read, sorted(folder.glob("*.yaml")))}


@lru_cache
def shipped_contents(folder: Path = ITEMS) -> dict[str, dict[str, Any]]:
    """The contents of a folder's files, by code.

    :raises CatalogueError: a file is not a valid item.
    """
    load_directory(folder)
    return {path.stem: read_content(path) for path in sorted(folder.glob("*.yaml"))}
