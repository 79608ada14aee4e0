"""How commands speak: to a person in lines and tables, to a program (``--json``) in one JSON value on standard output."""

import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click
import orjson
from rich.console import Console
from rich.table import Table

FOUND = 1
REFUSED = 3
UNUSABLE = 4

Function = TypeVar("Function", bound=Callable[..., Any])


def json_option(function: Function) -> Function:
    """Add ``--json`` to a command."""
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")(function)


def say(text: str) -> None:
    """A line for a person."""
    click.echo(text)


def say_json(value: object) -> None:
    """The answer for a program."""
    click.echo(orjson.dumps(value, default=str, option=orjson.OPT_INDENT_2).decode())


def say_table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table for a person; plain tab-separated lines where the output is no terminal."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(str(cell) for cell in row))
        return
    table = Table(*heads)
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    Console().print(table)


def fail(code: str, sentence: str, exit_code: int) -> int:
    """One sentence on standard error (or a JSON object, where ``--json`` was given). Returns the exit code."""
    if "--json" in sys.argv:
        click.echo(orjson.dumps({"error": code, "detail": sentence}).decode(), err=True)
    else:
        click.echo(sentence, err=True)
    return exit_code
