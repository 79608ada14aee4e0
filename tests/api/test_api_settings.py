"""Settings, the secret key, and the page that describes them."""

import re
import stat
import threading
from dataclasses import fields
from pathlib import Path

import pytest

from api.cli import lianban
from api.permissions import ROLES
from api.secret_key import secret_key
from api.settings import DoorSettings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")
KEY = "k" * 32


def rows(title: str) -> list[list[str]]:
    """The first table of a section of the page, without its head."""
    section = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    table = [line.strip("|").replace("\\|", "/") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.split("|")] for line in table[2:]]


def test_the_page_describes_every_setting_with_its_default(tmp_path: Path) -> None:
    described = {name: default for name, default, _ in rows("Settings of the door")}
    source = Path(DoorSettings.__module__.replace(".", "/") + ".py")
    root = Path(__file__).resolve().parents[2]
    named = set(re.findall(r"LIANBAN_[A-Z_]+", (root / source).read_text() + (root / "api/secret_key.py").read_text()))
    assert set(described) == named | {"LIANBAN_LOG_LEVEL"}
    defaults = DoorSettings.from_environment({"LIANBAN_SECRET_KEY": KEY})
    for field in fields(DoorSettings):
        value = getattr(defaults, field.name)
        if isinstance(value, int):
            assert described[f"LIANBAN_{field.name.upper()}"] == str(int(value))
        elif isinstance(value, Path):
            assert str(value).endswith(described[f"LIANBAN_{field.name.upper()}"])


def test_the_page_has_the_permission_table() -> None:
    described = {permission: frozenset(roles.split(", ")) for permission, roles in rows("Who may do what")}
    assert described == {permission.value: roles for permission, roles in ROLES.items()}


def test_the_page_names_every_command() -> None:
    commands = "\n".join(cells[0] for cells in rows("The command line"))
    for name, command in lianban.commands.items():
        assert f"lianban {name}" in commands
        for inner in getattr(command, "commands", {}):
            assert inner in commands


def test_settings_come_from_the_environment() -> None:
    given = {
        "LIANBAN_SECRET_KEY": KEY,
        "LIANBAN_SECURE_COOKIES": "1",
        "LIANBAN_MAX_BODY": "5",
        "LIANBAN_SAMPLE": "0",
        "LIANBAN_MODELS": "/somewhere",
        "LIANBAN_THREADS": "",
    }
    settings = DoorSettings.from_environment(given)
    assert (settings.secure_cookies, settings.max_body, settings.sample, settings.threads) == (True, 5, False, 0)
    assert settings.models == Path("/somewhere")
    assert KEY not in repr(settings)
    with pytest.raises(ValueError, match="LIANBAN_MAX_BODY to be a whole number"):
        DoorSettings.from_environment({**given, "LIANBAN_MAX_BODY": "1e6"})


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    environment = {"LIANBAN_VAR": str(tmp_path / "var")}
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(secret_key(environment))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1
    assert len(keys[0]) >= 32
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]
    assert secret_key({**environment, "LIANBAN_SECRET_KEY": KEY}) == KEY
    with pytest.raises(ValueError, match="at least 32 characters"):
        secret_key({"LIANBAN_SECRET_KEY": "short"})
