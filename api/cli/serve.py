"""``lianban serve``: prepare everything, say where it is, and serve."""

import hashlib
import os

import click

from api.cli.findings import say_findings
from api.cli.output import FOUND, json_option, say, say_json, say_table
from api.cli.resources import resource_files
from api.cli.session import OPERATOR
from api.installation import enter_founding_rules, open_runtime
from api.server import check_address
from api.server import serve as serve_application
from api.settings import DoorSettings
from engine.runtime.deployments import DeploymentRefused, ResourceFile
from engine.runtime.queries.definitions import Kind
from engine.runtime.queries.paging import MAX_LIMIT
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings
from workflows.catalogue.item_register import ItemRegister
from workflows.sample import PASSWORD, SampleAccount, load, sample_accounts


@click.command()
@click.option("--host", help="Address to serve on (HOST).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to serve on (PORT).")
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="More than one on PostgreSQL only.")
@json_option
def serve(host: str | None, port: int | None, processes: int, as_json: bool) -> None:
    """Create or upgrade the database, deploy the models that come with the program, and serve.

    On first start the sample accounts are created (LIANBAN_SAMPLE=0 leaves them out).
    """
    door, settings = DoorSettings.from_environment(), Settings.from_environment()
    host, port = host or settings.host, port or settings.port
    check_address(host, port)
    runtime = open_runtime(settings)
    try:
        if processes > 1 and runtime.database.is_sqlite:
            raise click.UsageError("Expected PostgreSQL for several processes, but DATABASE_URL names SQLite.")
        samples = prepare(runtime, door)
    finally:
        runtime.stop()
    _announce(host, port, samples, as_json)
    serve_application(host, port, processes, door)


def prepare(runtime: Runtime, door: DoorSettings) -> list[SampleAccount]:
    """The database, and what is deployed in it. Returns the sample accounts there are."""
    runtime.upgrade()
    enter_founding_rules(runtime, (door.models,), OPERATOR)
    _deploy(runtime, resource_files(folder for folder in (door.models, door.forms) if folder.exists()))
    if not door.sample:
        return []
    ItemRegister(runtime.registers).install(OPERATOR)
    accounts = {account.id for account in runtime.accounts.list()}
    if not accounts:
        return load(runtime)
    return [entry for entry in sample_accounts() if entry.id in accounts]


def _deploy(runtime: Runtime, files: list[ResourceFile]) -> None:
    """Deploy, unless all of it is in force already: that is seen by hashes, without compiling anything."""
    in_force = {key for kind in KINDS for key in _hashes(runtime, kind)}
    if all(hashlib.sha256(file.content).hexdigest() in in_force for file in files):
        return
    try:
        runtime.deployments.deploy(files, OPERATOR)
    except DeploymentRefused as refused:
        say_findings(refused.findings)
        raise SystemExit(FOUND) from None


KINDS: tuple[Kind, ...] = ("process", "form", "decision")


def _hashes(runtime: Runtime, kind: Kind) -> set[str]:
    found: set[str] = set()
    cursor: str | None = None
    while True:
        page = runtime.queries.definitions(kind, cursor=cursor, limit=MAX_LIMIT)
        found |= {definition.content_hash for definition in page.items}
        cursor = page.next_cursor
        if cursor is None:
            return found


def _announce(host: str, port: int, samples: list[SampleAccount], as_json: bool) -> None:
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if as_json:
        say_json({"address": address, "pid": os.getpid(), "sample_accounts": [entry.id for entry in samples]})
        return
    say(f"联办 Lianban  {address}\n接口说明 docs {address}/api/docs")
    if samples:
        say(f"示例账号 sample accounts (密码 password: {PASSWORD})")
        say_table(
            ("account", "name", "roles", "groups"),
            [(entry.id, entry.name, " ".join(entry.roles), " ".join(entry.groups)) for entry in samples],
        )
