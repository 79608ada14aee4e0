"""What each component takes, what it refuses, and what the process gets."""

from collections.abc import Callable
from typing import Any

import pytest

from forms import FormErrors

Clean = Callable[..., dict[str, Any]]
Errors = Callable[..., list[tuple[str, str]]]


def field(kind: str, **attributes: Any) -> list[dict[str, Any]]:
    return [{"type": kind, "key": "x", "label": "项目", **attributes}]


OPTIONS = {"values": [{"label": "个人", "value": "person"}, {"label": "组织", "value": "organisation"}, 3, True]}


@pytest.mark.parametrize(
    ("components", "given", "kept"),
    [
        (field("textfield"), "  张三\n李四 ", "张三 李四"),
        (field("textarea"), " 第一行\n第二行\n", "第一行\n第二行"),
        (field("textfield"), None, ""),
        (field("number"), 12, 12),
        (field("number"), 12.0, 12),
        (field("number"), "12.50", 12.5),
        (field("number"), -0.0, 0),
        (field("number"), "", None),
        (field("number", serializeToString=True), "12.50", "12.5"),
        (field("number", serializeToString=True), 7, "7"),
        (field("number", increment=0.1), 0.3, 0.3),
        (field("datetime", subtype="date"), "2026-02-28", "2026-02-28"),
        (field("datetime", subtype="time"), "09:30", "09:30"),
        (field("datetime", subtype="time", timeSerializingFormat="utc_normalized"), "09:30", "01:30Z"),
        (field("datetime", subtype="datetime", timeSerializingFormat="no_timezone"), "2026-02-28T17:30Z", "2026-03-01T01:30"),
        (
            field("datetime", subtype="datetime", timeSerializingFormat="utc_offset"),
            "2026-02-28T09:30",
            "2026-02-28T09:30+08:00",
        ),
        (field("datetime", subtype="date", disallowPassedDates=True), "2026-03-02", "2026-03-02"),
        (field("checkbox"), True, True),
        (field("checkbox"), None, False),
        (field("select", **OPTIONS), "person", "person"),
        (field("radio", **OPTIONS), 3.0, 3),
        (field("radio", **OPTIONS), True, True),
        (field("select", **OPTIONS), "", None),
        (field("checklist", **OPTIONS), ["organisation", "person", "person"], ["organisation", "person"]),
        (field("taglist", **OPTIONS), None, []),
        (field("filepicker"), "files::abc-1", "files::abc-1"),
        (field("filepicker", multiple=True), ["a", "b"], ["a", "b"]),
        (field("filepicker", multiple=True), [], None),
        (field("textfield", properties={"validator": "fen-amount", "unit": "yuan"}), "12.3", 1230),
        (field("textfield", properties={"validator": "fen-amount", "unit": "yuan"}), 1230, 1230),
        (field("textfield", properties={"validator": "fen-amount", "unit": "yuan"}), "", None),
        (field("number", properties={"validator": "fen-amount"}), 1230, 1230),
        (field("textfield", properties={"validator": "resident-id"}), "11010519491231002x", "11010519491231002X"),
    ],
)
def test_what_a_component_takes(clean: Clean, components: Any, given: object, kept: object) -> None:
    result = clean(components, {"x": given})
    assert result == {"x": kept}
    assert type(result["x"]) is type(kept)


@pytest.mark.parametrize(
    ("components", "given", "code"),
    [
        (field("textfield"), 5, "not-text"),
        (field("textfield"), "a\x00b", "text-not-storable"),
        (field("textfield"), "a\ud800b", "text-not-storable"),
        (field("textarea"), "长" * 20_001, "too-long"),
        (field("textfield", validate={"minLength": 2}), " 张 ", "too-short"),
        (field("textfield", validate={"maxLength": 2}), "欧阳修", "too-long"),
        (field("textfield", validate={"pattern": "^[0-9]+$"}), "１", "pattern-mismatch"),
        (field("textfield", validate={"pattern": "^a*$"}), "a" * 1_001, "too-long"),
        (field("textfield", validate={"validationType": "email"}), "a@b@c", "not-an-email"),
        (field("textfield", validate={"validationType": "phone"}), "13800000000", "not-a-phone-number"),
        (field("textfield", validate={"required": True}), "  ", "required"),
        (field("number"), True, "not-a-number"),
        (field("number"), "1e5", "not-a-number"),
        (field("number"), float("nan"), "not-a-number"),
        (field("number"), 2**53, "number-out-of-range"),
        (field("number", validate={"min": 1}), 0, "too-small"),
        (field("number", validate={"max": "10"}), 10.5, "too-large"),
        (field("number", decimalDigits=0), 1.5, "not-an-integer"),
        (field("number", decimalDigits=2), "1.255", "too-many-decimals"),
        (field("number", increment=0.1), 0.35, "not-a-multiple"),
        (field("number", validate={"required": True}), None, "required"),
        (field("datetime", subtype="date"), "2026-02-29", "not-a-date"),
        (field("datetime", subtype="date"), "20260228", "not-a-date"),
        (field("datetime", subtype="time"), "24:00", "not-a-time"),
        (field("datetime", subtype="datetime"), "2026-02-28", "not-a-date-time"),
        (field("datetime", subtype="date", disallowPassedDates=True), "2026-03-01", "date-passed"),
        (field("datetime", subtype="datetime", disallowPassedDates=True), "2026-03-01T15:59Z", "date-passed"),
        (field("checkbox"), "true", "not-a-yes-or-no"),
        (field("checkbox", validate={"required": True}), False, "required"),
        (field("select", **OPTIONS), "nobody", "not-an-option"),
        (field("radio", **OPTIONS), 1, "not-an-option"),
        (field("select", **OPTIONS), ["person"], "not-an-option"),
        (field("checklist", **OPTIONS), "person", "not-a-list"),
        (field("checklist", **OPTIONS), ["person", "nobody"], "not-an-option"),
        (field("taglist", validate={"required": True}, **OPTIONS), [], "required"),
        (field("filepicker"), "../etc/passwd", "not-a-file"),
        (field("filepicker"), ["a"], "not-a-file"),
        (field("filepicker", validate={"required": True}), None, "required"),
        (field("textfield", properties={"validator": "resident-id"}), "110105194912310021", "resident-id-checksum"),
        (field("textfield", properties={"validator": "fen-amount"}), -1, "amount-in-fen"),
        (field("textfield", properties={"validator": "fen-amount", "unit": "yuan"}), -1, "amount-in-yuan"),
        (field("number", properties={"validator": "fen-amount"}), -1, "amount-in-fen"),
    ],
)
def test_what_a_component_refuses(errors: Errors, components: Any, given: object, code: str) -> None:
    assert errors(components, {"x": given}) == [("x", code)]


@pytest.mark.parametrize(
    "kind", ["text", "html", "image", "iframe", "table", "spacer", "separator", "button", "documentPreview"]
)
def test_a_component_without_data_takes_none(clean: Clean, errors: Errors, kind: str) -> None:
    components = [{"type": kind, "key": "x", "dataSource": "=rows", "columns": []}]
    assert clean(components, {}) == {}
    assert errors(components, {"x": 1}) == [("x", "unknown-field")]


def test_a_field_that_was_not_sent_is_empty_and_its_default_is_not_invented(clean: Clean) -> None:
    components = [
        {"type": "textfield", "key": "name", "defaultValue": "张三"},
        {"type": "number", "key": "copies", "defaultValue": 3},
        {"type": "checkbox", "key": "agreed", "defaultValue": True},
    ]
    assert clean(components, {}) == {"name": "", "copies": None, "agreed": False}


def test_every_error_is_reported_at_once_in_the_order_of_the_page(errors: Errors) -> None:
    components = [
        {"type": "textfield", "key": "name", "validate": {"required": True}},
        {"type": "number", "key": "copies"},
        {"type": "textfield", "key": "phone", "validate": {"minLength": 5, "pattern": "^1"}},
    ]
    data = {"zzz": 1, "phone": "22", "copies": "many", "extra": {"a": 1}}
    assert errors(components, data) == [
        ("name", "required"),
        ("copies", "not-a-number"),
        ("phone", "too-short"),
        ("phone", "pattern-mismatch"),
        ("extra", "unknown-field"),
        ("zzz", "unknown-field"),
    ]


def test_errors_name_the_field_in_both_languages_and_rows_by_number(clean: Clean) -> None:
    copies = {
        "type": "number",
        "key": "copies",
        "label": "份数",
        "validate": {"min": 1},
        "properties": {"labelEn": "Copies"},
    }
    rows = {
        "type": "dynamiclist",
        "path": "materials",
        "label": "材料",
        "properties": {"labelEn": "Materials"},
        "components": [copies],
    }
    with pytest.raises(FormErrors) as raised:
        clean([rows], {"materials": [{"copies": 1}, {"copies": 0}]})
    (error,) = raised.value.errors
    assert error.field == "materials[1].copies"
    assert error.zh == "“材料第2行的份数”不得小于1，现为0。"
    assert error.en == "Expected “Copies in row 2 of Materials” to be at least 1, but it is 0."


def test_the_designers_own_words_for_a_pattern_are_used(clean: Clean) -> None:
    component = {
        "type": "textfield",
        "key": "plate",
        "validate": {"pattern": "^浙", "patternErrorMessage": "只受理浙江车牌"},
        "properties": {"patternErrorMessageEn": "Zhejiang plates only"},
    }
    with pytest.raises(FormErrors) as raised:
        clean([component], {"plate": "京A"})
    assert (raised.value.errors[0].zh, raised.value.errors[0].en) == ("只受理浙江车牌", "Zhejiang plates only")


def test_groups_and_dotted_keys_share_objects(clean: Clean, errors: Errors) -> None:
    components = [
        {"type": "group", "path": "applicant", "components": [{"type": "textfield", "key": "name"}]},
        {"type": "group", "components": [{"type": "textfield", "key": "applicant.address.street"}]},
    ]
    data = {"applicant": {"name": "张三", "address": {"street": "县前街"}}}
    assert clean(components, data) == data
    assert clean(components, {"applicant": None}) == {"applicant": {"name": "", "address": {"street": ""}}}
    assert errors(components, {"applicant": {"nmae": "张三"}}) == [("applicant.nmae", "unknown-field")]
    assert errors(components, {"applicant": []}) == [("applicant", "not-an-object")]


LIST = {"type": "dynamiclist", "path": "rows", "components": [{"type": "textfield", "key": "name"}]}


def test_rows_are_cleaned_each(clean: Clean, errors: Errors) -> None:
    assert clean([LIST], {"rows": [{"name": " a "}, {}]}) == {"rows": [{"name": "a"}, {"name": ""}]}
    assert clean([LIST], {}) == {"rows": []}
    assert errors([LIST], {"rows": {}}) == [("rows", "not-a-list")]
    assert errors([LIST], {"rows": [{"name": 1}, 5, {"x": 1}]}) == [
        ("rows[0].name", "not-text"),
        ("rows[1]", "not-an-object"),
        ("rows[2].x", "unknown-field"),
    ]


def test_the_number_of_rows_is_limited(errors: Errors) -> None:
    limited = {**LIST, "properties": {"minRows": "1", "maxRows": "2"}}
    assert errors([limited], {}) == [("rows", "too-few-rows")]
    assert errors([limited], {"rows": [{}, {}, {}]}) == [("rows", "too-many-rows")]
    assert errors([{**LIST, "validate": {"required": True}}], {"rows": []}) == [("rows", "too-few-rows")]


def test_lists_lie_in_lists_within_bounds(clean: Clean, errors: Errors) -> None:
    nested = {"type": "dynamiclist", "path": "outer", "components": [LIST]}
    data = {"outer": [{"rows": [{"name": "a"}]}, {"rows": []}]}
    assert clean([nested], data) == data
    many = {"outer": [{"rows": [{"name": "a"}] * 400}] * 20}
    assert errors([nested], many) == [("", "too-many-values")]


def test_options_come_from_process_variables_only(clean: Clean, errors: Errors) -> None:
    components = [{"type": "select", "key": "x", "valuesKey": "windows"}]
    variables = {"windows": [{"label": "卫生窗口", "value": "health"}, "planning", {"label": "无值"}, None]}
    assert clean(components, {"x": "health"}, variables) == {"x": "health"}
    assert clean(components, {"x": "planning"}, variables) == {"x": "planning"}
    assert errors(components, {"x": "无值"}, variables) == [("x", "not-an-option")]
    assert errors(components, {"x": "health"}) == [("x", "not-an-option")]
    with_field = [*components, {"type": "taglist", "key": "windows", "values": ["own"]}]
    assert errors(with_field, {"x": "own", "windows": ["own"]}) == [("x", "not-an-option")]


def test_readonly_and_disabled_fields_are_not_taken_from_the_caller(clean: Clean) -> None:
    components = [
        {"type": "textfield", "key": "a", "disabled": True, "validate": {"required": True}},
        {"type": "number", "key": "b", "readonly": True},
        {"type": "textfield", "key": "c"},
    ]
    assert clean(components, {"a": "forged", "b": "no number", "c": "c"}, {"a": "true", "b": 1}) == {"c": "c"}


def test_locked_fields_inside_objects_keep_the_value_of_the_process(clean: Clean) -> None:
    components = [
        {"type": "textfield", "key": "applicant.name", "readonly": True},
        {"type": "textfield", "key": "applicant.phone"},
        {"type": "textfield", "key": "case.number", "readonly": True},
    ]
    variables = {"applicant": {"name": "张三", "phone": "1"}, "case": {"number": "A1"}}
    data = {"applicant": {"name": "李四", "phone": "2"}, "case": {"number": "A2"}}
    assert clean(components, data, variables) == {"applicant": {"name": "张三", "phone": "2"}}


def test_locked_columns_keep_the_value_of_the_process_and_their_rows_their_number(clean: Clean, errors: Errors) -> None:
    rows = {
        "type": "dynamiclist",
        "path": "materials",
        "allowAddRemove": False,
        "components": [
            {"type": "textfield", "key": "name", "readonly": True},
            {"type": "checkbox", "key": "received"},
        ],
    }
    variables = {"materials": [{"name": "申请书"}, {"name": "身份证"}]}
    data = {"materials": [{"name": "假", "received": True}, {"received": False}]}
    assert clean([rows], data, variables) == {
        "materials": [{"name": "申请书", "received": True}, {"name": "身份证", "received": False}]
    }
    assert errors([rows], {"materials": [{"received": True}]}, variables) == [("materials", "row-count")]


def test_a_locked_list_is_left_alone(clean: Clean) -> None:
    rows = {**LIST, "readonly": True}
    assert (
        clean(
            [rows],
            {
                "rows": [{"name": 5}],
            },
            {"rows": [{"name": "a"}]},
        )
        == {}
    )


def test_an_integer_beyond_all_bounds_is_refused_quietly(errors: Errors) -> None:
    for components in (field("number"), field("textfield", properties={"validator": "fen-amount"})):
        ((name, code),) = errors(components, {"x": 10**5000})
        assert (name, code) in [("x", "not-a-number"), ("x", "not-text")]


def test_what_one_answer_holds_is_not_another_answers(clean: Clean) -> None:
    components = [
        *field("checklist", **OPTIONS),
        {"type": "dynamiclist", "path": "rows", "id": "rows", "defaultRepetitions": 0, "components": field("textfield")},
    ]
    first = clean(components, {})
    first["x"].append("person")
    first["rows"].append({"x": "somebody"})
    assert clean(components, {}) == {"x": [], "rows": []}
