"""The sample hall's departments, windows, staff, letters and seals, read from a table into an empty register."""

from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.catalogue.loading import load_directory
from workflows.organisation import Letter, Power, storage, tables
from workflows.organisation.organisation_register import require_letter
from workflows.organisation.skill import Skill, SkillKind

TABLE = Path(__file__).with_name("organisation.yaml")
BEGIN, END = date(2002, 1, 1), date(2035, 12, 31)
"""From when until when the sample's letters and appointments count."""


def seed(session: Session, now: datetime) -> bool:
    """Fill a register that has no department yet. Says whether it did."""
    if session.execute(select(tables.department.c.name).limit(1)).first() is not None:
        return False
    table: dict[str, list[dict[str, Any]]] = yaml.safe_load(TABLE.read_text("utf-8"))
    storage.insert_many(session, tables.department, map(_department, table["departments"]))
    for window in table["windows"]:
        storage.insert_many(session, tables.service_window, [{"group_name": window["group"], "name": window["name"]}])
        served = [{"window": window["group"], "department": name} for name in window["departments"]]
        storage.insert_many(session, tables.window_department, served)
    tenure = {"qualification": "岗前培训合格", "from_on": BEGIN, "until_on": date(2021, 1, 1)}
    storage.insert_many(session, tables.staff_member, ({**member, **tenure} for member in table["staff"]))
    for row in table["letters"]:
        storage.add_letter(session, _letter(row), "sample", now)
    for member in table["staff"]:
        for skill in _skills(member, table["letters"]):
            storage.add_skill(session, skill, "sample", now)
    storage.insert_many(session, tables.seal, map(_seal, table["seals"]))
    return True


def _department(row: dict[str, Any]) -> dict[str, Any]:
    named = {name: row[name] for name in ("code", "name", "name_en")}
    entered = {"has_approval_power": True, "is_vertical": row.get("vertical", False), "entered_on": BEGIN, "exemption": None}
    return {**named, **entered}


def _letter(row: dict[str, Any]) -> Letter:
    grants = frozenset((item, Power(power)) for item in row["items"] for power in row["powers"])
    letter = Letter(row["number"], row["department"], row["grantee"], grants, BEGIN, END, signed_by=f"{row['department']}局长")
    require_letter(letter, load_directory())
    return letter


def _skills(member: dict[str, Any], letters: list[dict[str, Any]]) -> list[Skill]:
    """Everybody has been trained for every item of the window."""
    items = {item for row in letters if row["grantee"].partition(":")[0] == member["window"] for item in row["items"]}
    return [Skill(member["account_id"], item, SkillKind.TRAINING, "岗前培训合格", BEGIN) for item in sorted(items)]


def _seal(row: dict[str, Any]) -> dict[str, Any]:
    impression = sha256(row["number"].encode()).hexdigest()
    return {**row, "impression": impression, "state": "in-use", "uses": 0}
