"""The list of responsibilities (责任单位清单, R-33): who does what, in how many days, and after whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.core.rejection import Rejection, declare

MOST_DAYS = 45
"""Working days of unified, joint or centralised handling (APPL Art. 42 (2))."""

declare(
    {
        "joint-list-empty": ("责任单位清单不能为空。", "Expected at least one responsibility, but the list is empty."),
        "joint-task-without-owner": (
            "事项{task}没有责任单位或者办理期限。",
            "Expected every responsibility to have an owner and a limit, but {task} has none.",
        ),
        "joint-task-twice": ("事项{task}重复。", "Expected every responsibility once, but {task} is there twice."),
        "joint-dependency-unknown": (
            "事项{task}的前置事项{predecessor}不在清单中。",
            "Expected {predecessor}, which {task} waits for, to be in the list, but it is not.",
        ),
        "joint-dependency-circle": (
            "事项之间互为前置：{codes}。",
            "Expected no circle among what waits for what, but there is one: {codes}.",
        ),
        "joint-promise-too-long": (
            "联合办理最长{days}个工作日，超过了{most}个工作日。",
            "Expected a joint case to take at most {most} working days, but its longest way takes {days}.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One permit or opinion. ``group``: the department's officers; ``days``: its own limit in working days.

    ``superior``: the organ above that decides where the department examines and reports up (上报件).
    """

    code: str
    permit: str
    department: str
    group: str
    days: int
    depends_on: tuple[str, ...] = ()
    superior: str | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Responsibility":
        """From what a form or a table says.

        :raises Rejection: ``joint-task-without-owner``.
        """
        text = {name: str(given.get(name) or "").strip() for name in ("code", "permit", "department", "group")}
        days = given.get("days")
        if not all(text.values()) or not isinstance(days, int) or isinstance(days, bool) or days < 1:
            raise Rejection("joint-task-without-owner", field="responsibilities", task=text["code"] or "?")
        superior = str(given.get("superior") or "").strip() or None
        return cls(**text, days=days, depends_on=tuple(str(code) for code in given.get("depends_on") or ()), superior=superior)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON, as models hold it."""
        same = ("code", "permit", "department", "group", "days", "superior")
        return {**{name: getattr(self, name) for name in same}, "depends_on": list(self.depends_on)}


def require_responsibilities(tasks: Sequence[Responsibility], promised_days: int) -> None:
    """Whether a list can be handed out.

    :raises Rejection: ``joint-list-empty``, ``joint-task-twice``, ``joint-dependency-unknown``, ``joint-dependency-circle``,
        ``joint-promise-too-long``.
    """
    if not tasks:
        raise Rejection("joint-list-empty", field="responsibilities")
    codes = [task.code for task in tasks]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            raise Rejection("joint-task-twice", field="responsibilities", task=code)
    for task in tasks:
        for predecessor in task.depends_on:
            if predecessor not in codes:
                raise Rejection("joint-dependency-unknown", field="responsibilities", task=task.code, predecessor=predecessor)
    longest, most = longest_way(tasks), min(MOST_DAYS, promised_days)
    if longest > most:
        raise Rejection("joint-promise-too-long", field="responsibilities", days=longest, most=most)


def levels(tasks: Iterable[Responsibility]) -> list[list[Responsibility]]:
    """The list in steps: each waits only for what stands in earlier ones.

    :raises Rejection: ``joint-dependency-circle``.
    """
    waiting, done, found = list(tasks), set[str](), list[list[Responsibility]]()
    while waiting:
        ready = [task for task in waiting if done.issuperset(task.depends_on)]
        if not ready:
            raise Rejection("joint-dependency-circle", codes="、".join(sorted(task.code for task in waiting)))
        found.append(ready)
        done.update(task.code for task in ready)
        waiting = [task for task in waiting if task.code not in done]
    return found


def longest_way(tasks: Sequence[Responsibility]) -> int:
    """The working days of the longest chain (关键路径).

    :raises Rejection: ``joint-dependency-circle``.
    """
    end: dict[str, int] = {}
    for level in levels(tasks):
        for task in level:
            end[task.code] = task.days + max((end[code] for code in task.depends_on), default=0)
    return max(end.values(), default=0)
