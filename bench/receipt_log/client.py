"""One kept-alive connection to the product's API. The standard library's client: it costs least beside what is measured."""

import http.client
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from bench.receipt_log.clock import HEADER

TIMEOUT = 60.0
"""Seconds."""


class ApiError(Exception):
    """An answer that is no success: its status and its problem."""

    def __init__(self, status: int, problem: Any) -> None:
        super().__init__(f"{status}: {problem}")
        self.status = status
        self.problem = problem


class Client:
    """Speaks for many people, one request at a time."""

    def __init__(self, host: str, port: int) -> None:
        self._connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    def get(self, path: str, query: Mapping[str, str], *, token: str) -> Any:
        """:raises ApiError: the answer is no success."""
        return self._request("GET", f"{path}?{urlencode(query)}", None, {"Authorization": f"Bearer {token}"})

    def post(self, path: str, body: object, *, token: str, at: datetime, key: str) -> Any:
        """A command, given at this moment of the log. ``key``: its Idempotency-Key.

        :raises ApiError: the answer is no success.
        """
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            HEADER: at.isoformat(),
        }
        return self._request("POST", path, json.dumps(body).encode(), headers)

    def upload(self, path: str, files: list[Path], *, token: str) -> Any:
        """Files together, as a browser sends them.

        :raises ApiError: the answer is no success.
        """
        border = secrets.token_hex(16)
        parts = [
            f'--{border}\r\nContent-Disposition: form-data; name="files"; filename="{file.name}"\r\n\r\n'.encode()
            + file.read_bytes()
            + b"\r\n"
            for file in files
        ]
        headers = {"Authorization": f"Bearer {token}", "Content-Type": f"multipart/form-data; boundary={border}"}
        return self._request("POST", path, b"".join(parts) + f"--{border}--\r\n".encode(), headers)

    def _request(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Any:
        self._connection.request(method, path, body, dict(headers))
        answer = self._connection.getresponse()
        content = json.loads(answer.read() or b"null")
        if answer.status >= 300:
            raise ApiError(answer.status, content)
        return content
