"""Forms on the server decide as form-js does in the browser: what is hidden, what has to be there, what is computed.

form-js shows a form in a page, somebody types into it and submits; the server is given what was typed, hidden or not. The
same fields are wrong on both sides, and where none is, the server's clean data is what the browser sent. (A read-only field
that is required and empty is wrong for form-js; nobody could mend it, and the server does not ask.)
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms import Form, FormErrors, compile_form
from tests.oracle.asking import Oracle
from tests.oracle.definitions import Page, pages, pages_of

NOW = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
DEFINITIONS = sorted(Path("forms/definitions").glob("*.form"))
_HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


def browser(oracle: Oracle, page: Page) -> dict[str, Any]:
    answer = oracle.ask({"ask": "form", "schema": page.schema, "data": page.variables, "typed": page.typed})
    assert "error" not in answer, answer
    assert answer["settled"], "form-js did not come to rest"
    return answer


def typed_data(page: Page) -> dict[str, Any]:
    """What a caller sends who does not care what is hidden."""
    data: dict[str, Any] = {}
    for path, value in page.typed:
        _put(data, path, value)
    return data


def _put(target: Any, path: Sequence[str | int], value: object) -> None:
    for segment, following in pairwise(path):
        if isinstance(segment, int):
            target.extend({} for _ in range(segment + 1 - len(target)))
            target = target[segment]
        else:
            target = target.setdefault(segment, [] if isinstance(following, int) else {})
    target[path[-1]] = value


def decided(form: Form, page: Page, data: Mapping[str, object]) -> tuple[dict[str, object] | None, set[str]]:
    """The clean data, or the fields that are wrong."""
    try:
        return form.clean(data, variables=page.variables, now=NOW), set()
    except FormErrors as refused:
        return None, {error.field for error in refused.errors}


def _field(path: Sequence[str | int]) -> str:
    return "".join(f"[{segment}]" if isinstance(segment, int) else f".{segment}" for segment in path).removeprefix(".")


def locked(components: Sequence[Mapping[str, Any]], around: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths that form-js sends, or leaves out, without anybody having typed there."""
    for component in components:
        inside = (*around, *component.get("path", "").split(".")) if component.get("path") else around
        if component.get("readonly") or component.get("disabled"):
            yield (*around, *component["key"].split("."))
        if component["type"] != "dynamiclist":
            yield from locked(component.get("components", ()), inside)


def without(data: Any, paths: Sequence[Sequence[str]]) -> Any:
    """The data without what nobody could type, and without objects that hold nothing else."""
    kept = json.loads(json.dumps(data))
    for path in paths:
        inside = kept
        for segment in path[:-1]:
            inside = inside.get(segment, {})
        inside.pop(path[-1], None)
    return {name: value for name, value in kept.items() if value != {}}


@pytest.mark.slow
@settings(deadline=None, suppress_health_check=_HEALTH, max_examples=100)
@given(pages())
def test_the_server_decides_as_the_browser_does(oracle: Oracle, page: Page) -> None:
    form = compile_form(page.schema)
    shown = browser(oracle, page)
    clean, wrong = decided(form, page, typed_data(page))
    nobody_types = list(locked(page.schema["components"]))
    assert wrong == {_field(path) for path in shown["wrong"] if tuple(path) not in nobody_types}
    if clean is not None:
        assert without(clean, nobody_types) == without(shown["sent"], nobody_types)
        assert decided(form, page, shown["sent"]) == (clean, set())


def leaves(data: Any, around: str = "") -> set[str]:
    """The paths of all values that are neither objects nor lists of objects."""
    if isinstance(data, dict):
        return set().union(*(leaves(value, f"{around}.{name}") for name, value in data.items()))
    if isinstance(data, list) and any(isinstance(item, dict) for item in data):
        return set().union(*(leaves(item, f"{around}[{row}]") for row, item in enumerate(data)))
    return {around}


@pytest.mark.slow
@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
@settings(deadline=None, suppress_health_check=_HEALTH, max_examples=12)
@given(draw=st.data())
def test_the_forms_of_the_hall_show_what_the_server_expects(oracle: Oracle, path: Path, draw: st.DataObject) -> None:
    """The server asks for more (numbers of identity cards, rules over several fields), never for less or for other fields."""
    source = json.loads(path.read_text())
    page = draw.draw(pages_of(source))
    shown = browser(oracle, page)
    clean, wrong = decided(compile_form(source), page, typed_data(page))
    nobody_types = list(locked(source["components"]))
    assert {_field(place) for place in shown["wrong"] if tuple(place) not in nobody_types} <= wrong
    assert not shown["troubles"]
    if clean is not None:
        assert leaves(without(clean, nobody_types)) == leaves(without(shown["sent"], nobody_types))


def test_a_hidden_field_is_neither_sent_nor_kept(oracle: Oracle) -> None:
    hidden = {"type": "textfield", "key": "b", "id": "b", "conditional": {"hide": '=a = "x"'}, "validate": {"required": True}}
    schema = {
        "schemaVersion": 19,
        "id": "one",
        "type": "default",
        "components": [{"type": "textfield", "key": "a", "id": "a"}, hidden],
    }
    page = Page(schema, {}, [(("b",), "typed before"), (("a",), "x")])
    assert browser(oracle, page)["sent"] == {"a": "x"}
    assert decided(compile_form(schema), page, typed_data(page)) == ({"a": "x"}, set())
