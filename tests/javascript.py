"""Node and the packages from npm that tests compare with, and one rule for what happens without them.

What is missing is said; with ``CI=true`` in the environment a test that misses something fails, elsewhere it is skipped.
"""

import os
from pathlib import Path
from typing import NoReturn

import pytest

from tools import javascript
from tools.javascript import JavaScriptMissing


def missing(what: str) -> NoReturn:
    """Skip the test and say what it misses; fail it where tests must not be skipped."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


def node() -> str:
    """The path of a Node that is new enough."""
    try:
        return javascript.node()
    except JavaScriptMissing as reason:
        missing(str(reason))


def install(folder: Path) -> None:
    """Bring the folder's ``node_modules`` to what its lockfile says. Several workers may ask at once."""
    try:
        javascript.install(folder)
    except JavaScriptMissing as reason:
        missing(str(reason))
