"""Puts what a peer needs beside it, when it is not there yet."""

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
PATIENCE = 900
"""Seconds that an installation may take."""


class NotInstalled(Exception):
    """The peer cannot be had here; the message says why."""


def python_peer(name: str) -> list[str]:
    """The command of a peer in Python, in a virtual environment of its own.

    :raises NotInstalled: its packages cannot be had.
    """
    folder = HERE / name
    python = folder / ".venv" / "bin" / "python"
    done = folder / ".venv" / ".installed"
    if not done.exists():
        venv.create(folder / ".venv", with_pip=True)
        _run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", "requirements.txt"], folder)
        done.touch()
    return [str(python), str(folder / "run.py")]


def node_peer(name: str) -> list[str]:
    """The command of a peer in JavaScript.

    :raises NotInstalled: its packages, or Node.js, cannot be had.
    """
    folder = HERE / name
    done = folder / "node_modules" / ".installed"
    if not done.exists():
        _run(["npm", "install", "--silent", "--no-audit", "--no-fund"], folder)
        done.touch()
    return ["node", str(folder / "run.js")]


def bundle(name: str) -> None:
    """Make one file of a peer's packages, for an engine that knows no modules.

    :raises NotInstalled: its packages, or Node.js, cannot be had.
    """
    folder = HERE / name
    done = folder / "node_modules" / ".bundled"
    if not done.exists():
        _run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], folder)
        _run(["npm", "run", "--silent", "bundle"], folder)
        done.touch()


def is_installed(name: str) -> bool:
    """Whether everything a peer needs is there already."""
    folder = HERE / name
    marks = [folder / ".venv" / ".installed"]
    if (folder / "package.json").exists():
        marks.append(folder / "node_modules" / ".bundled")
    return all(mark.exists() for mark in marks)


def product() -> list[str]:
    """The product's own command."""
    return [sys.executable, "-m", "bench.peers.lianban"]


def _run(command: Sequence[str], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.CalledProcessError as error:
        raise NotInstalled((error.stderr or error.stdout).strip()[-300:]) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(str(error)) from error
