"""``lianban repair``: what a supervisor may do to a stuck case, for whoever has a shell on the machine.

What a repair leads to (jobs, timers) is done by the processes that serve.
"""

import secrets
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

import click
import orjson

from api.cli.cases import instance_id_of
from api.cli.output import json_option, say, say_json, say_table
from api.cli.session import OPERATOR, opened
from engine.core.rejection import Rejection
from engine.core.values import Value
from engine.runtime.receipts import Receipt
from engine.runtime.runtime import Runtime

Function = TypeVar("Function", bound=Callable[..., Any])


@click.group()
def repair() -> None:
    """Repair a case (given by its id or business key). Every repair needs a reason, which goes to its history."""


def _repair(function: Function) -> Function:
    """The options every repair has."""
    reason = click.option("--reason", required=True, help="Why; it is part of the case.")
    return reason(json_option(function))


@repair.command()
@click.argument("case")
@json_option
def tokens(case: str, as_json: bool) -> None:
    """Show where CASE stands, token by token."""
    with opened() as runtime:
        found = runtime.queries.tokens(instance_id_of(runtime, case))
    if as_json:
        say_json([asdict(token) for token in found])
        return
    say_table(
        ("token", "element", "name", "process", "state"),
        [(item.id, item.element_id, item.element_name or "", item.process_key, item.state) for item in found],
    )


@repair.command()
@click.argument("case")
@_repair
def suspend(case: str, reason: str, as_json: bool) -> None:
    """Halt CASE until it is resumed."""
    _do(case, as_json, lambda runtime, case_id, given: runtime.repairs.suspend(case_id, reason=reason, **given))


@repair.command()
@click.argument("case")
@_repair
def resume(case: str, reason: str, as_json: bool) -> None:
    """Let CASE go on."""
    _do(case, as_json, lambda runtime, case_id, given: runtime.repairs.resume(case_id, reason=reason, **given))


@repair.command()
@click.argument("case")
@_repair
def cancel(case: str, reason: str, as_json: bool) -> None:
    """End CASE before its time."""
    _do(case, as_json, lambda runtime, case_id, given: runtime.repairs.cancel(case_id, reason=reason, **given))


@repair.command("set")
@click.argument("case")
@click.argument("assignments", nargs=-1, required=True, metavar="NAME=VALUE...")
@click.option("--token", "token_id", help="Only at this token.")
@_repair
def set_variables(case: str, assignments: tuple[str, ...], token_id: str | None, reason: str, as_json: bool) -> None:
    """Set variables of CASE. A VALUE is JSON; what is none is taken as text."""
    variables = dict(_assignment(text) for text in assignments)
    _do(
        case,
        as_json,
        lambda runtime, case_id, given: runtime.repairs.set_variables(
            case_id, variables, token_id=token_id, reason=reason, **given
        ),
    )


@repair.command()
@click.argument("case")
@click.argument("token")
@click.argument("element")
@_repair
def move(case: str, token: str, element: str, reason: str, as_json: bool) -> None:
    """Take TOKEN of CASE back and let it go on at ELEMENT."""
    _do(
        case,
        as_json,
        lambda runtime, case_id, given: runtime.repairs.move_token(case_id, token, element, reason=reason, **given),
    )


@repair.command()
@click.argument("case")
@_repair
def retry(case: str, reason: str, as_json: bool) -> None:
    """Resolve every open incident of CASE: try again, or say that it was seen to."""

    def try_again(runtime: Runtime, case_id: str, given: dict[str, Any]) -> Receipt | None:
        incidents = runtime.queries.incidents(instance_id=case_id).items
        if not incidents:
            raise Rejection("incident-not-found", incident=case)
        receipts = [
            runtime.repairs.retry(item.id, reason=reason, **{**given, "command_id": f"{given['command_id']}.{number}"})
            for number, item in enumerate(incidents)
        ]
        return receipts[-1]

    _do(case, as_json, try_again)


def _assignment(text: str) -> tuple[str, Value]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise click.UsageError(f"Expected NAME=VALUE, but it was {text!r}.")
    try:
        return name, orjson.loads(value)
    except orjson.JSONDecodeError:
        return name, value


def _do(case: str, as_json: bool, act: Callable[[Runtime, str, dict[str, Any]], Receipt | None]) -> None:
    """Carry it out and tell how the case stands now."""
    with opened() as runtime:
        case_id = instance_id_of(runtime, case)
        act(runtime, case_id, {"actor": OPERATOR, "command_id": f"{OPERATOR.id}:{secrets.token_hex(16)}"})
        now = runtime.queries.process_instance(case_id).instance
    if as_json:
        say_json({"instance_id": now.id, "version": now.version, "status": now.status, "has_incident": now.has_incident})
    else:
        trouble = ", with an open incident" if now.has_incident else ""
        say(f"{case}: version {now.version}, {now.status}{trouble}")
