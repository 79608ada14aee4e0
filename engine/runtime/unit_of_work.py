"""The only place of the project that commits.

Whoever changes anything asks for a unit of work, changes it through the connection, and leaves. All of it is stored or
none of it. A test reads the source tree to keep it so.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from engine.runtime.database import WRITES, Database
from engine.runtime.faults import fault_point


class UnitOfWork:
    """One transaction under way."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._afterwards: list[Callable[[], None]] = []

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do something once this is stored: a hint, a cache. It must not fail."""
        self._afterwards.append(action)

    @contextmanager
    def savepoint(self) -> Iterator[Session]:
        """A session inside this transaction; what it changed is undone when the block raises."""
        with Session(bind=self.connection, join_transaction_mode="create_savepoint") as session, session.begin():
            yield session

    def committed(self) -> None:
        for action in self._afterwards:
            action()


@contextmanager
def unit_of_work(database: Database) -> Iterator[UnitOfWork]:
    """Open a transaction that writes; commit it at the end, or roll it back when the block raises."""
    with database.writer if database.is_sqlite else nullcontext():
        with database.engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True})
            with connection.begin():
                work = UnitOfWork(connection)
                yield work
                fault_point("before-commit")
        fault_point("after-commit")
    work.committed()
