"""Separation of duties: which tasks nobody may do both of, and what counts as the same run.

A model says it at one of the two tasks (``separateFrom``). It holds for both: where they stand in parallel branches, the one
that names the other may well be done first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Separation:
    """Another task that must be done by somebody else.

    :param anywhere: in any run of its process in the case; otherwise in the same run only.
    """

    process_key: str
    element_id: str
    anywhere: bool


Task = tuple[str, str]
"""Process key and element id."""


def separations(named: Iterable[tuple[str, str, str]]) -> Mapping[Task, tuple[Separation, ...]]:
    """From ``(process key, element id, name)``, the name being ``element`` or ``process/element``; both ways round."""
    found: dict[Task, dict[Separation, None]] = {}
    for process_key, element_id, name in named:
        other_process, _, other_element = name.rpartition("/")
        other = (other_process or process_key, other_element)
        anywhere = bool(other_process)
        found.setdefault((process_key, element_id), {})[Separation(*other, anywhere)] = None
        found.setdefault(other, {})[Separation(process_key, element_id, anywhere)] = None
    return {task: tuple(others) for task, others in found.items()}


def same_run(one: str, other: str) -> bool:
    """Do two tasks of one process belong together, by the paths of their scopes?

    Not if they ran in different calls of the process, or in different runs of an embedded subprocess that holds both.
    """
    (run, *inner), (other_run, *other_inner) = one.split("/"), other.split("/")
    if run != other_run:
        return False
    for step, other_step in zip(inner, other_inner, strict=False):
        if step != other_step:
            return step.partition(":")[0] != other_step.partition(":")[0]
    return True
