"""Real servers for benchmarks: a process of its own on a free port of this machine, started, waited for and ended here."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
STARTS_WITHIN = 60.0
ENDS_WITHIN = 30.0
"""Seconds."""

Command = Callable[[int], Sequence[str]]
"""Arguments for Python that serve on the port."""


@contextmanager
def serving(command: Command, url: str, settings: Mapping[str, str] | None = None) -> Iterator[int]:
    """Serve the database and wait until it answers; gives the port. What it says of errors goes to standard error.

    ``settings``: environment variables.

    :raises RuntimeError: it does not answer in time.
    """
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="lb-") as folder:
        given = {**environment(url, folder), **(settings or {})}
        process = subprocess.Popen([sys.executable, *command(port)], cwd=ROOT, env=given, stdout=subprocess.DEVNULL)
        try:
            _wait(process, port)
            yield port
        finally:
            _end(process)


def product(processes: int = 1) -> Command:
    """The product, as an operator starts it."""
    return lambda port: ["-m", "api.cli", "serve", "--host", HOST, "--port", str(port), "--processes", str(processes)]


def granian(target: str, threads: int = 5) -> Command:
    """Another WSGI application, served as the product is (:mod:`api.server`) by one process."""
    options = {"interface": "wsgi", "host": HOST, "workers": 1, "blocking-threads": threads, "loop": "asyncio", "http": 1}
    given = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    return lambda port: ["-m", "granian", *given, "--port", str(port), "--no-ws", "--log-level", "warning", target]


EMPTY = {"LIANBAN_SAMPLE": "0", "LIANBAN_MODELS": "/nonexistent", "LIANBAN_FORMS": "/nonexistent"}
"""Settings of a server without the models and accounts that come with the product."""


def environment(url: str, folder: str) -> dict[str, str]:
    """For a program of the product that works on the database and keeps its files in the folder."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "LIANBAN_VAR": folder,
        "LIANBAN_SECRET_KEY": secrets.token_hex(32),
        "PYTHONPATH": str(ROOT),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)  # nobody listens yet
        finally:
            connection.close()
    raise RuntimeError("Expected the server to answer, but it did not.")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
