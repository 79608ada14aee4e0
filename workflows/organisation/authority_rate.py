"""授权到位率 (R-20, A-17): of the items in the hall, how many the window may bring to a result, and which it only receives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engine.core.rejection import Rejection, declare
from workflows.organisation.authorisation import Letter, Power

RESULT = frozenset({Power.DECIDE, Power.ISSUE})
"""Powers by which something is done at the window and not only received there."""
ALERT_DAYS = 30
"""So many days before a letter ends it is listed."""

declare(
    {
        "letter-accept-only-without-reason": (
            "事项{item}只授予受理权限的，须书面说明理由。",
            "Item {item} would only be received at the window; a written reason is needed for that.",
        ),
        "letter-redelegation": (
            "{signed_by}本身是被授权人，不得再行授权（《行政许可法》第二十四条）。",
            "{signed_by} acts by a letter himself and cannot authorise anybody (APPL Art. 24).",
        ),
        "letter-of-oneself": ("不能登记授权本人的授权书。", "Nobody files a letter that authorises himself."),
    }
)


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """What one letter in force gives for one item. Rows are made from letters and kept nowhere else (R-21)."""

    item: str
    department: str
    grantee: str
    powers: tuple[str, ...]
    letter: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class ItemAuthority:
    """What the windows may do with an item. ``reason``: why it is only received, by the letter; empty where none says."""

    item: str
    department: str
    powers: frozenset[Power]
    reason: str

    @property
    def state(self) -> str:
        """``full``, ``accept-only`` or ``none``."""
        if Power.ACCEPT not in self.powers:
            return "none"
        return "full" if self.powers & RESULT else "accept-only"


@dataclass(frozen=True, slots=True)
class AuthorityRate:
    """Items in all, those with full authority, and the rest one by one."""

    items: int
    full: int
    kept_back: tuple[ItemAuthority, ...]

    @property
    def per_mille(self) -> int:
        """Full authority in thousandths of all items, rounded down; 1000 where there is no item."""
        return 1000 if not self.items else self.full * 1000 // self.items


def rows(letters: Iterable[Letter], day: date) -> list[AuthorityRow]:
    """The rows of the letters in force that day, by letter and item."""
    found = []
    for letter in sorted((one for one in letters if one.is_in_force(day)), key=lambda one: one.number):
        for item in sorted({item for item, _ in letter.grants}):
            powers = tuple(power.value for power in Power if (item, power) in letter.grants)
            place = letter.department, letter.grantee, powers, letter.number, letter.from_on, letter.until_on
            found.append(AuthorityRow(item, *place))
    return found


def of_items(departments: Mapping[str, str], letters: Iterable[Letter], day: date) -> list[ItemAuthority]:
    """For every item (code to department) what all letters of its department in force that day give together."""
    in_force = [letter for letter in letters if letter.is_in_force(day)]
    return [_of_item(item, department, in_force) for item, department in sorted(departments.items())]


def _of_item(item: str, department: str, in_force: list[Letter]) -> ItemAuthority:
    own = [letter for letter in in_force if letter.department == department and any(code == item for code, _ in letter.grants)]
    powers = frozenset(power for letter in own for code, power in letter.grants if code == item)
    reason = next((letter.accept_only_reason for letter in own if letter.accept_only_reason), "")
    return ItemAuthority(item, department, powers, reason)


def rate(authorities: Iterable[ItemAuthority]) -> AuthorityRate:
    """The published figure."""
    found = tuple(authorities)
    kept_back = tuple(one for one in found if one.state != "full")
    return AuthorityRate(len(found), len(found) - len(kept_back), kept_back)


def require_reason(letter: Letter, others: Iterable[Letter]) -> None:
    """An item that would only be received at the window has a written reason.

    :param others: the department's letters there are already.
    :raises Rejection: ``letter-accept-only-without-reason``.
    """
    departments = {item: letter.department for item, _ in letter.grants}
    for found in of_items(departments, [letter, *others], letter.from_on):
        if found.state == "accept-only" and not letter.accept_only_reason.strip():
            raise Rejection("letter-accept-only-without-reason", field="accept_only_reason", item=found.item)


def require_own_power(letter: Letter, actor: str, authorised: Iterable[str]) -> None:
    """Whoever acts by a letter, or at a window, signs none; nobody files one for himself.

    :param authorised: accounts and posts that act by letters, and accounts of windows.
    :raises Rejection: ``letter-redelegation``, ``letter-of-oneself``.
    """
    if letter.signed_by in set(authorised):
        raise Rejection("letter-redelegation", field="signed_by", signed_by=letter.signed_by)
    if letter.grantee == actor:
        raise Rejection("letter-of-oneself", field="grantee")
