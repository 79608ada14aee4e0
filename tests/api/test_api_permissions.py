"""Every route with every role, and with nobody: what happens is what the table says."""

import pytest
from flask import Flask

from api.data_scope import sees_everything
from api.door import Login
from api.permissions import ENDPOINTS, EVERYBODY, ROLES, Permission, allows
from engine.runtime.accounts import ROLES as ACCOUNT_ROLES
from engine.runtime.accounts import Account
from tests.api.doors import PASSWORD, Hall, Person, assert_problem

ASKERS = ("clerk", "designer", "supervisor", "auditor", "administrator", "applicant", "agent", "cashier", "finance", "nobody")


def routes(app: Flask) -> list[tuple[str, str, str]]:
    """Endpoint, method and an address, for every method of every route."""
    found = []
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for argument in rule.arguments:
            path = path.replace(f"<string:{argument}>", "made-up").replace(f"<int:{argument}>", "9")
        found += [(rule.endpoint, method, path) for method in sorted(rule.methods or ())]
    return found


def test_the_table_names_every_route_and_nothing_else(door: Hall) -> None:
    assert {endpoint for endpoint, _, _ in routes(door.app)} == set(ENDPOINTS)


def test_every_permission_has_roles_that_exist() -> None:
    assert set(ROLES) == set(Permission) - {Permission.PUBLIC}
    assert frozenset(ACCOUNT_ROLES) == EVERYBODY
    assert all(roles and roles <= EVERYBODY for roles in ROLES.values())


def test_whoever_may_send_a_message_may_start_a_case() -> None:
    """For a message may start one."""
    assert ROLES[Permission.MESSAGE_SEND] <= ROLES[Permission.CASE_START]


def logged_in(hall: Hall, account: str) -> Person:
    """With a session, because a token may not do all that its account may."""
    hall.add(account)
    person = hall.anonymous()
    answer = person.post("/api/session", {"account": account, "password": PASSWORD})
    person.headers = {"X-CSRF-Token": answer.json["csrf_token"]}
    return person


@pytest.mark.parametrize("asker", [*ASKERS, "anonymous"])
def test_a_route_lets_in_whom_the_table_lets_in(door: Hall, asker: str) -> None:
    person = door.anonymous() if asker == "anonymous" else logged_in(door, asker)
    roles = frozenset() if asker in ("anonymous", "nobody") else frozenset({asker})
    refused = 401 if asker == "anonymous" else 403
    log_out_last = sorted(routes(door.app), key=lambda route: route[0] == "session.log_out")
    for endpoint, method, path in log_out_last:
        answer = person.open(method, path)
        if allows(ENDPOINTS[endpoint], roles):
            assert answer.status_code not in (401, 403, 405, 500), f"{asker} {method} {path}: {answer.text}"
        else:
            assert answer.status_code == refused, f"{asker} {method} {path}: {answer.text}"


def test_a_route_without_permission_is_closed(door: Hall) -> None:
    door.app._got_first_request = False  # the test adds a route that a release would not have
    door.app.add_url_rule("/api/forgotten", "forgotten", lambda: "secret")
    for person in (door.anonymous(), door.person("supervisor"), door.person("administrator")):
        assert_problem(person.get("/api/forgotten"), 403, "route-closed")


def test_a_refused_attempt_is_recorded(door: Hall) -> None:
    assert_problem(door.person("clerk").get("/api/jobs"), 403, "permission-denied")
    [entry] = door.person("auditor").get("/api/audit-log?outcome=refused").json["items"]
    assert (entry["actor_id"], entry["action"], entry["subject"], entry["code"]) == (
        "clerk",
        "GET /api/jobs",
        "/api/jobs",
        "permission-denied",
    )


def test_nobody_sees_everything_but_supervisor_and_auditor() -> None:
    def login(role: str) -> Login:
        return Login(Account(id="x", name="x", roles=(role,), groups=(), disabled=False), "token", "")

    assert {role for role in ACCOUNT_ROLES if sees_everything(login(role))} == {"supervisor", "auditor"}
