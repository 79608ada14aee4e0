"""The migrations build what the code declares, and protect what must not change."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from engine.runtime import migrations
from engine.runtime.database import create_engine
from engine.runtime.settings import Settings
from engine.runtime.tables import metadata


@pytest.fixture
def engine(empty_database_url: str) -> Iterator[Engine]:
    engine = create_engine(Settings(database_url=empty_database_url))
    yield engine
    engine.dispose()


def test_migrations_build_exactly_the_declared_tables(engine: Engine) -> None:
    migrations.upgrade(engine)
    assert migrations.check(engine) == []
    assert set(metadata.tables) <= set(inspect(engine).get_table_names())


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    migrations.upgrade(engine)
    migrations.upgrade(engine)
    assert migrations.check(engine) == []


def test_a_missing_column_is_noticed(engine: Engine) -> None:
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE user_task DROP COLUMN lane"))
    assert [difference[0] for difference in migrations.check(engine)] == ["add_column"]


def insert_history(engine: Engine) -> None:
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO deployment VALUES ('d', '2026-01-01 00:00:00', 'a', '[]', '[]')",
            "INSERT INTO process_definition (id, key, version, name, resource, content_hash, source, deployed_at, "
            "deployment_id) VALUES ('p', 'p', 1, 'p', 'p', 'h', 'x', '2026-01-01 00:00:00', 'd')",
            "INSERT INTO process_instance (id, process_key, definition_id, status, bindings, started_at, started_by, "
            "version, snapshot, element_counts, history_length, history_hash) "
            "VALUES ('i', 'p', 'p', 'active', '{}', '2026-01-01 00:00:00', 'a', 1, 'x', 'x', 1, 'x')",
            "INSERT INTO history (instance_id, sequence, command, command_id, actor_id, at, outcome, version, "
            "payload_digest, previous_hash, hash) VALUES ('i', 1, 'c', 'c1', 'a', '2026', 'accepted', 1, 'x', 'x', 'x')",
            "INSERT INTO history_payload VALUES ('i', 1, 'x')",
            "INSERT INTO audit (at, actor_id, action, outcome) VALUES ('2026-01-01 00:00:00', 'a', 'x', 'accepted')",
        ):
            connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET actor_id = 'somebody else'",
        "DELETE FROM history",
        "UPDATE history_payload SET payload = 'y'",
        "DELETE FROM history_payload",
        "UPDATE audit SET action = 'y'",
        "DELETE FROM audit",
    ],
)
def test_history_can_be_neither_changed_nor_deleted(engine: Engine, statement: str) -> None:
    migrations.upgrade(engine)
    insert_history(engine)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))


def test_history_cannot_be_replaced_or_truncated(engine: Engine) -> None:
    replace = "INSERT OR REPLACE INTO history SELECT * FROM history"
    statement = replace if engine.dialect.name == "sqlite" else "TRUNCATE history CASCADE"
    migrations.upgrade(engine)
    insert_history(engine)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))


def test_a_payload_goes_only_after_a_row_says_who_erased_it(engine: Engine) -> None:
    migrations.upgrade(engine)
    insert_history(engine)
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO history_erasure VALUES ('i', 1, '2036-01-01 00:00:00', 'auditor', 'retention ended')")
        )
        connection.execute(text("DELETE FROM history_payload"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM history_payload")).scalar_one() == 0
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("DELETE FROM history_erasure"))
