"""Mandates, slips and matters in the database, in the transaction of whoever asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection, declare
from workflows.agency.mandate import Mandate, Principal
from workflows.agency.tables import agency_filing, agency_hand_over, agency_mandate, agency_matter, agency_paper

declare(
    {
        "agency-mandate-not-found": ("没有委托书{number}。", "Expected mandate {number}, but there is none."),
        "agency-hand-over-not-found": ("没有交接单{number}。", "Expected hand-over slip {number}, but there is none."),
    }
)


@dataclass(frozen=True, slots=True)
class Matter:
    """One person's one matter on a slip; see :data:`workflows.agency.tables.agency_matter`."""

    hand_over: str
    line: int
    mandate: str
    agent: str
    town: str
    principal_name: str
    item_code: str
    item_name: str
    state: str
    gaps: int
    handed_over_at: datetime
    complete_at: datetime | None
    case_number: str | None
    filed_at: datetime | None
    result: str | None
    result_at: datetime | None
    collected_at: datetime | None
    delivered_at: datetime | None
    receiver: str | None
    signature: str | None


COLUMNS = tuple(agency_matter.c[name] for name in Matter.__dataclass_fields__)


def add_mandate(session: Session, added: Mandate, by: str, now: datetime) -> None:
    same = ("number", "town", "agent", "from_on", "until_on", "document", "signed_on")
    values = {name: getattr(added, name) for name in same}
    principal = {"principal_name": added.principal.name, "principal_masked_id": added.principal.masked_id}
    entered = {"items": sorted(added.items), "entered_by": by, "entered_at": now}
    session.execute(agency_mandate.insert().values(**values, **principal, **entered))


def mandate_of(session: Session, number: str) -> Mandate:
    """:raises Rejection: ``agency-mandate-not-found``."""
    row = session.execute(select(agency_mandate).where(agency_mandate.c.number == number)).mappings().one_or_none()
    if row is None:
        raise Rejection("agency-mandate-not-found", field="mandate", number=number[:60])
    return _mandate(row)


def mandates_of(session: Session, principal: Principal) -> list[Mandate]:
    """Every mandate somebody gave, oldest first."""
    table = agency_mandate
    same = (table.c.principal_name == principal.name, table.c.principal_masked_id == principal.masked_id)
    rows = session.execute(select(table).where(*same).order_by(table.c.entered_at, table.c.number)).mappings()
    return [_mandate(row) for row in rows]


def _mandate(row: Any) -> Mandate:
    same = ("number", "town", "agent", "from_on", "until_on", "document", "signed_on", "revoked_on")
    principal = Principal(row["principal_name"], row["principal_masked_id"])
    return Mandate(**{name: row[name] for name in same}, principal=principal, items=frozenset(row["items"]))


def revoke_mandate(session: Session, number: str, day: date, by: str, reason: str) -> None:
    values = {"revoked_on": day, "revoked_by": by, "revoke_reason": reason}
    session.execute(agency_mandate.update().where(agency_mandate.c.number == number).values(**values))


def add_hand_over(session: Session, **values: Any) -> None:
    session.execute(agency_hand_over.insert().values(**values))


def add_matter(session: Session, **values: Any) -> None:
    session.execute(agency_matter.insert().values(**values))


def matter_of(session: Session, hand_over: str, line: int) -> Matter:
    """Locked: nobody else moves it before this transaction ends.

    :raises Rejection: ``agency-hand-over-not-found``.
    """
    here = (agency_matter.c.hand_over == hand_over, agency_matter.c.line == line)
    row = session.execute(select(*COLUMNS).where(*here).with_for_update()).mappings().one_or_none()
    if row is None:
        raise Rejection("agency-hand-over-not-found", field="hand_over", number=hand_over[:60])
    return Matter(**row)


def change_matter(session: Session, matter: Matter, **values: Any) -> None:
    here = (agency_matter.c.hand_over == matter.hand_over, agency_matter.c.line == matter.line)
    session.execute(agency_matter.update().where(*here).values(**values))


def pass_papers(session: Session, place: tuple[str, int], papers: Iterable[str], giver: str, to: str, at: datetime) -> None:
    """Write down that papers went from one to the other."""
    same = {"hand_over": place[0], "line": place[1], "giver": giver, "receiver": to, "at": at}
    rows = [{**same, "paper": paper[:200]} for paper in papers]
    if rows:
        session.execute(agency_paper.insert(), rows)


def papers_of(session: Session, hand_over: str, line: int, receiver: str) -> list[str]:
    """What somebody was given of a matter, each once, in the order it came."""
    here = (agency_paper.c.hand_over == hand_over, agency_paper.c.line == line, agency_paper.c.receiver == receiver)
    found = session.execute(select(agency_paper.c.paper).where(*here).order_by(agency_paper.c.id)).scalars()
    return list(dict.fromkeys(found))


def add_filing(session: Session, **values: Any) -> None:
    session.execute(agency_filing.insert().values(**values))


def open_filing(session: Session, matter: Matter) -> Any:
    """The first case filed by the matter's mandate for its item since the papers came, and not another matter's; None: none."""
    taken = select(agency_matter.c.case_number).where(agency_matter.c.case_number.is_not(None))
    table = agency_filing
    mine = (table.c.mandate == matter.mandate, table.c.item_code == matter.item_code, table.c.agent == matter.agent)
    later = (table.c.at >= matter.handed_over_at, table.c.case_number.not_in(taken))
    return session.execute(select(table).where(*mine, *later).order_by(table.c.at, table.c.case_number).limit(1)).first()
