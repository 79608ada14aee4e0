"""Which case a task belongs to, as people in the hall name it: number, item and applicant instead of an instance's id."""

from collections.abc import Mapping, Sequence
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
    found = CaseFiles(runtime().registers).of_instances(sorted({task.instance_id for task in tasks}))
    return [{**asdict(task), **_named(found.get(task.instance_id))} for task in tasks]


def _named(case: CaseFile | None) -> Mapping[str, Any]:
    if case is None:
        return {"case_number": None, **dict.fromkeys(NAMED)}
    return {"case_number": case.number, **{name: getattr(case, name) for name in NAMED}}


def looked_up(wanted: UserTaskFilter) -> UserTaskFilter:
    """Whoever looks for a case's number means its tasks, also where no title holds the number."""
    case = CaseFiles(runtime().registers).by_number(wanted.text) if wanted.text else None
    return wanted if case is None else replace(wanted, text=None, instance_id=case.instance_id)
