"""The benchmarks that stand beside a floor run, at sizes that say nothing of speed, and count right."""

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
