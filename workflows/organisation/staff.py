"""People of the windows and how long they stay (R-10 to R-14): recommended by their department, for a year at least."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.core.rejection import Rejection, declare

declare(
    {
        "staff-head-not-of-main-section": (
            "窗口负责人应当由本单位主要业务科室的负责人担任。",
            "Expected the head of a window to head a main business section of the home unit.",
        ),
        "staff-not-qualified": (
            "{account}没有培训合格记录，不能派驻窗口。",
            "Expected a record of qualification for {account}, but there is none.",
        ),
        "staff-already-appointed": (
            "{account}已经派驻窗口{window}。",
            "Expected {account} to be free, but the account is appointed to window {window}.",
        ),
        "staff-early-change": (
            "派驻不满一年（至{until}），调整须说明理由并经管委会同意。",
            "A change before {until} needs a reason and the committee's consent.",
        ),
        "staff-not-found": ("没有找到派驻记录{id}。", "Expected an appointment {id}, but there is none."),
        "staff-ended": ("派驻记录{id}已经结束。", "Expected appointment {id} to go on, but it has ended."),
        "not-on-duty": (
            "{actor}当日不在{department}窗口派驻人员之列。",
            "Expected {actor} to be on the staff of a window of {department} that day, but the account is not.",
        ),
    }
)

COMMITTEE = "committee"


class Post(StrEnum):
    """A post at a window. The substitute (B岗) has the authority of whom it stands in for, when that person is away."""

    HEAD = "head"
    CLERK = "clerk"
    SUBSTITUTE = "substitute"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """An appointment. Personnel file and pay stay with ``home_department``, party and league branch are the hall's (R-14).

    ``until_on``: the day the year is over; ``ended_on``: the first day no longer there.
    """

    id: int
    account_id: str
    window: str
    post: Post
    home_department: str
    home_post: str
    heads_main_section: bool
    qualification: str
    from_on: date
    until_on: date
    ended_on: date | None = None

    def is_there(self, day: date) -> bool:
        """Whether the appointment counts on that day."""
        return self.from_on <= day and (self.ended_on is None or day < self.ended_on)

    @property
    def held_post(self) -> str:
        """How letters name the post."""
        return f"{self.window}:{self.post.value}"


def require_fit(post: Post, account: str, *, heads_main_section: bool, qualification: str) -> None:
    """Whether somebody may be appointed.

    :raises Rejection: ``staff-head-not-of-main-section`` (R-11), ``staff-not-qualified`` (R-12).
    """
    if post is Post.HEAD and not heads_main_section:
        raise Rejection("staff-head-not-of-main-section", field="heads_main_section")
    if not qualification.strip():
        raise Rejection("staff-not-qualified", field="qualification", account=account)


def require_change(member: StaffMember, day: date, reason: str, groups: tuple[str, ...]) -> None:
    """Whether an appointment may end on a day (R-13).

    :raises Rejection: ``staff-ended``, ``staff-early-change``.
    """
    if member.ended_on is not None:
        raise Rejection("staff-ended", id=member.id)
    if day < member.until_on and not (reason.strip() and COMMITTEE in groups):
        raise Rejection("staff-early-change", field="reason", until=member.until_on.isoformat())


def year_after(day: date) -> date:
    """The first day on which a year is over; 29 February ends on 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
