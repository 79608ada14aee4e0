"""A live instance is used only while it is what the row says; otherwise the row is read."""

import pytest

from engine.core import commands, snapshot
from engine.core.rejection import Rejection
from engine.runtime.tables import history
from tests.runtime.conftest import HallMaker
from tests.runtime.halls import STRANGER, Hall

STEPS = """
    start s
    user a groups=g
    user b groups=g
    user c groups=g
    end e
    s -> a -> b -> c -> e
"""


def test_what_another_node_did_is_seen(make_hall: HallMaker) -> None:
    hall, other = make_hall(), make_hall()
    hall.deploy(STEPS)
    instance_id = hall.start().instance_id
    other.complete("a", {"from": "other"}, command_id="a")
    hall.complete("b", command_id="b")
    other.complete("c", command_id="c")
    assert hall.variables(instance_id) == {"from": "other"}
    assert hall.status(instance_id) == "completed"
    hall.check(instance_id)


def test_what_another_node_refused_is_seen(make_hall: HallMaker) -> None:
    hall, other = make_hall(), make_hall()
    hall.deploy(STEPS)
    instance_id = hall.start().instance_id
    with pytest.raises(Rejection):
        other.complete("a", actor=STRANGER, command_id="refused")
    hall.complete("a")
    hall.complete("b")
    assert hall.count(history) == 4
    hall.check(instance_id)


def test_what_is_out_of_date_refuses_nothing(make_hall: HallMaker) -> None:
    hall, other = make_hall(), make_hall()
    hall.deploy(STEPS)
    instance_id = hall.start().instance_id
    other.complete("a", command_id="other")
    for version, element in ((2, "b"), (3, "c")):
        task = other.task(element)
        hall.submit(commands.CompleteUserTask, instance_id, task_id=task.id, expected_version=version, command_id=element)
    assert hall.status(instance_id) == "completed"
    hall.check(instance_id)


def test_nodes_that_take_turns_lose_no_step_and_double_none(make_hall: HallMaker) -> None:
    halls = [make_hall() for _ in range(3)]
    halls[0].deploy(STEPS)
    ids = [hall.start(command_id=f"{node}-{n}").instance_id for node, hall in enumerate(halls) for n in range(2)]
    for turn, instance_id in enumerate(ids * 3):
        hall = halls[turn % 3]
        (task,) = [task for task in hall.tasks() if task.instance_id == instance_id]
        version = turn // len(ids) + 1
        hall.submit(
            commands.CompleteUserTask, instance_id, task_id=task.id, expected_version=version, command_id=f"turn-{turn}"
        )
    assert [halls[0].status(instance_id) for instance_id in ids] == ["completed"] * len(ids)
    halls[0].check(*ids)


def test_a_step_of_a_live_instance_reads_no_snapshot(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.deploy(STEPS)
    hall.start()
    task = hall.task("a")

    def unexpected(*arguments: object) -> None:
        raise AssertionError("the live instance should have been used")

    monkeypatch.setattr(snapshot, "load", unexpected)
    hall.submit(commands.CompleteUserTask, task.instance_id, task_id=task.id)


def test_after_a_refusal_the_row_is_read(hall: Hall) -> None:
    hall.deploy(STEPS)
    instance_id = hall.start().instance_id
    with pytest.raises(Rejection):
        hall.complete("a", actor=STRANGER)
    assert len(hall.runtime.instances.live) == 0
    hall.complete("a")
    assert len(hall.runtime.instances.live) == 1
    hall.check(instance_id)


def test_only_so_many_are_kept(make_hall: HallMaker) -> None:
    hall = make_hall(live_instances=2)
    hall.deploy(STEPS)
    ids = [hall.start().instance_id for _ in range(5)]
    assert len(hall.runtime.instances.live) == 2
    for element in ("a", "b", "c"):
        for _ in ids:
            hall.complete(element)
    hall.check(*ids)


def test_none_are_kept_when_that_is_turned_off(make_hall: HallMaker) -> None:
    hall = make_hall(live_instances=0)
    hall.deploy(STEPS)
    instance_id = hall.start().instance_id
    hall.complete("a")
    assert len(hall.runtime.instances.live) == 0
    hall.check(instance_id)


def test_reading_a_case_does_not_disturb_it(hall: Hall) -> None:
    hall.deploy(STEPS)
    instance_id = hall.start({"list": [1]}).instance_id
    read = hall.runtime.queries.process_instance(instance_id).variables
    read["list"].append(2)  # type: ignore[union-attr]
    hall.complete("a")
    assert hall.variables(instance_id) == {"list": [1]}
    hall.check(instance_id)
