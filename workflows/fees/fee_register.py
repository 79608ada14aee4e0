"""Assessing what a case owes: worked out and entered in the ledger at once; a refused attempt is in the audit log."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.runtime.registers import Registers
from workflows.fees.assessing import Assessment, Charge, assess
from workflows.ledger import Keys, Stamp, post


class FeeRegister:
    """Enters what is owed."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def assess(self, charge: Charge, case_number: str, payer: str, actor: Actor) -> Assessment:
        """Enter what a case owes by a fee. There is no parameter for the amount.

        :raises Rejection: as :func:`workflows.fees.assessing.assess` and :func:`workflows.ledger.post`.
        """

        def change(session: Session, now: datetime) -> Assessment:
            found = assess(charge)
            fee = found.fee
            keys = Keys(case_number, fee.department, fee.code, fee.version, fee.fund_nature, payer)
            post(session, "assess", found.amount_fen, keys, Stamp(now, actor.id))
            return found

        detail = {"item": charge.item, "fee": charge.fee, "quantity": charge.quantity}
        return self._registers.change("AssessFee", actor, change, subject=case_number, detail=detail)
