"""Several at once: one wins, the others are refused, nothing is lost and nothing happens twice."""

import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from engine.core import commands
from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.queries import ProcessInstanceFilter
from engine.runtime.tables import history
from tests.runtime.conftest import HallMaker
from tests.runtime.halls import Hall

ONE_TASK = """
    start s
    user accept groups=g
    end e
    s -> accept -> e
"""
JOINT = """
    start s
    parallel split
    user a groups=g result=ra
    user b groups=g result=rb
    user c groups=g result=rc
    user d groups=g result=rd
    parallel join
    user decide groups=g
    end e
    s -> split
    split -> a -> join
    split -> b -> join
    split -> c -> join
    split -> d -> join
    join -> decide -> e
"""


def together(*actions: Callable[[], Any]) -> list[Any]:
    """Do all at the same time; the results, or the exceptions."""
    gate = threading.Barrier(len(actions))
    results: list[Any] = [None] * len(actions)

    def act(number: int, action: Callable[[], Any]) -> None:
        gate.wait()
        try:
            results[number] = action()
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=act, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def completing(hall: Hall, instance_id: str, task_id: str, who: str, command_id: str) -> Callable[[], Any]:
    return lambda: hall.submit(
        commands.CompleteUserTask, instance_id, task_id=task_id, actor=Actor(who, ("g",)), command_id=command_id
    )


@pytest.mark.parametrize("nodes", [1, 2])
def test_of_several_completing_one_task_one_wins(make_hall: HallMaker, nodes: int) -> None:
    halls = [make_hall() for _ in range(nodes)]
    halls[0].deploy(ONE_TASK)
    for round_ in range(5):
        instance_id = halls[0].start().instance_id
        task_id = halls[0].task("accept", instance_id=instance_id).id
        results = together(
            *(
                completing(halls[number % nodes], instance_id, task_id, f"clerk{number}", f"{round_}-{number}")
                for number in range(4)
            )
        )
        won = [result for result in results if not isinstance(result, Exception)]
        lost = [result for result in results if isinstance(result, Exception)]
        assert len(won) == 1
        assert {type(result) for result in lost} == {Rejection}
        entries = halls[0].runtime.queries.history(instance_id).items
        assert sorted(entry.outcome for entry in entries) == ["accepted"] * 2 + ["refused"] * 3
        halls[0].check(instance_id)


@pytest.mark.parametrize("nodes", [1, 2])
def test_joint_tasks_completed_at_once_all_count(make_hall: HallMaker, nodes: int) -> None:
    halls = [make_hall() for _ in range(nodes)]
    halls[0].deploy(JOINT)
    for round_ in range(3):
        instance_id = halls[0].start().instance_id
        tasks = halls[0].tasks(instance_id=instance_id)
        results = together(
            *(
                completing(halls[number % nodes], instance_id, task.id, "clerk", f"{round_}-{number}")
                for number, task in enumerate(tasks)
            )
        )
        assert [result for result in results if isinstance(result, Exception)] == []
        assert sorted(result.version for result in results) == [2, 3, 4, 5]
        assert [task.element_id for task in halls[0].tasks(instance_id=instance_id)] == ["decide"]
        halls[0].check(instance_id)


def test_one_command_given_at_once_by_several_acts_once(make_hall: HallMaker) -> None:
    halls = [make_hall() for _ in range(2)]
    halls[0].deploy(ONE_TASK)
    instance_id = halls[0].start().instance_id
    task_id = halls[0].task("accept").id
    results = together(*(completing(halls[number % 2], instance_id, task_id, "clerk", "same") for number in range(4)))
    assert sorted(result.replayed for result in results) == [False, True, True, True]
    assert halls[0].count(history) == 2
    halls[0].check(instance_id)


def test_one_start_given_at_once_by_several_starts_once(make_hall: HallMaker) -> None:
    halls = [make_hall() for _ in range(2)]
    halls[0].deploy(ONE_TASK)
    results = together(*(lambda hall=hall: hall.start(command_id="same") for hall in halls * 2))
    assert len({result.instance_id for result in results}) == 1
    assert halls[0].count(history) == 1


def test_timers_and_jobs_are_each_done_by_one_of_several_nodes(make_hall: HallMaker) -> None:
    halls = [make_hall() for _ in range(2)]
    halls[0].deploy(
        """
        start s
        catch pause duration=P1D
        user decide groups=g
        end e
        s -> pause -> decide -> e
        """
    )
    ids = [halls[0].start().instance_id for _ in range(12)]
    for hall in halls:
        hall.now = hall.now.replace(day=4)
    fired = together(*(hall.runtime.timers.run_due for hall in halls))
    assert sum(fired) >= 12
    assert len(halls[0].tasks()) == 12
    assert halls[0].count(history) == 24
    halls[0].check(*ids)


PROCESS = """
import sys
from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.operators import OperatorRegistry
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings
from engine.runtime.queries import UserTaskFilter

url, who = sys.argv[1:]
runtime = Runtime(Settings(database_url=url), operators=OperatorRegistry())
actor = Actor(who, ("g",))
print("ready", flush=True)
sys.stdin.readline()
won = lost = 0
while tasks := runtime.queries.user_tasks(UserTaskFilter(scope="all"), limit=3).items:
    for task in tasks:
        try:
            runtime.complete(task.id, {}, actor=actor, command_id=f"{who}-{task.id}")
            won += 1
        except Rejection:
            lost += 1
print(won, lost, flush=True)
runtime.stop()
"""


def test_two_processes_share_the_work(make_hall: HallMaker, database_url: str) -> None:
    hall = make_hall()
    hall.deploy(JOINT)
    ids = [hall.start().instance_id for _ in range(6)]
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, database_url, who], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for who in ("one", "two")
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    told = [worker.communicate("go\n", timeout=120)[0].split() for worker in workers]
    assert sum(int(won) for won, _ in told) == 6 * 5
    wanted = ProcessInstanceFilter(status="completed")
    assert len(hall.runtime.queries.process_instances(wanted).items) == 6
    hall.check(*ids)
