"""``lianban demo``, as somebody with a shell runs it: a small year, made once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from api.installation import open_runtime
from engine.runtime.queries import ProcessInstanceFilter
from engine.runtime.queries.stuck_reasons import StuckReason
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings
from workflows.catalogue.loading import load_directory
from workflows.ledger.ledger_register import LedgerRegister

ROOT = Path(__file__).resolve().parents[2]
CASES = 60


@dataclass(frozen=True)
class MadeUp:
    """The hall of a made-up year."""

    url: str
    told: dict[str, Any]
    runtime: Runtime


def lianban(url: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "api.cli", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url, **environment}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeUp]:
    url = f"sqlite:///{tmp_path_factory.mktemp('demonstration')}/hall.db"
    done = lianban(url, "demo", "--cases", str(CASES), "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    runtime = open_runtime(Settings(database_url=url))
    yield MadeUp(url, orjson.loads(done.stdout), runtime)
    runtime.stop()


def test_every_item_was_applied_for(made: MadeUp) -> None:
    assert made.told["filed"] == CASES
    for item in load_directory().values():
        filed = made.runtime.queries.process_instances(ProcessInstanceFilter(process_key=item.process), limit=1)
        assert filed.items, item.process


def test_nobody_was_kept_from_working_by_the_program(made: MadeUp) -> None:
    assert made.told["troubles"] == {}
    assert made.told["tasks"] > 3 * CASES


def test_history_is_intact_and_the_trial_balance_is_zero(made: MadeUp) -> None:
    verified = lianban(made.url, "verify", "--json")
    assert verified.returncode == 0, verified.stdout
    assert sum(LedgerRegister(made.runtime.registers).trial_balance().values()) == 0


def test_there_are_payments_complaints_cards_and_a_case_that_is_stuck(made: MadeUp) -> None:
    assert made.told["paid"] > 0
    assert made.told["complaints"] > 0
    assert made.told["hall"]["overdue_user_tasks"] > 0
    stuck = made.runtime.queries.stuck_cases().items
    assert StuckReason.TASK_WITHOUT_PERFORMER in {case.reason for case in stuck}


def test_a_second_year_is_not_put_beside_the_first(made: MadeUp) -> None:
    refused = lianban(made.url, "demo", "--json")
    assert refused.returncode != 0
    assert "demonstration-not-empty" in refused.stdout + refused.stderr
    assert lianban(made.url, "demo", "--if-empty").returncode == 0


def test_a_hall_without_sample_accounts_gets_no_made_up_year(tmp_path: Path) -> None:
    refused = lianban(f"sqlite:///{tmp_path}/hall.db", "demo", "--json", LIANBAN_SAMPLE="0")
    assert refused.returncode != 0
    assert "demonstration-without-samples" in refused.stdout + refused.stderr
