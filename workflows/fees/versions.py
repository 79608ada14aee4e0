"""Fees as they are in force: the installed ones, with what the register has added, replaced and ended since (R-42).

A version is never changed; the days it counts on follow from the events. So a case finds the version of its day whenever it
asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import orjson
from marshmallow import ValidationError
from sqlalchemy import Row, func, insert, select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection
from workflows.fees.fee import Fee, FeeBook, Paper, fee_book, fee_of
from workflows.fees.life import State
from workflows.fees.tables import fee_event, fee_version

FIRST_DAY = date(1949, 10, 1)
"""What the schema is given for the days that a draft does not have yet."""


@dataclass(frozen=True, slots=True)
class Move:
    """Into which state, when, by whom, from which day it counts, why, and by which document."""

    state: State
    at: datetime
    actor_id: str
    from_on: date | None = None
    reason: str = ""
    document: str = ""


def book_of(session: Session) -> FeeBook:
    """Every version that ever counted, with its days."""
    installed = fee_book()
    found = {(fee.code, fee.version): fee for fee in installed.fees}
    for event in session.execute(select(fee_event).order_by(fee_event.c.code, fee_event.c.sequence)):
        key = event.code, event.version
        if event.state == State.IN_FORCE.value:
            for other in [one for one in found.values() if one.code == event.code]:
                found[other.code, other.version] = _until(other, event.from_on)
            found[key] = _in_force(session, event)
        elif event.state == State.ENDED.value and key in found:
            found[key] = _until(found[key], event.from_on)
    return replace(installed, fees=tuple(fee for fee in found.values() if _counted(fee)))


def version_of(session: Session, code: str, version: str) -> Fee:
    """A version, whether it counts or not.

    :raises Rejection: ``fee-version-not-found``.
    """
    counting = [fee for fee in book_of(session).fees if (fee.code, fee.version) == (code, version)]
    return counting[0] if counting else parsed(content_of(session, code, version), version)


def content_of(session: Session, code: str, version: str) -> dict[str, Any]:
    """What was drafted. :raises Rejection: ``fee-version-not-found``."""
    columns = fee_version.c
    found = session.execute(select(columns.content).where(columns.code == code, columns.version == version)).scalar()
    if found is None:
        raise Rejection("fee-version-not-found", field="version", fee=code[:40], version=version[:20])
    return dict(found)


def parsed(content: Mapping[str, Any], version: str) -> Fee:
    """A fee out of a draft. :raises Rejection: ``fee-content-invalid``."""
    try:
        return fee_of({**content, "version": version, "from": FIRST_DAY, "to": None})
    except ValidationError as error:
        wrong = sorted(error.messages_dict) if isinstance(error.messages, dict) else ["content"]
        raise Rejection("fee-content-invalid", field=wrong[0], fields=", ".join(wrong)[:300]) from error


def add(session: Session, content: Mapping[str, Any], actor_id: str, at: datetime, reason: str) -> Fee:
    """Keep a draft under the next number: the fee.

    :raises Rejection: ``fee-content-invalid``, ``fee-reason-missing``, ``fee-unchanged``.
    """
    if not reason.strip():
        raise Rejection("fee-reason-missing", field="reason")
    kept = {name: value for name, value in content.items() if name not in ("version", "from", "to", "verification")}
    code = parsed(kept, "0").code
    digest = sha256(orjson.dumps(kept, option=orjson.OPT_SORT_KEYS)).hexdigest()
    columns = fee_version.c
    if session.execute(select(columns.code).where(columns.code == code, columns.digest == digest)).first() is not None:
        raise Rejection("fee-unchanged", field="code")
    version = str(_latest(session, code) + 1)
    row = {"code": code, "version": version, "content": kept, "digest": digest, "reason": reason[:500]}
    session.execute(insert(fee_version).values(**row, created_by=actor_id, created_at=at))
    move(session, code, version, Move(State.DRAFT, at, actor_id, reason=reason))
    return parsed(kept, version)


def move(session: Session, code: str, version: str, to: Move) -> None:
    """Write what became of a version."""
    columns = fee_event.c
    last = session.execute(select(func.max(columns.sequence)).where(columns.code == code)).scalar() or 0
    said = {"state": to.state.value, "at": to.at, "actor_id": to.actor_id, "from_on": to.from_on}
    words = {"reason": to.reason[:500], "document": to.document[:200]}
    session.execute(insert(fee_event).values(code=code, version=version, sequence=last + 1, **said, **words))


def state_of(session: Session, code: str, version: str) -> State:
    """Where a version stands; an installed one of which nothing is said is in force.

    :raises Rejection: ``fee-version-not-found``.
    """
    events = events_of(session, code, version)
    if events:
        return State(events[-1].state)
    version_of(session, code, version)
    return State.IN_FORCE


def events_of(session: Session, code: str, version: str) -> list[Row[Any]]:
    """What became of a version, in order."""
    columns = fee_event.c
    wanted = select(fee_event).where(columns.code == code, columns.version == version)
    return list(session.execute(wanted.order_by(columns.sequence)))


def drafter_of(session: Session, code: str, version: str) -> str | None:
    """Who drafted a version; None of an installed one."""
    columns = fee_version.c
    return session.execute(select(columns.created_by).where(columns.code == code, columns.version == version)).scalar()


def _in_force(session: Session, event: Row[Any]) -> Fee:
    fee = parsed(content_of(session, event.code, event.version), event.version)
    verified = None if fee.standard.kind != "range" else Paper(event.document, event.from_on, None)
    return replace(fee, in_force=Paper(event.code, event.from_on, None), verification=verified)


def _until(fee: Fee, from_on: date) -> Fee:
    """The same, but it counts no more from a day on."""
    last = from_on - timedelta(days=1)
    to_on = last if fee.in_force.to_on is None else min(last, fee.in_force.to_on)
    return replace(fee, in_force=replace(fee.in_force, to_on=to_on))


def _counted(fee: Fee) -> bool:
    return fee.in_force.to_on is None or fee.in_force.from_on <= fee.in_force.to_on


def _latest(session: Session, code: str) -> int:
    installed = [int(fee.version) for fee in fee_book().fees if fee.code == code]
    drafted = session.execute(select(fee_version.c.version).where(fee_version.c.code == code)).scalars()
    return max([*installed, *(int(version) for version in drafted)], default=0)
