"""A command acts once, all of it is stored, and what was refused is on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select

from engine.core import commands
from engine.core.rejection import Rejection
from engine.runtime import statements as direct_statements
from engine.runtime.statements import Compiled, Statement
from engine.runtime.tables import audit, history
from tests.runtime.halls import CLERK, OTHER, STRANGER, Hall

TWO_STEPS = """
    start s
    user accept groups=g
    user decide groups=g
    end e
    s -> accept -> decide -> e
"""


def outcomes(hall: Hall, instance_id: str) -> list[tuple[str, str, str | None]]:
    entries = hall.runtime.queries.history(instance_id).items
    return [(entry.command, entry.outcome, entry.code) for entry in entries]


def test_a_case_runs_from_start_to_end(hall: Hall) -> None:
    hall.deploy(TWO_STEPS)
    started = hall.start({"amount": 3}, business_key="2026-001")
    assert started.version == 1
    assert hall.open() == ["accept"]
    assert hall.complete("accept", {"ok": True}).version == 2
    assert hall.open() == ["decide"]
    hall.complete("decide", {"granted": True})
    assert hall.open() == []
    assert hall.status(started.instance_id) == "completed"
    assert hall.variables(started.instance_id) == {"amount": 3, "ok": True, "granted": True}
    hall.check(started.instance_id)


def test_the_same_command_id_acts_once_and_is_answered_the_same_way(hall: Hall) -> None:
    hall.deploy(TWO_STEPS)
    hall.start()
    task = hall.task("accept")
    given: dict[str, Any] = {"task_id": task.id, "variables": {"a": 1}, "command_id": "once"}
    first = hall.submit(commands.CompleteUserTask, task.instance_id, **given)
    second = hall.submit(commands.CompleteUserTask, task.instance_id, **given)
    assert not first.replayed
    assert second.replayed
    assert (second.instance_id, second.version, second.events) == (first.instance_id, first.version, first.events)
    assert hall.count(history) == 2


def test_a_command_that_could_act_again_does_not(hall: Hall) -> None:
    hall.deploy(TWO_STEPS)
    instance_id = hall.start().instance_id
    given: dict[str, Any] = {"variables": {"a": 1}, "reason": "put right", "command_id": "once"}
    assert not hall.submit(commands.SetVariables, instance_id, **given).replayed
    again = hall.submit(commands.SetVariables, instance_id, **given)
    assert (again.replayed, again.version) == (True, 2)
    hall.complete("accept")
    assert hall.submit(commands.SetVariables, instance_id, **given).replayed
    assert outcomes(hall, instance_id)[1:] == [("SetVariables", "accepted", None), ("CompleteUserTask", "accepted", None)]
    hall.check(instance_id)


def test_what_was_refused_once_stays_refused_under_its_id(hall: Hall) -> None:
    hall.deploy(TWO_STEPS)
    instance_id = hall.start().instance_id
    given: dict[str, Any] = {"task_id": hall.task("accept").id, "expected_version": 2, "command_id": "once"}
    for _ in range(2):
        with pytest.raises(Rejection) as refused:
            hall.submit(commands.CompleteUserTask, instance_id, **given)
        assert refused.value.code == "version-conflict"
        hall.submit(commands.SetVariables, instance_id, variables={}, reason="another version")
    tried = [each for each in outcomes(hall, instance_id) if each[0] == "CompleteUserTask"]
    assert tried == [("CompleteUserTask", "refused", "version-conflict")]
    hall.check(instance_id)


def test_starting_twice_with_one_command_id_starts_one_instance(hall: Hall) -> None:
    hall.deploy(TWO_STEPS)
    first, second = hall.start(command_id="once"), hall.start(command_id="once")
    assert second.instance_id == first.instance_id
    assert second.replayed
    assert len(hall.tasks()) == 1


@pytest.mark.parametrize(
    "changed", [{"variables": {"a": 2}}, {"actor": OTHER}, {"expected_version": 7}], ids=["data", "actor", "version"]
)
def test_a_command_id_cannot_be_used_for_another_command(hall: Hall, changed: dict[str, Any]) -> None:
    hall.deploy(TWO_STEPS)
    hall.start()
    task = hall.task("accept")
    given: dict[str, Any] = {"task_id": task.id, "variables": {"a": 1}, "command_id": "once"}
    hall.submit(commands.CompleteUserTask, task.instance_id, **given)
    with pytest.raises(Rejection, match="used for another") as caught:
        hall.submit(commands.CompleteUserTask, task.instance_id, **{**given, **changed})
    assert caught.value.code == "command-id-reused"
    with hall.runtime.database.read() as connection:
        assert connection.execute(select(audit.c.code).where(audit.c.outcome == "refused")).scalars().all() == [
            "command-id-reused"
        ]


def test_a_refused_command_is_recorded_and_refused_again_the_same_way(hall: Hall) -> None:
    hall.deploy(TWO_STEPS)
    started = hall.start()
    task = hall.task("accept")
    for _ in range(2):
        with pytest.raises(Rejection) as caught:
            hall.submit(commands.ClaimUserTask, started.instance_id, task_id=task.id, actor=STRANGER, command_id="mine")
        assert caught.value.code == "user-task-not-candidate"
        assert "stranger" in str(caught.value)
    assert outcomes(hall, started.instance_id) == [
        ("StartProcessInstance", "accepted", None),
        ("ClaimUserTask", "refused", "user-task-not-candidate"),
    ]
    assert hall.runtime.queries.process_instance(started.instance_id).instance.version == 1
    hall.check(started.instance_id)


def test_a_step_after_a_refusal_goes_on_in_the_same_chain(hall: Hall) -> None:
    hall.deploy(TWO_STEPS)
    started = hall.start()
    with pytest.raises(Rejection):
        hall.complete("accept", actor=STRANGER)
    hall.complete("accept")
    assert [outcome for _, outcome, _ in outcomes(hall, started.instance_id)] == ["accepted", "refused", "accepted"]
    hall.check(started.instance_id)


def test_a_command_to_an_unknown_instance_is_in_the_audit_log(hall: Hall) -> None:
    with pytest.raises(Rejection) as caught:
        hall.submit(commands.CancelProcessInstance, "nobody", reason="x")
    assert caught.value.code == "instance-not-found"
    with hall.runtime.database.read() as connection:
        row = connection.execute(select(audit)).one()
    assert (row.actor_id, row.action, row.subject, row.code) == (
        "clerk",
        "CancelProcessInstance",
        "nobody",
        "instance-not-found",
    )


def test_an_outdated_version_is_refused(hall: Hall) -> None:
    hall.deploy(TWO_STEPS)
    started = hall.start()
    task = hall.task("accept")
    hall.submit(commands.ClaimUserTask, started.instance_id, task_id=task.id, expected_version=1)
    with pytest.raises(Rejection) as caught:
        hall.submit(commands.ReleaseUserTask, started.instance_id, task_id=task.id, expected_version=1)
    assert caught.value.code == "version-conflict"
    assert hall.submit(commands.ReleaseUserTask, started.instance_id, task_id=task.id, expected_version=2).version == 3


@pytest.mark.parametrize(
    ("command_id", "code"),
    [
        ("system:timer", "command-id-reserved"),
        ("", "command-id-invalid"),
        ("x" * 201, "command-id-invalid"),
        ("with space", "command-id-invalid"),
        ("nul\x00", "command-id-invalid"),
        ("surrogate\ud800", "command-id-invalid"),
    ],
)
def test_command_ids_have_a_form(hall: Hall, command_id: str, code: str) -> None:
    hall.deploy(TWO_STEPS)
    started = hall.start()
    with pytest.raises(Rejection) as caught:
        hall.submit(commands.CancelProcessInstance, started.instance_id, reason="x", command_id=command_id)
    assert caught.value.code == code
    assert hall.count(history) == 1


@pytest.mark.parametrize(
    "value", [2**60, 2**70, float("inf"), "\ud800", "\x00", {1: 2}, object()], ids=lambda value: ascii(value)[:20]
)
def test_data_that_cannot_be_stored_is_refused_and_the_refusal_recorded(hall: Hall, value: Any) -> None:
    hall.deploy(TWO_STEPS)
    started = hall.start()
    with pytest.raises(Rejection) as caught:
        hall.complete("accept", {"bad": value})
    assert caught.value.code == "variable-not-storable"
    assert outcomes(hall, started.instance_id)[-1] == ("CompleteUserTask", "refused", "variable-not-storable")
    hall.check(started.instance_id)


def test_an_unexpected_failure_is_an_incident_and_the_case_goes_on_after_it(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.deploy(TWO_STEPS)
    started = hall.start()

    def broken(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError("our mistake")

    with monkeypatch.context() as patch:
        patch.setattr("engine.runtime.step.process", broken)
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                hall.complete("accept")
    (incident,) = hall.runtime.queries.incidents().items
    assert (incident.kind, incident.code, incident.instance_id) == ("engine", "engine-failure", started.instance_id)
    assert "our mistake" in incident.message
    hall.complete("accept")
    hall.runtime.incidents.resolve(incident.id, reason="mended", actor=CLERK, command_id="r")
    assert hall.runtime.queries.incidents().items == []
    hall.check(started.instance_id)


@pytest.mark.parametrize("bad", ["\x00", "\ud800"], ids=ascii)
def test_reasons_and_keys_that_cannot_be_stored_are_refused(hall: Hall, bad: str) -> None:
    hall.deploy(TWO_STEPS)
    started = hall.start()
    for give in (
        lambda: hall.submit(commands.CancelProcessInstance, started.instance_id, reason=bad),
        lambda: hall.start(business_key=bad),
        lambda: hall.submit(commands.ClaimUserTask, f"x{bad}", task_id="x"),
    ):
        with pytest.raises(Rejection) as caught:
            give()
        assert caught.value.code == "variable-not-storable"
    assert hall.runtime.queries.incidents().items == []
    hall.check(started.instance_id)


def test_a_step_costs_as_many_statements_at_the_fiftieth_task_as_at_the_fifth(hall: Hall) -> None:
    """Law g, where it can be counted: what is sent to the database does not grow with the length of a case."""
    hall.deploy(
        """
        start s
        exclusive again
        user work groups=g
        exclusive done
        end e
        s -> again -> work -> done
        done -> again default
        done -> e if over
        """
    )
    instance_id = hall.start({"over": False}).instance_id
    counts = []
    for _ in range(50):
        task = hall.task("work")
        with counted(hall) as statements:
            hall.submit(commands.CompleteUserTask, instance_id, task_id=task.id)
        counts.append(len(statements))
    assert len(set(counts[4:])) == 1
    tokens = [len(list(hall.runtime.replay.rebuild(instance_id, step).instance.tokens())) for step in (5, 50)]
    assert tokens[0] == tokens[1]


@contextmanager
def counted(hall: Hall) -> Iterator[list[str]]:
    """The statements sent to the database inside the block."""
    statements: list[str] = []

    def executed(connection: Any, cursor: Any, statement: str, *others: Any) -> None:
        statements.append(statement)

    def compiled(statement: Statement, dialect_name: str, *, conditional: bool = False) -> Compiled:
        ready = own(statement, dialect_name, conditional=conditional)
        statements.append(ready.text)
        return ready

    own = direct_statements.compiled
    event.listen(hall.runtime.database.engine, "before_cursor_execute", executed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(direct_statements, "compiled", compiled)
        yield statements
    event.remove(hall.runtime.database.engine, "before_cursor_execute", executed)
