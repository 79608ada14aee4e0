"""The chain shows every alteration; replay repeats every case; what was erased stays provable (laws a, b, c)."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from engine.core import commands
from engine.core.actor import Actor
from engine.core.commands import ClaimUserTask
from engine.core.rejection import Rejection
from engine.core.spiff.token import Token
from engine.runtime import history
from engine.runtime.history import ChainEnd
from engine.runtime.number_series import next_number
from engine.runtime.operators import OperatorRegistry
from tests.runtime.conftest import HallMaker
from tests.runtime.halls import CLERK, STRANGER, Hall

COMMAND = ClaimUserTask(instance_id="i", command_id="c", actor=Actor("张三", ("g",)), task_id="i.1")
AT = datetime(2026, 3, 2, 1, 2, 3, 456789, tzinfo=UTC)
RICH = """
    start s
    parallel split
    user health groups=g result=h
    service assess operator=number into=number
    boundary late on=health beside duration=P1D
    user press groups=g
    receive paid message=paid
    parallel join
    user decide groups=g
    service tell operator=sms
    end e
    end f
    s -> split
    split -> health -> join
    split -> assess -> paid -> join
    late -> press -> f
    join -> decide -> tell -> e
"""


def rich_hall(make_hall: HallMaker) -> Hall:
    registry = OperatorRegistry()
    registry.local("number")(lambda session, parameters, call: next_number(session, "cases"))
    registry.remote("sms", retries=2)(lambda parameters, call: {"sent": True})
    hall = make_hall(registry)
    hall.deploy(RICH)
    return hall


def run(hall: Hall) -> str:
    """A case with everything in it: refusals, a timer, a message, local and remote operators, a claim."""
    instance_id = hall.start({"name": "张三", "fen": 12345}, business_key="B1").instance_id
    hall.wait(days=1)
    with pytest.raises(Rejection):
        hall.complete("health", actor=STRANGER)
    task = hall.task("health")
    hall.submit(commands.ClaimUserTask, instance_id, task_id=task.id)
    hall.complete("health", {"opinion": "同意"})
    hall.runtime.messages.correlate(
        message="paid", correlation_key="B1", variables={"paid": 1.5}, actor=CLERK, command_id=hall.next_id()
    )
    hall.complete("decide")
    hall.runtime.run_due()
    hall.complete("press")
    assert hall.status(instance_id) == "completed"
    return instance_id


def test_a_head_is_canonical_json_and_its_hash_chains() -> None:
    entry = history.entry(ChainEnd.before_first("i"), COMMAND, b"payload", at=AT, outcome="accepted", code=None, version=3)
    expected = {
        "instance_id": "i",
        "sequence": 1,
        "command": "ClaimUserTask",
        "command_id": "c",
        "actor_id": "张三",
        "at": "2026-03-02T01:02:03.456789Z",
        "outcome": "accepted",
        "code": None,
        "version": 3,
        "payload_digest": hashlib.sha256(b"payload").hexdigest(),
        "previous_hash": hashlib.sha256(b"i").hexdigest(),
    }
    assert history.head(entry.row) == rfc8785.dumps(expected)
    assert entry.chain_end.hash == hashlib.sha256(hashlib.sha256(b"i").digest() + rfc8785.dumps(expected)).digest()
    following = history.entry(entry.chain_end, COMMAND, b"payload", at=AT, outcome="accepted", code=None, version=4)
    assert (following.row["sequence"], following.row["previous_hash"]) == (2, entry.row["hash"])


@given(actor=st.text(), command_id=st.text(), task_id=st.text(), version=st.integers(0, 2**31))
def test_every_head_is_written_as_rfc_8785_asks(actor: str, command_id: str, task_id: str, version: int) -> None:
    command = ClaimUserTask(instance_id=task_id, command_id=command_id, actor=Actor(actor, ()), task_id=task_id)
    end = ChainEnd.before_first("i")
    row = history.entry(end, command, b"", at=AT, outcome="refused", code=task_id, version=version).row
    content = {name: row[name] for name in history.HEAD_COLUMNS}
    digests = {name: row[name].hex() for name in ("payload_digest", "previous_hash")}
    assert history.head(row) == rfc8785.dumps({**content, **digests})


def test_the_same_data_has_another_digest_each_time(make_hall: HallMaker) -> None:
    hall = rich_hall(make_hall)
    digests = {hall.runtime.queries.history(hall.start({"id": "1"}).instance_id).items[0].payload_digest for _ in "ab"}
    assert len(digests) == 2


def test_a_case_with_everything_in_it_replays(make_hall: HallMaker) -> None:
    hall = rich_hall(make_hall)
    instance_id = run(hall)
    report = hall.runtime.replay.check(instance_id)
    assert (report.agrees, report.refused) == (True, 1)
    assert report.steps == len(hall.runtime.queries.history(instance_id).items) - 1
    hall.check(instance_id)


def test_a_case_can_be_rebuilt_at_every_step(make_hall: HallMaker) -> None:
    hall = rich_hall(make_hall)
    instance_id = run(hall)
    for entry in hall.runtime.queries.history(instance_id).items:
        rebuilt = hall.runtime.replay.rebuild(instance_id, entry.sequence)
        assert rebuilt.difference is None
        assert rebuilt.instance.version == entry.version
    for sequence in (0, 99):
        with pytest.raises(Rejection) as caught:
            hall.runtime.replay.rebuild(instance_id, sequence)
        assert caught.value.code == "sequence-not-found"


def test_a_case_replays_on_the_version_it_was_started_on(make_hall: HallMaker) -> None:
    hall = rich_hall(make_hall)
    instance_id = hall.start().instance_id
    hall.deploy("start s\nuser other groups=g\nend e\ns -> other -> e")
    assert hall.open() == ["health"]
    hall.check(instance_id)


def tamper(hall: Any, *statements: str) -> None:
    """Change the database as somebody with all rights would: past the triggers."""
    with hall.runtime.database.engine.begin() as connection:
        if hall.runtime.database.is_sqlite:
            for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


DELETE_3 = ("DELETE FROM history_payload WHERE sequence = 3", "DELETE FROM history WHERE sequence = 3")


@pytest.mark.parametrize(
    ("statements", "codes"),
    [
        (("UPDATE history SET actor_id = 'x' WHERE sequence = 3",), {"head-altered"}),
        (("UPDATE history SET at = '2026-01-01T00:00:00.000000Z' WHERE sequence = 3",), {"head-altered"}),
        (("UPDATE history SET outcome = 'accepted' WHERE outcome = 'refused'",), {"head-altered"}),
        (("UPDATE history SET command_id = 'x' WHERE sequence = 3",), {"head-altered"}),
        (
            ("UPDATE history_payload SET payload = (SELECT payload FROM history_payload WHERE sequence = 1) "
             "WHERE sequence = 3",),
            {"payload-altered"},
        ),
        (("UPDATE history_payload SET payload = hash FROM history h WHERE h.sequence = 3 "
          "AND history_payload.sequence = 3",), {"payload-altered"}),
        (DELETE_3, {"row-missing", "chain-broken"}),
        (("DELETE FROM history_payload WHERE sequence = 3",), {"payload-missing"}),
        (
            ("DELETE FROM history_payload WHERE sequence = (SELECT max(sequence) FROM history)",
             "DELETE FROM history WHERE sequence = (SELECT max(sequence) FROM history)"),
            {"chain-end"},
        ),
        (("DELETE FROM history_payload", "DELETE FROM history"), {"history-missing"}),
        (("UPDATE process_instance SET history_length = 99",), {"chain-end"}),
    ],
)  # fmt: skip
def test_every_alteration_is_noticed(make_hall: HallMaker, statements: tuple[str, ...], codes: set[str]) -> None:
    hall = rich_hall(make_hall)
    instance_id = run(hall)
    tamper(hall, *statements)
    report = hall.runtime.verification.run()
    assert {problem.code for problem in report.problems} == codes
    assert report.bad_instances == {instance_id}


def test_verification_tells_its_figures_and_its_progress(make_hall: HallMaker) -> None:
    hall = rich_hall(make_hall)
    for number in range(3):
        hall.start(business_key=f"B{number}")
    told: list[tuple[int, int]] = []
    report = hall.runtime.verification.run(lambda done, total: told.append((done, total)))
    assert (report.rows, report.instances, report.erased, report.intact) == (6, 3, 0, True)
    assert told[-1] == (6, 6)


def test_an_erased_payload_leaves_the_chain_intact_but_cannot_be_replayed(make_hall: HallMaker) -> None:
    hall = rich_hall(make_hall)
    instance_id = run(hall)
    with hall.runtime.database.engine.begin() as connection:
        given_ = {"i": instance_id, "at": "2036-01-01 00:00:00"}
        connection.execute(text("INSERT INTO history_erasure VALUES (:i, 1, :at, 'a', 'retention ended')"), given_)
        connection.execute(text("DELETE FROM history_payload WHERE sequence = 1"))
    report = hall.runtime.verification.run()
    assert (report.intact, report.erased) == (True, 1)
    entry = hall.runtime.queries.history(instance_id).items[0]
    assert (entry.command, entry.details, entry.events) == ("StartProcessInstance", None, None)
    with pytest.raises(Rejection) as caught:
        hall.runtime.replay.check(instance_id)
    assert caught.value.code == "history-erased"


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE user_task SET assignee = 'x' WHERE element_id = 'decide'", "user_task"),
        ("DELETE FROM user_task_candidate", "user_task_candidate"),
        ("UPDATE timer SET element_id = 'x'", "timer"),
        ("DELETE FROM message_subscription", "message_subscription"),
        ("UPDATE process_instance SET business_key = 'x'", "process_instance"),
        ("UPDATE process_instance SET version = version + 1", "version"),
        ("UPDATE user_task SET state = 'completed'", "user_task"),
    ],
)
def test_a_projection_that_differs_is_noticed(make_hall: HallMaker, statement: str, where: str) -> None:
    hall = rich_hall(make_hall)
    instance_id = hall.start(business_key="B1").instance_id
    hall.complete("health")
    hall.runtime.messages.correlate(message="paid", correlation_key="B1", variables={}, actor=CLERK, command_id=hall.next_id())
    other = hall.start(business_key="B2").instance_id
    tamper(hall, statement)
    differences = [hall.runtime.replay.check(name).difference for name in (instance_id, other)]
    assert where in {difference.where for difference in differences if difference is not None}


def test_an_engine_that_behaves_differently_is_noticed(make_hall: HallMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    hall = rich_hall(make_hall)
    instance_id = run(hall)
    monkeypatch.setattr(Token, "write", lambda self, name, value: None)
    difference = hall.runtime.replay.check(instance_id).difference
    assert difference is not None
    assert difference.where in ("events", "state", "command")


def test_state_that_was_changed_behind_the_engines_back_is_noticed(make_hall: HallMaker) -> None:
    hall = rich_hall(make_hall)
    first, second = (hall.start({"n": number}, business_key=f"B{number}").instance_id for number in (1, 2))
    with hall.runtime.database.engine.begin() as connection:
        snapshot = connection.execute(text("SELECT snapshot FROM process_instance WHERE id = :i"), {"i": second}).scalar_one()
        changed = history.decompress(snapshot).replace(second.encode(), first.encode())
        connection.execute(
            text("UPDATE process_instance SET snapshot = :s WHERE id = :i"), {"s": history.compress(changed), "i": first}
        )
    difference = hall.runtime.replay.check(first).difference
    assert difference is not None
    assert difference.where == "state"


ACTIONS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=12)


@pytest.fixture(scope="module")
def lasting(sqlite_databases: Any) -> Iterator[Hall]:
    hall = rich_hall(lambda registry: Hall(sqlite_databases.migrated(), registry))
    yield hall
    hall.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(actions=ACTIONS)
def test_whatever_people_do_replay_and_projections_agree(lasting: Hall, actions: list[tuple[int, int]]) -> None:
    """Laws a and c, whatever order things happen in, refusals included."""
    hall = lasting
    key = hall.next_id()
    instance_id = hall.start({"n": len(actions)}, business_key=key).instance_id
    for kind, number in actions:
        with suppress(Rejection):
            _act(hall, instance_id, key, kind, number)
    report = hall.runtime.replay.check(instance_id)
    assert report.difference is None, report.difference


def _act(hall: Hall, instance_id: str, key: str, kind: int, number: int) -> None:
    tasks = hall.tasks(instance_id=instance_id)
    task_id = tasks[number % len(tasks)].id if tasks else "nobody's"
    actor = (CLERK, Actor("other", ("g",)), STRANGER)[number % 3]
    if kind == 0:
        hall.submit(commands.ClaimUserTask, instance_id, task_id=task_id, actor=actor)
    elif kind == 1:
        hall.submit(commands.ReleaseUserTask, instance_id, task_id=task_id, actor=actor)
    elif kind == 2:
        hall.submit(commands.AssignUserTask, instance_id, task_id=task_id, assignee="other")
    elif kind == 3:
        hall.submit(commands.DelegateUserTask, instance_id, task_id=task_id, delegate="clerk", actor=actor)
    elif kind == 4:
        hall.wait(hours=7 * number)
    elif kind == 5:
        hall.runtime.messages.correlate(
            message="paid", correlation_key=key, variables={"n": number}, actor=CLERK, command_id=hall.next_id()
        )
    elif kind == 6 and number == 0:
        hall.submit(commands.CancelProcessInstance, instance_id, reason="withdrawn")
    else:
        hall.submit(commands.CompleteUserTask, instance_id, task_id=task_id, variables={"n": number}, actor=actor)


def test_times_between_steps_do_not_matter_to_the_order(make_hall: HallMaker) -> None:
    """A clock that is set back between two steps must not make a history that cannot be replayed."""
    hall = rich_hall(make_hall)
    instance_id = hall.start(business_key="B1").instance_id
    hall.now -= timedelta(hours=1)
    hall.complete("health")
    hall.check(instance_id)


def test_what_is_stored_of_a_payload_is_what_was_digested(make_hall: HallMaker) -> None:
    hall = rich_hall(make_hall)
    instance_id = hall.start({"name": "张三"}).instance_id
    with hall.runtime.database.read() as connection:
        (record, *_) = history.of_instance(connection, instance_id)
    assert record.payload is not None
    assert hashlib.sha256(record.payload).digest() == record.row["payload_digest"]
    content = orjson.loads(record.payload)
    assert set(content) == {"command", "events", "request", "salt"}
    assert len(content["salt"]) == 32
