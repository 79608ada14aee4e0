"""A licence as it stands, what may be asked of it on a day, and until when it holds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.core.rejection import Rejection, declare

declare(
    {
        "licence-not-found": ("没有找到证照{licence}。", "Expected licence {licence}, but there is none."),
        "licence-not-valid": (
            "证照{licence}当前状态为“{state}”，不能办理此事。",
            "Expected licence {licence} to be valid, but it is {state_en}.",
        ),
        "licence-of-other-holder": (
            "证照{licence}的持证人不是申请人。",
            "Expected the holder of licence {licence} to apply, but the applicant is somebody else.",
        ),
    }
)


class State(StrEnum):
    """What a licence is (rules.md 5.2, Art. 69 and 70)."""

    VALID = "valid"
    LAPSED = "lapsed"
    """失效: its last day is over. Never stored; it follows from the day."""
    REVOKED = "revoked"
    RESCINDED = "rescinded"
    FORFEITED = "forfeited"
    CANCELLED = "cancelled"


NAMES = {
    State.VALID: "有效",
    State.LAPSED: "失效",
    State.REVOKED: "撤销",
    State.RESCINDED: "撤回",
    State.FORFEITED: "吊销",
    State.CANCELLED: "注销",
}


class Matter(StrEnum):
    """What the holder of a licence asks for: 延续 (Art. 50) and 变更 (Art. 49)."""

    RENEWAL = "renewal"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds it. ``identity``: resident or credit number, in full, since a licence is of one person and no other."""

    kind: str
    name: str
    identity: str


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence. ``valid_until`` is its last day, None without end. ``case_number``: the case it was given in."""

    number: str
    item_code: str
    item_name: str
    result_document: str
    department: str
    department_group: str
    leader_group: str
    window_group: str
    holder: Holder
    case_number: str
    issued_on: date
    valid_until: date | None
    ending: State | None
    length: int

    def state(self, day: date) -> State:
        """What it is on a day."""
        if self.ending is not None:
            return self.ending
        return State.LAPSED if self.valid_until is not None and self.valid_until < day else State.VALID


def require_valid(licence: Licence, day: date) -> None:
    """:raises Rejection: ``licence-not-valid``."""
    state = licence.state(day)
    if state is not State.VALID:
        raise Rejection("licence-not-valid", field="licence", licence=licence.number, state=NAMES[state], state_en=state.value)


def require_held_by(licence: Licence, holder: Holder) -> None:
    """Name and number must both be those on it.

    :raises Rejection: ``licence-of-other-holder``.
    """
    if (licence.holder.name, licence.holder.identity) != (holder.name, holder.identity):
        raise Rejection("licence-of-other-holder", field="applicant", licence=licence.number)


def last_day(start: date, months: int | None) -> date | None:
    """The last day of a licence that begins on ``start`` and holds for so many months: the same day of the month, or the last
    one of a shorter month (民法典 Art. 202). None: without end."""
    if months is None:
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in (start.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
