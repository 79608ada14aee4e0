"""Entering the catalogue that comes with the program into the register, as often as one likes.

What is in ``items`` goes in force at once where the register does not know the item yet. A file that changed since becomes a
draft: what is in force changes by P18 and by nothing else. What is in ``items/planned`` is a draft until its process model is
deployed; then it goes in force by itself, once, unless people have worked on it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.catalogue import storage
from workflows.catalogue.life import findings_of
from workflows.catalogue.loading import ITEMS, PLANNED, shipped_contents
from workflows.catalogue.tables import item_version
from workflows.catalogue.version import Event, ItemVersion, State
from workflows.clock.hall_time import hall_day

INSTALLER = "installation"
FIRST, CHANGED = "随系统安装的样例目录", "安装包中的事项文件已更改"
DOCUMENT = "《行政服务中心建设通知》（样例目录）"


def install(session: Session, now: datetime) -> list[str]:
    """Enter what is new or changed. The codes of items that went in force now."""
    ready, planned = shipped_contents(ITEMS), shipped_contents(PLANNED)
    fresh = {code for code, content in {**planned, **ready}.items() if _enter(session, content, now)}
    begun = [code for code in sorted({*ready, *planned}) if (code in ready and code in fresh) or _is_due(session, code, now)]
    for code in begun:
        _put_in_force(session, code, now)
    return begun


def _enter(session: Session, content: Mapping[str, Any], now: datetime) -> bool:
    """Whether the item was not known at all."""
    code = str(content["code"])
    latest = storage.latest_version(session, code)
    if not _was_entered(session, code, storage.digest_of(content)):
        reason = CHANGED if latest else FIRST
        storage.add_version(session, code, content, INSTALLER, now, reason=reason, based_on=latest or None)
    return latest == 0


def _was_entered(session: Session, code: str, digest: str) -> bool:
    same = select(item_version.c.version).where(item_version.c.code == code, item_version.c.digest == digest)
    return session.execute(same.limit(1)).first() is not None


def _is_due(session: Session, code: str, now: datetime) -> bool:
    """A draft of an item that nobody but the installation has touched, and that nothing keeps from being published any more."""
    day = hall_day(now)
    found = storage.version(session, code, storage.latest_version(session, code))
    untouched = all(event.actor_id == INSTALLER and event.state is State.DRAFT for event in storage.events(session, code))
    return untouched and _model_is_there(session, found) and not findings_of(session, found, day)


def _model_is_there(session: Session, found: ItemVersion) -> bool:
    return storage.parsed(found.content).process in storage.deployed_processes(session)


def _put_in_force(session: Session, code: str, now: datetime) -> None:
    number, day = storage.latest_version(session, code), hall_day(now)
    for state, from_on in ((State.LEGAL_CHECK, None), (State.QUEUED, None), (State.IN_FORCE, day)):
        storage.add_event(session, code, Event(number, state, from_on, now, INSTALLER, FIRST, DOCUMENT))
