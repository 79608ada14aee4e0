"""Open tasks by the million, written straight into the projections; nothing of them is in history.

One statement a table. Every fifth task is claimed already, one in fifty of its case's is suspended, and every task has two of
:data:`GROUPS` candidate groups, so that what the groups of one clerk may do grows with the whole.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, text

from engine.core.actor import Actor

GROUPS, PEOPLE = 50, 30
CLERK = Actor("clerk-7", ("group-3", "group-14", "group-15"))
"""Whose list is read: one of the people, in three of the groups."""
BEGIN = 1_700_000_000
"""Seconds since 1970; each task is created a second after the one before."""

DIALECTS: dict[str, Mapping[str, str]] = {
    "sqlite": {
        "at": "strftime('%Y-%m-%d %H:%M:%S.000000', {0}, 'unixepoch')",
        "none": "x''",
        "modulo": "({0} * 7919 / 13) % {1}",
    },
    "postgresql": {
        "at": "to_timestamp({0})",
        "none": "''::bytea",
        "modulo": "({0}::bigint * 7919 / 13) % {1}",
    },
}
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})"


def fill(connection: Connection, definition_id: str, first: int, last: int) -> None:
    """Tasks number ``first`` to ``last``, each open in a case of its own."""
    words = DIALECTS[connection.dialect.name]

    def insert(table: str, values: Mapping[str, str], where: str = "") -> None:
        columns = ", ".join(f'"{name}"' for name in values)
        numbers = NUMBERS.format(first=first, last=last)
        connection.execute(
            text(
                f"INSERT INTO {table} ({columns}) {numbers} SELECT {', '.join(values.values())} FROM n {where}".replace(
                    ":", r"\:"
                )
            )
        )

    at = words["at"].format(f"{BEGIN} + i")
    insert("process_instance", _instance(at, words["none"], definition_id))
    insert("user_task", _task(at, words["at"].format(f"{BEGIN} + i + (i % 9) * 86400"), words["modulo"].format("i", PEOPLE)))
    for shift in (0, 1):
        group = f"'group-' || (({words['modulo'].format('i', GROUPS)} + {shift} * (1 + i % 7)) % {GROUPS})"
        insert("user_task_candidate", _candidate(at, group))


INSTANCE, TASK = "'case-' || i", "'case-' || i || '.1'"
CLAIMED = "i % 5 = 0"


def _instance(at: str, none: str, definition_id: str) -> dict[str, str]:
    return {
        "id": INSTANCE,
        "process_key": "'bench'",
        "definition_id": f"'{definition_id}'",
        "business_key": "'2024-' || i",
        "status": "CASE WHEN i % 50 = 49 THEN 'suspended' ELSE 'active' END",
        "bindings": "'{}'",
        "started_at": at,
        "started_by": "'clerk-0'",
        "version": "1",
        "snapshot": none,
        "element_counts": none,
        "history_length": "0",
        "history_hash": none,
    }


def _task(at: str, due: str, person: str) -> dict[str, str]:
    return {
        "id": TASK,
        "instance_id": INSTANCE,
        "business_key": "'2024-' || i",
        "root_process_key": "'bench'",
        "process_key": "'bench'",
        "element_id": "'review_' || (i % 12)",
        "scope": "''",
        "title": "'审查 ' || (i % 12)",
        "form_key": "'bench'",
        "state": f"CASE WHEN {CLAIMED} THEN 'claimed' ELSE 'created' END",
        "assignee": f"CASE WHEN {CLAIMED} THEN 'clerk-' || ({person}) END",
        "candidate_groups": '\'["group-1", "group-2"]\'',
        "created_at": at,
        "due": f"CASE WHEN i % 3 > 0 THEN {due} END",
        "warn_at": f"CASE WHEN i % 3 > 0 THEN {due} END",
        "limit": "'P5D'",
        "version": "1",
    }


def _candidate(at: str, group: str) -> dict[str, str]:
    return {
        "task_id": TASK,
        "group_id": group,
        "ended": "false",
        "assigned": f"({CLAIMED})",
        "created_at": at,
    }
