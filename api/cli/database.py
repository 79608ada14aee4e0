"""``lianban db``: the database's shape."""

import tempfile
from pathlib import Path

import click
from sqlalchemy import Connection

from api.cli.output import FOUND, json_option, say, say_json
from api.installation import SCHEMAS, open_runtime
from engine.runtime import migrations
from engine.runtime.database import Database
from engine.runtime.settings import Settings


@click.group()
def db() -> None:
    """The database."""


@db.command()
@json_option
def upgrade(as_json: bool) -> None:
    """Create the database, or bring it to the newest shape."""
    runtime = open_runtime()
    try:
        runtime.upgrade()
        with runtime.database.read() as connection:
            revisions = _revisions(connection)
    finally:
        runtime.stop()
    if as_json:
        say_json({"revisions": revisions})
    else:
        say(f"at revisions {', '.join(revisions)}")


def _revisions(connection: Connection) -> list[str]:
    return [revision for schema in SCHEMAS for revision in migrations.current(connection, schema)]


@db.command()
@json_option
def check(as_json: bool) -> None:
    """Whether the migrations build exactly the tables the program expects (tried on an empty SQLite database)."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Settings(database_url=f"sqlite:///{Path(folder) / 'check.db'}"))
        migrations.upgrade(database.engine, SCHEMAS)
        differences = [str(difference) for difference in migrations.check(database.engine, SCHEMAS)]
        database.close()
    if as_json:
        say_json({"agrees": not differences, "differences": differences})
    else:
        for difference in differences:
            say(difference)
        say("migrations and tables agree" if not differences else f"{len(differences)} differences")
    raise SystemExit(FOUND if differences else 0)


@db.command()
@json_option
def info(as_json: bool) -> None:
    """Which database, and whether it has the newest shape. Changes nothing."""
    settings = Settings.from_environment()
    database = Database(settings)
    try:
        with database.read() as connection:
            revisions = _revisions(connection)
        differences = migrations.check(database.engine, SCHEMAS) if revisions else []
    finally:
        database.close()
    url = database.url.render_as_string(hide_password=True)
    if as_json:
        say_json({"url": url, "revisions": revisions, "newest": bool(revisions) and not differences})
    elif not revisions:
        say(f"{url}: empty")
    else:
        say(f"{url}: revisions {', '.join(revisions)}, {'newest shape' if not differences else 'not the newest shape'}")
