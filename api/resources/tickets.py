"""Tickets (财政票据): where every number stands, the whole life of one, and what their keepers do from day to day."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.lists import answer_list
from api.schemas.paging import PageQuery, page_of
from api.schemas.tickets import (
    ArchiveSchema,
    CertificateReviewSchema,
    CertificateSchema,
    EnteredProposalSchema,
    GiveBackSchema,
    HandTicketsSchema,
    LostAnswerSchema,
    LostSchema,
    NewProposalSchema,
    NumbersSchema,
    TicketFindingSchema,
    TicketMoveSchema,
    TicketProposalSchema,
    TicketQuery,
    TicketSpanSchema,
    WriteOffAnswerSchema,
    WriteOffSchema,
)
from engine.runtime.queries.paging import Page
from workflows.tickets.book import Move
from workflows.tickets.findings import Finding
from workflows.tickets.life import State, Step
from workflows.tickets.proposals import Proposal
from workflows.tickets.settling import Sum
from workflows.tickets.ticket_register import Numbers, TicketRegister

tickets = Blueprint("tickets", "/api", "财政票据 · Tickets")


@tickets.get("/tickets")
@tickets.takes(TicketQuery, "query")
@tickets.answers(200, page_of(TicketSpanSchema))
def list_tickets(query: Mapping[str, Any]) -> Response:
    """票据登记 · Where numbers stand"""
    state = None if query["state"] is None else State(query["state"])

    def fetch(cursor: str | None, limit: int) -> Page[Any]:
        return _register().page(query["kind"], query["department"], state, cursor, limit)

    return answer_list("tickets", TicketSpanSchema, query, fetch)


@tickets.get("/tickets/<string:kind>/<int:number>")
@tickets.answers(200, TicketMoveSchema(many=True))
def life(kind: str, number: int) -> list[Move]:
    """一个号码的全过程 · The whole life of one number"""
    return _register().life(kind, number)


@tickets.get("/tickets/findings")
@tickets.answers(200, TicketFindingSchema(many=True))
def list_findings() -> list[Finding]:
    """断号、重号、作废率 · Gaps, doubles and alarms"""
    return _register().findings(runtime().clock())


@tickets.post("/tickets/hand")
@tickets.takes(HandTicketsSchema)
@tickets.also_answers(204, "Handed")
def hand(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """领用到人 · Give numbers to a person"""
    _register().hand(_numbers(wanted), wanted["holder"], actor())
    return "", 204


@tickets.post("/tickets/give-back")
@tickets.takes(GiveBackSchema)
@tickets.also_answers(204, "Given back")
def give_back(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """交回未用票据 · Numbers a person did not use"""
    _register().give_back(_numbers(wanted), wanted["reason"], actor())
    return "", 204


@tickets.post("/tickets/lost")
@tickets.takes(LostSchema)
@tickets.answers(200, LostAnswerSchema)
def report_lost(wanted: Mapping[str, Any]) -> dict[str, bool]:
    """报告遗失 · Block lost numbers"""
    said = wanted["found_on"], wanted["reason"], wanted["reference"]
    return {"in_time": _register().report_lost(_numbers(wanted), *said, actor())}


@tickets.post("/tickets/stubs")
@tickets.takes(NumbersSchema)
@tickets.also_answers(204, "Returned")
def return_stubs(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """缴回存根 · Stubs come back"""
    _register().return_stubs(_numbers(wanted), actor())
    return "", 204


@tickets.post("/tickets/write-offs")
@tickets.takes(WriteOffSchema)
@tickets.answers(200, WriteOffAnswerSchema)
def write_off(wanted: Mapping[str, Any]) -> Sum:
    """核销 · Settle numbers against the money received"""
    return _register().write_off(_numbers(wanted), wanted["stubs"], wanted["received_fen"], actor())


@tickets.post("/tickets/archive")
@tickets.takes(ArchiveSchema)
@tickets.also_answers(204, "Archived")
def archive(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """存根归档 · Stubs go to the archive"""
    _register().archive(_numbers(wanted), wanted["reference"], actor())
    return "", 204


@tickets.get("/tickets/proposals")
@tickets.takes(PageQuery, "query")
@tickets.answers(200, page_of(TicketProposalSchema))
def list_proposals(query: Mapping[str, Any]) -> Response:
    """作废、销毁申请 · What waits for a second person, and what had one"""
    return answer_list("ticket-proposals", TicketProposalSchema, query, _register().proposals)


@tickets.post("/tickets/proposals")
@tickets.takes(NewProposalSchema)
@tickets.answers(201, EnteredProposalSchema)
def propose(wanted: Mapping[str, Any]) -> tuple[dict[str, int], int]:
    """申请作废、销毁 · Ask that numbers be made void or destroyed"""
    return {"id": _register().propose(Proposal(**{**wanted, "step": Step(wanted["step"])}), actor())}, 201


@tickets.post("/tickets/proposals/<int:proposal>/confirmation")
@tickets.also_answers(204, "Done")
def confirm(proposal: int) -> tuple[str, int]:
    """复核 · The second person confirms"""
    _register().confirm(proposal, actor())
    return "", 204


@tickets.post("/tickets/certificates")
@tickets.takes(CertificateSchema)
@tickets.also_answers(204, "Filed")
def enter_certificate(wanted: Mapping[str, Any]) -> tuple[str, int]:
    """登记购领证 · File a certificate"""
    _register().enter_certificate(wanted["number"], wanted["department"], wanted["basis"], actor())
    return "", 204


@tickets.post("/tickets/certificates/<string:number>/review")
@tickets.takes(CertificateReviewSchema)
@tickets.also_answers(204, "Reviewed")
def review_certificate(wanted: Mapping[str, Any], number: str) -> tuple[str, int]:
    """购领证年检 · The yearly review"""
    _register().review_certificate(number, wanted["passed"], actor())
    return "", 204


def _register() -> TicketRegister:
    return TicketRegister(runtime().registers)


def _numbers(wanted: Mapping[str, Any]) -> Numbers:
    return Numbers(wanted["kind"], wanted["first"], wanted["last"])
