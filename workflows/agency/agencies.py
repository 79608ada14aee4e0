"""Keeping mandates, and what nobody may do with them: every attempt is in the audit log, refused or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.number_series import next_number
from engine.runtime.registers import Registers
from workflows.agency import storage
from workflows.agency.mandate import Mandate, Principal, require_mandate
from workflows.agency.papers import Check, check
from workflows.agency.representation import require_no_officer
from workflows.agency.town import town_of
from workflows.case_file.applicant import masked
from workflows.catalogue.in_force import in_force
from workflows.clock import hall_day

declare(
    {
        "agency-mandate-revoked": (
            "委托书{number}已经撤销。",
            "Expected a mandate in force, but {number} was revoked already.",
        ),
        "agency-mandate-foreign": (
            "委托书{number}不是{account}的，只有受托的代办员或者管委会可以登记撤销。",
            "Mandate {number} is not {account}'s; only its agent or the committee may enter that it was revoked.",
        ),
    }
)

COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class NewMandate:
    """What the signed paper says. ``resident_id`` is kept masked only."""

    principal_name: str
    resident_id: str
    items: frozenset[str]
    from_on: date
    until_on: date
    document: str
    signed_on: date | None


class Agencies:
    """Enters and revokes mandates; refuses to pass them on and to take money."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def enter_mandate(self, wanted: NewMandate, actor: Actor) -> Mandate:
        """Enter a signed mandate; the agent is whoever enters it, of the town of the account's group.

        :raises Rejection: ``agency-not-agent``, ``agency-officer``, ``item-not-in-catalogue`` and its like, and as
            :func:`workflows.agency.mandate.require_mandate`.
        """

        def change(session: Session, now: datetime) -> Mandate:
            town = town_of(actor.id, actor.groups)
            require_no_officer(session, actor.id, actor.groups)
            year = hall_day(now).year
            number = f"{town.name}委〔{year}〕{next_number(session, f'agency-mandate/{town.code}/{year}')}号"
            mandate = _mandate(number, town.code, actor.id, wanted)
            require_mandate(mandate, hall_day(now))
            for code in sorted(mandate.items):
                in_force(session, code, now)
            storage.add_mandate(session, mandate, actor.id, now)
            return mandate

        detail = {"principal": wanted.principal_name, "items": sorted(wanted.items), "document": wanted.document}
        return self._registers.change("EnterMandate", actor, change, subject=wanted.principal_name, detail=detail)

    def revoke_mandate(self, number: str, reason: str, actor: Actor) -> Mandate:
        """From today on the mandate gives nothing; what was filed by it stays filed.

        :raises Rejection: ``agency-mandate-not-found``, ``agency-mandate-foreign``, ``agency-mandate-revoked``.
        """

        def change(session: Session, now: datetime) -> Mandate:
            found = storage.mandate_of(session, number)
            if found.agent != actor.id and COMMITTEE not in actor.groups:
                raise Rejection("agency-mandate-foreign", number=number, account=actor.id)
            if found.revoked_on is not None:
                raise Rejection("agency-mandate-revoked", number=number)
            storage.revoke_mandate(session, number, hall_day(now), actor.id, reason)
            return storage.mandate_of(session, number)

        return self._registers.change("RevokeMandate", actor, change, subject=number, detail={"reason": reason})

    def pass_on(self, number: str, to_account: str, actor: Actor) -> None:
        """Nobody passes a mandate on (APPL Art. 24). The attempt is recorded.

        :raises Rejection: ``agency-mandate-not-found``, otherwise always ``agency-redelegation``.
        """

        def change(session: Session, now: datetime) -> None:
            raise Rejection("agency-redelegation", field="to_account", agent=storage.mandate_of(session, number).agent)

        self._registers.change("PassMandateOn", actor, change, subject=number, detail={"to": to_account})

    def take_money(self, number: str, amount_fen: int, actor: Actor) -> None:
        """There is no way to record money that an agent received (R-07, R-38, R-46). The attempt is recorded.

        :raises Rejection: always ``agency-cash``.
        """

        def change(session: Session, now: datetime) -> None:
            raise Rejection("agency-cash", field="amount_fen")

        self._registers.change("TakeMoney", actor, change, subject=number, detail={"amount_fen": amount_fen})

    def check(self, item: str, papers: Iterable[str], now: datetime) -> Check:
        """What is missing of an item, before anybody travels.

        :raises Rejection: ``item-not-in-catalogue`` and its like.
        """
        with self._registers.read() as session:
            return check(in_force(session, item, now).item, papers)


def _mandate(number: str, town: str, agent: str, wanted: NewMandate) -> Mandate:
    principal = Principal(wanted.principal_name.strip(), masked(wanted.resident_id.strip()))
    same = {name: getattr(wanted, name) for name in ("items", "from_on", "until_on", "document", "signed_on")}
    return Mandate(number=number, town=town, agent=agent, principal=principal, **same)
