"""Nothing an expression does can take more than its budget."""

import pytest

import feel
from tests.feel.shared import run

DOUBLING = "{a0: [1, 1], " + ", ".join(f"a{n + 1}: [a{n}, a{n}]" for n in range(60)) + "}"
DOUBLED_TEXT = '{a0: "0123456789", ' + ", ".join(f"a{n + 1}: a{n} + a{n}" for n in range(60)) + "}"


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..1e30 return i",
        "count(for i in 1..1000, j in 1..1000, k in 1..1000 return 1)",
        "some a in 1..1000, b in 1..1000 satisfies a * b = -1",
        "for i in [1..1e30] return i",
        'for day in @"-0001-01-01"..@"9999-12-31" return day',
        "for i in 1..3000 return partial",
        DOUBLING,
        f"string({DOUBLING})",
        f"{DOUBLING} = {DOUBLING}",
        f"flatten({DOUBLING}.a60)",
        DOUBLED_TEXT,
        "(function(f) f(f))(function(f) f(f))",
        "{f: function(g, n) if n = 0 then 0 else g(g, n - 1), r: f(f, 1000)}.r",
        'matches(big, "(a*)*b")',
        'matches(big, "(){2000}b")',
        'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "(a+)\\1+b")',
        'replace(big, "a", "$0$0$0$0$0$0")',
        "string join(for i in 1..100 return big)",
        "duplicate values(for i in 1..5000 return i)",
    ],
)
def test_explosions_are_contained(text):
    with pytest.raises(feel.FeelBudgetExceeded):
        run(text, {"big": "a" * 200_000})


@pytest.mark.parametrize(
    "text", ["9**9**9", "9**(9**9)", "1.0000001 ** 1e30", "exp(1e10)", "10 ** 6000 * 10 ** 6000", '@"P1D" * 1e30']
)
def test_large_numbers_are_contained_by_their_34_digits(text):
    assert len(str(run(text))) < 45


def test_a_plain_condition_costs_no_steps():
    assert run("a > 1 and b = 2 or c.d = 3", {"a": 2, "b": 2}, feel.Budget(steps=0)) is True


def test_the_caller_chooses_the_budget():
    assert run("count(for i in 1..50 return i)", budget=feel.Budget(steps=1_000)) == 50
    with pytest.raises(feel.FeelBudgetExceeded, match="more than 100 steps"):
        run("count(for i in 1..50 return i)", budget=feel.Budget(steps=100))
    with pytest.raises(feel.FeelBudgetExceeded, match="more than 10 items"):
        run("for i in 1..11 return i", budget=feel.Budget(items=10))
    with pytest.raises(feel.FeelBudgetExceeded, match="more than 10 characters"):
        run('"123456" + "123456"', budget=feel.Budget(characters=10))


def test_too_much_is_a_feel_error_too():
    assert issubclass(feel.FeelBudgetExceeded, feel.FeelError)


def test_deep_data_is_contained():
    deep: list[object] = []
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises(feel.FeelBudgetExceeded):
        run("a = a", {"a": deep})
    with pytest.raises(feel.FeelBudgetExceeded):
        feel.to_json(deep)


def test_repeated_data_is_written_once_or_not_at_all():
    shared: list[object] = [1]
    for _ in range(40):
        shared = [shared, shared]
    with pytest.raises(feel.FeelBudgetExceeded):
        feel.to_json(shared)
