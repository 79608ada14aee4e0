"""Who may not apply again for a while: after false materials one year, after fraud three (APPL Art. 78 and 79, clock C11)."""

from dataclasses import dataclass
from datetime import date

from engine.core.rejection import Rejection, declare
from workflows.calendar.working_days import WorkingDays
from workflows.clock.kind import find
from workflows.clock.unit import add

FALSE_MATERIALS, FRAUD = "false-materials", "fraud"

declare(
    {
        "applicant-banned": (
            "申请人在{until}以前不得再次申请“{item}”（{basis}）。",
            "The applicant may not apply for {item} again until {until} ({basis}).",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Ban:
    """From ``from_on`` to ``until``, both included. Where the item does not directly concern public safety, health or
    property there is only the warning: ``until`` is None."""

    identity: str
    item_code: str
    variant: str
    from_on: date
    until: date | None
    basis: str
    case_number: str

    def holds(self, day: date) -> bool:
        return self.until is not None and self.from_on <= day <= self.until


def last_day_of_ban(variant: str, day: date, calendar: WorkingDays) -> tuple[date, str]:
    """Until when, and the article that says so."""
    kind = find("C11", variant, day)
    return add(calendar, kind.unit, day, kind.days or 0), kind.basis


def require_no_ban(bans: list[Ban], item_name: str, day: date) -> None:
    """:raises Rejection: ``applicant-banned``, with the longest of them."""
    holding = [ban for ban in bans if ban.holds(day)]
    if holding:
        longest = max(holding, key=lambda ban: ban.until or day)
        said = {"item": item_name, "until": str(longest.until), "basis": f"《{longest.basis.replace('第', '》第', 1)}"}
        raise Rejection("applicant-banned", field="applicant", **said)
