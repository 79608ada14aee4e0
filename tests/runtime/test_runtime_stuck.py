"""Stuck cases: each cause is found, says why in both languages and what can be done, and is gone when it is cured."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from engine.core import commands
from engine.core.actor import Actor
from engine.core.instance import ProcessInstance
from engine.core.rejection import Rejection
from engine.runtime.operators import OperatorError, OperatorRegistry
from engine.runtime.queries import StuckCase, StuckReason
from engine.runtime.queries.stuck_reasons import REPAIR_NAMES, REPAIRS, SENTENCES, Repair
from engine.runtime.stranded_tokens import StrandedToken
from tests.runtime.conftest import HallMaker
from tests.runtime.halls import BEGIN, Hall

SUPERVISOR = Actor("supervisor")
ONE = """
    start s
    user a groups=g name=审查
    end e
    s -> a -> e
"""
WRONG = """
    start s
    exclusive way name=岔路
    user a groups=g
    end e
    s -> way
    a -> e
    way -> e if 1 + x
    way -> a default
"""
TIMER = """
    start s
    catch pause duration=PT1H name=等一等
    end e
    s -> pause -> e
"""
SENDER = """
    start s
    throw pay message=paid key="=order" name=缴费通知
    user a groups=g
    end e
    s -> pay -> a -> e
"""
LISTENER = """
    start s
    receive paid message=paid key="=order"
    end e
    s -> paid -> e
"""
DEADLOCK = """
    start s
    exclusive way
    user a groups=g
    parallel j
    end e
    s -> way
    way -> a if x = 1
    way -> j default
    a -> j -> e
"""
SERVICE = """
    start s
    service call operator=sms name=发短信
    end e
    s -> call -> e
"""


def stuck(hall: Hall, **filters: Any) -> list[StuckCase]:
    return hall.runtime.queries.stuck_cases(**filters).items


def only(hall: Hall, **filters: Any) -> StuckCase:
    """The one there is, with words for it."""
    (found,) = stuck(hall, **filters)
    assert found.zh
    assert found.en
    assert "?" not in found.zh + found.en
    assert set(found.repairs) <= set(REPAIR_NAMES)
    return found


def people(hall: Hall, **groups: str) -> None:
    for name, group in groups.items():
        hall.runtime.accounts.create(id=name, name=name, password="long enough", groups=[group])


def reasons(hall: Hall, **filters: Any) -> list[str]:
    return [found.reason.value for found in stuck(hall, **filters)]


def hall_with(make_hall: HallMaker, operator: Any, retries: int = 2) -> Hall:
    registry = OperatorRegistry()
    registry.remote("sms", retries=retries, backoff_seconds=10)(operator)
    hall = make_hall(registry)
    hall.deploy(SERVICE)
    return hall


def test_every_reason_and_every_repair_has_words() -> None:
    assert set(REPAIRS) == set(SENTENCES) == set(StuckReason)
    assert set(REPAIR_NAMES) == set(Repair)


def test_a_case_that_somebody_may_work_on_is_not_stuck(hall: Hall) -> None:
    hall.deploy(ONE)
    people(hall, worker="g")
    hall.start()
    assert stuck(hall) == []


def test_an_incident_says_why_and_is_gone_when_it_is_resolved(hall: Hall) -> None:
    hall.deploy(WRONG)
    people(hall, worker="g")
    case = hall.start({"x": 1}, business_key="B-7").instance_id
    found = only(hall)
    assert (found.reason, found.code) == ("incident", "condition-not-boolean")
    assert (found.instance_id, found.instance_version, found.status, found.business_key) == (case, 1, "active", "B-7")
    assert (found.root_process_key, found.process_key, found.element_id) == ("p", "p", "way")
    assert (found.element_name, found.since) == ("岔路", BEGIN)
    assert "岔路" in found.zh
    assert "岔路" in found.en
    assert found.repairs[0] == "retry"
    [token] = hall.runtime.queries.tokens(case)
    given = {"reason": "mended", "actor": SUPERVISOR}
    with pytest.raises(Rejection):
        hall.runtime.repairs.retry("none", command_id="r0", **given)
    hall.runtime.repairs.move_token(case, token.id, "a", command_id="m", **given)
    assert stuck(hall) == []
    hall.check(case)


def test_a_suspended_case_with_an_incident_is_resumed_first(hall: Hall) -> None:
    hall.deploy(WRONG)
    case = hall.start({"x": 1}).instance_id
    given = {"reason": "wait", "actor": SUPERVISOR}
    hall.runtime.repairs.suspend(case, command_id="s", **given)
    found = only(hall)
    assert (found.status, found.repairs) == ("suspended", ("resume", "set-variables", "move-token", "migrate", "cancel"))


def test_a_job_that_failed_for_good(make_hall: HallMaker) -> None:
    def fail(parameters: Any, call: Any) -> None:
        raise TimeoutError("no line")

    hall = hall_with(make_hall, fail)
    hall.start()
    hall.wait()
    assert stuck(hall) == [], "it will be tried again"
    hall.wait(seconds=10)
    found = only(hall)
    assert (found.reason, found.element_name, found.repairs[0]) == ("job-failed", "发短信", "retry")
    assert "no line" in found.zh


def test_a_job_nobody_takes_and_one_whose_worker_is_gone(make_hall: HallMaker) -> None:
    class Killed(BaseException):
        pass

    def die(parameters: Any, call: Any) -> None:
        raise Killed

    hall = hall_with(make_hall, die)
    case = hall.start().instance_id
    hall.now += timedelta(minutes=4)
    assert stuck(hall) == []
    hall.now += timedelta(minutes=1)
    found = only(hall)
    assert (found.reason, found.code, found.since, found.repairs[0]) == ("job-overdue", "not-taken", BEGIN, "check-workers")
    with pytest.raises(Killed):
        hall.runtime.jobs.run_due()
    assert stuck(hall) == [], "somebody works on it"
    hall.now += timedelta(minutes=7)
    found = only(hall)
    assert (found.reason, found.code) == ("job-overdue", "lease-over")
    hall.runtime.repairs.suspend(case, reason="wait", actor=SUPERVISOR, command_id="s")
    assert stuck(hall) == [], "it is not to run"


def test_a_task_nobody_enabled_may_take(hall: Hall) -> None:
    hall.deploy(ONE)
    case = hall.start().instance_id
    found = only(hall)
    assert (found.reason, found.code, found.element_name) == ("task-without-performer", "groups-empty", "审查")
    assert (found.subject, found.since) == (hall.task("a").id, BEGIN)
    assert found.zh == "没有启用的账号可以办理“审查”：候选组（g）中无人可用。"
    assert found.repairs[:2] == ("reassign", "change-accounts")
    people(hall, worker="g", elsewhere="h")
    assert stuck(hall) == []
    hall.runtime.accounts.set_disabled("worker", True, SUPERVISOR)
    assert reasons(hall) == ["task-without-performer"]
    hall.runtime.repairs.reassign(hall.task("a").id, "elsewhere", reason="", actor=SUPERVISOR, command_id="r")
    assert stuck(hall) == []
    hall.runtime.accounts.set_disabled("elsewhere", True, SUPERVISOR)
    gone = only(hall)
    assert gone.code == "assignee-gone"
    assert "elsewhere" in gone.zh
    hall.runtime.repairs.suspend(case, reason="wait", actor=SUPERVISOR, command_id="s")
    assert stuck(hall) == [], "nobody may take it anyway"


def test_a_task_assigned_to_somebody_there_is_not(hall: Hall) -> None:
    hall.deploy("start s\n user a assignee=ghost groups=g\n end e\n s -> a -> e")
    people(hall, worker="g")
    hall.start()
    assert (only(hall).code, "ghost" in only(hall).en) == ("assignee-gone", True)


def test_a_timer_that_should_have_fired(hall: Hall) -> None:
    hall.deploy(TIMER)
    case = hall.start().instance_id
    hall.now += timedelta(hours=1, minutes=4)
    assert stuck(hall) == []
    hall.now += timedelta(minutes=1)
    found = only(hall)
    assert (found.reason, found.since, found.repairs[0]) == ("timer-overdue", BEGIN + timedelta(hours=1), "check-workers")
    assert found.zh == "定时器“等一等”到期已超过5分钟，仍未触发。"
    hall.runtime.repairs.suspend(case, reason="wait", actor=SUPERVISOR, command_id="s")
    assert stuck(hall) == [], "it stands still"
    hall.runtime.repairs.resume(case, reason="on", actor=SUPERVISOR, command_id="r")
    assert reasons(hall) == ["timer-overdue"]
    hall.wait()
    assert stuck(hall) == []


def test_a_message_that_found_nobody_yet_and_one_that_was_given_up(hall: Hall) -> None:
    hall.deploy(LISTENER, sender=SENDER)
    people(hall, worker="g")
    sender = hall.start({"order": "7"}, process_key="sender").instance_id
    assert stuck(hall) == [], "not tried yet"
    hall.wait()
    found = only(hall)
    assert (found.reason, found.instance_id, found.element_name) == ("message-unmatched", sender, "缴费通知")
    assert "paid" in found.zh
    for _ in range(10):
        hall.wait(minutes=10)
    lost = only(hall)
    assert (lost.reason, lost.code) == ("message-unmatched", "message-lost")
    assert lost.repairs == ("send-message", "acknowledge", "cancel")
    hall.complete("a")
    ended = only(hall)
    assert (ended.status, ended.repairs) == ("completed", ("send-message", "acknowledge"))
    hall.runtime.repairs.retry(lost.subject, reason="telephoned", actor=SUPERVISOR, command_id="r")
    assert stuck(hall) == []


def test_a_message_that_finds_its_receiver_later_is_no_trouble_any_more(hall: Hall) -> None:
    hall.deploy(LISTENER, sender=SENDER)
    people(hall, worker="g")
    hall.start({"order": "7"}, process_key="sender")
    hall.wait()
    assert reasons(hall) == ["message-unmatched"]
    hall.start({"order": "7"})
    hall.wait(seconds=10)
    assert stuck(hall) == []


def test_a_case_that_nothing_can_move_stands_still(hall: Hall, unsound_models_get_in: None) -> None:
    hall.deploy(DEADLOCK)
    people(hall, worker="g")
    hall.start({"x": 1})
    assert stuck(hall) == []
    hall.now += timedelta(hours=1)
    case = hall.start({"x": 2}).instance_id
    hall.runtime.repairs.cancel(hall.start({"x": 2}).instance_id, reason="no", actor=SUPERVISOR, command_id="c")
    found = only(hall)
    assert (found.reason, found.instance_id, found.subject, found.since) == ("standstill", case, case, hall.now)
    assert (found.element_id, found.repairs[0]) == (None, "move-token")
    [token] = hall.runtime.queries.tokens(case)
    assert (token.element_id, token.state) == ("j", "join")
    hall.runtime.repairs.move_token(case, token.id, "e", reason="done on paper", actor=SUPERVISOR, command_id="m")
    assert hall.status(case) == "completed"
    assert stuck(hall) == []
    hall.check(case)


HALF_STUCK = """
    start s
    parallel split
    exclusive way
    user a groups=g
    user b groups=g
    parallel j
    user c groups=g
    end e
    end e2
    s -> split -> way
    way -> a if x = 1
    way -> j default
    a -> j -> e
    split -> b -> c -> e2
"""


def test_tokens_that_can_never_move_are_told_while_the_rest_goes_on(hall: Hall, unsound_models_get_in: None) -> None:
    hall.deploy(HALF_STUCK)
    people(hall, worker="g")
    hall.start({"x": 1})
    assert hall.runtime.stranded_tokens.look_everywhere() == 0
    case = hall.start({"x": 2}).instance_id
    hall.submit(commands.CompleteUserTask, case, task_id=hall.task("b", instance_id=case).id, variables={})
    assert hall.runtime.stranded_tokens.look_everywhere() == 1
    assert hall.runtime.stranded_tokens.look_everywhere() == 1
    [found] = stuck(hall)
    assert (found.reason, found.instance_id, found.element_id) == ("token-stranded", case, "j")
    assert "move-token" in found.repairs
    [token] = [token for token in hall.runtime.queries.tokens(case) if token.element_id == "j"]
    hall.runtime.repairs.move_token(case, token.id, "e", reason="done on paper", actor=SUPERVISOR, command_id="m")
    assert stuck(hall) == []
    hall.check(case)


def test_an_examination_that_fails_does_not_undo_the_repair(make_hall: HallMaker, caplog: pytest.LogCaptureFixture) -> None:
    def examine(instance: ProcessInstance) -> Sequence[StrandedToken]:
        raise ArithmeticError("a mistake of ours")

    hall = make_hall()
    hall.deploy(WRONG)
    runtime = hall.runtime
    runtime.stranded_tokens._examine = examine
    case = hall.start({"x": 1}).instance_id
    [token] = runtime.queries.tokens(case)
    runtime.repairs.move_token(case, token.id, "a", reason="on", actor=SUPERVISOR, command_id="m")
    assert hall.open() == ["a"]
    assert "a mistake of ours" in caplog.text


def test_the_list_is_filtered_and_paged_longest_stuck_first(make_hall: HallMaker, unsound_models_get_in: None) -> None:
    def fail(parameters: Any, call: Any) -> None:
        raise OperatorError("E", "broken")

    hall = hall_with(make_hall, fail)
    hall.deploy(SERVICE, wrong=WRONG, deadlock=DEADLOCK, one=ONE, timer=TIMER)
    started = []
    for key in ("wrong", "deadlock", "timer", "one", "p", "wrong"):
        hall.now += timedelta(minutes=1)
        started.append(hall.start({"x": 2}, process_key=key).instance_id)
    hall.runtime.jobs.run_due()
    hall.now += timedelta(hours=2)
    everything = stuck(hall)
    assert [found.since for found in everything] == sorted(found.since for found in everything)
    assert sorted(found.instance_id for found in everything) == sorted(started)
    assert len({found.id for found in everything}) == len(everything)
    paged, cursor = [], None
    while True:
        page = hall.runtime.queries.stuck_cases(cursor=cursor, limit=2)
        paged += page.items
        cursor = page.next_cursor
        if cursor is None:
            break
    assert paged == everything
    for reason in StuckReason:
        assert stuck(hall, reason=reason) == [found for found in everything if found.reason is reason]
    assert reasons(hall, process_key="wrong") == ["incident", "incident"]
    assert reasons(hall, instance_id=started[4]) == ["job-failed"]
    assert stuck(hall, instance_id="no\x00thing") == []
    with pytest.raises(Rejection) as refused:
        hall.runtime.queries.stuck_cases(cursor="nonsense")
    assert refused.value.code == "cursor-invalid"
