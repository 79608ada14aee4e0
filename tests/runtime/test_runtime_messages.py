"""Messages find the one case that waits for them, from outside and from another case."""

from typing import Any

import pytest

from engine.core.actor import WORKER
from engine.core.rejection import Rejection
from engine.runtime.receipts import Receipt
from engine.runtime.tables import job, message_subscription
from tests.runtime.halls import CLERK, Hall

WAITING = """
    start s
    receive pay message=paid
    user decide groups=g
    end e
    s -> pay -> decide -> e
"""
THROWING = """
    start s
    send tell message=paid key==number payload=={amount:5}
    end e
    s -> tell -> e
"""


def correlate(hall: Hall, key: str | None = "B1", command_id: str = "m", **variables: Any) -> Receipt:
    return hall.runtime.messages.correlate(
        message="paid", correlation_key=key, variables=variables, actor=CLERK, command_id=command_id
    )


def test_a_message_reaches_the_case_that_waits_for_it(hall: Hall) -> None:
    hall.deploy(WAITING)
    first, second = hall.start(business_key="B1"), hall.start(business_key="B2")
    assert hall.count(message_subscription) == 2
    receipt = correlate(hall, amount=5)
    assert receipt.instance_id == first.instance_id
    assert hall.variables(first.instance_id) == {"amount": 5}
    assert [row.instance_id for row in hall.runtime.queries.subscriptions().items] == [second.instance_id]
    hall.check(first.instance_id, second.instance_id)


def test_a_message_given_twice_is_delivered_once(hall: Hall) -> None:
    hall.deploy(WAITING)
    hall.start(business_key="B1")
    first, second = correlate(hall, amount=5), correlate(hall, amount=5)
    assert (second.replayed, second.version) == (True, first.version)
    with pytest.raises(Rejection) as caught:
        correlate(hall, amount=6)
    assert caught.value.code == "command-id-reused"


def test_a_message_nobody_waits_for_is_refused(hall: Hall) -> None:
    hall.deploy(WAITING)
    hall.start(business_key="B1")
    for key in ("B9", None):
        with pytest.raises(Rejection) as caught:
            correlate(hall, key)
        assert caught.value.code == "message-not-correlated"


def test_a_message_two_cases_wait_for_is_refused(hall: Hall) -> None:
    hall.deploy(WAITING)
    hall.start(business_key="B1")
    hall.start(business_key="B1")
    with pytest.raises(Rejection) as caught:
        correlate(hall)
    assert (caught.value.code, caught.value.parameters["count"]) == ("message-ambiguous", 2)


def deploy_both(hall: Hall) -> None:
    hall.deploy(WAITING, thrower=THROWING)


def test_a_case_sends_a_message_to_another_after_its_commit(hall: Hall) -> None:
    deploy_both(hall)
    receiver = hall.start(business_key="B1").instance_id
    sender = hall.start({"number": "B1"}, process_key="thrower").instance_id
    assert hall.status(sender) == "completed"
    assert hall.open() == []
    hall.runtime.run_due()
    assert hall.open() == ["decide"]
    assert hall.variables(receiver)["amount"] == 5
    assert hall.count(job) == 0
    hall.check(receiver, sender)


def test_a_message_waits_a_while_for_somebody_to_wait_for_it(hall: Hall) -> None:
    deploy_both(hall)
    sender = hall.start({"number": "B1"}, process_key="thrower").instance_id
    hall.runtime.run_due()
    receiver = hall.start(business_key="B1").instance_id
    hall.wait(seconds=5)
    assert hall.open() == ["decide"]
    hall.check(receiver, sender)


def test_a_message_that_finds_nobody_is_an_incident_in_the_end(hall: Hall) -> None:
    deploy_both(hall)
    sender = hall.start({"number": "B1"}, process_key="thrower").instance_id
    for _ in range(8):
        hall.wait(hours=1)
    (incident,) = hall.runtime.queries.incidents().items
    assert (incident.kind, incident.code, incident.instance_id) == ("engine", "message-lost", sender)
    assert hall.count(job) == 0
    hall.check(sender)


def test_a_delivery_whose_worker_died_before_it_could_say_so_is_not_repeated(hall: Hall) -> None:
    deploy_both(hall)
    receiver = hall.start(business_key="B1").instance_id
    hall.start({"number": "B1"}, process_key="thrower")
    (claimed,) = hall.runtime.jobs._claim(hall.now)
    hall.runtime.jobs.messages.correlate(
        message="paid",
        correlation_key="B1",
        variables={"amount": 5},
        actor=WORKER,
        command_id=f"system:{claimed.id}/{claimed.sequence}/0",
    )
    hall.start(business_key="B1")
    hall.wait(seconds=hall.runtime.settings.job_lease_seconds)
    assert hall.count(job) == 0
    assert [task.instance_id for task in hall.tasks()] == [receiver]


SHOUTING = """
    start s
    throw shout signal=closing payload=={at:5}
    end e
    s -> shout -> e
"""
HEARING = """
    start s
    user work groups=g
    boundary closed on=work signal=closing beside
    user tidy groups=g
    end e
    end e2
    s -> work -> e
    closed -> tidy -> e2
"""


def test_a_signal_is_heard_in_every_other_case_once(hall: Hall) -> None:
    hall.deploy(HEARING, shouting=SHOUTING)
    hearers = [hall.start().instance_id for _ in range(2)]
    shouter = hall.start(process_key="shouting").instance_id
    hall.runtime.run_due()
    hall.runtime.run_due()
    assert hall.open() == ["tidy", "tidy", "work", "work"]
    assert hall.variables(hearers[0]) == {"at": 5}
    assert hall.count(job) == 0
    hall.check(*hearers, shouter)


def test_a_message_does_not_find_who_waits_for_a_signal_of_that_name(hall: Hall) -> None:
    hall.deploy(HEARING.replace("closing", "paid"))
    hall.start(business_key="B1")
    with pytest.raises(Rejection) as caught:
        correlate(hall, None)
    assert caught.value.code == "message-not-correlated"
