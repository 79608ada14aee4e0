"""The mandate (委托书): who lets whom do which matters, from when to when, and what is refused without it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.core.rejection import Rejection, declare

declare(
    {
        "agency-mandate-missing": (
            "没有{principal}签字的有效委托书，不能代办。",
            "Expected a signed mandate of {principal}, but there is none.",
        ),
        "agency-redelegation": (
            "受托人是{agent}。代办员不得转委托（《行政许可法》第二十四条）。",
            "The mandate is {agent}'s. An agent may not pass a mandate on (Licensing Law, Art. 24).",
        ),
        "agency-mandate-scope": (
            "{principal}的委托书不包括事项{item}。",
            "Expected the mandate of {principal} to name item {item}, but it does not.",
        ),
        "agency-mandate-ended": (
            "{principal}的委托书在{day}无效（尚未开始、已经期满或者已经撤销）。",
            "Expected a mandate of {principal} in force on {day}, but it has not begun, is over or was revoked.",
        ),
        "agency-mandate-unsigned": (
            "委托书须由委托人签字，并登记签字日期和原件编号。",
            "Expected a mandate signed by the principal, with the day and the number of the original.",
        ),
        "agency-mandate-dates": (
            "委托书的起止日期不正确：止日不得早于起日，签字不得晚于起日或者今天。",
            "Expected a mandate to end on or after its first day and to be signed by then, and not in the future.",
        ),
        "agency-mandate-without-scope": (
            "委托书须列明代办的事项。",
            "Expected a mandate to name the items it is for, but it names none.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is represented, as the case file keeps applicants: the name, and the identity number masked."""

    name: str
    masked_id: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """``document``: the number of the signed original. Both days count; ``revoked_on`` counts no more."""

    number: str
    town: str
    agent: str
    principal: Principal
    items: frozenset[str]
    from_on: date
    until_on: date
    document: str
    signed_on: date | None
    revoked_on: date | None = None

    def in_force(self, day: date) -> bool:
        revoked = self.revoked_on is not None and day >= self.revoked_on
        return self.from_on <= day <= self.until_on and not revoked


def require_mandate(mandate: Mandate, today: date) -> None:
    """What a mandate must be in itself.

    :raises Rejection: ``agency-mandate-unsigned``, ``agency-mandate-without-scope``, ``agency-mandate-dates``.
    """
    if mandate.signed_on is None or not mandate.document.strip():
        raise Rejection("agency-mandate-unsigned", field="document")
    if not mandate.items:
        raise Rejection("agency-mandate-without-scope", field="items")
    if mandate.until_on < mandate.from_on or mandate.signed_on > min(mandate.from_on, today):
        raise Rejection("agency-mandate-dates", field="until_on")


def choose(mandates: Iterable[Mandate], agent: str, principal: Principal, item: str, day: date) -> Mandate:
    """The mandate by which ``agent`` may do ``item`` for ``principal`` on a day; of several the one that ends last.

    The refusal names what is wrong with the nearest one: nobody's, another agent's, for other items, not in force.

    :raises Rejection: ``agency-mandate-missing``, ``agency-redelegation``, ``agency-mandate-scope``, ``agency-mandate-ended``.
    """
    given = [mandate for mandate in mandates if mandate.principal == principal]
    if not given:
        raise Rejection("agency-mandate-missing", field="applicant", principal=principal.name)
    own = [mandate for mandate in given if mandate.agent == agent]
    if not own:
        raise Rejection("agency-redelegation", field="applicant", agent=given[0].agent)
    named = [mandate for mandate in own if item in mandate.items]
    if not named:
        raise Rejection("agency-mandate-scope", field="item", principal=principal.name, item=item)
    valid = [mandate for mandate in named if mandate.in_force(day)]
    if not valid:
        raise Rejection("agency-mandate-ended", field="applicant", principal=principal.name, day=day.isoformat())
    return max(valid, key=lambda mandate: (mandate.until_on, mandate.number))
