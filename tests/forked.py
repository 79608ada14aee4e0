"""Functions run in processes of their own, which may be killed or starved, without paying for an interpreter each time.

One process is started, imports what it is told to, and then forks a child for every call. A child says what it has to say
line by line through a pipe without a buffer, so that what it said before it was killed is not lost.
"""

import importlib
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Call:
    """``module:function``, called with JSON values. The function may take ``say``, a way to tell the parent something."""

    function: str
    arguments: Sequence[Any] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    address_space: int | None = None
    """Bytes beyond what the process has mapped when it begins."""
    processor_seconds: int | None = None
    """Of the processor; whoever uses more is killed (SIGXCPU)."""


@dataclass(frozen=True)
class Outcome:
    """What became of a call: what it said, how it ended, what it used."""

    said: list[Any]
    signal: int
    """0: it returned; else what killed it."""
    error: str | None
    seconds: float
    """Of the processor, so that a busy machine does not matter."""
    megabytes: float
    """The whole process at its largest."""


class WarmProcess:
    """The process that forks. One caller at a time."""

    def __init__(self, *modules: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.forked", *modules], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def run(self, *calls: Call, wall_seconds: float = 60.0) -> list[Outcome]:
        """Run all calls at the same time. Whoever is not done after ``wall_seconds`` is killed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"calls": [vars(call) for call in calls], "wall_seconds": wall_seconds}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return [Outcome(**outcome) for outcome in json.loads(self._process.stdout.readline())]


def _serve(modules: list[str]) -> None:
    for module in modules:
        importlib.import_module(module)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whoever prints must not disturb the answers
    for line in sys.stdin:
        asked = json.loads(line)
        children = [_fork(Call(**call)) for call in asked["calls"]]
        answers.write(json.dumps(_collect(children, asked["wall_seconds"])) + "\n")
        answers.flush()


def _fork(call: Call) -> tuple[int, int]:
    reader, writer = os.pipe()
    process_id = os.fork()
    if process_id:
        os.close(writer)
        return process_id, reader
    os.close(reader)
    try:
        os.environ.update(call.environment)
        _limit(call)
        module, _, name = call.function.partition(":")
        function = getattr(importlib.import_module(module), name)
        result = function(*call.arguments, say=lambda said: _tell(writer, {"said": said}))
        _tell(writer, {"said": result})
    except BaseException:
        _tell(writer, {"error": traceback.format_exc()[-4000:]})
    finally:
        os._exit(0)


def _limit(call: Call) -> None:
    if call.address_space is not None:
        with open("/proc/self/statm") as figures:
            mapped = int(figures.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + call.address_space, mapped + call.address_space))
    if call.processor_seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (call.processor_seconds, call.processor_seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tell(writer: int, said: Any) -> None:
    os.write(writer, json.dumps(said, default=str).encode() + b"\n")


def _collect(children: list[tuple[int, int]], wall_seconds: float) -> list[dict[str, Any]]:
    until = time.monotonic() + wall_seconds
    heard = {reader: b"" for _, reader in children}
    talking = set(heard)
    while talking and (left := until - time.monotonic()) > 0:
        for reader in select.select(list(talking), [], [], left)[0]:
            part = os.read(reader, 65536)
            heard[reader] += part
            if not part:
                talking.remove(reader)
    return [_ended(process_id, reader, heard[reader], in_time=reader not in talking) for process_id, reader in children]


def _ended(process_id: int, reader: int, heard: bytes, *, in_time: bool) -> dict[str, Any]:
    if not in_time:
        os.kill(process_id, signal.SIGKILL)
    _, status, used = os.wait4(process_id, 0)
    os.close(reader)
    lines = [json.loads(line) for line in heard.splitlines()]
    return {
        "said": [line["said"] for line in lines if "said" in line],
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "error": next((line["error"] for line in lines if "error" in line), None),
        "seconds": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss * 1024 / MEGABYTE,
    }


if __name__ == "__main__":
    _serve(sys.argv[1:])
