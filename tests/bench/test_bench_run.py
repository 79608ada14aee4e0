"""The benchmarks run, end to end, and what they say of correctness is right. How fast is nobody's business here."""

import json

import pytest
from click.testing import CliRunner

from bench.__main__ import main

pytestmark = pytest.mark.slow


def lines(*words: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(main, [*words, "--short", "--json", "--database", "sqlite"])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_the_first_cases_of_the_log_go_through_the_api_and_can_be_replayed() -> None:
    (report,) = lines("receipt_log")
    assert report["passed"]
    assert report["agrees_with_token_game"]
    assert report["cases"] == 100
    assert report["fit"] == 99
    assert report["departures"] == [
        {
            "case": "case-4157",
            "index": 2,
            "activity": "T06 Determine necessity of stop advice",
            "instead": ["T02 Check confirmation of receipt", "T10 Determine necessity to stop indication"],
        }
    ]
    audit = report["audit"]
    assert isinstance(audit, dict)
    assert (audit["intact"], audit["cases"], audit["differing"]) == (True, 100, 0)


def test_several_clients_do_the_same_work() -> None:
    (report,) = lines("receipt_log", "--clients", "3")
    assert (report["passed"], report["cases"], report["fit"], report["events"]) == (True, 100, 99, 662)


def test_a_step_is_compared_with_a_bare_commit() -> None:
    alive, loaded, late, audit = lines("step")
    assert (alive["cached"], loaded["cached"]) == (True, False)
    for row in (alive, loaded):
        step = row["step"]
        assert isinstance(step, dict)
        assert step["count"] == 60
    assert (late["benchmark"], audit["intact"]) == ("step-late", True)


def test_both_starts_of_the_server_are_timed() -> None:
    (row,) = lines("start")
    assert {"first", "second"} <= row.keys()
