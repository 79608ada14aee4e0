"""The least an HTTP step can cost, for a WSGI server: ``bench.http.floor:application``.

Two addresses: ``/wsgi`` answers at once, without a framework; ``/flask`` is a route of a Flask application. Each stores, before
it answers the same JSON, a state over the one before and appends to a history, by the bare driver, with the durability the
product asks for, in one commit.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import psycopg
from flask import Flask, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

STATE, PAYLOAD = os.urandom(1200), os.urandom(600)
"""As much as a step of the approval stores, compressed."""
ANSWER = orjson.dumps({"instance_id": "0" * 32, "version": 1, "status": "active", "replayed": False, "user_tasks": ["x" * 150]})
THREADS = 64
"""Rows there are, one for each thread that commits."""
TABLES = ("CREATE TABLE bare_state (id integer PRIMARY KEY, state {bytes})", "CREATE TABLE bare_history (payload {bytes})")


def bare_file(url: str) -> str:
    """SQLite has one writer, so the floor writes to a file of its own."""
    return f"{url.removeprefix('sqlite:///')}.bare"


def prepare(url: str) -> None:
    """The tables, beside the product's."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(bare_file(url))) as connection:
            for table in TABLES:
                connection.execute(table.format(bytes="blob"))
            connection.executemany("INSERT INTO bare_state VALUES (?, x'')", [(row,) for row in range(THREADS)])
            connection.commit()
        return
    with psycopg.connect(url) as connection:
        for table in TABLES:
            connection.execute(table.format(bytes="bytea"))
        connection.cursor().executemany("INSERT INTO bare_state VALUES (%s, '')", [(row,) for row in range(THREADS)])


def committer(url: str) -> Callable[[], None]:
    """Something that commits, from any thread."""
    return _sqlite(bare_file(url)) if url.startswith("sqlite") else _postgresql(url)


def _sqlite(path: str) -> Callable[[], None]:
    if not Path(path).exists():
        raise ValueError(f"Expected tables in {path}; call prepare().")
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    writer = threading.Lock()

    def commit() -> None:
        with writer:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE bare_state SET state = ? WHERE id = 1", (STATE,))
            connection.execute("INSERT INTO bare_history VALUES (?)", (PAYLOAD,))
            connection.execute("COMMIT")

    return commit


def _postgresql(url: str) -> Callable[[], None]:
    own, numbers = threading.local(), count()

    def commit() -> None:
        if not hasattr(own, "connection"):
            own.connection, own.row = psycopg.connect(url), next(numbers) % THREADS
        connection: psycopg.Connection[Any] = own.connection
        connection.execute("UPDATE bare_state SET state = %s WHERE id = %s", (STATE, own.row))
        connection.execute("INSERT INTO bare_history VALUES (%s)", (PAYLOAD,))
        connection.commit()

    return commit


@cache
def _committing() -> Callable[[], None]:
    return committer(os.environ["DATABASE_URL"])


flask = Flask("floor", static_folder=None)


@flask.post("/flask")
def _step() -> Response:
    _committing()()
    return Response(ANSWER, mimetype="application/json")


@flask.get("/healthz")
def _healthz() -> str:
    return "ok"


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """The shortest way, or Flask's."""
    if environ["PATH_INFO"] != "/wsgi":
        return flask(environ, start_response)
    environ["wsgi.input"].read()
    _committing()()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(ANSWER)))])
    return [ANSWER]
