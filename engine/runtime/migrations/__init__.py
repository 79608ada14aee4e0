"""The database's history of shapes, run by the program itself: nobody needs the alembic command.

A migration is never changed once released; the tables as the code sees them are in :mod:`engine.runtime.tables`, and
``make check`` compares the two.
"""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from engine.runtime.database import WRITES
from engine.runtime.tables import metadata


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file. (In one, ``%`` would need care.)"""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Create the tables, or bring an older database to the newest shape. Does nothing when it is there already."""
    with engine.connect() as connection:
        if current(connection) == _head(revision):
            return
    with engine.connect() as connection:
        command.upgrade(configuration(connection.execution_options(**{WRITES: True})), revision)


def current(connection: Connection) -> str | None:
    """The revision the database is at; None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def check(engine: Engine) -> list[Any]:
    """The differences between the database and the tables the code declares; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))


def _head(revision: str) -> str | None:
    return ScriptDirectory.from_config(configuration()).get_current_head() if revision == "head" else revision
