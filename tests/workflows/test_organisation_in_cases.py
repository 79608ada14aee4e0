"""Authority and seals where they count: in the step of a case, by whatever door the task is completed."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.rejection import Rejection
from tests.workflows import papers
from tests.workflows.filing import MONDAY, Filing
from tests.workflows.test_workflows_handling import FIRST, LEADER, OTHER_WINDOW, WINDOW, examining, reviewed
from workflows.organisation import tables

ITEM = "outdoor_advertising_registration"
LETTER, MEMBER = tables.authorisation_letter, tables.staff_member


def changed(filing: Filing, change: Callable[[Session], object]) -> Filing:
    with Session(filing.engine) as session:
        change(session)
        session.commit()
    return filing


def on_leave(session: Session, account: str, substitute: str) -> None:
    days = {"from_on": date(2026, 3, 1), "until_on": date(2026, 3, 31), "reason": "病假", "approved": True}
    asked = {"account_id": account, "substitute": substitute, "asked_at": MONDAY, **days}
    session.execute(tables.leave.insert().values(**asked))


def test_what_somebody_was_not_authorised_to_accept_is_refused_and_nothing_is_numbered() -> None:
    filing = Filing(ITEM)
    changed(filing, lambda session: session.execute(LETTER.update().values(revoked_on=date(2026, 3, 2))))
    with pytest.raises(Rejection) as refused:
        filing.fill("examine", WINDOW, **papers.ACCEPT)
    assert refused.value.code == "authority-expired"
    assert (filing.open, filing.documents()) == (["examine"], ["filing_receipt"])


def test_whoever_is_not_on_the_windows_staff_that_day_does_nothing() -> None:
    filing = Filing(ITEM)
    changed(filing, lambda session: session.execute(MEMBER.update().values(ended_on=date(2026, 3, 2))))
    with pytest.raises(Rejection) as refused:
        filing.fill("examine", WINDOW, **papers.ACCEPT)
    assert refused.value.code == "not-on-duty"


def test_the_substitute_has_the_authority_of_whom_he_stands_in_for() -> None:
    filing = reviewed(examining())
    filing.fill("draft", FIRST, **papers.GRANT)
    filing.fill("sign", LEADER, **papers.SIGNED)
    changed(filing, lambda session: on_leave(session, WINDOW, OTHER_WINDOW))
    with pytest.raises(Rejection) as refused:
        filing.fill("issue", WINDOW, **papers.ISSUED)
    assert refused.value.code == "not-on-duty"
    hand_over = tables.seal.update().where(tables.seal.c.number == "工商审批01").values(keeper=OTHER_WINDOW)
    changed(filing, lambda session: session.execute(hand_over))
    filing.fill("issue", OTHER_WINDOW, **papers.ISSUED)
    assert filing.case().status == "granted"


@pytest.mark.parametrize(
    ("seal", "code"),
    [("伪造01", "seal-not-registered"), ("国土审批01", "seal-of-other-department")],
)
def test_another_seal_is_refused_and_the_decision_is_not_issued(seal: str, code: str) -> None:
    filing = reviewed(examining())
    filing.fill("draft", FIRST, **papers.GRANT)
    filing.fill("sign", LEADER, **papers.SIGNED)
    with pytest.raises(Rejection) as refused:
        filing.fill("issue", WINDOW, **papers.ISSUED | {"seal_number": seal})
    assert refused.value.code == code
    assert (filing.case().status, filing.documents()[-1]) == ("examining", "acceptance_notice")


def test_every_use_of_a_seal_is_recorded_against_the_document() -> None:
    filing = reviewed(examining())
    filing.fill("draft", FIRST, **papers.GRANT)
    filing.fill("sign", LEADER, **papers.SIGNED)
    filing.fill("issue", WINDOW, **papers.ISSUED)
    with Session(filing.engine) as session:
        (use,) = session.execute(select(tables.seal_use)).all()
    known = filing.variables
    assert (use.seal, use.sequence, use.used_by) == ("工商审批01", 1, WINDOW)
    assert (use.case_number, use.document) == (known["receipt"]["number"], known["decision"]["document_number"])
