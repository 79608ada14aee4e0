"""What deployment says about a table, each time with an input for which it is so; tried out by deciding that input."""

from random import Random

import pytest

from decisions import DecisionModelError, Severity
from tests.decisions.sketch import decision, given, model_of, one, result, table

ALL = ("UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT")


def analysed(inputs, rules, policy="UNIQUE", **options):
    """The model, its findings and the report of its one table; errors as warnings."""
    model = one(table(inputs, rules, policy=policy, **options), tolerant=True)
    (report,) = model.tables
    return model, report


def codes(report):
    return [found.code for found in report.findings]


def matched(inputs, rules, example):
    """The numbers of the rules that an example passes."""
    model = one(table(inputs, rules, policy="RULE ORDER"), tolerant=True)
    return [match.number for match in result(model, example).trace[0].matched]


COLUMNS = {
    "numbers": ({"x": "number"}, "< 10", ">= 9", {"x": 9}),
    "intervals": ({"x": "number"}, "[1..5]", "(4..9)", {"x": 4.5}),
    "texts": ({"x": "string"}, '"a","b"', '"b","c"', {"x": "b"}),
    "other texts": ({"x": "string"}, 'not("a")', 'not("b")', {"x": "其他"}),
    "booleans": ({"x": "boolean"}, "true", "-", {"x": True}),
    "dates": ({"x": "date"}, '<= date("2026-01-05")', '>= date("2026-01-05")', {"x": "2026-01-05"}),
    "moments": (
        {"x": "dateTime"},
        '< date and time("2026-01-05T00:00:00Z")',
        '> date and time("2026-01-01T00:00:00Z")',
        {"x": "2026-01-01T00:00:01+00:00"},
    ),
    "lengths": ({"x": "dayTimeDuration"}, '< duration("P2D")', '> duration("P1D")', {"x": "P1DT1S"}),
    "months": ({"x": "yearMonthDuration"}, '<= duration("P1Y")', '>= duration("P1Y")', {"x": "P1Y"}),
    "missing": ({"x": "boolean"}, "not(true)", "not(false)", {"x": None}),
    "conditions": ({"x": "number"}, "? > 3 and ? < 6", "? between 5 and 9", {"x": 5}),
    "untyped": ({"x": ""}, "< 3", "2, 7", {"x": 2}),
    "paths": ({"who.age": "number"}, "< 3", "2, 7", {"who": {"age": 2}}),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_an_overlap_of_unique_rules_is_refused_with_an_example(name):
    inputs, one_cell, other, example = COLUMNS[name]
    rules = [(one_cell, "1"), (other, "2")]
    with pytest.raises(DecisionModelError) as raised:
        one(table(inputs, rules))
    found = next(found for found in raised.value.findings if found.severity is Severity.ERROR)
    assert (found.code, found.element_id) == ("unique-overlap", "r2")
    assert found.example == example
    assert matched(inputs, rules, found.example) == [1, 2]


def test_rules_that_exclude_each_other_do_not_overlap():
    _, report = analysed({"x": "number", "y": "string"}, [("< 5", "-", "1"), (">= 5", '"a"', "2"), (">= 5", 'not("a")', "3")])
    assert report.decided
    assert report.findings == ()


def test_dates_next_to_each_other_leave_no_gap_and_numbers_do():
    cells = ['<= date("2026-01-05")', '>= date("2026-01-06")']
    assert codes(analysed({"x": "date"}, [(cell, "1") for cell in cells])[1]) == []
    inputs, rules = {"x": "number"}, [("<= 5", "1"), (">= 6", "2")]
    _, report = analysed(inputs, rules)
    (gap,) = report.findings
    assert gap.code == "table-gap"
    assert gap.severity is Severity.WARNING
    assert gap.example == {"x": 5.5}
    assert matched(inputs, rules, gap.example) == []


def test_a_gap_shows_what_the_designer_forgot():
    inputs = {"kind": "string", "area": "number", "food": "boolean"}
    rules = [('"single"', "-", "-", "1"), ('"joint"', "<= 200", "-", "2"), ('"joint"', "> 200", "true", "3")]
    _, report = analysed(inputs, rules, values={"kind": '"single","joint"'})
    (gap,) = report.findings
    assert gap.example == {"kind": "joint", "area": 201, "food": False}
    assert 'kind = "joint", area = 201, food = false' in gap.en
    assert matched(inputs, rules, gap.example) == []


def test_allowed_values_of_a_type_bound_the_inputs():
    allowed = '<allowedValues><text>"a","b"</text></allowedValues>'
    kind = f'<itemDefinition name="tKind"><typeRef>string</typeRef>{allowed}</itemDefinition>'
    body = table({"x": "tKind"}, [('"a"', "1"), ('"b"', "2")])
    assert model_of(kind, decision("one", body)).tables[0].findings == ()


@pytest.mark.parametrize("options", [{"defaults": {"out": "0"}}, {"policy": "COLLECT"}, {"policy": "RULE ORDER"}])
def test_no_gap_where_there_is_an_answer_all_the_same(options):
    _, report = analysed({"x": "number"}, [("> 1", "1")], **options)
    assert codes(report) == []


def test_a_missing_input_is_a_gap_only_if_the_table_speaks_of_it():
    silent = analysed({"x": "boolean"}, [("true", "1"), ("false", "2")])[1]
    assert codes(silent) == []
    speaking = analysed({"x": "boolean", "y": "boolean"}, [("null", "-", "1"), ("true", "-", "2")])[1]
    assert speaking.findings[0].example["x"] is False


def test_rules_of_any_may_overlap_if_they_say_the_same():
    same = analysed({"x": "number"}, [("> 1", '"a"'), ("> 2", '"a"')], "ANY", defaults={"out": "0"})[1]
    assert codes(same) == []
    other = analysed({"x": "number"}, [("> 1", '"a"'), ("> 2", '"b"')], "ANY", defaults={"out": "0"})[1]
    assert codes(other) == ["any-conflict"]
    assert other.findings[0].example == {"x": 3}


def test_a_rule_behind_others_of_a_first_table_is_told():
    inputs, rules = {"x": "number"}, [("< 5", "1"), (">= 4", "2"), ("[1..9]", "3"), ("-", "4")]
    _, report = analysed(inputs, rules, "FIRST")
    (hidden,) = report.findings
    assert (hidden.code, hidden.element_id, hidden.example) == ("rule-unreachable", "r3", {"x": 1})
    # The last rule takes what has no value.
    assert matched(inputs, rules, {"x": None}) == [4]


def test_a_rule_behind_more_important_ones_of_a_priority_table_is_told():
    options = {"output_values": {"out": '"high","low"'}, "defaults": {"out": '"low"'}}
    _, report = analysed({"x": "number"}, [("> 5", '"low"'), ("> 3", '"high"'), ("> 2", '"low"')], "PRIORITY", **options)
    assert [(found.code, found.element_id) for found in report.findings] == [("rule-unreachable", "r1")]


@pytest.mark.parametrize("policy", ALL)
def test_a_rule_that_nothing_passes_is_told(policy):
    options = {"output_values": {"out": "1, 2"}, "defaults": {"out": "1"}}
    inputs, rules = {"x": "number", "y": "number"}, [("> 5", "-", "1"), ('"a"', "-", "2")]
    report = analysed(inputs, rules, policy, **options)[1]
    assert codes(report) == ["rule-never-matches"]
    twice = analysed({"x": "number", " x": "number"}, [("> 5", "< 3", "1")], policy, **options)[1]
    assert codes(twice) == ["rule-never-matches"]


@pytest.mark.parametrize(
    ("inputs", "cell"),
    [
        ({"x + 1": "number"}, "> 5"),
        ({"x": "string"}, "> y"),
        ({"x": "string"}, 'starts with(?, "a")'),
        ({"x": "string"}, '> "a"'),
        ({"x": ""}, '> date("2026-01-01")'),
        ({"x": "time"}, '> time("10:00:00")'),
        ({"x": "list"}, "-"),
    ],
)
def test_what_is_not_understood_is_not_decided(inputs, cell):
    _, report = analysed(inputs, [(cell, "1"), ("-", "2")])
    assert not report.decided
    assert report.findings == ()
    assert report.reason_zh
    assert report.reason_en


def test_a_column_that_is_part_of_another_is_not_decided():
    _, report = analysed({"a": "", "a.b": "number"}, [("-", "> 1", "1")])
    assert not report.decided


def test_tables_within_boxes_and_knowledge_are_analysed_too():
    inner = f"<contextEntry><variable name='a'/>{table({'x': 'number'}, [('> 1', '1'), ('> 2', '2')])}</contextEntry>"
    with pytest.raises(DecisionModelError):
        model_of(given("x"), decision("one", f"<context>{inner}</context>", needs=["in_x"]))


def test_overlaps_are_told_up_to_twenty():
    report = analysed({"x": "number"}, [("-", str(number)) for number in range(30)])[1]
    assert codes(report) == ["unique-overlap"] * 20


def test_a_large_table_is_analysed_in_no_time():
    rules = [(f"[{number}..{number + 1})", f'"t{number % 7}"', str(number)) for number in range(150)]
    _, report = analysed({"x": "number", "y": "string"}, rules)
    assert report.decided
    assert codes(report) == ["table-gap"]


def test_a_table_nobody_could_search_through_is_not_decided():
    """Whether random clauses of three leave anything open is hard to say: the search stops, and says so."""
    dice = Random(3)
    rules = []
    for _ in range(190):
        row = ["-"] * 40
        for column in dice.sample(range(40), 3):
            row[column] = dice.choice(["true", "false"])
        rules.append((*row, "1"))
    _, report = analysed({f"x{number}": "boolean" for number in range(40)}, rules, "ANY")
    assert (report.decided, report.reason_en) == (False, "the table is too complex")


def test_a_table_too_large_to_compare_is_not_decided():
    _, report = analysed({"x": "string"}, [(f'"t{number}"', "1") for number in range(1_500)])
    assert (report.decided, report.findings, report.reason_en) == (False, (), "the table is too large")
