"""The server as it is installed: a process, a port, and a case over the wire."""

import http.client
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.doors import APPLICATION, LICENCE, OPINION, RULES_OF_LICENCE
from tests.core.sketch import bpmn

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60.0
"""Seconds; on two busy cores. That a second start takes less than 3 is measured by bench/, not here."""


class Server:
    """``lianban serve`` on a free port of this machine."""

    def __init__(self, folder: Path, url: str, *options: str) -> None:
        self.port = free_port()
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": url,
            "LIANBAN_MODELS": str(folder / "models"),
            "LIANBAN_FORMS": str(folder / "forms"),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "serve", "--port", str(self.port), *options],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.cookie = self.csrf = ""

    def wait(self) -> None:
        """Until it answers."""
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if self.request("GET", "/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)  # nobody listens yet
        os.killpg(self.process.pid, signal.SIGKILL)  # its workers too: they hold the other end of the pipe
        raise AssertionError(f"the server did not start: {self.process.communicate()[0]}")

    def request(self, method: str, path: str, body: Any = None) -> tuple[int, Any, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Content-Type": "application/json", "Cookie": self.cookie, "X-CSRF-Token": self.csrf}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        is_json = "json" in (answer.headers.get_content_type() or "")
        return answer.status, json.loads(text) if is_json else text, answer.headers

    def log_in(self, account: str) -> None:
        self.cookie = self.csrf = ""
        status, body, headers = self.request("POST", "/api/session", {"account": account, "password": "lianban-demo"})
        assert status == 201, body
        self.cookie, self.csrf = headers["Set-Cookie"].split(";")[0], body["csrf_token"]

    def stop(self) -> str:
        """Ask it to end; answers what it printed."""
        self.process.send_signal(signal.SIGTERM)
        output, _ = self.process.communicate(timeout=30)
        return output


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "models").mkdir()
    (tmp_path / "forms").mkdir()
    model = LICENCE.replace("groups=window", "groups=window-land").replace("groups=leaders", "groups=leader-land")
    (tmp_path / "models" / "licence.bpmn").write_bytes(bpmn(model, "licence"))
    (tmp_path / "models" / "rule_documents.yaml").write_bytes(RULES_OF_LICENCE)
    for form in (APPLICATION, OPINION):
        (tmp_path / "forms" / form.name).write_bytes(form.content)
    return tmp_path


@pytest.fixture
def server(folder: Path, empty_database_url: str, database_kind: str) -> Iterator[Server]:
    options = ["--processes", "2"] if database_kind == "postgresql" else []
    made = Server(folder, empty_database_url, *options)
    yield made
    if made.process.poll() is None:
        made.stop()


@pytest.mark.slow
def test_a_case_goes_over_the_wire_from_login_to_history(server: Server, folder: Path) -> None:
    server.wait()
    server.log_in("window-land-1")
    status, started, _ = server.request(
        "POST", "/api/process-instances", {"process_key": "licence", "variables": {"name": "张三"}}
    )
    assert status == 201, started
    task = started["user_tasks"][0]["task_id"]
    assert server.request("POST", f"/api/user-tasks/{task}/claim")[0] == 200
    status, done, _ = server.request("POST", f"/api/user-tasks/{task}/complete", {"variables": {"opinion": "同意"}})
    assert status == 200, done
    server.log_in("land-leader")
    status, tasks, _ = server.request("GET", "/api/user-tasks")
    assert [item["id"] for item in tasks["items"]] == [done["user_tasks"][0]["task_id"]]
    assert server.request("POST", f"/api/user-tasks/{tasks['items'][0]['id']}/complete", {})[1]["status"] == "completed"
    status, history, _ = server.request("GET", f"/api/process-instances/{started['instance_id']}/history")
    assert [entry["actor_id"] for entry in history["items"]] == [
        "window-land-1",
        "window-land-1",
        "window-land-1",
        "land-leader",
    ]
    status, problem, headers = server.request("GET", "/api/nothing")
    assert (status, problem["code"], headers.get_content_type()) == (404, "route-not-found", "application/problem+json")

    output = server.stop()
    assert server.process.returncode == 0
    assert f"http://127.0.0.1:{server.port}/api/docs" in output
    assert "window-land-1" in output
    assert "Traceback" not in output
    key = folder / "var" / "secret_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


@pytest.mark.slow
def test_a_second_start_keeps_what_there_is(folder: Path, empty_database_url: str) -> None:
    for start in ("first", "second"):
        server = Server(folder, empty_database_url)
        server.wait()
        server.log_in("designer")
        _, found, _ = server.request("GET", "/api/process-definitions?latest=false")
        assert [item["version"] for item in found["items"]] == [1], start
        server.stop()


@pytest.mark.slow
def test_a_port_that_is_taken_is_said_in_one_sentence(folder: Path, empty_database_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = Server(folder, empty_database_url, "--port", str(taken.getsockname()[1]))
        output, _ = server.process.communicate(timeout=30)
    assert server.process.returncode == 4
    assert output.startswith("Expected to listen on 127.0.0.1")
    assert len(output.strip().splitlines()) == 1
