"""The Node process that says what feelin and form-js say: one for all tests of a session, spoken to in JSON lines."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.javascript import install, node

FOLDER = Path(__file__).parent


class Oracle:
    """Asked one question at a time."""

    def __init__(self) -> None:
        install(FOLDER)
        self._process = subprocess.Popen(
            [node(), "oracle.mjs"], cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def ask(self, question: Mapping[str, object]) -> dict[str, Any]:
        """The answer: what it holds depends on the question, an ``error`` where JavaScript threw one."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the oracle ended at {question}"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()
