"""Letters of authorisation, and whether one covers what somebody is doing (R-20, R-21; APPL Art. 24: nobody passes it on)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.core.rejection import Rejection, declare

declare(
    {
        "authority-missing": (
            "{department}没有授权{actor}办理事项{item}。",
            "Expected a letter by which {department} authorises {actor} for item {item}, but there is none.",
        ),
        "authority-expired": (
            "授权书{letter}不在有效期内。",
            "Expected letter of authorisation {letter} to be in force, but it is not.",
        ),
        "authority-scope": (
            "授权书{letter}没有授予对事项{item}的{power_zh}权限。",
            "Expected letter {letter} to give the power to {power_en} for item {item}, but it does not.",
        ),
        "authority-person": (
            "授权书{letter}授权的不是{actor}。被授权人不得再委托他人（《行政许可法》第二十四条）。",
            "Expected whom letter {letter} names, but it does not name {actor}; nobody may pass an authorisation on.",
        ),
    }
)


class Power(StrEnum):
    """What a letter may give the window."""

    ACCEPT = "accept"
    EXAMINE = "examine"
    DECIDE = "decide"
    ISSUE = "issue"
    SEAL = "seal"


POWER_NAMES = {
    Power.ACCEPT: ("受理", "accept"),
    Power.EXAMINE: ("审查", "examine"),
    Power.DECIDE: ("决定", "decide"),
    Power.ISSUE: ("核发", "issue"),
    Power.SEAL: ("用印", "seal"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of authorisation. ``grants``: pairs of item code and power. Valid on both days and between, unless revoked.

    The grantee is an account, or a post at a window (``"window-commerce:head"``) and so whoever holds it that day.
    ``accept_only_reason``: why items are only received at the window, where they are (R-20).
    """

    number: str
    department: str
    grantee: str
    grants: frozenset[tuple[str, Power]]
    from_on: date
    until_on: date
    signed_by: str
    revoked_on: date | None = None
    accept_only_reason: str = ""

    def is_in_force(self, day: date) -> bool:
        """Whether it counts on that day of the hall."""
        return self.from_on <= day <= self.until_on and (self.revoked_on is None or day < self.revoked_on)


@dataclass(frozen=True, slots=True)
class Exercise:
    """Somebody uses a power: who, in which posts, over which item of which department, and when."""

    actor: str
    posts: Collection[str]
    department: str
    item: str
    power: Power
    on: date


def require_authority(letters: Sequence[Letter], use: Exercise) -> Letter:
    """The letter that covers it. Where none does, what comes nearest says why.

    :raises Rejection: ``authority-missing``, ``authority-person``, ``authority-expired``, ``authority-scope``.
    """
    named = {use.actor, *use.posts}
    own = [letter for letter in letters if letter.department == use.department and letter.grantee in named]
    in_force = [letter for letter in own if letter.is_in_force(use.on)]
    covering = [letter for letter in in_force if (use.item, use.power) in letter.grants]
    if covering:
        return covering[0]
    raise _nearest(letters, own, in_force, use)


def _nearest(letters: Sequence[Letter], own: list[Letter], in_force: list[Letter], use: Exercise) -> Rejection:
    covers = (use.item, use.power)
    others = [letter for letter in letters if letter.department == use.department and covers in letter.grants]
    lapsed = [letter for letter in own if covers in letter.grants]
    if lapsed:
        return Rejection("authority-expired", letter=lapsed[-1].number)
    if in_force:
        chinese, english = POWER_NAMES[use.power]
        return Rejection("authority-scope", letter=in_force[-1].number, item=use.item, power_zh=chinese, power_en=english)
    if others:
        return Rejection("authority-person", letter=others[-1].number, actor=use.actor)
    return Rejection("authority-missing", department=use.department, actor=use.actor, item=use.item)
