"""The two engines for patterns find the same."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from feel.patterns import Pattern
from feel.patterns.machine import Machine

atoms = st.sampled_from(["a", "b", "[ab]", ".", "(a)", "(b|ab)", "^", "$", "[^a]"])
quantified = st.tuples(
    atoms.filter(lambda atom: atom not in "^$"), st.sampled_from(["", "*", "+", "?", "{2}", "{1,2}", "*?", "+?", "??"])
)
pieces = st.one_of(quantified.map("".join), st.sampled_from(["^", "$"]))
patterns = st.recursive(
    st.lists(pieces, min_size=1, max_size=4).map("".join),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("|".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]})({pair[1]})"),
    ),
    max_leaves=3,
)


def charge(_steps):
    """Let everything pass."""


@settings(max_examples=500)
@given(patterns, st.text("abc\n", max_size=8))
def test_both_engines_find_the_same(pattern, text):
    compiled = Pattern(pattern, "")
    by_python = compiled.python.search(text)
    by_machine = Machine(compiled.part, compiled.groups, re.NOFLAG).search(text, 0, charge)
    assert (by_python is None) == (by_machine is None)
    if by_python is not None:
        assert by_machine[:2] == by_python.span()


@given(st.text(max_size=20))
def test_any_text_is_a_pattern_or_none(text):
    compiled = Pattern.of(text, "")
    found = None if compiled is None else compiled.search("some text", 0, charge)
    assert found is None or 0 <= found.start <= found.end <= 9


def test_a_pattern_that_would_take_python_for_ever_takes_the_machine():
    steps = []
    found = Pattern("(a|aa)+$", "").search("a" * 300 + "b", 0, steps.append)
    assert found is None
    assert sum(steps) < 5_000
