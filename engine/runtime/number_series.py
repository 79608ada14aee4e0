"""Numbers without gaps: case numbers, document numbers. Drawn inside the step's transaction, so a step undone takes none."""

from typing import TYPE_CHECKING

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.runtime.tables import number_series

if TYPE_CHECKING:
    from sqlalchemy import Executable


def next_number(session: Session, name: str) -> int:
    """The next number of a series, from 1. Others who want one of the same series wait until this step is stored."""
    dialect = session.get_bind().dialect.name
    number: int = session.execute(_STATEMENTS[dialect], {"name": name, "value": 1}).scalar_one()
    return number


def _statement(insert: "postgresql.Insert | sqlite.Insert") -> "Executable":
    return (
        insert.values(name=bindparam("name"), value=bindparam("value"))
        .on_conflict_do_update(index_elements=["name"], set_={"value": number_series.c.value + 1})
        .returning(number_series.c.value)
    )


_STATEMENTS = {
    "postgresql": _statement(postgresql.insert(number_series)),
    "sqlite": _statement(sqlite.insert(number_series)),
}
