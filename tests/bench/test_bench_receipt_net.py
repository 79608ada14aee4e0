"""The second opinion on the drawing: a token game, on sketches small enough to see the answer."""

from pathlib import Path

import pytest

from bench.receipt_log.net import Net, read_net
from tests.core.sketch import bpmn

REWORK = """
start s
user check
exclusive right
user mend
user send
end e
s -> check -> right
right -> mend if wrong
right -> send default
mend -> check
send -> e
"""
BESIDE = """
start s
parallel split
user a
user b
parallel join
user c
end e
s -> split
split -> a -> join
split -> b -> join
join -> c -> e
"""
ADVICE = """
start s
user decide
inclusive ask
user inner
user outer
inclusive given
user go
end e
s -> decide -> ask
ask -> inner -> given if x
ask -> outer -> given if y
ask -> go default
given -> decide
go -> e
"""


def net(tmp_path: Path, sketch: str) -> Net:
    path = tmp_path / "sketch.bpmn"
    path.write_bytes(bpmn(sketch, "sketch"))
    return read_net(path)


def accepts(net: Net, activities: str) -> bool:
    front = net.start()
    for activity in activities.split():
        front = net.after(front, activity)
    return bool(front)


@pytest.mark.parametrize(
    ("sketch", "activities", "accepted"),
    [
        (REWORK, "check send", True),
        (REWORK, "check mend check mend check send", True),
        (REWORK, "check mend send", False),
        (REWORK, "check check", False),
        (REWORK, "send", False),
        (BESIDE, "a b c", True),
        (BESIDE, "b a c", True),
        (BESIDE, "a c", False),
        (BESIDE, "a a", False),
        (BESIDE, "a b c c", False),
        (ADVICE, "decide go", True),
        (ADVICE, "decide inner decide go", True),
        (ADVICE, "decide outer inner decide outer decide go", True),
        (ADVICE, "decide inner outer inner", False),
        (ADVICE, "decide inner go", False),
        (ADVICE, "decide decide", False),
    ],
)
def test_a_case_is_accepted_exactly_when_the_drawing_allows_it(
    tmp_path: Path, sketch: str, activities: str, accepted: bool
) -> None:
    assert accepts(net(tmp_path, sketch), activities) is accepted


def test_the_next_activities_are_all_that_some_choice_allows(tmp_path: Path) -> None:
    game = net(tmp_path, ADVICE)
    front = game.after(game.start(), "decide")
    assert game.enabled(front) == {"inner", "outer", "go"}
    assert game.enabled(game.after(front, "inner")) == {"outer", "decide"}


def test_a_process_may_be_over_only_at_its_end(tmp_path: Path) -> None:
    game = net(tmp_path, BESIDE)
    front = game.start()
    for activity in ("a", "b", "c"):
        assert not game.may_be_over(front)
        front = game.after(front, activity)
    assert game.may_be_over(front)
