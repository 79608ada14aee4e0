"""Printing and issuing tickets as the hall does it: two persons at the count, two signatures at the issue (P13)."""

from collections.abc import Iterator
from typing import Any

import pytest

from engine.core.rejection import Rejection
from tests.workflows.centre import Centre
from tests.workflows.filing import actor
from workflows.tickets.ticket_register import TicketRegister

KIND = "payment-slip"


@pytest.fixture
def centre(centre_url: str) -> Iterator[Centre]:
    made = Centre(centre_url)
    yield made
    made.close()


def printed(centre: Centre, quantity: int = 100, **given: Any) -> str:
    case = centre.file("ticket_order", "ticket-keeper-1", print_order=given | _order(quantity))
    centre.fill("approve", case=case, outcome="agreed")
    return case


def _order(quantity: int) -> dict[str, Any]:
    return {"kind": KIND, "quantity": quantity, "printer": "样例印刷厂"}


def stocked(centre: Centre) -> None:
    case = printed(centre)
    centre.fill("count", "ticket-keeper-1", case, accepted=98, wastes=2, record="废票销毁记录1号")
    centre.fill("recount", "ticket-keeper-2", case)
    assert centre.status(case) == "completed"


def register(centre: Centre) -> TicketRegister:
    return TicketRegister(centre.runtime.registers)


def spans(centre: Centre) -> list[tuple[int, int, str]]:
    return [(row.first_number, row.last_number, row.state) for row in register(centre).page(None, None, None, None, 50).items]


def request(**changed: Any) -> dict[str, Any]:
    said = {"department": "县工商局", "department_group": "department-commerce", "kind": KIND, "quantity": 50}
    return {"request": said | changed}


def test_a_print_order_is_approved_counted_by_two_and_stocked(centre: Centre) -> None:
    stocked(centre)
    assert spans(centre) == [(1, 98, "in-stock"), (99, 100, "destroyed")]
    case = printed(centre)
    assert centre.known("count", case)["printed"]["first"] == 101


def test_a_count_that_is_not_the_order_s_and_an_unrecorded_waste_are_refused(centre: Centre) -> None:
    case = printed(centre)
    for code, said in (
        ("ticket-count-differs", {"accepted": 99, "wastes": 0}),
        ("ticket-waste-unrecorded", {"accepted": 99, "wastes": 1}),
    ):
        with pytest.raises(Rejection) as caught:
            centre.fill("count", "ticket-keeper-1", case, **said)
        assert caught.value.code == code
        assert centre.refusals(case)[-1] == ("ticket-keeper-1", code)
    centre.fill("count", "ticket-keeper-1", case, accepted=100, wastes=0)
    with pytest.raises(Rejection):
        centre.fill("recount", "ticket-keeper-1", case)


def test_an_order_into_numbers_that_are_there_is_refused(centre: Centre) -> None:
    stocked(centre)
    order = centre.file("ticket_order", "ticket-keeper-1", print_order={**_order(10), "first": 95})
    with pytest.raises(Rejection) as caught:
        centre.fill("approve", case=order, outcome="agreed")
    assert caught.value.code == "ticket-overlap"
    assert centre.refusals(order)[-1][1] == "ticket-overlap"
    centre.fill("approve", case=order, outcome="refused", reason="号段重叠")
    assert centre.status(order) == "completed"


def test_an_issue_takes_two_signatures(centre: Centre) -> None:
    stocked(centre)
    with pytest.raises(Rejection) as caught:
        centre.file("ticket_issue", "commerce-examiner-1", **request())
    assert caught.value.code == "ticket-certificate-missing"
    register(centre).enter_certificate("工商领证1", "县工商局", "工商登记费", actor("ticket-keeper-1"))
    case = centre.file("ticket_issue", "commerce-examiner-1", **request())
    centre.fill("sign_issue", "ticket-keeper-1", case, outcome="issue", voucher="发放1号")
    with pytest.raises(Rejection):
        centre.fill("sign_receipt", "ticket-keeper-2", case)
    assert spans(centre)[0] == (1, 98, "in-stock")
    centre.fill("sign_receipt", "commerce-examiner-1", case)
    assert spans(centre)[0] == (1, 50, "issued")
    issued = register(centre).life(KIND, 1)[-1]
    assert (issued.actor_id, issued.second_id) == ("commerce-examiner-1", "ticket-keeper-1")


def test_electronic_tickets_begin_with_their_law(centre: Centre) -> None:
    centre.now = centre.now.replace(year=2020)
    with pytest.raises(Rejection) as caught:
        centre.file("ticket_issue", "commerce-examiner-1", **request(kind="electronic-receipt"))
    assert caught.value.code == "ticket-kind-not-yet"
