"""A running case goes to another version: seen before it is done, recorded, replayable on both versions."""

import pytest

from engine.core.rejection import Rejection
from tests.runtime.halls import CLERK, Hall

OLD = """
    start s
    user a groups=g due="=date(\\"2026-04-01\\")"
    boundary late on=a duration=P2D
    user press groups=g
    end e
    end e2
    s -> a -> e
    late -> press -> e2
"""
NEW = """
    start s
    user alpha groups=g
    boundary soon on=alpha duration=P5D
    user press groups=g
    user check groups=g
    end e
    end e2
    s -> alpha -> check -> e
    soon -> press -> e2
"""
MAPPING = {"p/a": "alpha"}


def test_a_preview_lists_every_deadline_and_stores_nothing(hall: Hall) -> None:
    hall.deploy(OLD)
    case = hall.start().instance_id
    hall.deploy(NEW)
    preview = hall.runtime.migration.preview(case, actor=CLERK, mapping=MAPPING)
    changed = {(row.kind, row.element_id, row.before is None, row.after is None) for row in preview.deadlines}
    assert changed == {
        ("user-task", "alpha", False, False),
        ("timer", "late", False, True),
        ("timer", "soon", True, False),
    }
    assert [(move.from_element_id, move.element_id) for move in preview.moves] == [("a", "alpha")]
    assert hall.open() == ["a"]
    hall.check(case)


def test_a_migrated_case_goes_on_in_the_new_version_and_replays(hall: Hall) -> None:
    hall.deploy(OLD)
    case = hall.start({"x": 1}).instance_id
    hall.deploy(NEW)
    hall.runtime.migration.migrate(case, actor=CLERK, reason="the law changed", command_id="m", mapping=MAPPING)
    hall.check(case)
    assert hall.open() == ["alpha"]
    hall.complete("alpha")
    assert hall.open() == ["check"]
    hall.complete("check")
    assert hall.status(case) == "completed"
    hall.check(case)
    assert hall.runtime.replay.rebuild(case, 1).instance.user_tasks()[0].element_id == "a"


def test_a_migration_that_is_not_possible_is_refused_and_changes_nothing(hall: Hall) -> None:
    hall.deploy(OLD)
    case = hall.start().instance_id
    hall.deploy(NEW)
    with pytest.raises(Rejection) as refused:
        hall.runtime.migration.migrate(case, actor=CLERK, reason="try", command_id="m")
    assert refused.value.code == "migration-not-possible"
    hall.complete("a")
    hall.check(case)
