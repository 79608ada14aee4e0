"""What a hostile designer, clerk, applicant or network peer tries is refused or contained, quickly and in little memory.

Each attempt has 2 seconds of the processor and 200 megabytes for the whole process that serves it, which is the
interpreter with everything imported and what the attempt made it use (law f).
"""

import importlib
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from tests.databases import SqliteDatabases
from tests.forked import Call, WarmProcess
from tests.hostile.attempts import ATTEMPTS, WAYS

SECONDS = 2.0
MEGABYTES = 200.0
ADDRESS_SPACE = 400_000_000
"""Beyond what is mapped already; threads and the allocator map much more than they use."""
WALL_SECONDS = 20.0
"""A machine may be busy; the figure that is held is the processor's time."""

MODULES = tuple(f"tests.hostile.{path.stem}" for path in sorted(Path(__file__).parent.glob("hostile_*.py")))
for module in MODULES:
    importlib.import_module(module)

QUICK = {
    "xxe-reads-a-file",
    "billion-laughs",
    "xml-nested-100000-deep",
    "python-in-a-script",
    "python-in-a-condition",
    "python-in-a-form's-hide-condition",
    "nine-to-the-nine-to-the-nine",
    "catastrophic-regular-expressions",
    "call-activity-that-calls-itself",
    "multi-instance-a-million-times",
    "cycle-of-no-length",
    "variables-named-like-parts-of-the-library",
    "form-of-brackets-200000-deep",
    "entry-into-fields-the-form-does-not-have",
    "body-nested-100000-deep",
}
"""One of each kind; the others take part in `make test`."""


def named(name: str) -> ParameterSet:
    marks = []
    if name not in QUICK:
        marks.append(pytest.mark.slow)
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", [named(name) for name in ATTEMPTS])
def test_the_attempt_is_contained(name: str, warm: WarmProcess, sqlite_databases: SqliteDatabases) -> None:
    call = Call(
        "tests.hostile.attempts:run", [name, sqlite_databases.migrated()], address_space=ADDRESS_SPACE, processor_seconds=4
    )
    (outcome,) = warm.run(call, wall_seconds=WALL_SECONDS)
    assert outcome.error is None, outcome.error
    assert outcome.signal == 0, f"killed by signal {outcome.signal} after {outcome.seconds:.1f} s"
    (how,) = outcome.said
    print(f"{how} ({outcome.seconds:.2f} s, {outcome.megabytes:.0f} MB)")
    assert how.startswith(WAYS)
    assert outcome.seconds < SECONDS
    assert outcome.megabytes < MEGABYTES


def test_there_are_enough_of_them() -> None:
    assert len(ATTEMPTS) >= 60
