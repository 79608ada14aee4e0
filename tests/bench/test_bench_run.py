"""The benchmarks run, end to end, and what they say of correctness is right. How fast is nobody's business here."""

import json

import pytest
from click.testing import CliRunner

from bench.__main__ import main
from bench.databases import KINDS
from bench.lists.command import growth
from bench.lists.measure import LISTS
from bench.lists.measure import measure as measure_lists
from bench.memory.command import measure as measure_memory
from bench.processes.measure import measure as measure_processes
from bench.size.measure import measure as measure_size

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


def test_steps_over_http_are_compared_with_the_same_server_and_a_bare_commit() -> None:
    (row,) = lines("http")
    assert (row["processes"], row["clients"]) == (1, 4)
    floors = row["floors"]
    assert isinstance(floors, dict)
    assert {name: floor["share"] > 0 for name, floor in floors.items()} == {"flask": True, "wsgi": True}


@pytest.mark.parametrize("kind", KINDS)
def test_work_lists_are_asked_for_with_few_and_many_open_tasks(kind: str) -> None:
    found = measure_lists(kind, (1000, 1500), 2)
    assert [(each.name, each.tasks) for each in found] == [(name, size) for size in (1000, 1500) for name in LISTS]
    assert all(each.rows > 0 and growth(found, each) > 0 and each.ratio > 0 for each in found)


def test_several_processes_do_each_step_once() -> None:
    found = measure_processes((1, 2), 2, 1, 1)
    assert found.passed
    assert (found.race.tasks, found.race.accepted, found.race.refused) == (2, 2, 2)
    assert found.stored == found.steps == 2 * 2 * 2 * 12 + 2


@pytest.mark.parametrize("kind", KINDS)
def test_the_bytes_of_a_case_are_added_up(kind: str) -> None:
    found = measure_size(kind, 2)
    assert 0 < found.snapshot < found.together < found.disk
    assert found.together == found.snapshot + found.heads + found.payloads


def test_memory_is_read_while_cases_are_run() -> None:
    found = measure_memory("sqlite", 20)
    assert list(found.marks) == list(range(2, 21, 2))
    assert found.whole > 10_000_000


def test_the_product_is_one_of_the_engines_compared() -> None:
    (row,) = lines("peers", "--only", "lianban")
    assert (row["engine"], row["ratio"], row["missing"]) == ("lianban", 1.0, "")
