"""After the work: the product's own commands look whether history is whole and every case can be rebuilt from it."""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import Any

from bench.serving import ROOT, environment


@dataclass(frozen=True, slots=True)
class Audit:
    """``lianban verify`` and ``lianban replay --all``: figures as they print them, and how many seconds each took."""

    intact: bool
    rows: int
    verify_seconds: float
    cases: int
    differing: int
    steps: int
    replay_seconds: float

    @property
    def passed(self) -> bool:
        return self.intact and self.differing == 0


def audit(url: str) -> Audit:
    """Verify every chain and replay every case of a database nobody is at work on."""
    verified, verify_seconds = _command(url, "verify")
    replayed, replay_seconds = _command(url, "replay", "--all")
    return Audit(
        intact=verified["intact"],
        rows=verified["rows"],
        verify_seconds=verify_seconds,
        cases=replayed["cases"],
        differing=replayed["differing"],
        steps=sum(report["steps"] for report in replayed["reports"]),
        replay_seconds=replay_seconds,
    )


def _command(url: str, *words: str) -> tuple[Any, float]:
    """What ``lianban ... --json`` prints, whatever its verdict.

    :raises RuntimeError: it printed no answer.
    """
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="lb-") as folder:
        command = [sys.executable, "-m", "api.cli", *words, "--json"]
        done = subprocess.run(command, cwd=ROOT, env=environment(url, folder), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(f"lianban {' '.join(words)} failed: {done.stderr.strip()[-2000:]}")
    return json.loads(done.stdout), time.perf_counter() - begin
