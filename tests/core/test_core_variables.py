"""The three-way merge, as laws."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.spiff.variables import Knowledge, compact
from engine.core.trouble import Trouble

NAMES = st.sampled_from("abcd")
WRITES = st.lists(st.tuples(st.sampled_from([0, 1]), NAMES, st.integers(0, 2)), max_size=12)


def branches(before: list[tuple[int, str, int]], after: list[tuple[int, str, int]]) -> tuple[Knowledge, Knowledge, dict]:
    """Two branches of one token: ``before`` are its writes, ``after`` those of either branch, in the order of time."""
    trunk, stamp = Knowledge(), 0
    for _, name, value in before:
        trunk.write(name, value, stamp := stamp + 1)
    forks = (trunk.copy(), trunk.copy())
    written: dict[str, dict[int, int]] = {}
    for branch, name, value in after:
        forks[branch].write(name, value, stamp := stamp + 1)
        written.setdefault(name, {})[branch] = value
    return forks[0], forks[1], written


@given(WRITES, WRITES, st.booleans())
def test_a_merge_keeps_every_branch_s_writes_or_reports_a_conflict(before: list, after: list, compacted: bool) -> None:
    left, right, written = branches(before, after)
    if compacted:
        compact([left, right])
    if any(len(by_branch) == 2 and by_branch[0] != by_branch[1] for by_branch in written.values()):
        old = dict(left.values)
        with pytest.raises(Trouble, match="both changed"):
            left.merge(right)
        assert left.values == old, "a refused merge changes nothing"
        return
    left.merge(right)
    for name, by_branch in written.items():
        assert left.values[name] in by_branch.values()


@given(WRITES, WRITES)
def test_the_order_of_merging_does_not_matter(before: list, after: list) -> None:
    left, right, written = branches(before, after)
    if any(len(w) == 2 and w[0] != w[1] for w in written.values()):
        return
    one, other = left.copy(), right.copy()
    one.merge(right)
    other.merge(left)
    assert one.values == other.values


@given(WRITES, WRITES)
def test_compaction_forgets_everything_all_branches_agree_on(before: list, after: list) -> None:
    left, _, _ = branches(before, after)
    compact([left])
    assert left.lineage == {}


@given(WRITES, WRITES)
def test_branches_share_what_they_know_until_one_writes(before: list, after: list) -> None:
    trunk, stamp = Knowledge(), 0
    for _, name, value in before:
        trunk.write(name, value, stamp := stamp + 1)
    forks = (trunk.copy(), trunk.copy())
    assert forks[0].values is forks[1].values
    plain = tuple(Knowledge(trunk.values, trunk.lineage, trunk.agreed) for _ in forks)
    compact([forks[0]])
    compact([plain[0]])
    for branch, name, value in after:
        forks[branch].write(name, value, stamp := stamp + 1)
        plain[branch].write(name, value, stamp)
    told = [(knowledge.values, knowledge.lineage, knowledge.agreed) for knowledge in (*forks, *plain)]
    assert told[:2] == told[2:]


def test_compacting_one_holder_leaves_what_is_no_holder_as_it_was() -> None:
    holder = Knowledge()
    holder.write("a", 1, 1)
    other = holder.copy()
    compact([holder])
    assert (holder.lineage, other.lineage) == ({}, {"a": [1]})


def test_true_is_not_one() -> None:
    left, right = Knowledge(), Knowledge()
    left.write("agreed", True, 1)
    right.write("agreed", 1, 2)
    with pytest.raises(Trouble):
        left.merge(right)


def three_writers() -> tuple[Knowledge, Knowledge, Knowledge]:
    """Two branches say the same; one of them went on in two, and one half of it has changed its mind."""
    first, second = Knowledge(), Knowledge()
    first.write("opinion", "agree", 5)
    second.write("opinion", "agree", 7)
    changed = second.copy()
    changed.write("opinion", "refuse", 9)
    return first, second, changed


def meet(holders: list[Knowledge], compacted: bool) -> None:
    while len(holders) > 1:
        holders[0].merge(holders.pop(1))
        if compacted:
            compact(holders)


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("compacted", [True, False])
def test_who_agreed_with_an_opinion_that_changed_later_is_not_overruled(order: tuple[int, ...], compacted: bool) -> None:
    writers = three_writers()
    with pytest.raises(Trouble, match="both changed"):
        meet([writers[number] for number in order], compacted)
