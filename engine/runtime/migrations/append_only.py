"""Triggers that refuse to change what must not change, whoever asks (law b).

``history``, ``history_erasure`` and ``audit`` take new rows and nothing else. A payload may be deleted, never changed, and
only after a row of ``history_erasure`` says who erased it and why.
"""

from alembic import op

MESSAGE = "append-only"

_POSTGRESQL = (
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $$
    """,
    """
    CREATE FUNCTION refuse_unrecorded_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM history_erasure e
                       WHERE e.instance_id = OLD.instance_id AND e.sequence = OLD.sequence) THEN
            RAISE EXCEPTION 'append-only: DELETE of history_payload without a row of history_erasure'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END $$
    """,
)


def protect() -> None:
    """Create the triggers on the database at hand."""
    if op.get_bind().dialect.name == "postgresql":
        _protect_postgresql()
    else:
        _protect_sqlite()


def refuse_changes(*tables: str) -> None:
    """Let tables take new rows and nothing else; for those of the floors above too, once the engine's triggers are there."""
    for table in tables:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            op.execute(_no_truncate(table))
            continue
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: {action} of {table} is refused'); END"
            )


def _no_truncate(table: str) -> str:
    return f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"


def _protect_postgresql() -> None:
    for statement in _POSTGRESQL:
        op.execute(statement)
    refuse_changes("history", "history_erasure", "audit")
    op.execute("CREATE TRIGGER append_only BEFORE UPDATE ON history_payload FOR EACH ROW EXECUTE FUNCTION refuse_change()")
    op.execute(
        "CREATE TRIGGER recorded_erasure BEFORE DELETE ON history_payload "
        "FOR EACH ROW EXECUTE FUNCTION refuse_unrecorded_erasure()"
    )
    op.execute(_no_truncate("history_payload"))


def _protect_sqlite() -> None:
    refuse_changes("history", "history_erasure", "audit")
    op.execute(
        "CREATE TRIGGER history_payload_no_update BEFORE UPDATE ON history_payload "
        "BEGIN SELECT RAISE(ABORT, 'append-only: UPDATE of history_payload is refused'); END"
    )
    op.execute(
        "CREATE TRIGGER history_payload_recorded_erasure BEFORE DELETE ON history_payload "
        "WHEN NOT EXISTS (SELECT 1 FROM history_erasure e "
        "WHERE e.instance_id = OLD.instance_id AND e.sequence = OLD.sequence) "
        "BEGIN SELECT RAISE(ABORT, 'append-only: DELETE of history_payload without a row of history_erasure'); END"
    )
