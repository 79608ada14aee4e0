"""Serving the application with granian: one process by default, several on PostgreSQL.

granian reads the requests in its own threads and hands each to a thread of Python; the main process only watches the workers,
and passes SIGTERM and SIGINT on, so that requests under way are answered before the end.
"""

import os
import socket
from pathlib import Path

from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from api.settings import DoorSettings

TARGET = "api.wsgi:application"
HEADER_SECONDS = 10
GRACE_SECONDS = 20
"""What requests under way get at a shutdown."""
MIN_BUFFER = 8192


def check_address(host: str, port: int) -> None:
    """Whether one can listen there; granian would say no with a page of its inside.

    :raises OSError: one can not.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise OSError(f"Expected to listen on {host}, port {port}, but: {error.strerror}.") from error


def serve(host: str, port: int, processes: int, settings: DoorSettings, pid_file: Path | None = None) -> None:
    """Serve until a signal ends it."""
    threads = settings.threads or 2 * (os.cpu_count() or 1) + 1
    Server(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        backpressure=max(threads * 16, 128),
        loop=Loops.asyncio,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEADER_SECONDS * 1000, max_buffer_size=max(settings.max_headers * 4, MIN_BUFFER)
        ),
        respawn_failed_workers=processes > 1,
        workers_kill_timeout=GRACE_SECONDS,
        log_level=LogLevels.warning,
        pid_file=pid_file,
    ).serve()
