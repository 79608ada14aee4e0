"""Recommending somebody for a window (R-10 to R-13): what is said, and whether it may be."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.core.rejection import Rejection, declare
from engine.runtime.accounts import ACCOUNT_ID
from workflows.organisation.staff import Post

PERSONNEL = "personnel"
"""The organisation and personnel departments (组织、人事部门)."""
CHECKING = frozenset({"committee", PERSONNEL})

declare(
    {
        "nomination-not-readable": (
            "派驻推荐的“{what}”填写不正确。",
            "Expected {what} of the nomination to be filled in as the form asks, but it is not.",
        ),
        "nomination-foreign": (
            "窗口人员由派出部门推荐，{actor}不是{department}的人员。",
            "People for a window are recommended by their department, and {actor} is not of {department}.",
        ),
        "nomination-of-oneself": ("不能推荐本人派驻窗口。", "Nobody recommends himself for a window."),
        "nomination-not-of-window": (
            "{department}不在窗口{window}办理事项。",
            "Expected a department that is served at window {window}, but {department} is not.",
        ),
        "nomination-above-head-count": (
            "窗口{window}按工作量核定{allowed}人，推荐后为{wanted}人，须说明理由。",
            "Window {window} has work for {allowed}; a reason is needed to make it {wanted}.",
        ),
        "nomination-replaces-nobody": (
            "{account}不在窗口{window}派驻，不能更换。",
            "Expected {account} to be appointed to window {window}, but there is nobody to replace.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Nomination:
    """A recommendation. ``replaces``: the account of whoever goes for this person; empty for an additional one."""

    window: str
    post: Post
    account_id: str
    name: str
    home_department: str
    home_post: str
    heads_main_section: bool
    qualification: str
    from_on: date
    replaces: str = ""
    reason: str = ""


def nomination_of(given: Mapping[str, Any]) -> Nomination:
    """What the form holds.

    :raises Rejection: ``nomination-not-readable``.
    """

    def word(name: str) -> str:
        value = given.get(name)
        return value.strip() if isinstance(value, str) else ""

    required = {name: word(name) for name in ("window", "name", "home_department", "home_post")}
    missing = [name for name, value in required.items() if not value]
    if missing or not ACCOUNT_ID.fullmatch(word("account")):
        raise Rejection("nomination-not-readable", field="nomination", what=(missing or ["account"])[0])
    try:
        post, from_on = Post(word("post")), date.fromisoformat(word("from_on"))
    except ValueError:
        raise Rejection("nomination-not-readable", field="nomination", what="post, from_on") from None
    return Nomination(
        **required,
        post=post,
        account_id=word("account"),
        heads_main_section=given.get("heads_main_section") is True,
        qualification=word("qualification"),
        from_on=from_on,
        replaces=word("replaces"),
        reason=word("reason"),
    )


def require_nominator(said: Nomination, actor: str, groups: Collection[str], of_department: Collection[str]) -> None:
    """The department recommends, and neither the person himself nor those who check it.

    :param of_department: the groups of accounts of the home department; empty where it has no item.
    :raises Rejection: ``nomination-of-oneself``, ``nomination-foreign``.
    """
    if said.account_id == actor:
        raise Rejection("nomination-of-oneself", field="account")
    if CHECKING & set(groups) or (of_department and not set(of_department) & set(groups)):
        raise Rejection("nomination-foreign", actor=actor, department=said.home_department)


def require_room(said: Nomination, there: int, allowed: int) -> None:
    """More people than the work is for need a reason; whoever replaces somebody adds nobody.

    :raises Rejection: ``nomination-above-head-count``.
    """
    wanted = there + (0 if said.replaces else 1)
    if wanted > allowed and not said.replaces and not said.reason:
        raise Rejection("nomination-above-head-count", field="reason", window=said.window, allowed=allowed, wanted=wanted)
