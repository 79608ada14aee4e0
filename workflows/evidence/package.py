"""Putting the package together: every row that bears the case's number, its history, and whether that history still holds.

Whatever table says which case a row is about is in it. Pass codes stay out: they are hashes, and nobody's evidence.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.queries.paging import MAX_LIMIT
from engine.runtime.runtime import Runtime
from workflows.case_file.storage import find
from workflows.case_file.tables import case_event, case_file
from workflows.clock.tables import clock, clock_event
from workflows.ledger.tables import ledger_entry
from workflows.schema import SCHEMA
from workflows.tickets.tables import ticket_move

LEFT_OUT = frozenset({"pass_code", "verification_code"})
RESTRICTED = frozenset({"complaint"})
"""Who complained of a case, and of whom, is not the case's own: it has a door of its own (A-29)."""

declare({"evidence-reason-missing": ("调取证据须写明理由。", "Expected a reason for taking evidence out, but there is none.")})


def evidence_package(runtime: Runtime, number: str, reason: str, actor: Actor) -> bytes:
    """A ZIP file of JSON tables with an index of their digests. That it was taken, and why, is in the audit log.

    :raises Rejection: ``case-not-found``, ``evidence-reason-missing``.
    """

    def change(session: Session, now: datetime) -> tuple[str, dict[str, Any]]:
        if not reason.strip():
            raise Rejection("evidence-reason-missing", field="reason")
        instance_id = find(session, number).instance_id
        return instance_id, _tables(session, number, instance_id)

    done: tuple[str, dict[str, Any]] = runtime.registers.change(
        "ExportEvidence", actor, change, subject=number, detail={"reason": reason}
    )
    instance_id, tables = done
    replayed = runtime.replay.check(instance_id)
    proof = {"instance": instance_id, "replay_agrees": replayed.difference is None, "difference": replayed.difference}
    return _zipped(
        {**tables, "history": _history(runtime, instance_id), "proof": proof}, number, reason, actor, runtime.clock()
    )


def _tables(session: Session, number: str, instance_id: str) -> dict[str, Any]:
    found = {table.name: _rows(session, table, table.c.case_number == number) for table in bearing_case_numbers()}
    found |= {table.name: _rows(session, table, table.c.number == number) for table in (case_file, case_event)}
    found |= {table.name: _rows(session, table, table.c.instance_id == instance_id) for table in (clock, clock_event)}
    entries = sorted({line["entry"] for line in found["ledger_line"]})
    found["ledger_entry"] = _rows(session, ledger_entry, ledger_entry.c.number.in_(entries))
    receipts = [entry["receipt"] for entry in found["ledger_entry"] if entry["receipt"]]
    found["ticket_move"] = _rows(session, ticket_move, ticket_move.c.payment.in_(receipts))
    return found


def bearing_case_numbers() -> list[Table]:
    """Every table of the centre whose rows say which case they are about."""
    tables = SCHEMA.metadata.sorted_tables
    return [table for table in tables if "case_number" in table.c and table.name not in RESTRICTED]


def _rows(session: Session, table: Any, mine: Any) -> list[dict[str, Any]]:
    columns = [column for column in table.c if column.name not in LEFT_OUT]
    order = list(table.primary_key.columns)
    return [
        {str(name): value for name, value in row._mapping.items()}
        for row in session.execute(select(*columns).where(mine).order_by(*order))
    ]


def _history(runtime: Runtime, instance_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    read: Callable[..., Any] = runtime.queries.history
    page = read(instance_id, limit=MAX_LIMIT)
    found += map(asdict, page.items)
    while page.next_cursor is not None:
        page = read(instance_id, after=int(page.next_cursor), limit=MAX_LIMIT)
        found += map(asdict, page.items)
    return found


def _zipped(tables: Mapping[str, Any], number: str, reason: str, actor: Actor, now: datetime) -> bytes:
    files = {f"{name}.json": orjson.dumps(rows, option=orjson.OPT_INDENT_2, default=_plain) for name, rows in tables.items()}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    index = {"case": number, "taken_at": now, "taken_by": actor.id, "reason": reason, "sha256": digests}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("index.json", orjson.dumps(index, option=orjson.OPT_INDENT_2))
        for name, content in sorted(files.items()):
            package.writestr(name, content)
    return buffer.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, Sequence):
        return list(value)
    return str(value)
