"""A kept-alive connection that costs as little as possible beside what is measured: no library, one header parsed."""

import socket
from types import TracebackType
from typing import Any, Self

import orjson

TIMEOUT = 60.0
"""Seconds."""


class WrongAnswer(Exception):
    """An answer that is no success."""


class PlainClient:
    """Posts JSON for one account, one request at a time."""

    def __init__(self, host: str, port: int, token: str = "") -> None:
        self._head = f" HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        self._address = host, port
        self._connect()

    def _connect(self) -> None:
        self._socket = socket.create_connection(self._address, TIMEOUT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._read = self._socket.makefile("rb")

    def refresh(self) -> None:
        """A new connection: the server hangs up on whoever has been silent for a while."""
        self.close()
        self._connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._read.close()
        self._socket.close()

    def post(self, path: str, body: object, key: str | None = None) -> Any:
        """``key``: its Idempotency-Key.

        :raises WrongAnswer: the answer is no success.
        """
        status, content = self.try_post(path, body, key)
        if status >= 300:
            raise WrongAnswer(f"{status} {content}")
        return content

    def try_post(self, path: str, body: object, key: str | None = None) -> tuple[int, Any]:
        """Status and content, whatever they are."""
        content = orjson.dumps(body)
        given = "" if key is None else f"Idempotency-Key: {key}\r\n"
        head = f"POST {path}{self._head}{given}Content-Length: {len(content)}\r\n\r\n"
        self._socket.sendall(head.encode() + content)
        return self._answer()

    def _answer(self) -> tuple[int, Any]:
        status, length = int(self._read.readline().split(b" ", 2)[1]), 0
        while (line := self._read.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return status, orjson.loads(self._read.read(length) or b"null")
