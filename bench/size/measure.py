"""The bytes of finished approvals: as values in their columns, and as the database grows on disk."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, Text, cast, func, select

from bench.approvals import Approvals
from bench.databases import Place, place
from engine.runtime.database import Database
from engine.runtime.tables import history, history_payload, process_instance


@dataclass(frozen=True, slots=True)
class Found:
    """Bytes a case. ``disk`` has everything: rows of lists and their indexes too."""

    database: str
    cases: int
    snapshot: float
    heads: float
    payloads: float
    disk: float

    @property
    def together(self) -> float:
        """History and snapshot."""
        return self.snapshot + self.heads + self.payloads


def measure(kind: str, cases: int) -> Found:
    """Take so many approvals to their end."""
    with place(kind) as database, Approvals(database.url) as approvals:
        approvals.take(1)
        empty = database.size()
        approvals.take(cases)
        return _found(database, approvals.runtime.database, cases, database.size() - empty)


def _found(place_: Place, database: Database, cases: int, grown: int) -> Found:
    each = cases + 1
    snapshot = _bytes(database, process_instance, "snapshot", "element_counts") / each
    heads = _bytes(database, history, *history.c.keys()) / each
    payloads = _bytes(database, history_payload, "payload") / each
    return Found(place_.kind, cases, snapshot, heads, payloads, grown / cases)


def _bytes(database: Database, table: Table, *columns: str) -> int:
    with database.read() as connection:
        return sum(connection.execute(select(func.sum(_length(table.c[name])))).scalar_one() or 0 for name in columns)


def _length(column: ColumnElement[object]) -> ColumnElement[int]:
    python_type = column.type.python_type
    return func.length(column) if python_type in (str, bytes) else func.length(cast(column, Text))
