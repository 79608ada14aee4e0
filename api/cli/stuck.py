"""``lianban stuck``: the cases that do not go on, and why."""

from collections.abc import Iterator
from dataclasses import asdict

import click

from api.cli.cases import instance_id_of
from api.cli.output import FOUND, json_option, say, say_json
from api.cli.session import opened
from engine.runtime.queries import StuckCase, StuckReason
from engine.runtime.queries.paging import MAX_LIMIT
from engine.runtime.runtime import Runtime


@click.command()
@click.argument("case", required=False)
@click.option("--reason", type=click.Choice([reason.value for reason in StuckReason]), help="Only these.")
@click.option("--examine", is_flag=True, help="First load every case and look for tokens that can never move.")
@json_option
def stuck(case: str | None, reason: str | None, examine: bool, as_json: bool) -> None:
    """List the cases that do not go on, longest stuck first, with what can be done; or what keeps CASE.

    Exit code 1 if there are any.
    """
    with opened() as runtime:
        instance_id = None if case is None else instance_id_of(runtime, case)
        if examine:
            runtime.stranded_tokens.look_everywhere()
        found = list(_stuck_cases(runtime, None if reason is None else StuckReason(reason), instance_id))
    if as_json:
        say_json([asdict(one) for one in found])
    else:
        for one in found:
            say(f"{one.since:%Y-%m-%d %H:%M} UTC  {one.business_key or one.instance_id}  {one.reason}")
            say(f"    {one.zh}\n    {one.en}\n    → {', '.join(one.repairs)}  ({one.subject})")
        say(f"{len(found)} stuck")
    raise SystemExit(FOUND if found else 0)


def _stuck_cases(runtime: Runtime, reason: StuckReason | None, instance_id: str | None) -> Iterator[StuckCase]:
    cursor = None
    while True:
        page = runtime.queries.stuck_cases(reason=reason, instance_id=instance_id, cursor=cursor, limit=MAX_LIMIT)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return
