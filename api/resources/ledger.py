"""The ledger: days and their close, entries, balances, months, transfers, debts; and the reversal of an entry."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.lists import answer_list, answer_table
from api.schemas.collection import (
    AccountBalanceSchema,
    CorrectionDecisionInput,
    CorrectionInput,
    DebtSchema,
    EntryLineSchema,
    EntryQuery,
    LedgerDaySchema,
    ReversedSchema,
    ReverseInput,
    SettledMonthSchema,
    TableQuery,
    TransferOrderSchema,
)
from api.schemas.paging import PageQuery, page_of
from engine.core.rejection import Rejection
from engine.runtime.queries.paging import Page
from workflows.collection.collection_register import CollectionRegister
from workflows.collection.telling import tell_settled
from workflows.ledger.ledger_register import LedgerRegister
from workflows.ledger.reading import LedgerReading

ledger = Blueprint("ledger", "/api/ledger", "账务 · The ledger")


@ledger.get("/days")
@ledger.takes(PageQuery, "query")
@ledger.answers(200, page_of(LedgerDaySchema))
def list_days(query: Mapping[str, Any]) -> Response:
    """账务日 · Days, newest first, with who closed them"""
    return answer_list("ledger-days", LedgerDaySchema, query, _cursored(_reading().days))


@ledger.get("/entries")
@ledger.takes(EntryQuery, "query")
@ledger.answers(200, page_of(EntryLineSchema))
def list_entries(query: Mapping[str, Any]) -> Response:
    """记账凭证 · Lines of entries, of a day or a case"""

    def fetch(cursor: str | None, limit: int) -> Page[Any]:
        return _reading().lines(query["day"], query["case_number"], cursor, limit)

    return answer_list("ledger-entries", EntryLineSchema, query, _cursored(fetch))


@ledger.get("/trial-balance")
@ledger.takes(TableQuery, "query")
@ledger.answers(200, page_of(AccountBalanceSchema))
def trial_balance(query: Mapping[str, Any]) -> Response:
    """试算平衡 · Every account's balance; they sum to zero"""
    names = _reading().names()
    balances = LedgerRegister(runtime().registers).trial_balance()
    rows = [{"account": key, "name": names[key], "balance_fen": fen} for key, fen in balances.items()]
    return answer_table("trial-balance", AccountBalanceSchema, query["format"], rows)


@ledger.get("/months/<string:month>")
@ledger.takes(TableQuery, "query")
@ledger.answers(200, page_of(SettledMonthSchema))
def month(query: Mapping[str, Any], month: str) -> Response:
    """月结表 · A month by department, fee and fund nature"""
    return answer_table(f"month-{month[:7]}", SettledMonthSchema, query["format"], _register().month(month))


@ledger.get("/transfers")
@ledger.takes(TableQuery, "query")
@ledger.answers(200, page_of(TransferOrderSchema))
def list_transfers(query: Mapping[str, Any]) -> Response:
    """划缴凭证 · Transfer orders, newest first"""
    return answer_table("transfers", TransferOrderSchema, query["format"], _register().transfers())


@ledger.get("/debts")
@ledger.takes(TableQuery, "query")
@ledger.answers(200, page_of(DebtSchema))
def list_debts(query: Mapping[str, Any]) -> Response:
    """应收未收 · What is assessed and neither paid nor waived (R-50)"""
    return answer_table("debts", DebtSchema, query["format"], _reading().debts())


@ledger.post("/entries/<int:number>/reverse")
@ledger.takes(ReverseInput)
@ledger.answers(200, ReversedSchema)
def reverse(wanted: Mapping[str, Any], number: int) -> dict[str, int]:
    """冲销 · Take an entry back; a receipt's ticket becomes void with it"""
    made = _register().reverse(number, wanted["reason"], actor())
    tell_settled(runtime(), _register().unowed(number), actor())
    return {"number": made}


@ledger.post("/entries/<int:number>/correction")
@ledger.takes(CorrectionInput)
@ledger.also_answers(204, "Proposed")
def propose_correction(wanted: Mapping[str, Any], number: int) -> tuple[str, int]:
    """提出更正核定 · The window says that its assessment is wrong; a second person of it agrees (A-15)"""
    _register().propose_correction(number, wanted["reason"], actor())
    return "", 204


@ledger.post("/entries/<int:number>/correction/decision")
@ledger.takes(CorrectionDecisionInput)
@ledger.also_answers(204, "Decided")
def decide_correction(wanted: Mapping[str, Any], number: int) -> tuple[str, int]:
    """同意更正核定 · Agree that an assessment is wrong, or not; never who proposed it"""
    _register().decide_correction(number, wanted["agreed"], wanted["opinion"], actor())
    return "", 204


def _cursored(fetch: Any) -> Any:
    def careful(cursor: str | None, limit: int) -> Page[Any]:
        try:
            page: Page[Any] = fetch(cursor, limit)
        except ValueError as error:
            raise Rejection("cursor-invalid", field="cursor") from error
        return page

    return careful


def _reading() -> LedgerReading:
    return LedgerReading(runtime().registers)


def _register() -> CollectionRegister:
    return CollectionRegister(runtime().registers)
