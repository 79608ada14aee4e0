"""Finding text inside text, as a person types it."""

from typing import Any

from sqlalchemy import ColumnElement, func

from engine.runtime.plain_text import findable

ESCAPE = "\\"


def contains(column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """Whether the column contains the text, whatever the case of its Latin letters. ``%`` and ``_`` mean themselves."""
    literal = findable(text)
    for sign in (ESCAPE, "%", "_"):
        literal = literal.replace(sign, ESCAPE + sign)
    return func.lower(column).like(f"%{literal.lower()}%", escape=ESCAPE)
