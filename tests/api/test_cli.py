"""The command line, as somebody with a shell uses it: its output and its exit code."""

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from api.cli import main
from tests.api.doors import APPLICATION, DESIGNER, LICENCE, OPINION, RULES_OF_LICENCE, Hall
from tests.core.sketch import bpmn
from tests.databases import SqliteDatabases
from workflows.sample.organisation import seed

ROOT = Path(__file__).resolve().parents[2]
BAD = "start s\nuser u groups=window form=missing\nend e\ns -> u -> e"


@dataclass
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


class Shell:
    """Runs ``lianban`` in a folder of its own, in this process, as the console script would."""

    def __init__(self, folder: Path, url: str, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.url = url
        self._patch = patch
        self._capsys = capsys

    def run(self, *arguments: str, given: str = "", **environment: str) -> Done:
        with self._patch.context() as patch:
            patch.chdir(self.folder)
            for name, value in {"DATABASE_URL": self.url, **environment}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["lianban", *arguments])
            patch.setattr(sys, "stdin", io.StringIO(given))
            self._capsys.readouterr()
            with pytest.raises(SystemExit) as ended:
                main()
        output = self._capsys.readouterr()
        return Done(int(ended.value.code or 0), output.out, output.err)

    def json(self, *arguments: str, code: int = 0, given: str = "") -> Any:
        done = self.run(*arguments, "--json", given=given)
        assert done.returncode == code, done.stdout + done.stderr
        return orjson.loads(done.stdout or done.stderr)

    def write(self, name: str, content: bytes) -> str:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return name


@pytest.fixture
def shell(
    tmp_path: Path, sqlite_databases: SqliteDatabases, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    return Shell(tmp_path, sqlite_databases.migrated(), monkeypatch, capsys)


def test_the_program_starts_as_a_module(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "--help"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("serve", "deploy", "check", "replay", "verify", "user", "db"))


def test_models_are_checked_without_a_database(shell: Shell) -> None:
    shell.url = "sqlite:////nowhere/at/all.db"
    good = shell.write("models/licence.bpmn", bpmn(LICENCE, "licence"))
    shell.write("models/application.form", APPLICATION.content)
    shell.write("models/opinion.form", OPINION.content)
    assert shell.json("check", "models", "--alone")["errors"] == 0
    assert shell.json("check", good, "--alone", code=1)["errors"] == 2
    bad = shell.run("check", shell.write("bad.bpmn", bpmn(BAD, "bad")))
    assert bad.returncode == 1
    assert "bad.bpmn u[u] form-not-found" in bad.stdout
    assert bad.stdout.splitlines()[-1].startswith("1 errors")


def test_two_models_that_begin_with_one_message_are_found_without_a_database(shell: Shell) -> None:
    for key in ("first", "second"):
        shell.write(f"models/{key}.bpmn", bpmn("start s message=m\n end e\n s -> e", key))
    found = shell.run("check", "models", "--alone")
    assert found.returncode == 1
    assert "second.bpmn s[s] start-message-taken" in found.stdout


def test_the_models_that_come_with_the_program_are_sound(shell: Shell) -> None:
    report = shell.json("check", str(ROOT / "bpmn_models"), str(ROOT / "forms" / "definitions"))
    assert report == {"errors": 0, "findings": report["findings"]}


def test_deploying_gives_versions_and_refuses_errors(shell: Shell) -> None:
    shell.write("models/licence.bpmn", bpmn(LICENCE, "licence"))
    shell.write("models/application.form", APPLICATION.content)
    shell.write("models/opinion.form", OPINION.content)
    lonely = shell.json("deploy", "models", code=1)
    assert {finding["code"] for finding in lonely["findings"] if finding["severity"] == "error"} == {"rule-document-missing"}
    shell.write("models/rule_documents.yaml", RULES_OF_LICENCE)
    made = shell.json("deploy", "models")
    assert [(item["key"], item["version"], item["created"]) for item in made["resources"]] == [
        ("application", 1, True),
        ("licence", 1, True),
        ("opinion", 1, True),
    ]
    assert "0 new versions, 3 files" in shell.run("deploy", "models").stdout
    refused = shell.json("deploy", shell.write("bad.bpmn", bpmn(BAD, "bad")), code=1)
    assert refused["deployed"] is False
    assert {finding["code"] for finding in refused["findings"]} >= {"form-not-found"}


def test_a_case_is_replayed_and_the_history_verified(shell: Shell) -> None:
    hall = Hall(shell.url)
    clerk = hall.person("clerk")
    started = hall.start(clerk)
    [task] = started["user_tasks"]
    hall.person("stranger").post(f"/api/user-tasks/{task['task_id']}/claim")
    clerk.post(f"/api/user-tasks/{task['task_id']}/complete", {"variables": {"opinion": "同意"}})
    hall.start(clerk, business_key="B-2")
    hall.close()

    report = shell.json("replay", started["instance_id"])
    assert (report["cases"], report["differing"], report["reports"][0]["refused"]) == (1, 0, 1)
    assert shell.json("replay", "B-2")["reports"][0]["steps"] == 1
    every = shell.run("replay", "--all")
    assert every.stdout == "2 cases, 3 steps replayed, 1 refused attempts passed over: state and projections agree\n"
    before = shell.json("replay", "B-1", "--at", "1")
    assert (before["version"], before["open_user_tasks"], before["variables"]) == (1, [task["task_id"]], {"name": "张三"})
    after = shell.json("replay", "B-1", "--at", "3")
    assert after["variables"] == {"name": "张三", "opinion": "同意"}
    assert len(after["open_user_tasks"]) == 1
    assert "version 2, active" in shell.run("replay", "B-1", "--at", "3").stdout

    verified = shell.json("verify")
    assert (verified["intact"], verified["instances"], verified["rows"]) == (True, 2, 4)
    assert shell.run("verify").stdout == "2 cases, 4 rows, 0 erased payloads: intact\n"


def test_a_replay_that_differs_and_a_broken_chain_are_told(shell: Shell) -> None:
    hall = Hall(shell.url)
    case = hall.start()["instance_id"]
    with hall.runtime.database.engine.begin() as connection:  # somebody with all rights on the database
        connection.exec_driver_sql("UPDATE user_task SET title = 'forged'")
        connection.exec_driver_sql("DROP TRIGGER history_no_update")
        connection.exec_driver_sql("UPDATE history SET actor_id = 'forged'")
    hall.close()
    differs = shell.run("replay", case)
    assert differs.returncode == 1
    assert "differs at step 1" in differs.stdout
    assert "1 differ" in differs.stdout
    broken = shell.json("verify", code=1)
    assert (broken["intact"], broken["bad_instances"]) == (False, [case])
    assert "head-altered" in shell.run("verify").stdout


def test_accounts_are_kept_from_the_shell(shell: Shell) -> None:
    new = ("user", "add", "wang", "--name", "王", "--role", "clerk", "--group", "window-health", "--password-stdin")
    made = shell.json(*new, given="a long password\n")
    assert made == {"id": "wang", "name": "王", "roles": ["clerk"], "groups": ["window-health"], "disabled": False}
    assert shell.json(*new, given="a long password\n", code=3)["error"] == "account-already-exists"
    assert shell.run("user", "list").stdout == "wang\t王\tclerk\twindow-health\t\n"
    assert shell.run("user", "password", "wang", "--password-stdin", given="another password\n").returncode == 0
    token = shell.json("user", "token", "wang", "--name", "scanner", "--days", "7")
    hall = Hall(shell.url)
    hall.now = hall.runtime.accounts._clock().replace(year=2026)
    assert hall.runtime.accounts.authenticate("wang", "another password").name == "王"
    assert hall.runtime.access_tokens.account(token["secret"], "token") is not None
    assert shell.json("user", "disable", "wang")["disabled"] is True
    assert hall.runtime.access_tokens.account(token["secret"], "token") is None
    assert shell.json("user", "disable", "wang", "--enable")["disabled"] is False
    hall.close()


def test_an_account_of_a_window_is_not_opened_from_the_shell(shell: Shell) -> None:
    hall = Hall(shell.url)
    hall.runtime.registers.change("LoadSampleOrganisation", DESIGNER, seed)
    new = ("user", "add", "wang", "--name", "王", "--role", "clerk", "--password-stdin", "--group")
    refused = shell.json(*new, "window-health", given="a long password\n", code=3)
    assert (refused["error"], hall.runtime.accounts.find("wang")) == ("account-of-a-window", None)
    assert shell.run(*new, "department-health", given="a long password\n").returncode == 0
    hall.close()


def test_the_database_is_made_described_and_compared(shell: Shell, sqlite_databases: SqliteDatabases) -> None:
    shell.url = sqlite_databases.empty()
    assert shell.json("db", "info")["revisions"] == []
    revisions = shell.json("db", "upgrade")["revisions"]
    assert shell.json("db", "info") == {"url": shell.json("db", "info")["url"], "revisions": revisions, "newest": True}
    assert shell.json("db", "check") == {"agrees": True, "differences": []}


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "sentence"),
    [
        (("replay", "none"), {}, 3, "Expected process instance none, but there is none."),
        (("verify",), {"DATABASE_URL": "mysql://x"}, 4, "Expected DATABASE_URL to name SQLite or PostgreSQL"),
        (("verify",), {"DATABASE_URL": "postgresql://x:secret@127.0.0.1:1/x"}, 4, "Expected the database to answer"),
        (("verify",), {"PORT": "many"}, 4, "Expected PORT to be a number"),
        (("serve",), {"LIANBAN_SECRET_KEY": "short"}, 4, "Expected a secret key of at least 32 characters"),
        (("replay",), {}, 2, "Expected a CASE, or --all."),
        (("serve", "--processes", "2"), {"PORT": "0"}, 2, "Expected PostgreSQL for several processes"),
        (("user", "password", "none", "--password-stdin"), {}, 3, "Expected a password of at least 8 characters"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_an_exit_code(
    shell: Shell, arguments: tuple[str, ...], environment: dict[str, str], code: int, sentence: str
) -> None:
    done = shell.run(*arguments, **environment)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret@" not in done.stderr
    if code != 2:
        assert len(done.stderr.strip().splitlines()) == 1
        told = orjson.loads(shell.run(*arguments, "--json", **environment).stderr)
        assert sentence in told["detail"]
