"""The files that are deployed: those named on the command line, or all of a folder."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.runtime.deployments import ResourceFile

ENDINGS = (".bpmn", ".dmn", ".form")


def resource_files(paths: Iterable[Path]) -> list[ResourceFile]:
    """The files, and those inside folders whose ending is one of ours, each once, in a fixed order.

    :raises OSError: a path can not be read.
    """
    found = {path.resolve(): path for given in paths for path in _files(given)}
    return [ResourceFile(path.name, path.read_bytes()) for path in found.values()]


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (inner for inner in sorted(path.rglob("*")) if inner.suffix in ENDINGS and inner.is_file())
    else:
        yield path
