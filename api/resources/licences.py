"""The register of licences: what was given, what runs out, what became of it; and the public check of one."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import runtime
from api.lists import answer_list
from api.schemas.licences import LicenceEventSchema, LicenceQuery, LicenceSchema, PublicLicenceSchema
from api.schemas.paging import page_of
from engine.runtime.queries.paging import Page
from workflows.case_file.applicant import masked, masked_name
from workflows.clock import hall_day
from workflows.licences.licence import Licence
from workflows.licences.licence_register import LicenceFilter, LicenceRegister
from workflows.licences.storage import LicenceEvent

licences = Blueprint("licences", "/api", "证照 · Licences")


@licences.get("/licences")
@licences.takes(LicenceQuery, "query")
@licences.answers(200, page_of(LicenceSchema))
def list_licences(query: Mapping[str, Any]) -> Response:
    """证照 · Licences, by item and by last day"""
    wanted = LicenceFilter(**{name: query[name] for name in ("item_code", "expires_from", "expires_until")})

    def fetch(cursor: str | None, limit: int) -> Page[dict[str, Any]]:
        page = _register().page(wanted, cursor, limit)
        return Page([_shown(found) for found in page.items], page.next_cursor)

    return answer_list("licences", LicenceSchema, query, fetch)


@licences.get("/licences/<string:number>")
@licences.answers(200, LicenceSchema)
def read(number: str) -> dict[str, Any]:
    """一件证照 · A licence"""
    return _shown(_register().get(number))


@licences.get("/licences/<string:number>/events")
@licences.answers(200, LicenceEventSchema(many=True))
def list_events(number: str) -> list[LicenceEvent]:
    """证照沿革 · What happened to a licence, oldest first"""
    register = _register()
    return register.events(register.get(number).number)


@licences.get("/public/licences/<string:number>")
@licences.answers(200, PublicLicenceSchema)
def check(number: str) -> dict[str, Any]:
    """核对证照 · Whether a licence was given here, and whether it holds today"""
    found = _register().get(number)
    shown = _shown(found)
    is_person = found.holder.kind == "individual"
    return {**shown, "holder_name": masked_name(found.holder.name) if is_person else found.holder.name}


def _register() -> LicenceRegister:
    return LicenceRegister(runtime().registers)


def _shown(found: Licence) -> dict[str, Any]:
    same = ("number", "item_code", "item_name", "result_document", "department", "case_number", "issued_on", "valid_until")
    return {
        **{name: getattr(found, name) for name in same},
        "holder_name": found.holder.name,
        "masked_identity": masked(found.holder.identity),
        "state": found.state(hall_day(runtime().clock())),
    }
