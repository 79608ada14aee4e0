"""Reading JSON bodies: strictly, and not deeper than anything of ours needs.

The standard library's parser is used for what comes in, because it keeps whole numbers exact at any size (the variable check of
:mod:`engine.core.values` then refuses those that cannot be stored); orjson would quietly round them. What goes out is orjson's.
"""

import json
from collections.abc import Iterable
from typing import Any, NoReturn

import orjson
from flask import Response
from flask.json.provider import JSONProvider

from engine.core.rejection import Rejection

MAX_DEPTH = 40
"""Variables may nest 32 levels; the envelope around them needs a few."""


class OrjsonProvider(JSONProvider):
    """How Flask writes JSON; reading goes through :func:`read_json`."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        return read_json(s if isinstance(s, bytes) else s.encode())

    def response(self, *args: Any, **kwargs: Any) -> Response:
        return Response(orjson.dumps(self._prepare_response_obj(args, kwargs)), mimetype="application/json")


def read_json(body: bytes) -> Any:
    """The value of a JSON text.

    :raises Rejection: ``body-not-json``, ``body-too-deep``.
    """
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_distinct)
    except RecursionError:
        raise Rejection("body-too-deep", limit=MAX_DEPTH) from None
    except ValueError as error:
        raise Rejection("body-not-json", reason=_reason(error)) from error
    _check_depth(value)
    return value


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (line {error.lineno}, column {error.colno})"
    return "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _check_depth(value: Any) -> None:
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [child for item in level for child in _children(item)]
        if not level:
            return
    raise Rejection("body-too-deep", limit=MAX_DEPTH)


def _children(item: Any) -> Iterable[Any]:
    if isinstance(item, dict):
        return item.values()
    return item if isinstance(item, list) else ()
