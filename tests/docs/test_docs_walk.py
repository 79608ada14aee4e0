"""The README's case is run as it stands there, against a server started as it says."""

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a running ``lianban serve`` on a port of its own, with an empty SQLite database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "PORT": str(port),
        "HALL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{tmp_path}/hall.db",
        "LIANBAN_SECRET_KEY": "0" * 64,
    }
    command = [sys.executable, "-m", "api.cli", "serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(environment["HALL"], server)
            yield environment
        finally:
            server.terminate()
            server.wait(20)


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not come up")


@pytest.mark.slow
def test_the_case_of_the_readme_runs(hall: dict[str, str]) -> None:
    blocks = re.findall(r"```bash\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    (script,) = (block for block in blocks if "process-instances" in block)
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], env=hall, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    lines = ran.stdout.splitlines()
    assert "completed" in lines
    assert any("CompleteUserTask" in line and "traffic-officer" in line for line in lines)
    commands = [["verify"], ["replay", case_of(ran.stdout)]]
    for words in commands:
        checked = subprocess.run(
            [sys.executable, "-m", "api.cli", *words, "--json"], cwd=ROOT, env=hall, capture_output=True, text=True, check=False
        )
        assert checked.returncode == 0, checked.stdout + checked.stderr


def case_of(output: str) -> str:
    """The case's id, from the history's command ids."""
    match = re.search(r"/([0-9a-z]{26})\.\d+", output)
    assert match is not None
    return match[1]
