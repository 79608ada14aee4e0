"""A bad definition is refused with everything that is wrong with it, each finding at its place."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import FormDefinitionError, compile_form
from forms.components import COMPONENTS
from forms.limits import MAX_COMPONENTS, MAX_SOURCE_BYTES


def findings(source: Any) -> list[tuple[str, str]]:
    with pytest.raises(FormDefinitionError) as raised:
        compile_form(source)
    assert all(finding.message_zh and finding.message_en for finding in raised.value.findings)
    return [(finding.path, finding.code) for finding in raised.value.findings]


def form(*components: Mapping[str, object], **root: object) -> dict[str, object]:
    return {"id": "test", "components": list(components), **root}


def text(**attributes: object) -> dict[str, object]:
    return {"type": "textfield", "key": "x", **attributes}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("no json", [("", "not-json")]),
        (b"\xff", [("", "not-json")]),
        ("[]", [("", "not-an-object")]),
        ('{"id": "a", "id": "b", "components": []}', [("", "not-json")]),
        ('{"id": "a", "components": [], "n": NaN}', [("", "not-json")]),
        ("[" * 100_000, [("", "not-json")]),
        (" " * (MAX_SOURCE_BYTES + 1), [("", "too-large")]),
        ({"id": "test", "components": [{1, 2}]}, [("", "not-json")]),
        ({"components": []}, [("id", "missing-id")]),
        ({"id": "a/../b", "components": []}, [("id", "bad-id")]),
        ({"id": "test"}, [("components", "not-a-list")]),
        (form(schemaVersion=20), [("schemaVersion", "unsupported-version")]),
        (form(text(), *[text(key=f"f{n}") for n in range(MAX_COMPONENTS)]), [("components", "too-large")]),
        (form({"type": "hologram", "key": "x"}), [("components[0]", "unknown-type")]),
        (form({"key": "x"}), [("components[0]", "unknown-type")]),
        (form(text(key="")), [("components[0]", "missing-key")]),
        (form({"type": "dynamiclist", "components": []}), [("components[0]", "missing-key")]),
        (form({"type": "expression", "key": "x"}), [("components[0]", "missing-key")]),
        (form(text(key="a-b")), [("components[0].key", "bad-key")]),
        (form(text(key="__proto__")), [("components[0].key", "bad-key")]),
        (form(text(key="a..b")), [("components[0].key", "bad-key")]),
        (form(text(), text()), [("components[1]", "duplicate-key")]),
        (form(text(key="a.b"), text(key="a")), [("components[1]", "duplicate-key")]),
        (form(text(key="a"), {"type": "group", "path": "a", "components": [text()]}),
         [("components[1].components[0]", "duplicate-key")]),
        (form(text(validate={"pattern": "("})), [("components[0].validate.pattern", "bad-pattern")]),
        (form(text(validate={"minLength": "two"})), [("components[0].validate.minLength", "bad-attribute")]),
        (form(text(validate={"minLength": 5, "maxLength": 2})), [("components[0].validate.minLength", "empty-range")]),
        (form(text(validate={"required": "yes"})), [("components[0].validate.required", "bad-attribute")]),
        (form(text(validate=[])), [("components[0].validate", "not-an-object")]),
        (form(text(validate={"validationType": "iban"})), [("components[0].validate.validationType", "bad-attribute")]),
        (form(text(properties={"validator": "passport"})), [("components[0].properties.validator", "unknown-validator")]),
        (form(text(properties={"validator": "fen-amount", "unit": "euro"})),
         [("components[0].properties.unit", "bad-attribute")]),
        (form(text(type="number", properties={"validator": "fen-amount", "unit": "yuan"})),
         [("components[0].properties.validator", "misplaced-validator")]),
        (form(text(type="number", properties={"validator": "resident-id"})),
         [("components[0].properties.validator", "misplaced-validator")]),
        (form(text(type="number", increment=-1)), [("components[0].increment", "bad-attribute")]),
        (form(text(type="datetime", subtype="year")), [("components[0].subtype", "bad-attribute")]),
        (form(text(type="select")), [("components[0]", "missing-options")]),
        (form(text(type="select", values={})), [("components[0].values", "not-a-list")]),
        (form(text(conditional={"hide": "a = 1"})), [("components[0].conditional.hide", "feel-needs-equals")]),
        (form(text(conditional={"hide": "=a = = 1"})), [("components[0].conditional.hide", "bad-feel")]),
        (form(text(conditional={"hide": "=" + "a " * 3000})), [("components[0].conditional.hide", "too-large")]),
        (form(text(properties={"rule": "=("})), [("components[0].properties.rule", "bad-feel")]),
        (form(properties={"rule": "a"}), [("properties.rule", "feel-needs-equals")]),
        (form(text(validate={"maxLength": "=1 +"})), [("components[0].validate.maxLength", "bad-feel")]),
        (form(text(type="select", valuesExpression="=[")), [("components[0].valuesExpression", "bad-feel")]),
        (form(text(type="expression", expression="=x + 1")), [("components[0].expression", "depends-on-itself")]),
        (form({"type": "dynamiclist", "path": "rows", "components": [text(readonly=True)]}),
         [("components[0]", "locked-field-in-growing-list")]),
        (form("text"), [("components[0]", "not-an-object")]),
    ],
)  # fmt: skip
def test_a_fault_is_found_at_its_place(source: Any, found: list[tuple[str, str]]) -> None:
    assert findings(source) == found


def test_containers_in_containers_have_an_end() -> None:
    inner: dict[str, object] = text()
    for _ in range(9):
        inner = {"type": "group", "components": [inner]}
    assert findings(form(inner)) == [("components", "too-large")]


def test_all_faults_are_found_at_once() -> None:
    source = form(text(key="a-b"), {"type": "nothing"}, text(validate={"pattern": "["}), id="")
    assert [code for _, code in findings(source)] == ["missing-id", "bad-key", "unknown-type", "bad-pattern"]


def test_attributes_of_the_page_alone_are_let_be() -> None:
    decorated = text(
        layout={"row": "Row_1", "columns": 8},
        id="Field_1",
        description="按身份证填写",
        appearance={"prefixAdorner": "第"},
        defaultValue="",
        properties={"hint": "anything"},
    )
    source = form(decorated, type="default", exporter={"name": "form-js", "version": "1.23"}, title="受理")
    compiled = compile_form(json.dumps(source).encode())
    assert (compiled.key, compiled.title, compiled.fields) == ("test", "受理", ("x",))


def test_fields_are_the_names_at_the_top_in_page_order() -> None:
    source = form(
        text(key="b.c"),
        {"type": "group", "components": [text(key="a"), text(key="b.d")]},
        {"type": "dynamiclist", "path": "rows", "components": [text()]},
        {"type": "text", "text": "..."},
    )
    assert compile_form(source).fields == ("b", "a", "rows")


def test_names_of_marshmallow_itself_are_ordinary_field_names() -> None:
    names = ("Meta", "load", "fields", "context", "opts", "typename")
    compiled = compile_form(form(*[text(key=name) for name in names]))
    assert compiled.fields == names


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | st.just("=x"),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["id", "type", "key", "path", "components", "validate", "pattern", "min", "required", "properties", "rule",
             "validator", "conditional", "hide", "values", "valuesKey", "subtype", "readonly", "label", "expression"]
        ),
        inner | st.sampled_from(sorted(COMPONENTS)),
        max_size=5,
    ),
    max_leaves=30,
)  # fmt: skip


@given(_JSON)
def test_any_json_is_a_form_or_a_definition_error(source: Any) -> None:
    with suppress(FormDefinitionError):
        compile_form(json.dumps(source))


@given(st.lists(st.dictionaries(st.sampled_from(["key", "label", "validate", "properties", "values"]), _JSON), max_size=4),
       st.sampled_from(sorted(COMPONENTS)))  # fmt: skip
def test_any_component_is_compiled_or_refused(components: list[dict[str, object]], kind: str) -> None:
    with suppress(FormDefinitionError):
        compile_form(form(*[{**component, "type": kind} for component in components]))
