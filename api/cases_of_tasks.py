"""Which case a task or a trouble belongs to, as people in the hall name it: number, item, applicant instead of an id."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from api.door import runtime
from engine.runtime.queries.paging import Page
from engine.runtime.queries.user_tasks import UserTask, UserTaskFilter
from workflows.case_file import CaseFile
from workflows.case_file.case_files import CaseFiles

NAMED = ("item_name", "applicant_name")


def page_with_cases(page: Page[UserTask]) -> Page[dict[str, Any]]:
    """The tasks of a page, each with its case."""
    return Page(with_cases(page.items), page.next_cursor)


def with_cases(tasks: Sequence[UserTask]) -> list[dict[str, Any]]:
    """Tasks, each with ``case_number``, ``item_name`` and ``applicant_name``: None where there is no case file (yet)."""
    names = names_of(task.instance_id for task in tasks)
    return [{**asdict(task), **names[task.instance_id]} for task in tasks]


def names_of(instances: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
    """By instance, what its case file is called; the same names with None where there is none (yet)."""
    wanted = sorted(set(instances))
    found = CaseFiles(runtime().registers).of_instances(wanted)
    return {instance: _named(found.get(instance)) for instance in wanted}


def _named(case: CaseFile | None) -> Mapping[str, Any]:
    if case is None:
        return {"case_number": None, **dict.fromkeys(NAMED)}
    return {"case_number": case.number, **{name: getattr(case, name) for name in NAMED}}


def looked_up(wanted: UserTaskFilter) -> UserTaskFilter:
    """Whoever looks for a case's number means its tasks, also where no title holds the number."""
    case = CaseFiles(runtime().registers).by_number(wanted.text) if wanted.text else None
    return wanted if case is None else replace(wanted, text=None, related=(case.instance_id, case.number))
