"""Attempts with models that are BPMN and mean harm: loops without end, recursion, multiplying tokens, impossible times."""

from typing import Any

import pytest

from engine.core.commands import CancelProcessInstance
from engine.runtime.deployments import DeploymentRefused
from engine.runtime.operators import OperatorRegistry
from tests.core.sketch import bpmn
from tests.hostile.attempts import (
    attempt,
    incident,
    refused_command,
    refused_model,
    refused_or_incident,
    refused_or_runs,
)
from tests.hostile.hostile_expressions import LOOP
from tests.runtime.halls import Hall


@attempt("endless-loop-of-scripts")
def _(url: str) -> str:
    return incident(url, LOOP.format(code="a = 1", condition="true"), None, "budget-exceeded")


@attempt("endless-loop-of-gateways")
def _(url: str) -> str:
    return refused_or_incident(
        url, "start s\nexclusive a\nexclusive b\nend e\ns -> a -> b\nb -> a if true\nb -> e default", "budget-exceeded"
    )


@attempt("endless-loop-of-local-operators")
def _(url: str) -> str:
    registry = OperatorRegistry()
    registry.local("count")(lambda session, parameters, call: 1)
    hall = Hall(url, registry)
    hall.deploy("start s\nservice x operator=count\nexclusive a\nend e\ns -> x -> a\na -> x if true\na -> e default")
    instance_id = hall.start().instance_id
    codes = {item.code for item in hall.runtime.queries.incidents().items}
    assert codes, hall.status(instance_id)
    hall.check(instance_id)
    return f"incident: {codes}"


@attempt("endless-loop-of-timers-of-no-length")
def _(url: str) -> str:
    """Every turn is a step of its own; what must not happen is that one process keeps a node's clock busy for ever."""
    return _endless(url, 'start s\ncatch t duration="PT0S"\nexclusive a\nend e\ns -> t -> a\na -> t if true\na -> e default')


@attempt("endless-loop-of-messages-to-oneself")
def _(url: str) -> str:
    return _endless(
        url,
        "start s\nsend f message=m key=k\nexclusive a\nreceive r message=m key=k\nsend t message=m key=k\nexclusive b\nend e\n"
        "s -> f -> a -> r -> t -> b\nb -> a if true\nb -> e default",
    )


def _endless(url: str, sketch: str) -> str:
    hall = Hall(url)
    hall.deploy(sketch)
    instance_id = hall.start().instance_id
    hall.runtime.run_due()
    if hall.status(instance_id) == "active":
        hall.submit(CancelProcessInstance, instance_id, reason="endless")
    assert hall.status(instance_id) == "canceled"
    hall.close()
    return "bounded: a round of due work ends, and the case can be canceled"


@attempt("tokens-that-double-in-a-loop")
def _(url: str) -> str:
    return refused_or_incident(
        url,
        "start s\nexclusive a\nparallel f\nexclusive b\nend e\ns -> a -> f\nf -> b\nf -> a\nb -> a if true\nb -> e default",
        "budget-exceeded",
        "lack-of-synchronisation",
    )


@attempt("multi-instance-a-million-times")
def _(url: str) -> str:
    return incident(url, "start s\nuser u groups=g times=1000000\nend e\ns -> u -> e", None, "budget-exceeded")


@attempt("multi-instance-nine-to-the-nine-times")
def _(url: str) -> str:
    return incident(url, 'start s\nuser u groups=g times="9**9**9"\nend e\ns -> u -> e')


@attempt("multi-instance-over-a-million-items")
def _(url: str) -> str:
    return incident(url, 'start s\nuser u groups=g collection="=for i in 1..1000000 return i" item=i\nend e\ns -> u -> e', None)


@attempt("multi-instance-minus-once-and-a-half")
def _(url: str) -> str:
    return incident(url, 'start s\nuser u groups=g times="-1.5"\nend e\ns -> u -> e', None, "cardinality-invalid")


@attempt("multi-instance-within-multi-instance-a-million")
def _(url: str) -> str:
    return incident(
        url,
        "start s\nsubprocess o times=1000 {\nstart s1\ntask i times=1000\nend e1\ns1 -> i -> e1\n}\nend e\ns -> o -> e",
        None,
        "budget-exceeded",
    )


@attempt("a-thousand-instances-at-once")
def _(url: str) -> str:
    return refused_or_runs(url, "start s\nuser u groups=g times=1000\nend e\ns -> u -> e")


def _calling(process: str) -> str:
    """It could stop calling, but never does."""
    return f"start s\nexclusive way\ncall c process={process}\nend e\nend e2\ns -> way -> c if 1 = 1\nway -> e2 default\nc -> e"


@attempt("call-activity-that-calls-itself")
def _(url: str) -> str:
    return incident(url, _calling("p"), None, "budget-exceeded")


@attempt("call-activity-that-can-do-nothing-but-call-itself")
def _(url: str) -> str:
    hall = Hall(url)
    with pytest.raises(DeploymentRefused) as refused:
        hall.deploy("start s\ncall c process=p\nend e\ns -> c -> e")
    hall.close()
    return f"refused: {refused.value}"


@attempt("call-activities-that-call-each-other")
def _(url: str) -> str:
    return incident(
        url,
        _calling("q"),
        None,
        "budget-exceeded",
        q=_calling("p"),
    )


@attempt("call-activity-that-calls-itself-a-hundred-times-over")
def _(url: str) -> str:
    return incident(url, _calling("p times=100"), None, "budget-exceeded")


def _nested(depth: int) -> str:
    opening = "".join(f"subprocess p{n} {{\nstart s{n}\nend e{n}\ns{n} -> p{n + 1} -> e{n}\n" for n in range(depth))
    return f"start s\nend e\ns -> p0 -> e\n{opening}subprocess p{depth} {{\nstart x\nend y\nx -> y\n}}\n" + "}\n" * depth


@attempt("subprocesses-25-deep")
def _(url: str) -> str:
    return refused_or_incident(url, _nested(25), "budget-exceeded", "too-deep")


@attempt("subprocesses-300-deep")
def _(url: str) -> str:
    return refused_model(bpmn(_nested(300)))


@attempt("cycle-of-no-length")
def _(url: str) -> str:
    return incident(url, _cycle("R/PT0S"), None, "timer-invalid")


@attempt("cycle-of-a-billion-turns-a-second-each")
def _(url: str) -> str:
    hall = Hall(url)
    hall.deploy(_cycle("R1000000000/PT1S").replace("user b groups=g", "task b"))
    instance_id = hall.start().instance_id
    hall.wait(minutes=5)
    hall.submit(CancelProcessInstance, instance_id, reason="enough")
    assert hall.runtime.run_due() == 0
    return "bounded: one firing for each that is due, and it can be canceled"


@attempt("cycle-that-began-in-the-year-1")
def _(url: str) -> str:
    """Everything it has missed would be due at once."""
    return _endless(url, _cycle("R/0001-01-01T00:00:00Z/PT1S").replace("user b groups=g", "task b"))


@attempt("cycle-of-negative-length")
def _(url: str) -> str:
    return incident(url, _cycle("R5/-PT1H"), None, "timer-invalid")


@attempt("cycle-with-a-count-of-5000-digits")
def _(url: str) -> str:
    return incident(url, _cycle(f"R{'9' * 5000}/PT1H"), None, "timer-invalid")


def _cycle(text: str) -> str:
    return (
        f'start s\nuser u groups=g\nboundary t on=u beside cycle="{text}"\nuser b groups=g\nend e\nend f\n'
        "s -> u -> e\nt -> b -> f"
    )


def _register_timer(name: str, word: str, text: str) -> None:
    @attempt(name)
    def _(url: str) -> str:
        return incident(url, f'start s\ncatch t {word}="{text}"\nend e\ns -> t -> e')


for _name, _word, _text in (
    ("timer-of-eight-million-years", "duration", "P100000000M"),
    ("timer-of-a-thousand-digits", "duration", f"P{'9' * 1000}D"),
    ("timer-of-a-hundred-thousand-digits", "duration", f"P{'9' * 100_000}D"),
    ("timer-in-the-year-10-to-the-9", "date", "1000000000-01-01T00:00:00Z"),
    ("timer-in-the-year-9999-beyond-time", "date", "9999-12-31T23:59:59-14:00"),
    ("timer-on-february-30", "date", "2026-02-30T00:00:00Z"),
    ("timer-with-a-regular-expression-bomb", "duration", "P" + "1" * 5_000 + "!"),
    ("timer-that-is-not-a-number", "duration", "PNaNS"),
):
    _register_timer(_name, _word, _text)


@attempt("due-date-in-the-year-10-to-the-9")
def _(url: str) -> str:
    return incident(url, 'start s\nuser u groups=g due="1000000000-01-01T00:00:00Z"\nend e\ns -> u -> e')


@attempt("limit-that-is-no-duration")
def _(url: str) -> str:
    return refused_or_runs(url, f'start s\nuser u groups=g limit="{"P9" * 10_000}"\nend e\ns -> u -> e')


@attempt("candidate-groups-by-the-hundred-thousand")
def _(url: str) -> str:
    sketch = 'start s\nuser u groups="=for i in 1..90000 return string(i)"\nend e\ns -> u -> e'
    return incident(url, sketch)


@attempt("names-of-right-to-left-marks-and-combining-signs")
def _(url: str) -> str:
    name = "\u202e审批\u2066" + "a" + "\u0301" * 500 + "\ufeff\u200b"
    hall = Hall(url)
    hall.deploy(f'start s\nuser u groups=g name="{name}"\nend e\ns -> u -> e')
    hall.start(business_key=name)
    (task,) = hall.tasks()
    assert task.title == name
    assert task.business_key == name
    hall.check(task.instance_id)
    return "kept as data"


@attempt("a-name-of-a-megabyte")
def _(url: str) -> str:
    source = bpmn("start s\nuser u groups=g name=short\nend e\ns -> u -> e").replace(b'"short"', b'"' + b"x" * 1_000_000 + b'"')
    return refused_or_runs(url, source)


@attempt("variables-named-like-parts-of-the-library")
def _(url: str) -> str:
    """A form field called typename makes an instance of stock SpiffWorkflow impossible to load."""
    names = (
        "typename",
        "__class__",
        "__proto__",
        "constructor",
        "prototype",
        "data",
        "knowledge",
        "$ref",
        "py/object",
        "event",
    )
    variables: dict[str, Any] = {name: {inner: "x" for inner in names} for name in names}
    hall = Hall(url)
    hall.deploy("start s\nuser u groups=g\nend e\ns -> u -> e")
    instance_id = hall.start(variables).instance_id
    fresh = Hall(url)
    fresh.complete("u", variables, command_id="other")
    assert fresh.variables(instance_id) == variables
    fresh.check(instance_id)
    return "kept as data"


def _register_variable(name: str, value: Any) -> None:
    @attempt(name)
    def _(url: str) -> str:
        hall = Hall(url)
        hall.deploy("start s\nuser u groups=g\nend e\ns -> u -> e")
        outcome = refused_command(lambda: hall.start({"a": value}), "variable-not-storable")
        assert hall.tasks() == []
        return outcome


def _deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


for _name, _value in (
    ("variable-that-is-not-a-number", float("nan")),
    ("variable-that-is-infinite", float("inf")),
    ("variable-of-400-digits", 10**400),
    ("variable-of-a-million-digits", 1 << 3_300_000),
    ("variable-with-a-lone-surrogate", "\ud800"),
    ("variable-with-a-nul", "a\x00b"),
    ("variable-with-a-surrogate-for-a-name", {"\udfff": 1}),
    ("variable-nested-33-deep", _deep(33)),
    ("variable-nested-900-deep", _deep(900)),
    ("variable-of-a-million-items", [0] * 1_000_000),
    ("variable-of-two-million-characters", "x" * 2_000_000),
    ("variable-that-is-an-object-of-python", object()),
    ("variable-that-is-bytes", b"x"),
):
    _register_variable(_name, _value)


@attempt("operator-that-answers-with-what-cannot-be-stored")
def _(url: str) -> str:
    registry = OperatorRegistry()
    registry.local("bad")(lambda session, parameters, call: {"a": float("nan"), "b": "\ud800"})
    hall = Hall(url, registry)
    hall.deploy("start s\nservice x operator=bad\nend e\ns -> x -> e")
    instance_id = hall.start().instance_id
    (found,) = hall.runtime.queries.incidents().items
    hall.check(instance_id)
    return f"incident: {found.code}"


@attempt("a-megabyte-known-to-a-thousand-tokens")
def _(url: str) -> str:
    return refused_or_runs(url, "start s\nuser u groups=g times=1000\nend e\ns -> u -> e", {"a": "x" * 900_000})
