"""A real hall for tests that look at it through a browser: installed, in a process of its own, and Debian's Chromium.

Where there is no Chromium the tests are left out and say so; in continuous integration that is a failure.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.databases import SqliteDatabases

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
STARTS_WITHIN = 120.0
"""Seconds, on a busy machine."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
)
"""What keeps the browser from asking its maker for anything."""
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
SERIOUS = ("serious", "critical")


def missing(sentence: str) -> None:
    """What the test needs is not there: left out here, a failure in continuous integration."""
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """pytest-playwright starts the machine's Chromium with these."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        missing("There is no Chromium on this machine: apt-get install --no-install-recommends chromium fonts-noto-cjk")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": found, "headless": True, "args": [*QUIET, *sandbox]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A Chinese browser of the hall's usual size."""
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": DESKTOP, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def hall_database(sqlite_databases: SqliteDatabases) -> str:
    """A database as a first start leaves it, with the sample accounts; all browser tests of a worker share it."""
    from tests.api.installed import prepare

    return sqlite_databases.prepared(prepare)


@pytest.fixture(scope="session")
def hall_address(hall_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where ``lianban serve`` answers."""
    folder = tmp_path_factory.mktemp("hall")
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": hall_database,
        "LIANBAN_SECRET_KEY": "0" * 64,
        "LIANBAN_VAR": str(folder),
        "LIANBAN_PUBLIC_RATE": "",
    }
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port)]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as server,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Until it answers."""
    deadline = time.monotonic() + STARTS_WITHIN
    while server.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not come up")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def assert_accessible(page: Page) -> None:
    """axe finds nothing serious on the page as it stands."""
    if not AXE.exists():
        missing("There is no axe-core: make web installs it under web/node_modules.")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    serious = [one for one in found if one["impact"] in SERIOUS]
    assert not serious, "\n".join(f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']]}" for one in serious)
