"""What is FEEL and what is not, and how a mistake is reported."""

import pytest

import feel
from tests.feel.shared import run


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("", 1, 1, ("expression",)),
        ("amount >", 1, 9, ("expression",)),
        ("(1 + 2", 1, 7, (")",)),
        ("[1, 2", 1, 6, ("]", ",")),
        ("f(1, 2", 1, 7, (")", ",")),
        ("if a then b", 1, 12, ("else",)),
        ("a\n  and\n  )", 3, 3, ("expression",)),
        ("a b", 1, 3, ("operator", "end")),
        ("{a 1}", 1, 5, (":",)),
        ("a between 1 or 2", 1, 13, ("and",)),
        ("for i in list i", 1, 15, ("return",)),
        ("some i in list return i", 1, 16, ("satisfies",)),
        ("金额 ＞ 10", 1, 4, ("operator", "end")),
        ("（a）", 1, 1, ("expression",)),
        ('"open', 1, 1, ("expression",)),
        ("a.1", 1, 2, ("operator", "end")),
        ("a.", 1, 3, ("name",)),
    ],
)
def test_a_mistake_is_reported_where_it_is_with_what_could_stand_there(text, line, column, expected):
    with pytest.raises(feel.FeelError) as caught:
        feel.compile_expression(text)
    error = caught.value
    assert (error.line, error.column, error.expected) == (line, column, expected)
    assert str(error).startswith(f"line {line}, column {column}: expected ")


def test_a_message_says_what_was_found():
    with pytest.raises(feel.FeelError, match="expected 'then', found the end"):
        feel.compile_expression("if a")
    with pytest.raises(feel.FeelError, match="found a text without its closing quote"):
        feel.compile_expression('a = "b')


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("2 ** 3 ** 2", 64),
        ("-3 ** 2", 9),
        ("10 - 2 - 3", 5),
        ("12 / 2 / 3", 2),
        ("1 + 1 = 2 and 2 > 1", True),
        ("false and false or true", True),
        ("true or true and false", True),
        ("if true then 1 else 2 + 10", 1),
        ("1 /* one */ + // and\n 1", 2),
        (".5 + 1.5e1", 15.5),
        ("[1..3[.end", 3),
        ("2 in ]1..3[", True),
        ("3 in [1..3[", False),
        ("3 in [1..3[ or true", True),
        ("1 in (2, 3, < 2)", True),
        ("{a: 1, b: a + 1}.b", 2),
        ('{"the key": 1}.the key', 1),
        ("{total cost: 2, twice: total cost * 2}.twice", 4),
        ("[[1, 2], [3]][1][2]", 2),
        ("(function(x, y) x - y)(y: 1, x: 3)", 2),
        ("5 between 1 and 10 and true", True),
        (r'string length("a\"b\\\n\u4E2D\U01F600")', 7),
        ('"\\ud83d\\ude00" = "\\U01F600"', True),
    ],
)
def test_texts_mean_what_the_standard_says(text, value):
    assert feel.to_json(run(text)) == value


def test_half_a_surrogate_pair_is_no_character():
    with pytest.raises(feel.FeelError, match="half a character"):
        feel.compile_expression(r'"\ud83d"')


@pytest.mark.parametrize("name", ["金额", "_a", "a1", "été", "ж", "a_b", "🐎"])
def test_letters_of_any_script_make_names(name):
    assert run(f"{name} + 1", {name: 1}) == 2


@pytest.mark.parametrize(
    "text", ["(" * 500, "[" * 500, "-" * 500 + "1", "1" + "+1" * 500, "a" + ".b" * 500, "not(" * 500, "if " * 500]
)
def test_deep_nesting_is_an_error_and_not_a_crash(text):
    with pytest.raises(feel.FeelError):
        feel.compile_expression(text)


def test_long_chains_of_conditions_are_not_deep():
    text = " or ".join(f'kind = "k{number}"' for number in range(500))
    assert run(text, {"kind": "k499"}) is True


def test_an_overlong_text_is_refused():
    with pytest.raises(feel.FeelError, match="more than 20000 characters"):
        feel.compile_expression("1" * 20_001)
