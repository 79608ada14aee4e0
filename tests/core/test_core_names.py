"""A name that is read and never given is found before a case comes to it."""

import pytest

from engine.core.model import compile_definition
from engine.core.names import Lookup, unknown_names
from tests.core.sketch import bpmn

FIELDS = {"filing": ("applicant", "amount"), "opinion": ("approved",)}
LOOKUP = Lookup(lambda key: FIELDS[key], lambda key: ("area",))
ASKING = """
    start s {form}
    user a groups=g form=opinion
    exclusive x
    end e
    end f
    s -> a -> x -> e default
    x -> f if {condition}
"""
CALLER = """
    start s form=filing
    call c process=q {mapping}
    exclusive x
    end e
    end f
    s -> c -> x -> e default
    x -> f if found = 1
"""


def found(text: str, variables: str | None = None, **called: str) -> list[tuple[str, str, str, str]]:
    """Severity, process, element and sentence's name of each finding."""
    source = bpmn(text)
    if variables is not None:
        words = f'<spiffworkflow:properties><spiffworkflow:property name="variables" value="{variables}"/>'
        extension = f"<extensionElements>{words}</spiffworkflow:properties></extensionElements>"
        head, _, tail = source.decode().partition('isExecutable="true">')
        source = f'{head}isExecutable="true">{extension}{tail}'.encode()
    processes = {"p": compile_definition(source)}
    processes |= {key: compile_definition(bpmn(inner, key)) for key, inner in called.items()}
    return [
        (one.severity.value, one.process_key, one.element_id, one.en.split("'")[1]) for one in unknown_names(processes, LOOKUP)
    ]


@pytest.mark.parametrize("condition", ["approved", "amount > 1", "applicant.name = 1", "some y in [1] satisfies y > amount"])
def test_what_forms_give_is_known(condition: str) -> None:
    assert found(ASKING.format(form="form=filing", condition=condition)) == []


def test_what_begins_a_process_gives_names_or_none() -> None:
    """A message may bring anything, unless it is put under one name; a timer brings nothing."""
    for start, severity in (("message=m", "warning"), ("message=m result=letter", "error"), ("cycle=R/P1D", "error")):
        assert found(ASKING.format(form=start, condition="ammount > 1")) == [(severity, "p", "x", "ammount")]
    assert found(ASKING.format(form="signal=m result=letter", condition="letter.amount > 1")) == []


def test_a_misspelt_name_is_an_error_where_everything_is_said() -> None:
    assert found(ASKING.format(form="form=filing", condition="approvde")) == [("error", "p", "x", "approvde")]


def test_a_name_that_may_come_from_outside_is_a_warning_until_it_is_declared() -> None:
    asking = ASKING.format(form="", condition="urgent")
    assert found(asking) == [("warning", "p", "x", "urgent")]
    assert found(asking, "urgent, amount") == []
    assert found(asking, "amount") == [("error", "p", "x", "urgent")]


def test_scripts_results_and_items_give_names() -> None:
    text = """
        start s form=filing
        script count code="double = 2 * amount"
        user each groups="=person.group" collection="=[amount, double]" item=person collect=all output="=person.group"
        rule decide decision=d result=route
        exclusive x
        end e
        end f
        s -> count -> each -> decide -> x -> e default
        x -> f if route = all[1]
    """
    assert found(text) == [("error", "p", "decide", "area")]


def test_an_operator_that_gives_several_variables_makes_names_possible() -> None:
    text = ASKING.format(form="form=filing", condition="answer = 1").replace(
        "user a groups=g form=opinion", "service a operator=o"
    )
    assert found(text) == [("warning", "p", "x", "answer")]


@pytest.mark.parametrize(
    ("mapping", "inner", "expected"),
    [
        ("", "found = amount", []),
        ("", "other = 1", [("error", "p", "x", "found")]),
        ('inputs="sum=amount"', "found = sum", []),
        ('inputs="sum=amount"', "found = amount", [("error", "q", "work", "amount")]),
        ('outputs="found=inner"', "inner = 1", []),
        ('outputs="found=inner"', "other = 1", [("error", "p", "c", "inner")]),
    ],
)
def test_names_go_into_a_called_process_and_come_back(
    mapping: str, inner: str, expected: list[tuple[str, str, str, str]]
) -> None:
    called = f'start s\nscript work code="{inner}"\nend e\ns -> work -> e'
    assert found(CALLER.format(mapping=mapping), q=called) == expected
