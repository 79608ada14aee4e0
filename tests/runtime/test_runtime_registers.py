"""Master data is changed in one transaction with a row of the audit log, or refused with one."""

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, inspect, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection
from engine.runtime import migrations
from engine.runtime.database import create_engine
from engine.runtime.migrations import Schema
from engine.runtime.settings import Settings
from engine.runtime.tables import number_series
from tests.runtime.halls import CLERK, Hall

MIGRATION = """
from alembic import op
from sqlalchemy import Column, Integer, String

revision = "{name}_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("{name}", Column("id", Integer, primary_key=True), Column("name", String))
"""


def test_a_change_and_who_made_it_are_stored_together(hall: Hall) -> None:
    def change(session: Session, now: object) -> int:
        session.execute(number_series.insert(), {"name": "windows", "value": 7})
        return 7

    assert hall.runtime.registers.change("AddWindow", CLERK, change, subject="w1", detail={"name": "GS"}) == 7
    [entry] = hall.runtime.queries.audit_log(action="AddWindow").items
    assert (entry.actor_id, entry.subject, entry.outcome, entry.detail) == ("clerk", "w1", "accepted", {"name": "GS"})


def test_a_refused_change_leaves_nothing_but_its_record(hall: Hall) -> None:
    def change(session: Session, now: object) -> None:
        session.execute(number_series.insert(), {"name": "windows", "value": 7})
        raise Rejection("reason-required", field="reason")

    with pytest.raises(Rejection):
        hall.runtime.registers.change("CloseWindow", CLERK, change, subject="w1")
    with hall.runtime.registers.read() as session:
        assert session.execute(select(number_series.c.value)).all() == []
    [entry] = hall.runtime.queries.audit_log(action="CloseWindow").items
    assert (entry.outcome, entry.code) == ("refused", "reason-required")


def test_a_floor_above_has_tables_and_lines_of_migrations_of_its_own(
    empty_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    metadata, folders = MetaData(), []
    for name in ("windows", "seals"):
        Table(name, metadata, Column("id", Integer, primary_key=True), Column("name", String))
        folders.append(tmp_path_factory.mktemp(name))
        (folders[-1] / f"0001_{name}.py").write_text(MIGRATION.format(name=name))
    schemas = (migrations.ENGINE, Schema(metadata, tuple(folders), "alembic_version_centre"))
    engine = create_engine(Settings(database_url=empty_database_url))
    for _ in range(2):
        migrations.upgrade(engine, schemas)
    assert migrations.check(engine, schemas) == []
    with engine.connect() as connection:
        assert migrations.current(connection, schemas[1]) == ("seals_0001", "windows_0001")
        assert {"windows", "seals", "history"} <= set(inspect(connection).get_table_names())
    engine.dispose()
