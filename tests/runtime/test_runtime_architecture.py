"""Rules of the source itself: one place commits, every event has a projection, every setting is explained."""

import re
from pathlib import Path

import pytest

from engine.core.events import EVENTS
from engine.core.rejection import SENTENCES
from engine.runtime import rejections
from engine.runtime.projections import PROJECTIONS
from engine.runtime.settings import DEFAULT_DATABASE_URL, Settings

FLOORS = ("feel", "forms", "engine", "workflows", "api", "bench")
COMMITS = re.compile(r"\.(commit|begin|begin_nested)\(")
MAY_COMMIT = {"engine/runtime/unit_of_work.py"}


def test_only_the_unit_of_work_commits() -> None:
    sources = {
        path.as_posix(): path.read_text()
        for floor in FLOORS
        for path in Path(floor).rglob("*.py")
        if "migrations" not in path.parts  # Alembic commits what it migrates
    }
    storing = {name for name, source in sources.items() if "sqlalchemy" in source or "unit_of_work" in source}
    assert {name for name in storing if COMMITS.search(sources[name])} == MAY_COMMIT


def test_every_event_has_a_projection() -> None:
    without = {name for name, kind in EVENTS.items() if kind not in PROJECTIONS and not kind.__subclasses__()}
    assert without == set()


def test_every_rejection_the_runtime_raises_has_its_sentence_in_both_languages() -> None:
    assert rejections.__doc__
    source = "".join(path.read_text() for path in Path("engine/runtime").rglob("*.py"))
    raised = set(re.findall(r'(?:Rejection|CommandIdRefused)\(\s*"([a-z-]+)"', source))
    assert raised
    for code in raised:
        chinese, english = SENTENCES[code]
        assert re.search("[\u4e00-\u9fff]", chinese), code
        assert english.endswith("."), code


def test_every_setting_is_in_the_operations_page() -> None:
    source = Path("engine/runtime/settings.py").read_text()
    names = set(re.findall(r"``([A-Z][A-Z_]+)``", source))
    assert len(names) >= len(Settings.__dataclass_fields__)
    page = Path("docs/operations.md").read_text()
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_settings_come_from_the_environment() -> None:
    assert Settings.from_environment({}) == Settings(database_url=DEFAULT_DATABASE_URL)
    assert Settings.from_environment({"PORT": "9000", "LIANBAN_JOB_THREADS": "0", "HOST": ""}) == Settings(
        port=9000, job_threads=0
    )
    with pytest.raises(ValueError, match="PORT"):
        Settings.from_environment({"PORT": "eighty"})


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_a_database_we_cannot_use_is_refused_at_once(url: str) -> None:
    from engine.runtime.database import Database

    with pytest.raises(ValueError, match="DATABASE_URL"):
        Database(Settings(database_url=url))
