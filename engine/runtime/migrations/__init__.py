"""The database's history of shapes, run by the program itself: nobody needs the alembic command.

A floor above may have tables of its own: a :class:`Schema` with metadata and folders of migrations. Each folder is a line of
its own (its first migration has no ``down_revision``), so that concepts that know nothing of each other do not have to agree
on an order. Tables of two schemas have no foreign keys between them.

A migration is never changed once released; the tables as the code sees them are in ``tables`` modules, and ``make check``
compares the two.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData

from engine.runtime.database import KIND, WRITES
from engine.runtime.tables import metadata

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of a floor, the folders of migrations that build them, and the table that says how far they have come."""

    metadata: MetaData
    folders: tuple[Path, ...]
    version_table: str


ENGINE = Schema(metadata, (HERE / "versions",), "alembic_version")


def configuration(schema: Schema, connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file. (In one, ``%`` would need care.)"""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    folders = os.pathsep.join(str(folder) for folder in schema.folders)
    config.set_main_option("version_locations", folders.replace("%", "%%"))
    config.attributes.update(connection=connection, schema=schema)
    return config


def upgrade(engine: Engine, schemas: Sequence[Schema] = (ENGINE,)) -> None:
    """Create the tables, or bring an older database to the newest shape. Does nothing when it is there already."""
    for schema in schemas:
        if not schema.folders:  # Alembic would look for migrations where the engine's are
            continue
        config = configuration(schema)
        with engine.connect() as connection:
            if set(current(connection, schema)) == set(ScriptDirectory.from_config(config).get_heads()):
                continue
        with engine.connect() as connection:
            config.attributes["connection"] = connection.execution_options(**{KIND: WRITES})
            command.upgrade(config, "heads")


def current(connection: Connection, schema: Schema = ENGINE) -> tuple[str, ...]:
    """The revisions the database is at, one for each line of migrations; none when it is empty."""
    context = MigrationContext.configure(connection, opts={"version_table": schema.version_table})
    return tuple(sorted(context.get_current_heads()))


def check(engine: Engine, schemas: Sequence[Schema] = (ENGINE,)) -> list[Any]:
    """The differences between the database and the tables the code declares; empty when they agree."""
    versions = {schema.version_table for schema in schemas}
    options = {
        "compare_type": True,
        "compare_server_default": True,
        "include_name": lambda name, kind, parents: kind != "table" or name not in versions,
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        declared: Any = [schema.metadata for schema in schemas]
        return list(compare_metadata(context, declared))
