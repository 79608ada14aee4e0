"""What a client does: steps over HTTP, requests to the floor, or transactions on the database itself."""

import os
from typing import Any

import psycopg

from bench.hall import KEY, OPINION, TASKS
from bench.http.client import PlainClient
from bench.serving import HOST

STATE, ROW = os.urandom(4096), os.urandom(300)
BARE_TABLES = (
    "CREATE TABLE bare_case (id integer PRIMARY KEY, state bytea)",
    "CREATE TABLE bare_row (case_id integer, payload bytea)",
)


class Clerk:
    """Completes all tasks of some cases of her own."""

    def __init__(self, port: int, token: str, cases: int) -> None:
        self._client = PlainClient(HOST, port, token)
        self._cases = cases
        self._first: list[str] = []

    def prepare(self) -> None:
        self._client.refresh()
        self._first = [_task(self._client.post("/api/process-instances", {"process_key": KEY})) for _ in range(self._cases)]

    def work(self) -> int:
        for task in self._first:
            for _ in range(TASKS - 1):
                task = _task(self._complete(task))
            self._complete(task)
        return len(self._first) * TASKS

    def _complete(self, task: str) -> Any:
        return self._client.post(f"/api/user-tasks/{task}/complete", {"variables": OPINION})

    def close(self) -> None:
        self._client.close()


def _task(receipt: Any) -> str:
    return str(receipt["user_tasks"][0]["task_id"])


class Caller:
    """Sends requests like a clerk's to an address of the floor."""

    def __init__(self, port: int, path: str, requests: int) -> None:
        self._client = PlainClient(HOST, port)
        self._path = path
        self._requests = requests

    def prepare(self) -> None:
        self._client.refresh()

    def work(self) -> int:
        for _ in range(self._requests):
            self._client.post(self._path, {"variables": OPINION})
        return self._requests

    def close(self) -> None:
        self._client.close()


def prepare_bare(url: str, clients: int) -> None:
    """The tables of :class:`BareTransactions`."""
    with psycopg.connect(url) as connection:
        for table in BARE_TABLES:
            connection.execute(table)
        connection.cursor().executemany("INSERT INTO bare_case VALUES (%s, %s)", [(n, STATE) for n in range(clients)])


class BareTransactions:
    """Read 4 KB, update it, insert two rows, commit: each client on a row of its own, as cases are."""

    def __init__(self, url: str, number: int, transactions: int) -> None:
        self._connection = psycopg.connect(url)
        self._number = number
        self._transactions = transactions

    def prepare(self) -> None:
        """Nothing."""

    def work(self) -> int:
        for _ in range(self._transactions):
            with self._connection.transaction():
                self._transaction()
        return self._transactions

    def _transaction(self) -> None:
        row = self._connection.execute("SELECT state FROM bare_case WHERE id = %s FOR UPDATE", (self._number,)).fetchone()
        assert row is not None
        state: bytes = row[0][1:] + row[0][:1]
        self._connection.execute("UPDATE bare_case SET state = %s WHERE id = %s", (state, self._number))
        for _ in range(2):
            self._connection.execute("INSERT INTO bare_row VALUES (%s, %s)", (self._number, ROW))

    def close(self) -> None:
        self._connection.close()
