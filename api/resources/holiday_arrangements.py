"""The working-day calendar: an arrangement is entered by one administrator and confirmed by another, who sees what it moves."""

from collections.abc import Mapping
from typing import Any

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.schemas.holiday_arrangements import HolidayArrangementSchema, MovedDeadlineSchema, NewHolidayArrangementSchema
from workflows.calendar import entry
from workflows.calendar.arrangement import Arrangement, entered
from workflows.calendar.entry import Entry
from workflows.clock.recalculation import Moved, Recalculation

holiday_arrangements = Blueprint("holiday_arrangements", "/api/holiday-arrangements", "工作日历 · Working days")


@holiday_arrangements.get("")
@holiday_arrangements.answers(200, HolidayArrangementSchema(many=True))
def list_arrangements() -> list[Entry]:
    """放假安排 · What was entered, newest first; years that nobody entered follow the published notices"""
    with runtime().registers.read() as session:
        return entry.entries(session)


@holiday_arrangements.post("")
@holiday_arrangements.takes(NewHolidayArrangementSchema)
@holiday_arrangements.answers(201, HolidayArrangementSchema)
def propose(wanted: Mapping[str, Any]) -> tuple[Entry, int]:
    """录入放假安排 · Enter a year's arrangement; nothing moves until somebody else confirms it"""
    made = _recalculation().propose(_arrangement(wanted), actor())
    with runtime().registers.read() as session:
        return entry.find(session, made), 201


@holiday_arrangements.post("/preview")
@holiday_arrangements.takes(NewHolidayArrangementSchema)
@holiday_arrangements.answers(200, MovedDeadlineSchema(many=True))
def preview(wanted: Mapping[str, Any]) -> list[Moved]:
    """试算 · Which deadlines it would move"""
    return _recalculation().preview(_arrangement(wanted))


@holiday_arrangements.post("/<int:arrangement>/confirmation")
@holiday_arrangements.answers(200, MovedDeadlineSchema(many=True))
def confirm(arrangement: int) -> list[Moved]:
    """确认放假安排 · Put it in force, by somebody else, and move what it moves"""
    return _recalculation().confirm(arrangement, actor())


def _recalculation() -> Recalculation:
    return Recalculation(runtime())


def _arrangement(wanted: Mapping[str, Any]) -> Arrangement:
    return entered(wanted["year"], wanted["rest"], wanted["work"], wanted["notices"])
