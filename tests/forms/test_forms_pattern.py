"""Patterns mean what they mean in the browser, and no pattern takes long."""

import re
from contextlib import suppress
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.limits import MAX_PATTERNED_TEXT
from forms.pattern import PatternError, compile_pattern


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        (r"^\d{6}$", "322000", "32200"),
        (r"^\d+$", "12", "１２"),
        (r"^\d+$", "12", "12\n"),
        (r"[2-4]", "132", "156"),
        (r"^(黑|浙)[A-Z]-?\w{5}$", "浙A-12345", "京A12345"),
        (r"^[^,;]+$", "a b", "a,b"),
        (r"^a.c$", "abc", "a\nc"),
        (r"^(?:ab)+?$", "abab", "aba"),
        (r"^(?<year>\d{4})年$", "2002年", "02年"),
        (r"\bend\b", "the end.", "bending"),
        (r"\Bend", "bend", "end"),
        (r"^[\d\-]+$", "0571-88", "0571 88"),
        (r"^[\D]$", "a", "1"),
        (r"^[^\D]$", "1", "a"),
        (r"^\u4e2d\x41$", "中A", "中B"),
        (r"^[a-]$", "-", "b"),
        (r"^a{2,3}$", "aaa", "aaaa"),
        (r"^a{2,}$", "aaaaa", "a"),
        (r"^\$\{x\}$", "${x}", "x"),
        (r"^(a|b|)$", "", "c"),
        (r"^\s$", "\u3000", "x"),
        (r"^(a*)*$", "aaa", "ab"),
        (r"^[\b]$", "\b", "b"),
    ],
)
def test_patterns_mean_what_they_mean_in_javascript(pattern: str, matching: str, other: str) -> None:
    compiled = compile_pattern(pattern)
    assert compiled.occurs_in(matching)
    assert not compiled.occurs_in(other)


def test_an_empty_class_matches_nothing_and_its_complement_everything() -> None:
    assert not compile_pattern("[]").occurs_in("a")
    assert compile_pattern("^[^]$").occurs_in("\n")


@pytest.mark.parametrize(
    "pattern",
    [
        "(", ")", "[", "[b-a]", r"[\d-z]" + "(", "*a", "a**", "a{2", "a{3,2}", "a{x}", "\\", r"(a)\1", "(?=a)a", "(?!a)b",
        "(?<=a)b", r"\p{L}", r"\u12", r"\xg1", "^*", "a" * 501, "(" * 30 + ")" * 30, "(?<1>a)", "(?#c)",
        "(a{999}){999}", "((((){9999}){9999}){9999}){9999}", "(?:(?:a?){100}){100}", r"\k<x>",
    ],
)  # fmt: skip
def test_a_wrong_or_unbounded_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*)*x", "a*a*a*a*a*a*b", "(a?){300}a{300}$"])
def test_patterns_that_ruin_a_backtracking_matcher_are_harmless(pattern: str) -> None:
    text = "a" * (MAX_PATTERNED_TEXT - 1) + "!"
    begin = perf_counter()
    compile_pattern(pattern).occurs_in(text)
    assert perf_counter() - begin < 5


_ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "(?:a|b)", "(ab)", r"\d", r"\w", "(?:)"])
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "*?"])).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    ),
    max_leaves=6,
)


@given(_PATTERNS, st.text(alphabet="ab1 ", max_size=6), st.booleans())
def test_where_python_means_the_same_the_answers_are_the_same(pattern: str, text: str, whole: bool) -> None:
    anchored = f"^(?:{pattern})$" if whole else pattern
    assert compile_pattern(anchored).occurs_in(text) is (re.search(anchored, text, re.ASCII) is not None)


@given(st.text(alphabet="ab01(){}[]|*+?^$\\.-,dwsbBux<:=!", max_size=40))
def test_any_text_is_a_pattern_or_a_pattern_error(text: str) -> None:
    with suppress(PatternError):
        compile_pattern(text).occurs_in("ab01-")
