"""Repairs: what they do to the case and its work, that each is part of its history, and what a suspended case leaves alone."""

from datetime import timedelta
from typing import Any

import pytest

from engine.core.actor import Actor
from engine.core.events import TokenMoved, UserTaskAssigned, VariablesSet
from engine.core.rejection import Rejection
from engine.runtime.operators import OperatorRegistry
from engine.runtime.tables import job
from tests.runtime.conftest import HallMaker
from tests.runtime.halls import BEGIN, CLERK, Hall

SUPERVISOR = Actor("supervisor")
TWO = """
    start s
    user a groups=g
    boundary late on=a duration=P2D
    user b groups=g
    user press groups=g
    end e
    end e2
    s -> a -> b -> e
    late -> press -> e2
"""
LISTENER = """
    start s
    receive paid message=paid key="=order"
    end e
    s -> paid -> e
"""
SENDER = """
    start s
    user a groups=g
    throw pay message=paid key="=order"
    end e
    s -> a -> pay -> e
"""

PARALLEL = """
    start s
    parallel split
    user a groups=g
    user b groups=g
    parallel j
    end e
    s -> split -> a -> j -> e
    split -> b -> j
"""


def given(hall: Hall, **more: Any) -> dict[str, Any]:
    """What every repair needs."""
    return {"reason": "a good one", "actor": SUPERVISOR, "command_id": hall.next_id(), **more}


def refusal(hall: Hall, instance_id: str) -> tuple[str, str | None]:
    """Command and code of the last row of history, which is a refusal."""
    last = hall.runtime.queries.history(instance_id, limit=200).items[-1]
    assert last.outcome == "refused"
    return last.command, last.code


@pytest.mark.parametrize(
    ("repair", "arguments"),
    [
        ("suspend", ()),
        ("resume", ()),
        ("cancel", ()),
        ("set_variables", ({"x": 1},)),
        ("move_token", ("somewhere", "b")),
    ],
)
def test_a_repair_without_a_reason_is_refused_and_the_refusal_recorded(hall: Hall, repair: str, arguments: Any) -> None:
    hall.deploy(TWO)
    case = hall.start().instance_id
    if repair == "resume":
        hall.runtime.repairs.suspend(case, **given(hall))
    with pytest.raises(Rejection) as refused:
        getattr(hall.runtime.repairs, repair)(case, *arguments, **given(hall, reason=" \t"))
    assert refused.value.code == "reason-required"
    assert refusal(hall, case)[1] == "reason-required"
    hall.check(case)


def test_a_suspended_case_offers_no_task_but_leaves_ones_own_on_the_list(hall: Hall) -> None:
    hall.deploy(TWO)
    case, other = hall.start().instance_id, hall.start().instance_id
    mine = hall.start().instance_id
    hall.runtime.user_tasks.claim(hall.task("a", instance_id=mine).id, actor=CLERK, command_id="claim")
    for suspended in (case, mine):
        hall.runtime.repairs.suspend(suspended, **given(hall))

    def listed(scope: str) -> dict[str, bool]:
        return {task.instance_id: task.suspended for task in hall.tasks(scope=scope, actor=CLERK)}

    assert listed("claimable") == {other: False}
    assert listed("available") == {other: False, mine: True}
    assert listed("all") == {case: True, other: False, mine: True}
    hall.runtime.repairs.resume(case, **given(hall))
    assert listed("claimable") == {case: False, other: False}


def test_nobody_works_on_a_suspended_case_and_no_clock_fires(hall: Hall) -> None:
    hall.deploy(TWO)
    case = hall.start().instance_id
    task = hall.task("a")
    hall.runtime.repairs.suspend(case, **given(hall))
    with pytest.raises(Rejection) as refused:
        hall.runtime.complete(task.id, {}, actor=CLERK, command_id="c")
    assert refused.value.code == "instance-not-active"
    assert refusal(hall, case) == ("CompleteUserTask", "instance-not-active")
    hall.wait(days=3)
    assert hall.open() == ["a"]
    assert hall.runtime.timers.next_due() is None
    hall.runtime.repairs.resume(case, **given(hall))
    hall.wait()
    assert hall.open() == ["press"]
    hall.check(case)


def test_no_operator_is_called_for_a_suspended_case_until_it_goes_on(make_hall: HallMaker) -> None:
    calls: list[str] = []
    registry = OperatorRegistry()
    registry.remote("sms", retries=3)(lambda parameters, call: calls.append(call.job_id))
    hall = make_hall(registry)
    hall.deploy("start s\n service call operator=sms\n user a groups=g\n end e\n s -> call -> a -> e")
    case = hall.start().instance_id
    hall.runtime.repairs.suspend(case, **given(hall))
    hall.wait(hours=1)
    assert (calls, hall.count(job), hall.runtime.jobs.next_due()) == ([], 1, None)
    hall.runtime.repairs.resume(case, **given(hall))
    hall.wait()
    assert (len(calls), hall.open()) == (1, ["a"])
    hall.check(case)


def test_a_result_under_way_is_taken_by_a_case_suspended_meanwhile(make_hall: HallMaker) -> None:
    registry = OperatorRegistry()
    hall = make_hall(registry)

    def suspended_meanwhile(parameters: Any, call: Any) -> str:
        hall.runtime.repairs.suspend(call.instance_id, **given(hall))
        return "sent"

    registry.remote("sms", retries=3)(suspended_meanwhile)
    hall.deploy("start s\n service call operator=sms into=r\n user a groups=g\n end e\n s -> call -> a -> e")
    case = hall.start().instance_id
    hall.wait()
    assert (hall.status(case), hall.variables(case), hall.open()) == ("suspended", {"r": "sent"}, ["a"])
    hall.check(case)


def test_a_message_waits_for_a_suspended_receiver_and_is_not_lost(hall: Hall) -> None:
    hall.deploy(LISTENER, sender=SENDER)
    receiver = hall.start({"order": "7"}).instance_id
    hall.runtime.repairs.suspend(receiver, **given(hall))
    hall.start({"order": "7"}, process_key="sender")
    hall.complete("a")
    for _ in range(20):
        hall.wait(minutes=5)
    assert (hall.status(receiver), hall.count(job), hall.runtime.queries.incidents().items) == ("suspended", 1, [])
    hall.runtime.repairs.resume(receiver, **given(hall))
    hall.wait(minutes=1)
    assert (hall.status(receiver), hall.count(job)) == ("completed", 0)
    hall.check(receiver)


def test_a_signal_reaches_the_suspended_when_they_go_on_but_not_who_began_to_wait_later(hall: Hall) -> None:
    waiting = "start s\n catch heard signal=alarm\n end e\n s -> heard -> e"
    hall.deploy(waiting, caller="start s\n throw call signal=alarm\n end e\n s -> call -> e")
    awake, asleep = hall.start().instance_id, hall.start().instance_id
    hall.runtime.repairs.suspend(asleep, **given(hall))
    hall.start(process_key="caller")
    hall.wait()
    later = (hall.wait(seconds=1), hall.start().instance_id)[1]
    assert [hall.status(case) for case in (awake, asleep, later)] == ["completed", "suspended", "active"]
    hall.runtime.repairs.resume(asleep, **given(hall))
    hall.wait(minutes=2)
    assert [hall.status(case) for case in (awake, asleep, later)] == ["completed", "completed", "active"]
    assert hall.count(job) == 0
    hall.check(awake, asleep, later)


def test_variables_are_set_right_everywhere_or_at_one_token(hall: Hall) -> None:
    hall.deploy(PARALLEL)
    case = hall.start({"x": 1}).instance_id
    receipt = hall.runtime.repairs.set_variables(case, {"x": 2}, **given(hall))
    assert isinstance(receipt.events[0], VariablesSet)
    token = hall.task("a").id
    hall.runtime.repairs.set_variables(case, {"only": "here"}, token_id=token, **given(hall))
    assert hall.runtime.queries.user_task(token).variables == {"x": 2, "only": "here"}
    assert hall.runtime.queries.user_task(hall.task("b").id).variables == {"x": 2}
    with pytest.raises(Rejection) as refused:
        hall.runtime.repairs.set_variables(case, {"x": 3}, token_id="nothing", **given(hall))
    assert refused.value.code == "token-not-live"
    assert refusal(hall, case) == ("SetVariables", "token-not-live")
    hall.check(case)


def test_a_token_is_chosen_from_the_list_and_moved(hall: Hall) -> None:
    hall.deploy(TWO)
    case = hall.start().instance_id
    [token] = hall.runtime.queries.tokens(case)
    assert (token.element_id, token.process_key, token.state, token.movable) == ("a", "p", "user-task", True)
    assert (token.since, token.incident_id) == (BEGIN, None)
    receipt = hall.runtime.repairs.move_token(case, token.id, "b", **given(hall, expected_version=1))
    [moved] = [event for event in receipt.events if isinstance(event, TokenMoved)]
    assert (moved.reason, moved.from_element_id, hall.open()) == ("a good one", "a", ["b"])
    with pytest.raises(Rejection) as refused:
        hall.runtime.repairs.move_token(case, moved.token_id, "s", **given(hall))
    assert refused.value.code == "element-not-enterable"
    with pytest.raises(Rejection) as refused:
        hall.runtime.repairs.move_token(case, moved.token_id, "a", **given(hall, expected_version=1))
    assert refused.value.code == "version-conflict"
    hall.check(case)


MANY_WAYS = """
    start s
    parallel split
    user a groups=g
    user done groups=g
    catch pause duration=P1D
    receive paid message=paid key="=1"
    exclusive wrong
    call inner process=child
    user alone groups=g
    exclusive met
    parallel j
    end e
    s -> split -> a -> j -> e
    split -> done -> j
    split -> pause -> j
    split -> paid -> j
    split -> wrong
    wrong -> met if 1 + 1
    wrong -> alone default
    alone -> met -> j
    split -> inner -> j
"""


def test_the_tokens_of_a_case_say_what_each_waits_for(hall: Hall) -> None:
    hall.deploy(MANY_WAYS, child="start s\n user c groups=g\n end e\n s -> c -> e")
    case = hall.start().instance_id
    hall.now += timedelta(hours=1)
    hall.complete("done")
    found = {(token.process_key, token.element_id): token for token in hall.runtime.queries.tokens(case)}
    assert {element: token.state for (_, element), token in found.items()} == {
        "a": "user-task",
        "pause": "timer",
        "paid": "message",
        "inner": "inside",
        "wrong": "incident",
        "j": "join",
        "c": "user-task",
    }
    assert found["p", "wrong"].incident_id == hall.runtime.queries.incidents().items[0].id
    assert found["child", "c"].scope == found["p", "inner"].id
    assert (found["p", "j"].since, found["p", "a"].since) == (hall.now, BEGIN)
    hall.check(case)


def test_taking_a_task_from_somebody_needs_a_reason_and_giving_it_out_does_not(hall: Hall) -> None:
    hall.deploy(TWO)
    case = hall.start().instance_id
    for person in ("clerk", "other"):
        hall.runtime.accounts.create(id=person, name=person, password="long enough")
    task, tasks = hall.task("a").id, hall.runtime.user_tasks
    tasks.assign(task, "clerk", actor=SUPERVISOR, command_id="first")
    with pytest.raises(Rejection) as refused:
        tasks.assign(task, "other", actor=SUPERVISOR, command_id="second")
    assert refused.value.code == "reason-required"
    assert refusal(hall, case) == ("AssignUserTask", "reason-required")
    receipt = hall.runtime.repairs.reassign(task, "other", **given(hall, reason="on leave"))
    assert receipt.events == (UserTaskAssigned(task_id=task, assignee="other", reason="on leave"),)
    hall.check(case)


def test_a_resumed_case_wakes_the_clock_and_the_workers(hall: Hall) -> None:
    woken: list[str] = []
    hall.deploy(TWO)
    case = hall.start().instance_id
    hall.runtime.repairs.suspend(case, **given(hall))
    hall.runtime.dispatcher.hints.timer_scheduled = lambda due: woken.append("timers")
    hall.runtime.dispatcher.hints.job_requested = lambda: woken.append("jobs")
    hall.runtime.repairs.resume(case, **given(hall))
    assert woken == ["timers", "jobs"]
