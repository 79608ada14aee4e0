"""Conditions, computed fields, computed limits and rules: the server sees what the browser shows."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest

from forms import FormErrors

Clean = Callable[..., dict[str, Any]]
Errors = Callable[..., list[tuple[str, str]]]


def text(key: str, hide: str | None = None, **attributes: Any) -> dict[str, Any]:
    conditional = {} if hide is None else {"conditional": {"hide": hide}}
    return {"type": "textfield", "key": key, **conditional, **attributes}


REQUIRED = {"validate": {"required": True}}

KIND_AND_CODE = [text("kind"), text("code", '=kind != "organisation"', **REQUIRED)]


def test_a_hidden_fields_value_is_dropped_and_not_demanded(clean: Clean, errors: Errors) -> None:
    assert clean(KIND_AND_CODE, {"kind": "person", "code": "x"}) == {"kind": "person"}
    assert clean(KIND_AND_CODE, {"kind": "person"}) == {"kind": "person"}
    assert clean(KIND_AND_CODE, {"kind": "organisation", "code": "x"}) == {"kind": "organisation", "code": "x"}
    assert errors(KIND_AND_CODE, {"kind": "organisation"}) == [("code", "required")]


def test_what_is_wrong_inside_a_hidden_field_does_not_matter(clean: Clean) -> None:
    assert clean(KIND_AND_CODE, {"kind": "person", "code": {"not": "text"}}) == {"kind": "person"}


def test_conditions_read_process_variables_and_the_form_stands_before_them(clean: Clean) -> None:
    components = [text("a", '=channel = "window"'), text("b", '=kind = "person"'), text("kind")]
    assert clean(components, {"a": "1", "b": "2", "kind": "x"}, {"channel": "window", "kind": "person"}) == {
        "b": "2",
        "kind": "x",
    }


@pytest.mark.parametrize(
    ("hide", "variables", "hidden"),
    [
        ("=flag", {"flag": True}, True),
        ("=flag", {"flag": False}, False),
        ("=flag", {}, True),
        ("=not(flag)", {}, False),
        ("=not(flag)", {"flag": True}, False),
        ("=not(flag)", {"flag": False}, True),
        ("=amount > 3", {}, True),
        ("=not(amount > 3)", {}, False),
        ('=a != "x"', {}, True),
        ('=not(a = "x")', {}, True),
        ("=a = null", {}, True),
        ("=a.b = 1", {}, False),
        ('="text"', {}, False),
        ("=5", {}, False),
        ("=not(a) and b", {"a": False, "b": True}, True),
        ("=not(a) and not(b)", {"a": False, "b": True}, False),
    ],
)
def test_conditions_are_read_as_form_js_reads_them(clean: Clean, hide: str, variables: dict[str, object], hidden: bool) -> None:
    """The expected answers are those of form-js 2.0 (feelin's unaryTest)."""
    assert clean([text("x", hide)], {"x": "1"}, variables) == ({} if hidden else {"x": "1"})


def test_a_hidden_field_is_to_others_what_the_page_began_with_down_the_page(clean: Clean) -> None:
    chain = [text("a"), text("b", '=a = "hide"'), text("c", '=b = ""'), text("d", '=c != ""')]
    assert clean(chain, {"a": "", "b": "b", "c": "c", "d": "d"}) == {"a": "", "b": "b", "c": "c"}
    assert clean(chain, {"a": "hide", "b": "b", "c": "c", "d": "d"}) == {"a": "hide", "d": "d"}


def test_and_up_the_page(clean: Clean) -> None:
    chain = [text("d", '=c != ""'), text("c", '=b = ""'), text("b", '=a = "hide"'), text("a")]
    assert clean(chain, {"a": "hide", "b": "b", "c": "c", "d": "d"}) == {"a": "hide", "d": "d"}


SEES = [{"type": "checkbox", "key": "gone"}, {"type": "number", "key": "n", "conditional": {"hide": "=gone"}}]


def test_what_the_process_knows_shows_through_where_a_field_is_hidden(clean: Clean) -> None:
    """As in form-js 2.0, which lays the data without hidden fields over the data the page began with."""
    components = [*SEES, expression("seen", "=n")]
    assert clean(components, {"gone": True, "n": 3}, {"n": 7})["seen"] == 7
    assert clean(components, {"gone": True, "n": 3})["seen"] is None
    assert clean(components, {"gone": False, "n": 3}, {"n": 7})["seen"] == 3
    default = [SEES[0], {**SEES[1], "defaultValue": 5}, expression("seen", "=n")]
    assert clean(default, {"gone": True, "n": 3})["seen"] == 5


def test_a_hidden_part_of_an_object_is_not_there_and_the_last_one_brings_the_beginning_back(clean: Clean) -> None:
    hidden = {"conditional": {"hide": "=gone"}}
    parts = [text("kept"), {**text("part"), **hidden}]
    data = {"gone": True, "g": {"kept": "k", "part": "p"}}
    around = [SEES[0], {"type": "group", "path": "g", "components": parts}, expression("seen", "=g")]
    assert clean(around, data, {"g": {"part": "before"}})["seen"] == {"kept": "k"}
    around[1] = {"type": "group", "path": "g", "components": parts, **hidden}
    assert clean(around, data, {"g": {"part": "before"}})["seen"] == {"kept": "", "part": "before"}


def test_a_hidden_list_shows_the_rows_the_page_began_with(clean: Clean) -> None:
    rows = {"type": "dynamiclist", "path": "rows", "components": [text("a")], "conditional": {"hide": "=gone"}}
    components = [SEES[0], rows, expression("seen", "=rows.a")]
    assert clean(components, {"gone": True, "rows": [{"a": "x"}, {"a": "y"}]})["seen"] == [""]
    assert clean(components, {"gone": True, "rows": []}, {"rows": [{"a": "before"}]})["seen"] == ["before"]
    assert clean(components, {"gone": False, "rows": [{"a": "x"}]})["seen"] == ["x"]


def test_either_of_two_fields_may_hide_the_other(clean: Clean) -> None:
    pair = [text("mobile", '=landline != null and landline != ""'), text("landline", '=mobile != null and mobile != ""')]
    assert clean(pair, {"mobile": "1", "landline": ""}) == {"mobile": "1"}
    assert clean(pair, {"mobile": "", "landline": "2"}) == {"landline": "2"}


def test_conditions_that_contradict_each_other_are_an_error_and_not_an_endless_loop(errors: Errors) -> None:
    assert errors([text("x", '=x = "1"')], {"x": "1"}) == [("x", "conditions-unsettled")]


def test_a_hidden_group_hides_everything_in_it(clean: Clean) -> None:
    group = {
        "type": "group",
        "path": "agent",
        "conditional": {"hide": "=not(has_agent)"},
        "components": [text("name", **REQUIRED), {"type": "group", "components": [text("phone")]}],
    }
    components = [{"type": "checkbox", "key": "has_agent"}, group, text("after", '=agent.name = ""')]
    data = {"has_agent": True, "agent": {"name": "张三", "phone": "1"}, "after": "x"}
    assert clean(components, data) == {**data}
    assert clean(components, {**data, "has_agent": False}) == {"has_agent": False}


MATERIALS = {
    "type": "dynamiclist",
    "path": "materials",
    "components": [
        text("kind"),
        text("copies", '=this.kind = "original"', **REQUIRED),
        text("first_only", "=i[1] > 1"),
        text("global", "=everywhere"),
    ],
}


def test_conditions_apply_to_each_row(clean: Clean, errors: Errors) -> None:
    data = {
        "materials": [
            {"kind": "original", "copies": "5", "first_only": "a"},
            {"kind": "copy", "copies": "3", "first_only": "b"},
        ]
    }
    assert clean([MATERIALS], data, {"everywhere": True}) == {
        "materials": [{"kind": "original", "first_only": "a"}, {"kind": "copy", "copies": "3"}]
    }
    data["materials"][1]["copies"] = ""
    assert errors([MATERIALS], data, {"everywhere": True}) == [("materials[1].copies", "required")]


def test_rows_read_what_is_around_them_and_the_form_reads_its_rows(clean: Clean) -> None:
    inner = {"type": "dynamiclist", "path": "inner", "components": [text("x", '=parent.name = "hide"')]}
    outer = {"type": "dynamiclist", "path": "outer", "components": [text("name"), inner]}
    components = [
        text("this"),
        outer,
        {"type": "expression", "key": "names", "expression": "=outer.name"},
        text("y", "=_parent_ = null"),
    ]
    rows = [{"name": "hide", "inner": [{"x": "1"}]}, {"name": "show", "inner": [{"x": "2"}]}]
    assert clean(components, {"this": "own", "outer": rows, "y": "y"}) == {
        "this": "own",
        "outer": [{"name": "hide", "inner": [{}]}, {"name": "show", "inner": [{"x": "2"}]}],
        "names": ["hide", "show"],
    }


def test_a_hidden_list_is_dropped_with_its_rows_and_their_errors(clean: Clean) -> None:
    components = [text("a"), {**MATERIALS, "conditional": {"hide": '=a = "x"'}}]
    assert clean(components, {"a": "x", "materials": [{"kind": 5, "unknown": 1}]}) == {"a": "x"}


def expression(key: str, formula: str, **attributes: Any) -> dict[str, Any]:
    return {"type": "expression", "key": key, "expression": formula, **attributes}


def test_expressions_are_computed_here_whatever_the_caller_sends(clean: Clean) -> None:
    components = [
        expression("tax", "=total * 0.1"),
        expression("total", "=price * copies"),
        {"type": "number", "key": "price"},
        {"type": "number", "key": "copies"},
    ]
    data = {"price": 10, "copies": 3, "total": 1, "tax": {"forged": True}}
    assert clean(components, data) == {"tax": 3, "total": 30, "price": 10, "copies": 3}


def test_expressions_see_hidden_fields_as_empty_and_conditions_see_expressions(clean: Clean) -> None:
    components = [text("a"), text("b", '=a = "x"'), expression("has_b", '=b != ""'), text("c", "=has_b")]
    assert clean(components, {"a": "x", "b": "b", "c": "c"}) == {"a": "x", "has_b": False, "c": "c"}
    assert clean(components, {"a": "y", "b": "b", "c": "c"}) == {"a": "y", "b": "b", "has_b": True}


def test_expressions_in_rows_and_over_the_day(clean: Clean) -> None:
    rows = {
        "type": "dynamiclist",
        "path": "rows",
        "components": [{"type": "number", "key": "n"}, expression("double", "=this.n * 2")],
    }
    assert clean([rows, expression("day", "=today()")], {"rows": [{"n": 1}, {"n": 2, "double": 9}]}) == {
        "rows": [{"n": 1, "double": 2}, {"n": 2, "double": 4}],
        "day": "2026-03-02",
    }


def test_a_value_the_process_can_not_hold_is_not_computable(errors: Errors) -> None:
    assert errors([expression("x", "=2 ** 60")], {}) == [("x", "not-computable")]


def test_limits_may_be_expressions(clean: Clean, errors: Errors) -> None:
    number = {"type": "number", "key": "healthy", "validate": {"min": 0, "max": "=workers"}}
    components = [{"type": "number", "key": "workers"}, number, text("note", validate={"maxLength": "=longest"})]
    data = {"workers": 3, "healthy": 4, "note": "12345"}
    assert errors(components, data, {"longest": 4}) == [("healthy", "too-large"), ("note", "too-long")]
    assert clean(components, data | {"workers": 4}) == data | {"workers": 4}


def test_options_may_be_an_expression(clean: Clean, errors: Errors) -> None:
    towns = {"type": "select", "key": "town", "valuesExpression": '=if county = "A" then ["a1", "a2"] else others'}
    components = [text("county"), towns]
    assert clean(components, {"county": "A", "town": "a1"}) == {"county": "A", "town": "a1"}
    variables = {"others": [{"label": "其他", "value": "z"}]}
    assert clean(components, {"county": "B", "town": "z"}, variables) == {"county": "B", "town": "z"}
    assert errors(components, {"county": "B", "town": "a1"}, variables) == [("town", "not-an-option")]
    assert errors(components, {"county": "B", "town": "a1"}) == [("town", "not-an-option")]


def test_readonly_may_be_an_expression(clean: Clean) -> None:
    components = [text("note", readonly="=closed"), text("other", '=note = "kept"')]
    assert clean(components, {"note": "new", "other": "x"}, {"closed": True, "note": "kept"}) == {}
    assert clean(components, {"note": "new", "other": "x"}, {"closed": False, "note": "kept"}) == {
        "note": "new",
        "other": "x",
    }


def test_a_readonly_field_without_a_value_is_as_empty_as_on_the_page(clean: Clean) -> None:
    components = [text("note", readonly=True), text("other", '=note = ""')]
    assert clean(components, {"other": "x"}) == {}
    assert clean(components, {"other": "x"}, {"note": "n"}) == {"other": "x"}


DATES = [
    {"type": "datetime", "subtype": "date", "key": "start", "label": "开始"},
    {
        "type": "datetime",
        "subtype": "date",
        "key": "end",
        "label": "结束",
        "properties": {
            "rule": "=date(end) >= date(start)",
            "ruleMessage": "结束日期不得早于开始日期",
            "ruleMessageEn": "The end must not be before the start",
        },
    },
]


def test_a_rule_over_several_fields(clean: Clean) -> None:
    fine = {"start": "2026-03-01", "end": "2026-03-02"}
    assert clean(DATES, fine) == fine
    with pytest.raises(FormErrors) as raised:
        clean(DATES, {"start": "2026-03-03", "end": "2026-03-02"})
    (error,) = raised.value.errors
    assert (error.field, error.code) == ("end", "rule-violated")
    assert (error.zh, error.en) == ("结束日期不得早于开始日期", "The end must not be before the start")


def test_a_rule_over_an_empty_field_says_nothing(clean: Clean) -> None:
    assert clean(DATES, {"start": "2026-03-03"}) == {"start": "2026-03-03", "end": None}


def test_rules_of_the_form_of_groups_and_of_rows(errors: Errors) -> None:
    rows = {
        "type": "dynamiclist",
        "path": "rows",
        "components": [{"type": "number", "key": "share", "properties": {"rule": "=this.share <= 100"}}],
    }
    group = {"type": "group", "path": "g", "properties": {"rule": '=g.a != "bad"'}, "components": [text("a")]}
    data = {"rows": [{"share": 50}, {"share": 101}], "g": {"a": "bad"}}
    assert errors([rows, group], data, {}, {"rule": "=sum(rows.share) = 100"}) == [
        ("", "rule-violated"),
        ("g", "rule-violated"),
        ("rows[1].share", "rule-violated"),
    ]


def test_the_rule_of_a_hidden_component_does_not_apply(clean: Clean) -> None:
    component = text("a", "=b = null", properties={"rule": "=false"})
    assert clean([component], {"a": "x"}) == {}


AMOUNT = text("fee", properties={"validator": "fen-amount", "unit": "yuan"})


def test_amounts_are_yuan_on_the_page_and_fen_in_the_process(clean: Clean) -> None:
    components = [AMOUNT, text("waiver", "=number(fee) > 100")]
    assert clean(components, {"fee": "12.30", "waiver": "x"}) == {"fee": 1230, "waiver": "x"}
    assert clean(components, {"fee": 1230, "waiver": "x"}) == {"fee": 1230, "waiver": "x"}
    assert clean(components, {"fee": "100.01", "waiver": "x"}) == {"fee": 10001}


@pytest.mark.parametrize(
    "hide",
    [
        "=count(rows) = 0 or sum(for r in rows return r.n) < 0",
        "=count(for i in 1..10000 return i) < 5",
        "=count(for i in 1..100000 return i) < 5",
        '=this.x = "1"',
    ],
)
def test_no_form_of_a_few_lines_keeps_a_worker_busy(errors: Errors, hide: str) -> None:
    columns = [text("x", hide), *[text(f"f{number}", hide) for number in range(8)], {"type": "number", "key": "n"}]
    rows = {"type": "dynamiclist", "path": "rows", "components": columns}
    begin = perf_counter()
    found = errors([rows], {"rows": [{"x": "1", "n": 1}] * 499})
    assert found[0][1] in ("too-costly", "conditions-unsettled")
    assert perf_counter() - begin < 30
