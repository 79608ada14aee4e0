"""Who did one thing with a case's money does not do another that checks it, by whatever way the task came to him."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorRegistry
from tests.databases import SqliteDatabases
from tests.runtime.halls import BEGIN, Hall
from workflows.clock import hall_day
from workflows.collection.duties import duties
from workflows.collection.separation import of_day, of_month, record_duty, require_separate, take_duty
from workflows.collection.tables import money_duty
from workflows.ledger import Keys
from workflows.ledger.ledger_register import CASHIERS, FINANCE, LedgerRegister
from workflows.organisation.tables import leave

CODE = "money-duties-not-separate"
PAIRS = sorted(tuple(sorted(pair)) for pair in duties().incompatible)
BOTH, OTHER, SUPERVISOR = Actor("both", ("g",)), Actor("other", ("g",)), Actor("supervisor")
MODEL = """
    start s
    user task groups=g
    service check operator=test.duty param_case==case param_duty==duty
    user after groups=g
    end e
    s -> task -> check -> after -> e
"""


def duty(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    take_duty(session, str(parameters["case"]), str(parameters["duty"]), call)
    return True


@pytest.fixture
def desk(sqlite_databases: SqliteDatabases) -> Iterator[Hall]:
    registry = OperatorRegistry()
    registry.local("test.duty", parameters=("case", "duty"))(duty)
    hall = Hall(sqlite_databases.migrated(), registry)
    hall.deploy(MODEL)
    for account in ("both", "other"):
        hall.runtime.accounts.create(id=account, name=account, password="a long password", roles=["clerk"], groups=["g"])
    yield hall
    hall.close()


def begun(hall: Hall, done: str, wanted: str, who: Actor = BOTH) -> str:
    """A case in which somebody did one thing, and whose open task is another; the task."""
    case = f"{done}/{wanted}/{hall.next_id()}"

    def change(session: Session, now: Any) -> None:
        record_duty(session, case, done, who.id, now)

    hall.runtime.registers.change("Test", who, change)
    instance = hall.start({"case": case, "duty": wanted}).instance_id
    return next(task.id for task in hall.tasks() if task.instance_id == instance)


def refused(hall: Hall, act: Callable[..., Any], *arguments: Any, **named: Any) -> None:
    with pytest.raises(Rejection) as caught:
        act(*arguments, command_id=hall.next_id(), **named)
    assert caught.value.code == CODE


def claimed(hall: Hall, task: str) -> None:
    hall.runtime.user_tasks.claim(task, actor=BOTH, command_id=hall.next_id())
    refused(hall, hall.runtime.complete, task, {}, actor=BOTH)


def assigned(hall: Hall, task: str) -> None:
    hall.runtime.user_tasks.assign(task, "both", actor=SUPERVISOR, command_id=hall.next_id(), reason="忙")
    refused(hall, hall.runtime.complete, task, {}, actor=BOTH)


def delegated_to_him(hall: Hall, task: str) -> None:
    hall.runtime.user_tasks.claim(task, actor=OTHER, command_id=hall.next_id())
    hall.runtime.user_tasks.delegate(task, "both", actor=OTHER, command_id=hall.next_id())
    refused(hall, hall.runtime.complete, task, {}, actor=BOTH)


def delegated_by_him(hall: Hall, task: str) -> None:
    hall.runtime.user_tasks.claim(task, actor=BOTH, command_id=hall.next_id())
    hall.runtime.user_tasks.delegate(task, "other", actor=BOTH, command_id=hall.next_id())
    refused(hall, hall.runtime.complete, task, {}, actor=OTHER)


def repaired(hall: Hall, task: str) -> None:
    instance = hall.runtime.queries.user_task(task).task.instance_id
    refused(hall, hall.runtime.repairs.move_token, instance, task, "check", actor=BOTH, reason="卡住")


def substituted(hall: Hall, task: str) -> None:
    """Somebody else acts, who stands in for him while he is on leave."""
    day = hall_day(hall.now)
    row = {"account_id": "both", "substitute": "stand-in", "from_on": day, "until_on": day, "reason": "病假", "asked_at": BEGIN}

    def change(session: Session, now: Any) -> None:
        if session.execute(select(leave.c.id)).first() is None:
            session.execute(insert(leave).values(**row, approved=True))

    hall.runtime.registers.change("Test", SUPERVISOR, change)
    refused(hall, hall.runtime.complete, task, {}, actor=Actor("stand-in", ("g",)))


ROUTES = (claimed, assigned, delegated_to_him, delegated_by_him, substituted, repaired)


@pytest.mark.parametrize("route", ROUTES)
def test_every_pair_is_refused_by_every_route(desk: Hall, route: Callable[[Hall, str], None]) -> None:
    for place, (one, other) in enumerate(PAIRS):
        done, wanted = (one, other) if place % 2 else (other, one)
        task = begun(desk, done, wanted)
        route(desk, task)
        instance = desk.runtime.queries.user_task(task).task.instance_id
        last = desk.runtime.queries.history(instance, limit=200).items[-1]
        assert (last.outcome, last.code) == ("refused", CODE), (done, wanted)


def test_every_pair_holds_both_ways_and_no_other_is_refused(desk: Hall) -> None:
    with desk.runtime.registers.read() as session:
        for one, other in combinations(duties().names, 2):
            for done, wanted in ((one, other), (other, one)):
                expected = done if frozenset({one, other}) in duties().incompatible else None
                assert duties().against(wanted, {done}) == expected
        with pytest.raises(Rejection) as caught:
            require_separate(session, "1", "audit", "both")
    assert caught.value.code == "money-duty-unknown"


def test_the_notice_the_money_the_close_the_waiver_the_refund_and_the_reversal_are_six_people() -> None:
    apart = ("issue-notice", "receive", "close-day", "waive-decide", "refund-approve", "reverse")
    for one, other in combinations(apart, 2):
        assert frozenset({one, other}) in duties().incompatible
    for one, other in combinations(("waive-propose", "waive-review", "waive-decide"), 2):
        assert frozenset({one, other}) in duties().incompatible


def test_it_is_another_case_or_another_person(desk: Hall) -> None:
    task = begun(desk, "issue-notice", "receive")
    desk.runtime.complete(task, {}, actor=Actor("third", ("g",)), command_id=desk.next_id())
    with desk.runtime.registers.read() as session:
        require_separate(session, "another", "receive", "both")
        kept = session.execute(select(money_duty.c.duty).where(money_duty.c.actor_id == "third")).scalars().all()
    assert list(kept) == ["receive"]


def test_a_day_and_a_month_stand_for_the_cases_whose_money_moved_in_them(desk: Hall) -> None:
    ledger, day = LedgerRegister(desk.runtime.registers), hall_day(desk.now)
    ledger.open_day(Actor("c", (CASHIERS,)))
    keys = Keys("case-of-the-day", "县建委", "SAMPLE-01", "1", "budget", "甲公司")
    ledger.post("assess", 100, keys, Actor("f", (FINANCE,)), group=FINANCE)

    def change(session: Session, now: Any) -> None:
        record_duty(session, keys.case_number, "receive", "taker", now)
        record_duty(session, of_day(day.isoformat()), "close-day", "closer", now)

    desk.runtime.registers.change("Test", BOTH, change)
    with desk.runtime.registers.read() as session:
        for subject, duty_wanted, person in (
            (of_day(day.isoformat()), "close-day", "taker"),
            (of_month(day.isoformat()[:7]), "sign-month", "taker"),
            (keys.case_number, "reverse", "closer"),
        ):
            with pytest.raises(Rejection) as caught:
                require_separate(session, subject, duty_wanted, person)
            assert caught.value.code == CODE
        require_separate(session, of_day((day + timedelta(days=1)).isoformat()), "close-day", "taker")


def test_who_did_what_is_not_taken_back(desk: Hall) -> None:
    begun(desk, "assess", "receive")
    for statement in (money_duty.delete(), money_duty.update().values(actor_id="x")):
        with pytest.raises(DBAPIError), desk.runtime.registers.read() as session:
            session.execute(statement)
