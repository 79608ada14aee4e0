"""Whatever the OpenAPI document allows, and much that it does not, is answered without a 5xx, whoever asks.

schemathesis makes the requests from the document. Every second one is about something that is really there: with identifiers
nobody issued one would only ever see a 404.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode

from engine.runtime.queries import ProcessInstanceFilter, UserTaskFilter
from tests.api.doors import PASSWORD, Hall
from tests.databases import SqliteDatabases

ROLES = {
    "clerk": ["clerk"],
    "supervisor": ["supervisor"],
    "designer": ["designer"],
    "everything": ["clerk", "supervisor", "designer", "auditor", "administrator", "applicant"],
}
EXAMPLES = 10
"""Of each operation and role."""
KEYS = ("licence", "waiting", "broken")


@pytest.fixture(scope="module")
def hall(sqlite_databases: SqliteDatabases) -> Iterator[Hall]:
    made = Hall(sqlite_databases.migrated())
    made.start()
    made.start(process_key="waiting", variables={"order": "1"})
    made.start(process_key="broken")
    yield made
    made.close()


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("role", ROLES)
def test_nothing_that_can_be_asked_is_answered_by_a_5xx(hall: Hall, role: str, mode: GenerationMode) -> None:
    document = schemathesis.openapi.from_wsgi("/api/openapi.json", hall.app)
    hall.runtime.accounts.create(id=f"{role}-{mode.value}", name=role, password=PASSWORD, roles=ROLES[role], groups=["window"])
    asked = 0
    for found in document.get_all_operations():
        asked += ask_for(found.ok(), mode, hall.person(f"{role}-{mode.value}").headers, present(hall))
    assert asked > EXAMPLES * 20


def present(hall: Hall) -> dict[str, list[str]]:
    """Identifiers of what there is, by the name of the parameter they go into."""
    queries = hall.runtime.queries
    return {
        "instance_id": [item.id for item in queries.process_instances(ProcessInstanceFilter()).items],
        "task_id": [item.id for item in queries.user_tasks(UserTaskFilter(scope="all")).items],
        "incident_id": [item.id for item in queries.incidents().items],
        "definition_id": [item.id for item in queries.definitions().items],
        "form_id": [item.id for item in queries.definitions("form").items],
    }


def ask_for(operation: Any, mode: GenerationMode, headers: dict[str, str], real: dict[str, list[str]]) -> int:
    """Make requests for one operation; how many they were."""
    asked = 0

    @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        nonlocal asked
        asked += 1
        if asked % 2:
            make_real(case, real, asked)
        answer = case.call(headers=headers)
        assert answer.status_code < 500, f"{case.as_curl_command()}\n{answer.text}"

    with suppress(Unsatisfiable):  # an operation without parameters cannot be asked wrongly
        ask()
    return asked


def make_real(case: schemathesis.Case, real: dict[str, list[str]], number: int) -> None:
    """Let a request be about something that is there."""
    for name in case.path_parameters or {}:
        if found := real.get(name):
            case.path_parameters[name] = found[number % len(found)]
    if isinstance(case.body, dict) and "process_key" in case.body:
        case.body["process_key"] = KEYS[number % len(KEYS)]
