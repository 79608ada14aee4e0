"""Statements given straight to the driver do what SQLAlchemy's would, and fail as they would."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.runtime.changes import Changes
from engine.runtime.database import Database
from engine.runtime.faults import inject
from engine.runtime.settings import Settings
from engine.runtime.statements import MAX_JOINED, Statement, Write, first, send, swap
from engine.runtime.tables import account, account_role, number_series
from engine.runtime.unit_of_work import unit_of_work

_add_series = Statement(number_series.insert().inline(), ("name", "value"))
_set_series = Statement(number_series.update().where(number_series.c.name == bindparam("key")), ("value",))
_drop_series = Statement(number_series.delete().where(number_series.c.name == bindparam("key")))
_add_account = Statement(account.insert().inline(), tuple(account.c.keys()))
_add_role = Statement(account_role.insert().inline(), ("account_id", "role"))
_find = Statement(select(number_series.c.value).where(number_series.c.name == bindparam("name")))
AT = datetime(2026, 3, 2, 1, 2, 3, 456789, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(Settings(database_url=database_url))
    yield database
    database.close()


def series(database: Database) -> dict[str, int]:
    with database.read() as connection:
        return {row.name: row.value for row in connection.execute(select(number_series))}


def numbered(count: int) -> list[dict[str, Any]]:
    return [{"name": f"n{number}", "value": number} for number in range(count)]


def test_writes_of_every_kind_go_together(database: Database) -> None:
    with unit_of_work(database) as work:
        send(work.connection, [Write(_add_series, numbered(3))])
    with unit_of_work(database) as work:
        send(
            work.connection,
            [
                Write(_drop_series, [{"key": "n0"}]),
                Write(_add_series, [{"name": "$1 per cent", "value": 7}]),
                Write(_set_series, [{"key": "n1", "value": 11}]),
            ],
        )
    assert series(database) == {"n1": 11, "n2": 2, "$1 per cent": 7}


@pytest.mark.parametrize("count", [1, MAX_JOINED, MAX_JOINED + 1, 300])
def test_any_number_of_rows_is_written(database: Database, count: int) -> None:
    with unit_of_work(database) as work:
        send(work.connection, [Write(_add_series, numbered(count))])
    assert series(database) == {f"n{number}": number for number in range(count)}


def test_a_row_may_refer_to_one_written_with_it(database: Database) -> None:
    person = {"id": "li", "name": "李", "password_hash": "", "disabled": False, "created_at": AT}
    with unit_of_work(database) as work:
        send(work.connection, [Write(_add_account, [person]), Write(_add_role, [{"account_id": "li", "role": "clerk"}])])
    with database.read() as connection:
        assert connection.execute(select(account)).one()._asdict() == person


def test_values_are_stored_as_sqlalchemy_stores_them(database: Database) -> None:
    people = [{"id": name, "name": name, "password_hash": "", "disabled": True, "created_at": AT} for name in ("a", "b")]
    with unit_of_work(database) as work:
        send(work.connection, [Write(_add_account, people[:1])])
        work.connection.execute(account.insert(), people[1])
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT disabled, created_at FROM account").all()
    assert rows[0] == rows[1]


@pytest.mark.parametrize("joined", [True, False])
def test_a_write_that_is_refused_is_an_integrity_error_and_leaves_nothing(database: Database, joined: bool) -> None:
    writes = [Write(_add_series, numbered(1)), Write(_add_series, numbered(1 if joined else MAX_JOINED + 1))]

    def violate() -> None:
        with unit_of_work(database) as work:
            for write in [writes] if joined else [[write] for write in writes]:
                send(work.connection, write)

    with pytest.raises(IntegrityError):
        violate()
    assert series(database) == {}
    with unit_of_work(database) as work:
        send(work.connection, writes[:1])
    assert series(database) == {"n0": 0}


def test_what_was_sent_is_not_stored_before_the_commit(database: Database) -> None:
    seen = []
    with inject("before-commit", lambda: seen.append(series(database))), unit_of_work(database) as work:
        send(work.connection, [Write(_add_series, numbered(2))])
    assert seen == [{}]
    assert len(series(database)) == 2


def test_the_first_row_or_none(database: Database) -> None:
    with unit_of_work(database) as work:
        send(work.connection, [Write(_add_series, numbered(2))])
        assert first(work.connection, _find, {"name": "n1"}) == (1,)
        assert first(work.connection, _find, {"name": "n2"}) is None


@pytest.mark.slow
@pytest.mark.parametrize(("there", "expected"), [("n0", {"n0": 9, "n2": 5, "n4": 4}), ("n3", {"n0": 0, "n1": 1, "n2": 2})])
def test_a_swap_writes_everything_or_nothing(postgresql_url: str, there: str, expected: dict[str, int]) -> None:
    database = Database(Settings(database_url=postgresql_url))
    with unit_of_work(database) as work:
        send(work.connection, [Write(_add_series, numbered(3))])
    others = [
        Write(_add_series, [{"name": "n4", "value": 4}]),
        Write(_set_series, [{"key": "n2", "value": 5}]),
        Write(_drop_series, [{"key": "n1"}]),
    ]
    with database.read() as connection:
        assert swap(connection, Write(_set_series, [{"key": there, "value": 9}]), others) == (there == "n0")
    assert series(database) == expected
    database.close()


@pytest.mark.slow
def test_a_swap_that_is_refused_leaves_nothing(postgresql_url: str) -> None:
    database = Database(Settings(database_url=postgresql_url))
    with unit_of_work(database) as work:
        send(work.connection, [Write(_add_series, numbered(2))])
    with pytest.raises(IntegrityError), database.read() as connection:
        swap(connection, Write(_set_series, [{"key": "n0", "value": 9}]), [Write(_add_series, numbered(2)[1:])])
    assert series(database) == {"n0": 0, "n1": 1}
    database.close()


@pytest.mark.slow
def test_a_lost_connection_is_told_as_such(postgresql_url: str) -> None:
    database = Database(Settings(database_url=postgresql_url))
    with pytest.raises(DBAPIError) as caught, unit_of_work(database) as work:
        _lose(work.connection)
    assert caught.value.connection_invalidated
    with unit_of_work(database) as work:
        send(work.connection, [Write(_add_series, numbered(1))])
    assert len(series(database)) == 1
    database.close()


def _lose(connection: Connection) -> None:
    own = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    with connection.engine.connect() as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({own}, 5000)")
    send(connection, [Write(_add_series, numbered(1))])


def test_a_key_may_go_and_come_again_in_one_step() -> None:
    changes = Changes()
    changes.delete("job", "j")
    assert not changes.replaces
    changes.insert("job", {"id": "j"})
    assert changes.replaces
    assert [len(part) for part in (changes.deletions(), changes.additions())] == [1, 1]
