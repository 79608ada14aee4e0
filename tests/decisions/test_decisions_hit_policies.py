"""What becomes of the rules that match, for every hit policy and aggregation."""

from decimal import Decimal

import pytest

from decisions import DecisionModelError, DecisionTrouble
from tests.decisions.sketch import decide, one, result, table

NUMBERS = {"x": "number"}


def numbers(policy, *rules, **options):
    """A table about the number x. Overlaps that deployment would refuse are let through."""
    return one(table(NUMBERS, rules, policy=policy, **options), tolerant=True)


def test_unique_gives_the_one_rule():
    model = numbers("UNIQUE", ("< 5", '"low"'), (">= 5", '"high"'))
    assert [decide(model, {"x": x}) for x in (4, 5)] == ["low", "high"]


def test_unique_never_picks_one_of_several():
    model = numbers("UNIQUE", ("< 5", '"low"'), ("> 1", '"high"'))
    with pytest.raises(DecisionTrouble) as raised:
        decide(model, {"x": 3})
    assert raised.value.code == "unique-overlap"
    assert raised.value.trouble.element_id == "table"
    assert "1, 2" in raised.value.trouble.en
    assert "1, 2" in raised.value.trouble.zh
    standard = result(model, {"x": 3}, strict=False)
    assert standard.value is None
    assert [trouble.code for trouble in standard.troubles] == ["unique-overlap"]


def test_unique_is_what_a_table_without_a_policy_is():
    source = table(NUMBERS, [("< 5", '"low"'), ("> 1", '"high"')]).replace(' hitPolicy="UNIQUE"', "")
    with pytest.raises(DecisionTrouble):
        decide(one(source, tolerant=True), {"x": 3})


def test_any_takes_rules_that_say_the_same():
    model = numbers("ANY", ("< 5", '"a"'), ("> 1", '"a"'), ("> 3", '"b"'))
    assert decide(model, {"x": 2}) == "a"
    with pytest.raises(DecisionTrouble) as raised:
        decide(model, {"x": 4})
    assert raised.value.code == "any-conflict"
    assert decide(model, {"x": 4}, strict=False) is None


def test_first_takes_the_first():
    model = numbers("FIRST", ("< 5", '"a"'), ("> 1", '"b"'))
    assert [decide(model, {"x": x}) for x in (3, 6)] == ["a", "b"]


def test_first_does_not_look_at_what_comes_after():
    model = numbers("FIRST", ("< 5", "1"), ("> 1", "2"))
    assert [match.number for match in result(model, {"x": 3}).trace[0].matched] == [1]


def test_priority_goes_by_the_order_of_the_output_values():
    model = numbers("PRIORITY", ("> 0", '"low"'), ("> 5", '"high"'), output_values={"out": '"high", "low"'})
    assert [decide(model, {"x": x}) for x in (3, 6)] == ["low", "high"]


def test_priority_goes_by_columns_from_left_to_right_and_then_by_rules():
    model = numbers(
        "PRIORITY",
        ("-", '"b"', '"x"', "1"),
        ("-", '"a"', '"y"', "2"),
        ("-", '"a"', '"x"', "3"),
        ("-", '"a"', '"x"', "4"),
        outputs=("one", "two", "three"),
        output_values={"one": '"a","b"', "two": '"x","y"'},
    )
    assert decide(model, {"x": 0}) == {"one": "a", "two": "x", "three": Decimal(3)}


def test_rule_order_lists_in_the_order_of_the_table():
    model = numbers("RULE ORDER", ("> 0", "3"), ("> 1", "1"), ("> 2", "2"))
    assert decide(model, {"x": 2}) == [3, 1]


def test_output_order_lists_in_the_order_of_the_output_values():
    model = numbers("OUTPUT ORDER", ("> 0", "3"), ("> 1", "1"), ("> 2", "2"), output_values={"out": "1, 2, 3"})
    assert decide(model, {"x": 9}) == [1, 2, 3]


@pytest.mark.parametrize(("aggregation", "wanted"), [("", [3, 1, 3]), ("SUM", 7), ("MIN", 1), ("MAX", 3), ("COUNT", 3)])
def test_collect(aggregation, wanted):
    model = numbers("COLLECT", ("> 0", "3"), ("> 0", "1"), ("> 0", "3"), aggregation=aggregation)
    assert decide(model, {"x": 1}) == wanted


@pytest.mark.parametrize(("aggregation", "wanted"), [("", []), ("SUM", None), ("MIN", None), ("MAX", None), ("COUNT", 0)])
def test_collect_of_nothing(aggregation, wanted):
    assert decide(numbers("COLLECT", ("> 0", "3"), aggregation=aggregation), {"x": 0}) == wanted


def test_lengths_of_time_are_summed_and_texts_are_not():
    days = numbers("COLLECT", ("> 0", '@"P1D"'), ("> 1", '@"P2D"'), aggregation="SUM")
    assert str(decide(days, {"x": 2})) == "P3D"
    texts = numbers("COLLECT", ("> 0", '"a"'), ("> 1", '"b"'), aggregation="SUM")
    with pytest.raises(DecisionTrouble) as raised:
        decide(texts, {"x": 2})
    assert raised.value.code == "aggregation-failed"
    assert decide(texts, {"x": 2}, strict=False) is None


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST"])
def test_without_a_match_the_result_is_null(policy):
    found = result(numbers(policy, ("> 0", "1")), {"x": 0})
    assert found.value is None
    assert found.trace[0].matched == ()


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST", "RULE ORDER", "COLLECT"])
def test_without_a_match_the_default_output_is_the_result(policy):
    assert decide(numbers(policy, ("> 0", "1"), defaults={"out": '"none"'}), {"x": 0}) == "none"


def test_several_outputs_make_a_context():
    model = numbers("UNIQUE", ("> 0", "1", '"a"'), outputs=("n", "t"), defaults={"n": "0"})
    assert decide(model, {"x": 1}) == {"n": 1, "t": "a"}
    assert decide(model, {"x": 0}) == {"n": 0, "t": None}


@pytest.mark.parametrize(
    ("policy", "options", "code"),
    [
        ("COLLECT", {"aggregation": "SUM", "outputs": ("a", "b")}, "aggregation"),
        ("RULE ORDER", {"aggregation": "SUM", "outputs": ("a",)}, "aggregation"),
        ("PRIORITY", {"outputs": ("a",)}, "priority-values"),
        ("UNIQUE", {"outputs": ("a", "a")}, "output-name"),
        ("UNIQUE", {"outputs": ("a", "")}, "output-name"),
        ("SOMETIMES", {"outputs": ("a",)}, "hit-policy"),
        ("COLLECT", {"aggregation": "MEAN", "outputs": ("a",)}, "hit-policy"),
    ],
)
def test_policies_that_mean_nothing_are_refused(policy, options, code):
    rule = ("> 0", *("1" for _ in options["outputs"]))
    with pytest.raises(DecisionModelError) as raised:
        one(table(NUMBERS, [rule], policy=policy, **options))
    assert code in {found.code for found in raised.value.findings}


def test_the_trace_says_which_rules_matched_for_which_inputs():
    found = result(numbers("RULE ORDER", ("> 0", "1"), ("> 5", "2"), ("> 1", "3")), {"x": 2})
    (trace,) = found.trace
    assert (trace.decision_id, trace.table_id, trace.hit_policy, trace.inputs) == ("d_one", "table", "RULE ORDER", (2,))
    assert [(match.number, match.rule_id) for match in trace.matched] == [(1, "r1"), (3, "r3")]
    assert trace.to_dict()["matched"][0] == {"number": 1, "rule_id": "r1"}
