"""``lianban tck DIR``: how far the DMN standard is kept, measured by the cases of its Technology Compatibility Kit."""

from pathlib import Path

import click

from api.cli.output import FOUND, json_option, say, say_json, say_table
from decisions.conformance import FolderResult, run


@click.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
def tck(directory: Path, as_json: bool) -> None:
    """Run the cases of the DMN Technology Compatibility Kit under DIRECTORY.

    Prints passed and failed by folder, and why a case failed. Exit code 1 if one did.
    """
    results = run(directory)
    if as_json:
        say_json(_as_json(results))
    else:
        _say(results)
    raise SystemExit(FOUND if any(result.failed for result in results) else 0)


def _say(results: list[FolderResult]) -> None:
    say_table(("folder", "passed", "failed"), [(result.folder, result.passed, result.failed) for result in results])
    for result in results:
        for failure in result.failures:
            say(f"{result.folder} {failure.case}: {failure.reason}")
    say(f"{_passed(results)} passed, {_failed(results)} failed")


def _as_json(results: list[FolderResult]) -> dict[str, object]:
    return {
        "passed": _passed(results),
        "failed": _failed(results),
        "folders": [
            {
                "folder": result.folder,
                "passed": result.passed,
                "failed": result.failed,
                "failures": [{"case": failure.case, "reason": failure.reason} for failure in result.failures],
            }
            for result in results
        ],
    }


def _passed(results: list[FolderResult]) -> int:
    return sum(result.passed for result in results)


def _failed(results: list[FolderResult]) -> int:
    return sum(result.failed for result in results)
