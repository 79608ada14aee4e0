"""Accounts over HTTP: by administrators, never one's own, never a window's; and what waits at an element."""

from typing import Any

from tests.api.doors import Hall, assert_problem

NEW = {"id": "review-2", "name": "复核人员乙", "password": "a-long-password", "roles": ["clerk"], "groups": ["reviewers"]}


def test_an_account_is_added_changed_disabled_and_enabled(hall: Hall) -> None:
    administrator = hall.person("administrator")
    assert administrator.post("/api/accounts", NEW).json["groups"] == ["reviewers"]
    assert_problem(administrator.post("/api/accounts", NEW), 409, "account-already-exists")
    powers = {"roles": ["auditor"], "groups": []}
    changed = administrator.post("/api/accounts/review-2/powers", powers)
    assert (changed.json["roles"], changed.json["groups"]) == (["auditor"], [])
    assert administrator.post("/api/accounts/review-2/disabling").json["disabled"] is True
    refused = hall.app.test_client().post("/api/session", json={"account": "review-2", "password": NEW["password"]})
    assert_problem(refused, 401, "credentials-wrong")
    assert administrator.post("/api/accounts/review-2/enabling").json["disabled"] is False
    assert administrator.post("/api/accounts/review-2/password", {"password": "another-long-one"}).status_code == 204
    login = {"account": "review-2", "password": "another-long-one"}
    assert hall.app.test_client().post("/api/session", json=login).status_code < 300


def test_lists_find_by_id_and_name_and_page(hall: Hall) -> None:
    administrator = hall.person("administrator")
    administrator.post("/api/accounts", NEW)
    [found] = administrator.get("/api/accounts?text=复核").json["items"]
    assert found["id"] == "review-2"
    first = administrator.get("/api/accounts?limit=1").json
    second = administrator.get(f"/api/accounts?limit=1&cursor={first['next_cursor']}").json
    assert first["items"][0]["id"] < second["items"][0]["id"]


def test_nobody_changes_his_own_powers(hall: Hall) -> None:
    administrator = hall.person("administrator")
    powers: dict[str, Any] = {"roles": ["administrator", "finance"], "groups": []}
    assert_problem(administrator.post("/api/accounts/administrator/powers", powers), 403, "account-is-own")
    assert_problem(administrator.post("/api/accounts/administrator/disabling"), 403, "account-is-own")
    assert_problem(administrator.post("/api/accounts/nobody-at-all/disabling"), 404, "account-not-found")
    assert_problem(hall.person("supervisor").post("/api/accounts", NEW), 403, "permission-denied")
    assert_problem(administrator.post("/api/accounts", {**NEW, "roles": ["king"]}), 422, "input-invalid")


def test_what_waits_at_an_element_is_counted_with_how_long_it_took(hall: Hall) -> None:
    supervisor = hall.person("supervisor")
    hall.start(hall.person("everyone"))
    [definition] = supervisor.get("/api/process-definitions?key=licence").json["items"]
    address = f"/api/process-definitions/{definition['id']}/element-loads"
    [load] = [one for one in supervisor.get(address).json["items"] if one["open"]]
    assert (load["open"], load["overdue"], load["incidents"], load["mean_minutes"]) == (1, 0, 0, None)
    assert load["waiting_since"] is not None
    assert supervisor.get(f"{address}?format=csv").mimetype == "text/csv"
    assert_problem(hall.person("clerk").get(address), 403, "permission-denied")
