"""What a clock says to people: how many days are left, or why it stands (DOMAIN.md 4; the public page shows it)."""

from datetime import date, datetime

from workflows.calendar.working_days import WorkingDays
from workflows.clock.clock import Clock, Limit, Pause
from workflows.clock.deadline import due, overdue_days, remaining, used
from workflows.clock.ground import LimitName, grounds
from workflows.clock.hall_time import hall_day
from workflows.clock.light import nearest_limit
from workflows.clock.unit import Unit

UNITS = {Unit.WORKING: ("个工作日", "working day"), Unit.CALENDAR: ("天", "day"), Unit.YEAR: ("天", "day")}
NAMES = {LimitName.STATUTORY: ("法定期限", "statutory limit"), LimitName.PROMISED: ("承诺期限", "promised limit")}


def say(clock: Clock, now: datetime, calendar: WorkingDays) -> tuple[str, str]:
    """One sentence in Chinese and one in English, of the limit that ends first."""
    limit = nearest_limit(clock)
    if clock.stopped_on is not None:
        return _stopped(clock, limit, clock.stopped_on, calendar)
    if clock.paused and due(clock, limit, calendar) is None:
        return _paused(clock, limit, clock.open_pauses[-1], now, calendar)
    return _running(clock, limit, now, calendar)


def _running(clock: Clock, limit: Limit, now: datetime, calendar: WorkingDays) -> tuple[str, str]:
    end = due(clock, limit, calendar)
    assert end is not None
    zh_name, en_name = NAMES[limit.name]
    if now > end.at:
        days = overdue_days(clock, limit, hall_day(now), calendar)
        zh, en = _count(days, limit.unit)
        return f"{zh_name}已于{_zh(end.day)}届满，超期{zh}。", f"The {en_name} ended on {end.day}; it is {en} overdue."
    days = remaining(clock, limit, now, calendar)
    zh, en = _count(days, limit.unit)
    zh_note, en_note = ("（暂定）", " (provisional)") if end.provisional else ("", "")
    if end.day == hall_day(now):
        return f"{zh_name}今日届满{zh_note}。", f"The {en_name} ends today{en_note}."
    return f"{zh_name}还剩{zh}，至{_zh(end.day)}{zh_note}。", f"{en} left of the {en_name}, until {end.day}{en_note}."


def _paused(clock: Clock, limit: Limit, pause: Pause, now: datetime, calendar: WorkingDays) -> tuple[str, str]:
    ground = grounds()[pause.ground]
    zh, en = _count(remaining(clock, limit, now, calendar), limit.unit)
    zh_plan, en_plan = _count(pause.planned_days, Unit.WORKING)
    return (
        f"因{ground.name}自{_zh(pause.started_on)}起不计时（{pause.basis}，告知书{pause.notice}），预计{zh_plan}；恢复后还剩{zh}。",
        f"Not counting since {pause.started_on} because of {ground.name_en} ({pause.basis}, notice {pause.notice}), "
        f"expected to take {en_plan}; {en} left afterwards.",
    )


def _stopped(clock: Clock, limit: Limit, day: date, calendar: WorkingDays) -> tuple[str, str]:
    zh, en = _count(used(clock, limit, day, calendar), limit.unit)
    late_zh, late_en = _count(overdue_days(clock, limit, day, calendar), limit.unit)
    late = overdue_days(clock, limit, day, calendar) > 0
    zh_late, en_late = (f"，超期{late_zh}", f", {late_en} overdue") if late else ("", "")
    return f"已于{_zh(day)}停止计时，用时{zh}{zh_late}。", f"Stopped on {day} after {en}{en_late}."


def _count(days: int, unit: Unit) -> tuple[str, str]:
    zh, en = UNITS[unit]
    return f"{days}{zh}", f"{days} {en}" + ("" if days == 1 else "s")


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
