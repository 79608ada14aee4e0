"""Laws of every form and all data: clean twice is clean once, nothing foreign gets in, nothing but FormErrors comes out."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms import Form, FormErrors, compile_form

NOW = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)

_NAMES = ("a", "b", "c", "d", "e")


def _conditions(names: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    tests = [f"={name} = null" for name in names] + [f'={name} = "1"' for name in names] + [f"=not({name})" for name in names]
    return st.none() | st.sampled_from([*tests, "=variable > 3", "=i[1] = 2", '=this.a = "1"'])


@st.composite
def leaf(draw: st.DrawFn, key: str, names: tuple[str, ...]) -> dict[str, object]:
    kind = draw(st.sampled_from(["textfield", "textarea", "number", "checkbox", "select", "checklist", "datetime",
                                 "filepicker", "expression", "text", "amount", "identity"]))  # fmt: skip
    component: dict[str, object] = {"type": kind, "key": key}
    if kind in ("amount", "identity"):
        validator = {"validator": "fen-amount", "unit": "yuan"} if kind == "amount" else {"validator": "resident-id"}
        component |= {"type": "textfield", "properties": validator}
    elif kind in ("select", "checklist"):
        component["values"] = ["1", 2, True, {"label": "三", "value": {"code": 3}}]
    elif kind == "expression":
        component["expression"] = draw(st.sampled_from(["=1 + 1", "=variable", "=today()", "=[this.zzz, variable]"]))
    if draw(st.booleans()):
        component["validate"] = {"required": draw(st.booleans())}
    hide = draw(_conditions(names))
    if hide is not None:
        component["conditional"] = {"hide": hide}
    return component


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of five fields, of which some lie in a group or in the rows of a list. A condition reads fields before it."""
    top, grouped, rowed = [], [], []
    for number, name in enumerate(_NAMES):
        component = draw(leaf(name, _NAMES[:number]))
        draw(st.sampled_from([top, top, grouped, rowed])).append(component)
    group = {"type": "group", "path": draw(st.sampled_from(["", "g", "g.h"])), "components": grouped}
    rows = {"type": "dynamiclist", "path": "rows", "components": rowed, "conditional": {"hide": '=a = "1"'}}
    return compile_form({"id": "test", "components": [*top, group, rows]})


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 2**60)
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from(["1", "12.30", "2026-01-31", "11010519491231002X", {"code": 3}, 2, "\ud800", "\x00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=5,
)


def submissions() -> st.SearchStrategy[dict[str, Any]]:
    """Data that often fits the forms above."""
    fields = st.dictionaries(st.sampled_from([*_NAMES, *_NAMES, "x"]), _VALUES, max_size=5)
    tops = st.fixed_dictionaries(
        {}, optional={"rows": st.lists(fields, max_size=3) | _VALUES, "g": fields | st.fixed_dictionaries({"h": fields})}
    )
    return st.tuples(fields, tops).map(lambda pair: pair[0] | pair[1])


fitting = st.dictionaries(st.sampled_from(_NAMES), st.sampled_from(["1", "12.30", None, True, 2]), max_size=5)

variables = st.fixed_dictionaries({}, optional={"variable": st.integers(0, 9), "a": st.just("1"), "x": _VALUES})


def _names_inside(data: object) -> set[str]:
    if isinstance(data, dict):
        return set(data).union(*(_names_inside(value) for value in data.values()))
    return set().union(*(_names_inside(value) for value in data)) if isinstance(data, list) else set()


_law = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@_law
@given(forms(), submissions() | fitting, variables)
def test_clean_data_is_clean_storable_and_holds_only_fields_of_the_form(
    form: Form, data: dict[str, object], process: dict[str, object]
) -> None:
    try:
        once = form.clean(data, variables=process, now=NOW)
    except FormErrors as refused:
        assert refused.errors  # noqa: PT017
        json.dumps([error.__dict__ for error in refused.errors]).encode()
        return
    assert set(once) <= set(form.fields)
    assert _names_inside(once) <= {*_NAMES, "g", "h", "rows", "code"}
    json.dumps(once, allow_nan=False, ensure_ascii=False).encode()
    assert form.clean(once, variables=process, now=NOW) == once
    shown = form.present(once)
    assert form.clean(shown, variables=process, now=NOW) == once


@_law
@given(forms(), st.dictionaries(st.text(max_size=3), _VALUES, max_size=5) | _VALUES)
def test_any_data_is_clean_or_form_errors(form: Form, data: Any) -> None:
    try:
        form.clean(data, variables={}, now=NOW)
    except FormErrors as refused:
        assert all(error.zh and error.en and error.code for error in refused.errors)  # noqa: PT017


@_law
@given(forms(), fitting, variables)
def test_nothing_given_is_changed(form: Form, data: dict[str, object], process: dict[str, object]) -> None:
    before = json.dumps([data, process])
    try:
        result = form.clean(data, variables=process, now=NOW)
    except FormErrors:
        pass
    else:
        for value in result.values():
            if isinstance(value, list):
                value.append("changed")
            if isinstance(value, dict):
                value["changed"] = True
    assert json.dumps([data, process]) == before


@given(st.lists(st.sampled_from(["1", "2", None]), min_size=4, max_size=4), st.permutations([0, 1, 2, 3]))
def test_a_chain_of_conditions_comes_to_the_same_rest_in_any_order_of_the_page(
    values: list[str | None], order: list[int]
) -> None:
    chain = [
        {"type": "textfield", "key": name, "conditional": {"hide": f'={before} = "1"'}}
        for name, before in zip("abcd", ["zero", "a", "b", "c"], strict=True)
    ]
    data = dict(zip("abcd", values, strict=True))
    in_order = compile_form({"id": "test", "components": chain})
    shuffled = compile_form({"id": "test", "components": [chain[place] for place in order]})
    expected = in_order.clean(data, variables={"zero": "0"}, now=NOW)
    assert shuffled.clean(data, variables={"zero": "0"}, now=NOW) == expected
    assert all(before not in expected or expected[before] != "1" for before, name in ["ab", "bc", "cd"] if name in expected)


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_hidden_is_never_in_the_result(rows: int) -> None:
    hidden = {"type": "textfield", "key": "x", "conditional": {"hide": "=true"}}
    table = {"type": "dynamiclist", "path": "rows", "components": [hidden]}
    form = compile_form({"id": "test", "components": [hidden, table]})
    assert form.clean({"x": "1", "rows": [{"x": "1"}] * rows}, variables={}, now=NOW) == {"rows": [{}] * rows}
