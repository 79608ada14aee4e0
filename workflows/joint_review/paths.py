"""The four paths as data: which department does what in which stage, in how many days, after whom (rules.md 4.2 to 4.5)."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from engine.core.rejection import Rejection, declare
from workflows.joint_review.responsibility import Responsibility

TABLE = Path(__file__).with_name("paths.yaml")
TRIGGERED_DAYS = 10
"""SAMPLE: working days for what a project sets off besides its path."""

declare(
    {
        "joint-stage-unknown": (
            "路径{path}没有阶段{stage}。",
            "Expected a stage of path {path}, but {stage} is none.",
        ),
    }
)


@lru_cache(maxsize=1)
def paths() -> dict[str, dict[str, tuple[Responsibility, ...]]]:
    """Path to stage to its responsibilities."""
    table: dict[str, dict[str, list[dict[str, Any]]]] = yaml.safe_load(TABLE.read_text("utf-8"))
    return {
        path: {stage: tuple(Responsibility.of(row) for row in rows) for stage, rows in stages.items()}
        for path, stages in table.items()
    }


def path_tasks(
    path: str, stage: str, skipped: Collection[str] = (), triggers: Iterable[Mapping[str, Any]] = ()
) -> list[Responsibility]:
    """The responsibilities of one stage of a path. What waited for a skipped one waits for nobody.

    :raises Rejection: ``joint-stage-unknown``.
    """
    if stage not in paths().get(path, {}):
        raise Rejection("joint-stage-unknown", field="stage", path=path[:20], stage=stage[:20])
    chosen = [task for task in paths()[path][stage] if task.code not in skipped]
    codes = {task.code for task in chosen}
    found = [_narrowed(task, codes) for task in chosen]
    for number, trigger in enumerate(triggers, 1):
        found.append(Responsibility.of({**trigger, "code": f"T{number}", "days": TRIGGERED_DAYS}))
    return found


def _narrowed(task: Responsibility, codes: Collection[str]) -> Responsibility:
    kept = tuple(code for code in task.depends_on if code in codes)
    return Responsibility(task.code, task.permit, task.department, task.group, task.days, kept)
