"""Queue tickets: anybody takes one, the window calls, and every one called becomes a case or is closed otherwise (A-04)."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.lists import answer_list
from api.schemas.paging import page_of
from api.schemas.queue import (
    CloseTicketSchema,
    QueueDayQuery,
    QueueTicketRowSchema,
    QueueTicketSchema,
    ServeTicketSchema,
    TakeTicketSchema,
)
from engine.core.actor import Actor
from workflows.clock import hall_day
from workflows.queue.queue import ClosedAs, Queue, Ticket

queue = Blueprint("queue", "/api", "排队 · Queue tickets")

ANYBODY = Actor("public")


@queue.post("/public/queue-tickets")
@queue.takes(TakeTicketSchema)
@queue.answers(201, QueueTicketSchema)
def take(wanted: Mapping[str, Any]) -> tuple[Ticket, int]:
    """取号 · Take a number for a window"""
    return _queue().take(wanted["window"], ANYBODY), 201


@queue.get("/queue-tickets")
@queue.takes(QueueDayQuery, "query")
@queue.answers(200, page_of(QueueTicketRowSchema))
def list_tickets(query: Mapping[str, Any]) -> Response:
    """排队记录 · A day's tickets and what they became"""
    day = query["day"] or hall_day(runtime().clock())
    return answer_list("queue", QueueTicketRowSchema, query, lambda cursor, limit: _queue().page(day, cursor, limit))


@queue.post("/queue-tickets/<string:window>/call")
@queue.answers(200, QueueTicketSchema)
def call(window: str) -> Ticket:
    """叫号 · The next who waits"""
    return _queue().call(window, actor())


@queue.post("/queue-tickets/<string:window>/<int:number>/serve")
@queue.takes(ServeTicketSchema)
@queue.also_answers(204, "Linked")
def serve(wanted: Mapping[str, Any], window: str, number: int) -> tuple[str, int]:
    """关联办件 · It became a case"""
    _queue().serve(window, number, wanted["case"], actor())
    return "", 204


@queue.post("/queue-tickets/<string:window>/<int:number>/close")
@queue.takes(CloseTicketSchema)
@queue.also_answers(204, "Closed")
def close(wanted: Mapping[str, Any], window: str, number: int) -> tuple[str, int]:
    """其他业务 · It was no application"""
    _queue().close(window, number, ClosedAs(wanted["closed_as"]), wanted["remark"], actor())
    return "", 204


def _queue() -> Queue:
    return Queue(runtime().registers)
