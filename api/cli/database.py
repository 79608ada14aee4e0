"""``lianban db``: the database's shape."""

import tempfile
from pathlib import Path

import click

from api.cli.output import FOUND, json_option, say, say_json
from api.installation import open_runtime
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
            revision = migrations.current(connection)
    finally:
        runtime.stop()
    if as_json:
        say_json({"revision": revision})
    else:
        say(f"at revision {revision}")


@db.command()
@json_option
def check(as_json: bool) -> None:
    """Whether the migrations build exactly the tables the program expects (tried on an empty SQLite database)."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Settings(database_url=f"sqlite:///{Path(folder) / 'check.db'}"))
        migrations.upgrade(database.engine)
        differences = [str(difference) for difference in migrations.check(database.engine)]
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
            revision = migrations.current(connection)
        differences = [] if revision is None else migrations.check(database.engine)
    finally:
        database.close()
    url = database.url.render_as_string(hide_password=True)
    if as_json:
        say_json({"url": url, "revision": revision, "newest": revision is not None and not differences})
    elif revision is None:
        say(f"{url}: empty")
    else:
        say(f"{url}: revision {revision}, {'newest shape' if not differences else 'not the newest shape'}")
