"""Attempts with form definitions, and with what is filled into forms."""

import json
from typing import Any

from tests.hostile.attempts import attempt, form, form_errors, refused_form
from tests.runtime.halls import BEGIN

Component = dict[str, Any]


def definition(*components: Component, **more: Any) -> dict[str, Any]:
    return {"schemaVersion": 19, "id": "test", "type": "default", "components": list(components), **more}


def text(key: str = "a", **more: Any) -> Component:
    return {"type": "textfield", "id": key, "key": key, "label": key, **more}


@attempt("form-of-100000-components")
def _(url: str) -> str:
    return refused_form(json.dumps(definition(*({"type": "textfield", "key": f"k{n}"} for n in range(100_000)))), "too-large")


@attempt("form-of-10000-components-in-half-a-megabyte")
def _(url: str) -> str:
    return refused_form(json.dumps(definition(*({"type": "spacer"} for _ in range(10_000)))), "too-large")


@attempt("form-of-groups-5000-deep")
def _(url: str) -> str:
    source = '{"schemaVersion":19,"id":"t","type":"default","components":['
    return refused_form(source + '{"type":"group","components":[' * 5_000 + "]}" * 5_000 + "]}")


@attempt("form-of-brackets-200000-deep")
def _(url: str) -> str:
    return refused_form("[" * 200_000 + "]" * 200_000, "not-json")


@attempt("form-of-10-megabytes")
def _(url: str) -> str:
    return refused_form(json.dumps(definition(text(label="x" * 10_000_000))), "too-large")


@attempt("form-with-a-name-twice")
def _(url: str) -> str:
    return refused_form('{"id": "a", "id": "b", "schemaVersion": 19, "components": []}', "not-json")


@attempt("form-with-numbers-that-are-none")
def _(url: str) -> str:
    return refused_form('{"id": "a", "schemaVersion": NaN, "components": [{"type": "number", "key": "k", "x": Infinity}]}')


@attempt("form-with-a-limit-of-1e400")
def _(url: str) -> str:
    return refused_form('{"id":"a","schemaVersion":19,"components":[{"type":"number","key":"k","validate":{"min":1e400}}]}')


@attempt("form-with-a-limit-of-5000-digits")
def _(url: str) -> str:
    source = '{"id":"a","schemaVersion":19,"components":[{"type":"number","key":"k","validate":{"min":%s}}]}'
    return refused_form(source % ("9" * 5_000))


@attempt("form-of-bytes-that-are-no-unicode")
def _(url: str) -> str:
    return refused_form(b'{"id": "\xff\xfe"}', "not-json")


@attempt("form-with-an-id-that-is-a-path")
def _(url: str) -> str:
    return refused_form({**definition(text()), "id": "../../secret"}, "bad-id")


@attempt("form-with-keys-of-python-and-javascript")
def _(url: str) -> str:
    for key in ("__class__", "__proto__", "constructor.prototype", "a.__init__.__globals__", "a[0]", "a b", "a\x00", "\ud800"):
        made = None
        try:
            made = refused_form(definition(text(key)))
        except AssertionError:
            cleaned = form([text(key)]).clean({}, variables={}, now=BEGIN)
            assert type(cleaned) is dict
            assert cleaned == _nested(key, "")
        assert made is None or made.startswith("refused")
    assert not hasattr(object, "polluted")
    return "kept as data, or refused"


def _nested(key: str, value: Any) -> Any:
    for part in reversed(key.split(".")):
        value = {part: value}
    return value


@attempt("form-with-one-key-for-two-fields")
def _(url: str) -> str:
    return refused_form(definition(text("a"), {"type": "number", "id": "b", "key": "a", "label": "b"}))


@attempt("form-whose-conditions-contradict-each-other")
def _(url: str) -> str:
    fields = [
        text("a", conditional={"hide": '=b = "x"'}, validate={}),
        text("b", conditional={"hide": '=a != "x"'}),
    ]
    return form_errors(fields, {"a": "x", "b": "x"})


@attempt("form-whose-field-hides-itself")
def _(url: str) -> str:
    return form_errors([text("a", conditional={"hide": '=a = "x"'})], {"a": "x"})


@attempt("form-whose-expressions-need-each-other")
def _(url: str) -> str:
    fields = [
        {"type": "expression", "key": "a", "expression": "=if b = null then 1 else b + 1"},
        {"type": "expression", "key": "b", "expression": "=if a = null then 1 else a + 1"},
    ]
    try:
        return refused_form(definition(*fields))
    except AssertionError:
        return form_errors(fields, {})


@attempt("form-of-900-conditions-in-a-chain-up-the-page")
def _(url: str) -> str:
    fields = [text(f"k{n}", conditional={"hide": f'=k{n + 1} = "x"'}) for n in range(900)] + [text("k900")]
    return form_errors(fields, {f"k{n}": "x" for n in range(901)})


@attempt("form-of-500-costly-conditions")
def _(url: str) -> str:
    costly = "=count(for i in 1..50000 return i * i) = 1"
    fields = [text(f"k{n}", conditional={"hide": costly}) for n in range(500)]
    return form_errors(fields, {})


@attempt("form-rows-times-costly-expressions")
def _(url: str) -> str:
    row = [{"type": "expression", "key": f"e{n}", "expression": "=sum(for i in 1..2000 return i)"} for n in range(9)]
    rows = {"type": "dynamiclist", "id": "l", "path": "rows", "label": "l", "components": row, "allowAddRemove": True}
    return form_errors([rows], {"rows": [{} for _ in range(500)]})


@attempt("form-pattern-that-backtracks")
def _(url: str) -> str:
    return form_errors([text(validate={"pattern": "^(a+)+$"})], {"a": "a" * 900 + "!"})


@attempt("form-patterns-that-backtrack-worse")
def _(url: str) -> str:
    found = []
    for pattern in ("^(([a-z])+.)+[A-Z]([a-z])+$", "^(a|a)*$", "^(.*?,){11}P", "^(a?){50}a{50}$", "(x+x+)+y"):
        found.append(form_errors([text(validate={"pattern": pattern})], {"a": "a" * 49 + "x" * 900}))
    return found[-1]


@attempt("form-pattern-of-a-billion-states")
def _(url: str) -> str:
    return refused_form(definition(text(validate={"pattern": "((a{1000}){1000}){1000}"})))


@attempt("form-pattern-with-a-count-of-a-thousand-digits")
def _(url: str) -> str:
    return refused_form(definition(text(validate={"pattern": "a{" + "9" * 400 + "}"})))


@attempt("form-pattern-of-brackets-200-deep")
def _(url: str) -> str:
    pattern = "(" * 240 + "a" + ")" * 240
    try:
        return refused_form(definition(text(validate={"pattern": pattern})))
    except AssertionError:
        return form_errors([text(validate={"pattern": f"^{pattern}$"})], {"a": "b"})


@attempt("form-pattern-with-look-around-and-references")
def _(url: str) -> str:
    for pattern in ("(?=a)", "(?!a)", "(?<=a)b", r"(a+)\1", "(?P<x>a)(?P=x)", "(?i)a", "(?(1)a|b)"):
        refused_form(definition(text(validate={"pattern": pattern})))
    return "refused: all"


@attempt("form-select-of-100000-options")
def _(url: str) -> str:
    values = [{"label": "x", "value": str(n)} for n in range(100_000)]
    return refused_form(json.dumps(definition({"type": "select", "key": "a", "values": values})))


@attempt("form-component-nobody-knows")
def _(url: str) -> str:
    return refused_form(definition({"type": "script", "key": "a", "code": "alert(1)"}))


def _register_entry(name: str, component: Component, value: Any) -> None:
    @attempt(name)
    def _(url: str) -> str:
        entry = value() if callable(value) else value  # a large one takes memory in its own attempt, not in all others
        return form_errors([{"id": "c", "label": "c", **component}], {"a": entry})


_TEXT: Component = {"type": "textfield", "key": "a"}
_NUMBER: Component = {"type": "number", "key": "a"}
_DATE: Component = {"type": "datetime", "key": "a", "subtype": "date", "dateLabel": "d"}
_MANY: Component = {"type": "checklist", "key": "a", "values": [{"label": "x", "value": "x"}]}
_ONE: Component = {"type": "select", "key": "a", "values": [{"label": "x", "value": "x"}]}
_ROWS: Component = {"type": "dynamiclist", "path": "a", "components": [text("b")], "allowAddRemove": True}
for _name, _component, _value in (
    ("entry-of-ten-megabytes", _TEXT, lambda: "x" * 10_000_000),
    ("entry-with-a-lone-surrogate", _TEXT, "\ud800"),
    ("entry-with-a-nul", _TEXT, "a\x00b"),
    ("entry-that-is-an-object-for-text", _TEXT, {"__class__": "str"}),
    ("entry-nested-900-deep-for-text", _TEXT, json.loads("[" * 900 + "]" * 900)),
    ("entry-that-is-not-a-number", _NUMBER, float("nan")),
    ("entry-that-is-infinite", _NUMBER, float("-inf")),
    ("entry-of-1e400-as-text", _NUMBER, "1e400"),
    ("entry-of-400-digits", _NUMBER, 10**400),
    ("entry-of-a-million-digits-as-text", _NUMBER, lambda: "9" * 1_000_000),
    ("entry-of-digits-of-another-script", _NUMBER, "١٢٣"),
    ("entry-that-is-true-for-a-number", _NUMBER, True),
    ("entry-of-the-year-10-to-the-9", _DATE, "1000000000-01-01"),
    ("entry-of-the-year-0", _DATE, "0000-00-00"),
    ("entry-of-a-date-a-million-characters-long", _DATE, lambda: "2026-01-01" + "0" * 1_000_000),
    ("entry-that-is-no-option", _ONE, "y"),
    ("entry-that-is-an-option-in-a-list", _ONE, ["x"]),
    ("entry-of-a-million-choices", _MANY, lambda: ["x"] * 1_000_000),
    ("entry-of-choices-that-cannot-be-compared", _MANY, [{}, [], {"x": []}]),
    ("entry-of-a-million-rows", _ROWS, lambda: [{}] * 1_000_000),
    ("entry-of-rows-that-are-no-rows", _ROWS, [1, "x", None, [[]]]),
    ("entry-of-rows-with-other-fields", _ROWS, [{"b": "x", "__proto__": {"admin": True}}]),
):
    _register_entry(_name, _component, _value)


@attempt("entry-into-fields-the-form-does-not-have")
def _(url: str) -> str:
    return form_errors([text("a")], {"a": "x", "approved": True, "__class__": "x", "__proto__": {"admin": True}})


@attempt("entry-into-a-hundred-thousand-fields-the-form-does-not-have")
def _(url: str) -> str:
    return form_errors([text("a")], {f"x{n}": n for n in range(100_000)})


@attempt("entry-into-read-only-hidden-and-computed-fields")
def _(url: str) -> str:
    fields = [
        text("fixed", readonly=True),
        text("off", disabled=True),
        text("gone", conditional={"hide": "=true"}),
        {"type": "expression", "key": "sum", "expression": "=1 + 1"},
    ]
    forged = {"fixed": "forged", "off": "forged", "gone": "forged", "sum": 99}
    cleaned = form(fields).clean(forged, variables={"fixed": "true"}, now=BEGIN)
    assert "forged" not in cleaned.values()
    assert cleaned["sum"] == 2
    return "null: nothing of it was taken"
