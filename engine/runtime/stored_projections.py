"""The stored rows of an instance's projections beside those its history gives (law c)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.runtime.changes import Changes
from engine.runtime.tables import OPERATIONAL_COLUMNS, metadata, process_instance, user_task, user_task_candidate

Rows = dict[tuple[Any, ...], dict[str, Any]]

STATE_COLUMNS = frozenset({"version", "snapshot", "element_counts", "history_length", "history_hash"})
"""Columns of the instance that are not projected; replay compares them by itself."""
COMPARED = ("process_instance", "user_task", "user_task_candidate", "timer", "job", "message_subscription", "incident")


def first_difference(connection: Connection, instance_id: str, rebuilt: Changes) -> tuple[str, str, str] | None:
    """The first table and row that differ: (table, stored, rebuilt); None when all agree."""
    for table in COMPARED:
        stored = _rows(table, (row._mapping for row in connection.execute(_statement(table, instance_id))))
        wanted = _rows(table, rebuilt.rows(table))
        for key in sorted({*stored, *wanted}):
            if stored.get(key) != wanted.get(key):
                return table, str(stored.get(key, "no row")), str(wanted.get(key, "no row"))
    return None


def _statement(table: str, instance_id: str) -> Select[Any]:
    target = metadata.tables[table]
    if target is process_instance:
        return select(target).where(target.c.id == instance_id)
    if target is user_task_candidate:
        return select(target).join(user_task).where(user_task.c.instance_id == instance_id)
    return select(target).where(target.c.instance_id == instance_id)


def _rows(table: str, rows: Any) -> Rows:
    target = metadata.tables[table]
    left_out = OPERATIONAL_COLUMNS.get(table, frozenset()) | (STATE_COLUMNS if target is process_instance else set())
    names = [column.name for column in target.c if column.name not in left_out]
    keys = [column.name for column in target.primary_key]
    return {
        tuple(row[name] for name in keys): {name: row.get(name) for name in names} for row in rows if _projected(table, row)
    }


def _projected(table: str, row: Mapping[Any, Any]) -> bool:
    """Messages leave when they are delivered, which the sender's history does not say; engine incidents have no event."""
    if table == "job":
        return bool(row["kind"] == "service")
    return bool(table != "incident" or row["kind"] == "model")
