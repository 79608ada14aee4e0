"""The only place of the project that commits.

Whoever changes anything asks for a unit of work, changes it through the connection, and leaves. All of it is stored or
none of it. A test reads the source tree to keep it so.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from engine.runtime.database import WRITES, Database
from engine.runtime.faults import fault_point
from engine.runtime.statements import at_once, execute


class UnitOfWork:
    """One transaction under way. ``closing`` ends with it."""

    def __init__(self, connection: Connection, closing: ExitStack) -> None:
        self.connection = connection
        self._closing = closing
        self._sending = False
        self._afterwards: list[Callable[[], None]] = []

    def send_at_once(self) -> None:
        """From now on only write, and wait for no answer before the commit's; see :func:`engine.runtime.statements.at_once`."""
        self._closing.enter_context(at_once(self.connection))
        self._sending = True

    def finish(self) -> None:
        """The commit travels with what is still on its way. (Otherwise it is SQLAlchemy's, at the end of the transaction.)"""
        if self._sending and self.connection.dialect.name == "postgresql":
            execute(self.connection, "COMMIT")
        self._closing.close()

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
            with connection.begin(), ExitStack() as closing:
                work = UnitOfWork(connection, closing)
                yield work
                fault_point("before-commit")
                work.finish()
        fault_point("after-commit")
    work.committed()
