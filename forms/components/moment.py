"""Dates, times of day, and both together, as ISO 8601 text."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import ClassVar

from forms.components.base import Keyed
from forms.definition import ComponentDefinition
from forms.errors import Problem, Refused
from forms.expressions import SHANGHAI, Surroundings
from forms.values import Value

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?")
_SUBTYPES = ("date", "time", "datetime")
_FORMATS = ("utc_offset", "utc_normalized", "no_timezone")
_ANY_DAY = date(2000, 1, 1)


class Moment(Keyed):
    """A date, a time, or both. The time zone is written as ``timeSerializingFormat`` says; without one it is China's.

    A time sent with another zone is brought to that format, so that conditions compare like with like.
    """

    types: ClassVar = ("datetime",)
    empty: ClassVar[Value] = None

    def __init__(self, definition: ComponentDefinition) -> None:
        super().__init__(definition)
        self.subtype = _one_of(definition, "subtype", _SUBTYPES) or "date"
        self.format = _one_of(definition, "timeSerializingFormat", _FORMATS)
        self.from_today = definition.attributes.flag("disallowPassedDates")

    def read(self, value: object) -> Value:
        if value == "":
            return None
        read = {"date": self._date, "time": self._time, "datetime": self._date_time}[self.subtype]
        if isinstance(value, str):
            try:
                return read(value.strip())
            except (ValueError, OverflowError):
                pass
        raise Refused({"date": "not-a-date", "time": "not-a-time", "datetime": "not-a-date-time"}[self.subtype])

    def problems(self, value: Value, surroundings: Surroundings) -> Iterator[Problem]:
        if self.from_today and self.subtype != "time" and self._day(str(value)) < surroundings.today:
            yield Problem("date-passed")

    def _day(self, text: str) -> date:
        """The day in China."""
        moment = datetime.fromisoformat(text)
        return moment.date() if moment.tzinfo is None else moment.astimezone(SHANGHAI).date()

    def _date(self, text: str) -> str:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text).isoformat()

    def _time(self, text: str) -> str:
        if not _TIME.fullmatch(text):
            raise ValueError(text)
        return self._written(datetime.combine(_ANY_DAY, time.fromisoformat(text))).partition("T")[2]

    def _date_time(self, text: str) -> str:
        day, _, rest = text.partition("T")
        if not _DATE.fullmatch(day) or not _TIME.fullmatch(rest):
            raise ValueError(text)
        return self._written(datetime.fromisoformat(text))

    def _written(self, moment: datetime) -> str:
        precision = "seconds" if moment.second else "minutes"
        if self.format is None:
            written = moment
        elif self.format == "no_timezone":
            written = moment if moment.tzinfo is None else moment.astimezone(SHANGHAI).replace(tzinfo=None)
        else:
            zoned = moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment
            written = zoned.astimezone(UTC) if self.format == "utc_normalized" else zoned
        return written.isoformat(timespec=precision).replace("+00:00", "Z")


def _one_of(definition: ComponentDefinition, name: str, known: tuple[str, ...]) -> str | None:
    attributes = definition.attributes
    value = attributes.text(name)
    if value is None or value in known:
        return value
    attributes.findings.add(
        attributes.where(name),
        "bad-attribute",
        attribute=name,
        expected_zh="、".join(known),
        expected_en=" or ".join(known),
    )
    return None
