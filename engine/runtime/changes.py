"""What a step changes in the projections, gathered before any of it is written.

Gathering first makes one statement of many, and makes nothing of what comes and goes within a step (the job of a local
operator). Replay gathers the same changes over a whole history and compares the outcome with the stored rows.

A *key* names the rows that belong together: the row's own ``id``, or for candidates the task they are candidates of.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam

from engine.runtime.statements import Statement, Write
from engine.runtime.tables import metadata

Values = dict[str, Any]

KEY_COLUMNS = {
    "process_instance": "id",
    "user_task": "id",
    "user_task_candidate": "task_id",
    "user_task_draft": "task_id",
    "timer": "id",
    "job": "id",
    "message_subscription": "id",
    "incident": "id",
}
"""The projections, in the order in which rows may be inserted."""


class Changes:
    """Rows to insert, update and delete, at most one of these for each row."""

    def __init__(self) -> None:
        self.inserted: dict[str, dict[str, list[Values]]] = defaultdict(dict)
        self.updated: dict[str, dict[str, Values]] = defaultdict(dict)
        self.deleted: dict[str, set[str]] = defaultdict(set)

    def insert(self, table: str, row: Values) -> None:
        self.inserted[table].setdefault(row[KEY_COLUMNS[table]], []).append(row)

    def update(self, table: str, key: str, **values: Any) -> None:
        """Change the rows of a key; nothing happens if there are none."""
        if key in self.inserted[table]:
            for row in self.inserted[table][key]:
                row.update(values)
        else:
            self.updated[table].setdefault(key, {}).update(values)

    def take_update(self, table: str, key: str) -> Values | None:
        """What changes in the row of a key, taken out to be written apart; None if the row is new or stays."""
        return self.updated[table].pop(key, None)

    def delete(self, table: str, key: str) -> None:
        """Remove the rows of a key. What was inserted in this very step and nowhere before just vanishes."""
        fresh = self.inserted[table].pop(key, None) is not None
        self.updated[table].pop(key, None)
        if not fresh:
            self.deleted[table].add(key)

    def rows(self, table: str) -> Iterator[Values]:
        """The inserted rows: the whole table, when the changes are those of a whole history."""
        for rows in self.inserted[table].values():
            yield from rows

    def moments(self, table: str, column: str) -> list[datetime]:
        """What the inserted and updated rows of a table say in a column, where they say anything."""
        rows = [*self.rows(table), *self.updated[table].values()]
        return [row[column] for row in rows if row.get(column) is not None]

    def deletions(self) -> list[Write]:
        """What removes rows. To be executed first: a key may be inserted anew in the same step."""
        return [
            Write(_delete(table), [{"key": key} for key in sorted(self.deleted[table])])
            for table in reversed(KEY_COLUMNS)
            if self.deleted.get(table)
        ]

    def additions(self) -> list[Write]:
        """What inserts and changes rows."""
        inserts = [Write(_insert(table, tuple(rows[0])), rows) for table in KEY_COLUMNS if (rows := list(self.rows(table)))]
        updates = [
            Write(_update(table, tuple(values)), [{"key": key, **values}])
            for table in KEY_COLUMNS
            for key, values in self.updated.get(table, {}).items()
        ]
        return inserts + updates

    @property
    def replaces(self) -> bool:
        """Whether a row is inserted under a key that is deleted in the same step."""
        return any(not keys.isdisjoint(self.inserted.get(table, ())) for table, keys in self.deleted.items())


@cache
def _insert(table: str, columns: tuple[str, ...]) -> Statement:
    return Statement(metadata.tables[table].insert().inline(), columns)


@cache
def _delete(table: str) -> Statement:
    target = metadata.tables[table]
    return Statement(target.delete().where(target.c[KEY_COLUMNS[table]] == bindparam("key")))


@cache
def _update(table: str, columns: tuple[str, ...]) -> Statement:
    target = metadata.tables[table]
    return Statement(target.update().where(target.c[KEY_COLUMNS[table]] == bindparam("key")), columns)
