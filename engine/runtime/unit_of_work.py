"""The only place of the project that commits.

Whoever changes anything asks for a unit of work, changes it through the connection, and leaves. All of it is stored or
none of it. A test reads the source tree to keep it so.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TypeAlias

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from engine.runtime.database import KIND, WRITES, Database
from engine.runtime.faults import fault_point
from engine.runtime.statements import Write, joinable, send, swap

Confirm: TypeAlias = Callable[[Connection], None]
"""Raises :class:`Moved` unless an instance is as it was taken for."""


class Moved(Exception):
    """The instance is not any more what it was taken for; nothing is stored."""


class UnitOfWork:
    """One transaction under way; or one on trust, that is opened when somebody asks for its connection."""

    def __init__(self, database: Database, closing: ExitStack, confirm: Confirm | None) -> None:
        self._database = database
        self._closing = closing
        self._confirm = confirm
        self._connection: Connection | None = None
        self._swap: tuple[Write, list[Write]] | None = None
        self._afterwards: list[Callable[[], None]] = []

    @property
    def connection(self) -> Connection:
        """:raises Moved: it was opened on trust, which was misplaced."""
        if self._connection is None:
            if self._database.is_sqlite:
                self._closing.enter_context(self._database.writer)
            plain = self._closing.enter_context(self._database.engine.connect())
            self._connection = plain.execution_options(**{KIND: WRITES})
            self._closing.enter_context(self._connection.begin())
            if self._confirm is not None:
                self._confirm(self._connection)
        return self._connection

    def store(self, move: Write | None, writes: list[Write]) -> None:
        """Write what became of an instance. ``move`` changes its row if it is as it was taken for; None if it is new."""
        if self._connection is None and move is not None and joinable(writes):
            self._swap = (move, writes)
        else:
            send(self.connection, [*([] if move is None else [move]), *writes])

    def finish(self) -> None:
        """:raises Moved: what was to be stored is not."""
        if self._swap is not None:
            with self._database.read() as connection:  # it commits by itself, as one statement
                if not swap(connection, *self._swap):
                    raise Moved

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
def unit_of_work(database: Database, confirm: Confirm | None = None) -> Iterator[UnitOfWork]:
    """Open a transaction that writes; commit it at the end, or roll it back when the block raises.

    With ``confirm`` whoever works here trusts that an instance is as he knows it. If all he does is to store what became of
    it, no transaction is opened before the end, and what he trusted is a condition of the one statement that is sent then. If
    he needs the connection, ``confirm`` is asked first: it locks the instance and looks. (PostgreSQL only.)

    :raises Moved: the trust was misplaced.
    """
    with ExitStack() as closing:
        work = UnitOfWork(database, closing, confirm)
        if confirm is None:
            _ = work.connection
        yield work
        fault_point("before-commit")
        work.finish()
    fault_point("after-commit")
    work.committed()
