"""Tickets over HTTP: what a keeper does, what everybody else may not, and every refusal recorded."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.core.actor import Actor
from engine.runtime.tables import audit
from tests.api.doors import DESIGNER, PASSWORD, Hall, Person, assert_problem
from workflows.tickets import book, issuing, use
from workflows.tickets.book import Entry
from workflows.tickets.life import Step

KIND = "special-receipt"


def keeper(hall: Hall, name: str) -> Person:
    hall.runtime.accounts.create(id=name, name=name, password=PASSWORD, roles=["clerk"], groups=["ticket-centre"])
    _, secret = hall.runtime.access_tokens.issue(name, purpose="token", name="t", lifetime=timedelta(days=1), by=DESIGNER)
    return Person(hall.app.test_client(), secret)


def stocked(hall: Hall) -> None:
    """Twenty numbers with a department."""

    def change(session: Any, now: Any) -> None:
        entry = Entry(now, "keeper-1", "keeper-2")
        book.order(session, KIND, 1, 20, entry)
        book.move(session, Step.PRINT, KIND, 1, 20, entry)
        book.move(session, Step.STOCK, KIND, 1, 20, entry)
        issuing.issue(session, "县工商局", KIND, 10, entry)

    hall.runtime.registers.change("Test", Actor("keeper-1"), change)


def used(hall: Hall, payment: str) -> None:
    said = {"holder": "clerk", "kind": KIND, "payment": payment, "amount_fen": 500}
    hall.runtime.registers.change("Test", Actor("clerk"), lambda session, now: use(session, now=now, **said))  # type: ignore[arg-type]


def of(first: int, last: int, **more: Any) -> dict[str, Any]:
    return {"kind": KIND, "first": first, "last": last, **more}


def test_a_keeper_hands_settles_and_archives_numbers(hall: Hall) -> None:
    first, second = keeper(hall, "keeper-1"), keeper(hall, "keeper-2")
    certificate = {"number": "领证1", "department": "县工商局", "basis": "登记费"}
    assert first.post("/api/tickets/certificates", certificate).status_code == 204
    assert_problem(first.post("/api/tickets/certificates", certificate), 409, "ticket-certificate-exists")
    stocked(hall)
    assert first.post("/api/tickets/hand", of(1, 5, holder="clerk")).status_code == 204
    used(hall, "P1")
    void = of(2, 2, step="void", reason="写错", copies_kept=3)
    entered = hall.person("clerk").post("/api/tickets/proposals", void)
    assert entered.status_code == 201
    assert first.post(f"/api/tickets/proposals/{entered.json['id']}/confirmation").status_code == 204
    assert first.post("/api/tickets/lost", of(3, 3, found_on="2026-03-01", reason="遗失", reference="声明")).json == {
        "in_time": True
    }
    assert first.post("/api/tickets/give-back", of(4, 5, reason="休假")).status_code == 204
    assert first.post("/api/tickets/stubs", of(1, 3)).status_code == 204
    wrong = second.post("/api/tickets/write-offs", of(1, 3, stubs=2, received_fen=400))
    assert_problem(wrong, 409, "ticket-write-off-difference")
    done = second.post("/api/tickets/write-offs", of(1, 3, stubs=2, received_fen=500))
    assert done.json == {"used": 1, "void": 1, "lost": 1, "amount_fen": 500}
    assert first.post("/api/tickets/archive", of(1, 3, reference="一柜")).status_code == 204
    destroy = first.post("/api/tickets/proposals", of(1, 3, step="destroy", reason="期满", reference="清册"))
    assert_problem(destroy, 409, "ticket-keep-longer")
    listed = hall.person("auditor").get("/api/tickets?limit=1")
    assert [(row["first_number"], row["last_number"], row["state"]) for row in listed.json["items"]] == [(1, 3, "archived")]
    following = hall.person("auditor").get(f"/api/tickets?cursor={listed.json['next_cursor']}").json["items"]
    assert [row["first_number"] for row in following] == [4, 11]
    assert "archived" in hall.person("auditor").get("/api/tickets?format=csv").text
    life = hall.person("auditor").get(f"/api/tickets/{KIND}/1").json
    assert [move["step"] for move in life][-4:] == ["use", "return-stubs", "write-off", "archive"]
    assert hall.person("auditor").get("/api/tickets/findings").json == []
    assert len(hall.person("auditor").get("/api/tickets/proposals").json["items"]) == 1
    assert first.post("/api/tickets/certificates/领证1/review", {"passed": True}).status_code == 204


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("hand", {"holder": "me"}),
        ("give-back", {"reason": "x"}),
        ("lost", {"found_on": "2026-03-01", "reason": "x", "reference": "y"}),
        ("stubs", {}),
        ("write-offs", {"stubs": 1, "received_fen": 1}),
        ("archive", {"reference": "x"}),
        ("proposals", {"step": "void", "reason": "x", "copies_kept": 3}),
    ],
)
def test_who_is_not_of_the_ticket_centre_is_refused_and_that_is_recorded(door: Hall, path: str, more: dict[str, Any]) -> None:
    answer = door.person("clerk").post(f"/api/tickets/{path}", of(1, 1, **more))
    assert_problem(answer, 403, "ticket-keeper-only")
    with door.runtime.database.read() as connection:
        row = connection.execute(select(audit.c.outcome, audit.c.code).order_by(audit.c.id.desc())).first()
    assert row is not None
    assert tuple(row) == ("refused", "ticket-keeper-only")


def test_what_is_no_number_and_no_cursor_is_refused(door: Hall) -> None:
    clerk = door.person("clerk")
    assert_problem(clerk.get(f"/api/tickets/{KIND}/5"), 422, "ticket-out-of-range")
    assert_problem(clerk.get("/api/tickets/napkin/5"), 404, "ticket-kind-unknown")
    assert_problem(clerk.get("/api/tickets?cursor=x"), 422, "ticket-cursor")
