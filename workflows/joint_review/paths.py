"""The four paths as data: which department does what in which stage, in how many days, after whom (rules.md 4.2 to 4.5)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from engine.core.rejection import Rejection, declare
from workflows.joint_review.responsibility import Responsibility

TABLE = Path(__file__).with_name("paths.yaml")
TRIGGERED_DAYS = 10
"""SAMPLE: working days for what a project sets off besides its path."""
ENVIRONMENTAL = ("A5", "B4")
ASSESSMENTS = {"report": ("报告书", 20), "form": ("报告表", 10), "registration": ("登记表", 5)}
"""What D7 says, and the SAMPLE promise of each kind of environmental paper in working days."""
APPROVAL, REFUSE = "D5", "refuse"
HIGHER = ("superior", "city", "ministry")
""":data:`APPROVAL` of a foreign-invested enterprise is theirs (D12); the county sends it up."""
SUPERIOR = "上级审批机关"
INSTEAD_OF_APPROVAL = {("D", "approval", "registration"): "information"}
"""Path, stage and authority (D12) to the stage that took its place."""

declare(
    {
        "joint-stage-unknown": (
            "路径{path}没有阶段{stage}。",
            "Expected a stage of path {path}, but {stage} is none.",
        ),
        "joint-industry-prohibited": (
            "本项目属于产业目录禁止类，不能联合审批。",
            "Expected an industry that may be approved, but this one is prohibited.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What decision tables say of a project: codes skipped and added (D10), what it sets off (D8), the kind of environmental
    paper (D7), and whose the approval of a foreign-invested enterprise is (D12)."""

    skipped: Collection[str] = ()
    added: Collection[str] = ()
    triggers: Sequence[Mapping[str, Any]] = ()
    assessment: str | None = None
    authority: str | None = None


@lru_cache(maxsize=1)
def paths() -> dict[str, dict[str, tuple[Responsibility, ...]]]:
    """Path to stage to its responsibilities, also those that only a decision table adds."""
    return {
        path: {stage: tuple(Responsibility.of(row) for row in rows) for stage, rows in stages.items()}
        for path, stages in _table().items()
    }


@lru_cache(maxsize=1)
def _optional() -> frozenset[str]:
    rows = (row for stages in _table().values() for stage in stages.values() for row in stage)
    return frozenset(row["code"] for row in rows if row.get("added"))


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[dict[str, Any]]]]:
    table: dict[str, dict[str, list[dict[str, Any]]]] = yaml.safe_load(TABLE.read_text("utf-8"))
    return table


def path_tasks(path: str, stage: str, facts: Facts = Facts()) -> list[Responsibility]:
    """The responsibilities of one stage of a path. What waited for a skipped one waits for nobody.

    :raises Rejection: ``joint-stage-unknown``, ``joint-industry-prohibited``.
    """
    if REFUSE in (facts.assessment, facts.authority if path == "D" else None):
        raise Rejection("joint-industry-prohibited", field="catalogue")
    stage = INSTEAD_OF_APPROVAL.get((path, stage, facts.authority or ""), stage)
    if stage not in paths().get(path, {}):
        raise Rejection("joint-stage-unknown", field="stage", path=path[:20], stage=stage[:20])
    left_out = (_optional() - set(facts.added)) | set(facts.skipped)
    chosen = [task for task in paths()[path][stage] if task.code not in left_out]
    codes = {task.code for task in chosen}
    found = [_for_project(_narrowed(task, codes), facts) for task in chosen]
    for number, trigger in enumerate(facts.triggers, 1):
        found.append(Responsibility.of({**trigger, "code": f"T{number}", "days": TRIGGERED_DAYS}))
    return found


def _narrowed(task: Responsibility, codes: Collection[str]) -> Responsibility:
    return replace(task, depends_on=tuple(code for code in task.depends_on if code in codes))


def _for_project(task: Responsibility, facts: Facts) -> Responsibility:
    if task.code in ENVIRONMENTAL and facts.assessment in ASSESSMENTS:
        paper, days = ASSESSMENTS[facts.assessment]
        return replace(task, permit=f"{task.permit}（{paper}）", days=days)
    if task.code == APPROVAL and facts.authority in HIGHER:
        return replace(task, permit=f"{task.permit}（转报{SUPERIOR}）", superior=SUPERIOR)
    return task
