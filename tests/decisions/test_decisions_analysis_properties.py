"""The analysis agrees with trying out everything, on random tables."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decisions.sketch import one, result, table

NUMBERS = (0, 1, 2, 3)
TRIED = {
    "number": (-6, -5, -1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, None),
    "string": ("a", "b", "c", "d", None),
    "boolean": (True, False, None),
}
NAMES = {"number": "n", "string": "s", "boolean": "b"}


@st.composite
def numeric(draw):
    """A test of a number."""
    low, high = draw(st.sampled_from(NUMBERS)), draw(st.sampled_from(NUMBERS))
    low, high = min(low, high), max(low, high)
    return draw(
        st.sampled_from(
            [f"< {low}", f"<= {low}", f"> {low}", f">= {low}", str(low), f"[{low}..{high}]", f"({low}..{high + 1})", "-5"]
        )
    )


PLAIN = {
    "number": numeric(),
    "string": st.sampled_from(['"a"', '"b"', '"c"', "null"]),
    "boolean": st.sampled_from(["true", "false"]),
}


@st.composite
def cells(draw, kind):
    """A cell of one or two tests, as they are or denied."""
    tests = ", ".join(draw(st.lists(PLAIN[kind], min_size=1, max_size=2)))
    return draw(st.sampled_from(["-", tests, tests, f"not({tests})"]))


@st.composite
def tables(draw):
    """Columns and rules."""
    kinds = draw(st.lists(st.sampled_from(sorted(TRIED)), min_size=1, max_size=3, unique=True))
    rules = draw(st.lists(st.tuples(*(cells(kind) for kind in kinds)), min_size=1, max_size=5))
    return kinds, rules


def report_of(kinds, rules, policy):
    """The findings about a table, by code."""
    inputs = {NAMES[kind]: kind for kind in kinds}
    outputs = [(*rule, str(number)) for number, rule in enumerate(rules)]
    (report,) = one(table(inputs, outputs, policy=policy), tolerant=True).tables
    assert report.decided
    return report


def tried(kinds, rules):
    """Every input and the numbers of the rules that match it."""
    inputs = {NAMES[kind]: kind for kind in kinds}
    model = one(table(inputs, [(*rule, "1") for rule in rules], policy="RULE ORDER"), tolerant=True)
    for values in product(*(TRIED[kind] for kind in kinds)):
        example = dict(zip(inputs, values, strict=True))
        yield example, [match.number for match in result(model, example).trace[0].matched]


@given(tables())
@settings(max_examples=60, deadline=None)
def test_overlaps_and_gaps_are_those_that_trying_finds(drawn):
    kinds, rules = drawn
    report = report_of(kinds, rules, "UNIQUE")
    outcomes = list(tried(kinds, rules))
    told = [found for found in report.findings if found.code == "unique-overlap"]
    assert len(told) == len({pair for _, matched in outcomes for pair in combinations(matched, 2)})
    for found in told:
        matched = check(kinds, rules, found)
        assert int(found.element_id.removeprefix("r")) in matched
        assert len(matched) > 1
    speaks_of_null = {NAMES[kind]: any("null" in rule[place] for rule in rules) for place, kind in enumerate(kinds)}
    gaps = [
        example
        for example, matched in outcomes
        if not matched and all(value is not None or speaks_of_null[name] for name, value in example.items())
    ]
    (gap,) = [found for found in report.findings if found.code == "table-gap"] or [None]
    assert (gap is not None) == bool(gaps)
    if gap is not None:
        assert check(kinds, rules, gap) == []


@given(tables())
@settings(max_examples=60, deadline=None)
def test_rules_that_never_come_first_are_those_that_trying_finds(drawn):
    kinds, rules = drawn
    report = report_of(kinds, rules, "FIRST")
    outcomes = list(tried(kinds, rules))
    silent = {f"r{number}" for number in range(1, len(rules) + 1)} - {f"r{matched[0]}" for _, matched in outcomes if matched}
    told = {found.element_id for found in report.findings if found.code in ("rule-unreachable", "rule-never-matches")}
    assert told == silent
    for found in report.findings:
        if found.code == "rule-unreachable":
            matched = check(kinds, rules, found)
            number = int(found.element_id.removeprefix("r"))
            assert number in matched
            assert matched[0] < number


def check(kinds, rules, found):
    """The rules that match the example of a finding."""
    inputs = {NAMES[kind]: kind for kind in kinds}
    model = one(table(inputs, [(*rule, "1") for rule in rules], policy="RULE ORDER"), tolerant=True)
    return [match.number for match in result(model, found.example).trace[0].matched]
