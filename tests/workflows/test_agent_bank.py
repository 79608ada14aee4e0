"""What agent banks bring: posted by the code, or in suspense; read without trust; entered once (R-46, rules.md 3.4)."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from engine.core.rejection import Rejection
from engine.runtime.tables import audit
from tests.workflows.centre import Centre
from tests.workflows.debts import operate, refused_codes
from tests.workflows.filing import actor
from tests.workflows.money import CASHIER, FEE_FEN, FINANCE, KIND, Desk
from workflows.clock import hall_day
from workflows.collection import return_file
from workflows.collection.collection_register import CollectionRegister
from workflows.collection.out_of_turn import begin_out_of_turn
from workflows.collection.three_way import Difference, explain, match, unexplained
from workflows.ledger.posting import Stamp

YUAN = f"{FEE_FEN // 100}.{FEE_FEN % 100:02d}"
NOBODYS = "202603020000009974"


@pytest.fixture
def desk(centre_url: str) -> Iterator[Desk]:
    centre = Centre(centre_url)
    yield Desk(centre)
    centre.close()


def file(
    *lines: tuple[str, str, str, str], bank: str = "rural-longgang", town: str = "longgang", day: str = "2026-03-02"
) -> bytes:
    """A return file. Each line: reference, code, amount in yuan, day of payment."""
    rows = [f"H,1,{bank},{day}"]
    rows += [f"D,{reference},{code},{amount},甲公司,{town},bank,{on}" for reference, code, amount, on in lines]
    total = sum(round(float(amount) * 100) for _, _, amount, _ in lines)
    return "\r\n".join([*rows, f"T,{len(lines)},{total / 100:.2f}", ""]).encode()


def register(desk: Desk) -> CollectionRegister:
    return CollectionRegister(desk.centre.runtime.registers)


def bring(desk: Desk, content: bytes, who: str = CASHIER) -> Any:
    return register(desk).bring_in(content, KIND, actor(who))


def refused(desk: Desk, code: str, content: bytes, who: str = CASHIER) -> None:
    """Refused, on record, and nothing of the file is entered."""
    before = desk.ledger.trial_balance()
    with pytest.raises(Rejection) as caught:
        bring(desk, content, who)
    assert caught.value.code == code
    assert desk.ledger.trial_balance() == before
    with desk.centre.runtime.registers.read() as session:
        columns = audit.c
        last = session.execute(select(columns.action, columns.outcome, columns.code).order_by(columns.id.desc())).first()
    assert tuple(last or ()) == ("BringInAgentFile", "refused", code)


def test_a_payment_at_a_bank_is_posted_and_the_case_goes_on(desk: Desk) -> None:
    case = desk.noticed()
    code = desk.notice(case).code
    found = bring(desk, file(("R1", code, YUAN, "2026-03-02")))
    assert (found.posted, found.late, found.suspended) == ([code], [], [])
    assert desk.ledger.trial_balance()["clearing-bank"] == FEE_FEN
    desk.centre.correlate("notice-settled", code, CASHIER)
    desk.centre.runtime.run_due()
    desk.centre.drive(case)
    assert desk.centre.status(case) == "completed"


def test_a_file_is_entered_once_and_a_line_too(desk: Desk) -> None:
    code = desk.notice(desk.noticed()).code
    first = file(("R1", code, YUAN, "2026-03-02"))
    bring(desk, first)
    before = desk.ledger.trial_balance()
    assert bring(desk, first).known
    again = bring(desk, file(("R1", code, YUAN, "2026-03-02"), day="2026-03-03"))
    assert (again.posted, again.suspended, desk.ledger.trial_balance()) == ([], [], before)
    refused(desk, "agent-line-changed", file(("R1", code, "1.00", "2026-03-02")))


def test_what_does_not_fit_waits_in_suspense_and_is_a_finding_after_three_working_days(desk: Desk) -> None:
    code = desk.notice(desk.noticed()).code
    lines = (("R1", NOBODYS, "5.00", "2026-03-02"), ("R2", code, "1.00", "2026-03-02"), ("R3", code, YUAN, "2026-03-02"))
    found = bring(desk, file(*lines, ("R4", code, YUAN, "2026-03-02")))
    assert (found.posted, found.suspended) == ([code], ["R1", "R2", "R4"])
    waiting = register(desk).suspense()
    assert [(row.reference, row.reason) for row in waiting] == [
        ("R1", "unknown-code"),
        ("R2", "amount-differs"),
        ("R4", "paid-already"),
    ]
    assert desk.ledger.trial_balance()["suspense"] == -(500 + 100 + FEE_FEN)
    assert register(desk).findings(desk.centre.now + timedelta(days=3)) == []
    assert len(register(desk).findings(desk.centre.now + timedelta(days=4))) == 3


def test_suspense_is_matched_when_it_is_known_and_else_sent_back(desk: Desk) -> None:
    case = desk.noticed()
    code = desk.notice(case).code
    desk.pay(case)
    bring(desk, file(("R1", code, YUAN, "2026-03-02"), ("R2", NOBODYS, "5.00", "2026-03-02")))
    assert register(desk).match(KIND, actor(CASHIER)) == []
    entry = desk.receipts()[0]
    with pytest.raises(Rejection) as caught:
        register(desk).reverse(entry, "假币", actor(CASHIER))
    assert caught.value.code == "ledger-group-only"
    register(desk).reverse(entry, "假币", actor(FINANCE))
    assert desk.ticket(1) == "void"
    assert desk.notice(case).state == "issued"
    later = bring(desk, file(("R3", NOBODYS, "1.00", "2026-03-03"), day="2026-03-03"), who="fund-cashier-2")
    assert (later.matched, later.suspended) == ([code], ["R3"])
    assert (desk.notice(case).state, desk.ledger.trial_balance()["suspense"]) == ("paid", -600)
    with pytest.raises(Rejection) as caught:
        register(desk).send_back("rural-longgang", "R2", " ", actor(FINANCE))
    assert caught.value.code == "suspense-reason-missing"
    for reference in ("R2", "R3"):
        register(desk).send_back("rural-longgang", reference, "无法查明", actor(FINANCE))
    assert (register(desk).suspense(), desk.ledger.trial_balance()["suspense"]) == ([], 0)


def test_an_expired_notice_that_is_paid_is_posted_and_said_to_be_late(desk: Desk) -> None:
    code = desk.notice(desk.noticed()).code
    desk.ledger.close_day(hall_day(desk.centre.now), {}, 0, actor(FINANCE))
    desk.centre.wait(days=28)
    desk.ledger.open_day(actor(CASHIER))
    (owing,) = register(desk).page(("window-construction",), "arrears", None, 10).items
    assert owing.code == code
    found = bring(desk, file(("R1", code, YUAN, "2026-03-30"), day="2026-03-30"))
    assert (found.posted, found.late) == ([code], [code])
    assert [row.code for row in register(desk).page(("window-construction",), "late", None, 10).items] == [code]
    assert register(desk).page(("window-construction",), "arrears", None, 10).items == []


def test_only_designated_banks_collect_and_only_in_their_towns(desk: Desk) -> None:
    line = ("R1", NOBODYS, "5.00", "2026-03-02")
    refused(desk, "agent-bank-not-designated", file(line, bank="some-bank"))
    refused(desk, "agent-bank-town", file(line, town="longshui"))
    refused(desk, "agent-bank-town", file(line, town=""))
    refused(desk, "agent-bank-town", file(line, bank="clearing"))
    refused(desk, "agent-bank-channel", file(line).replace(b",bank,", b",e-pay,"))
    refused(desk, "payment-cashiers-only", file(line), who="town-longgang-officer")
    refused(desk, "payment-cashiers-only", file(line), who=FINANCE)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda content: content.replace(b"H,1", b"H,2"), "agent-file-invalid"),
        (lambda content: content.replace(b"T,1", b"T,2"), "agent-file-totals"),
        (lambda content: content.replace(b"T,1,5.00", b"T,1,6.00"), "agent-file-totals"),
        (lambda content: content.replace(b",5.00,", b",5.001,"), "agent-file-invalid"),
        (lambda content: content.replace(b",5.00,", b",-5.00,"), "agent-file-invalid"),
        (lambda content: content.replace(b",5.00,", b",NaN,"), "agent-file-invalid"),
        (lambda content: content.replace(b",5.00,", b",1e400,"), "agent-file-invalid"),
        (lambda content: content.replace(b"R1", b"R\x001"), "agent-file-invalid"),
        (lambda content: content.replace(b"R1", b'"R1'), "agent-file-invalid"),
        (lambda content: content.replace(b"R1", b"R" * 101), "agent-file-invalid"),
        (lambda content: content.replace("甲公司".encode(), "甲公司".encode("gbk")), "agent-file-invalid"),
        (
            lambda content: content.replace(b"2026-03-02,", b"02.03.2026,").replace(b"bank,2026", b"bank,x"),
            "agent-file-invalid",
        ),
        (lambda content: content * 2, "agent-file-invalid"),
        (lambda content: b"x" * 900_001, "agent-file-invalid"),
        (lambda content: b"", "agent-file-invalid"),
    ],
)
def test_a_file_that_is_not_as_described_is_refused(change: Any, code: str) -> None:
    with pytest.raises(Rejection) as caught:
        return_file.read(change(file(("R1", NOBODYS, "5.00", "2026-03-02"))))
    assert caught.value.code == code


@settings(max_examples=60, deadline=None)
@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: ("H,1,b,2026-03-02\n" + text).encode()))
)
def test_whatever_is_sent_is_a_file_or_a_refusal(content: bytes) -> None:
    with suppress(Rejection):
        assert return_file.read(content).total_fen >= 0


def test_the_three_way_match_names_what_the_ledger_and_the_bank_say_differently(desk: Desk) -> None:
    case = desk.noticed()
    code = desk.notice(case).code
    bring(desk, file(("R1", code, YUAN, "2026-03-02"), ("R2", NOBODYS, "5.00", "2026-03-02")))
    with desk.centre.runtime.registers.read() as session:
        assert match(session, "2026-03") == [Difference("suspense", "rural-longgang/R2", 0, 500)]
        assert match(session, "2026-02") == []
    register(desk).reverse(desk.receipts()[0], "银行误报", actor(FINANCE))
    with desk.centre.runtime.registers.read() as session:
        assert match(session, "2026-03") == [
            Difference("agent-bank", "rural-longgang/R1", 0, FEE_FEN),
            Difference("suspense", "rural-longgang/R2", 0, 500),
        ]


def test_an_explanation_is_of_the_figures_it_was_given_for(desk: Desk) -> None:
    bring(desk, file(("R1", NOBODYS, "5.00", "2026-03-02")))

    def said(session: Any, now: Any) -> int:
        row = {"kind": "suspense", "subject": "rural-longgang/R1", "explanation": "已函询银行"}
        return explain(session, "2026-03", [row], Stamp(now, CASHIER))

    assert desk.centre.runtime.registers.change("Test", actor(CASHIER), said) == 1
    bring(desk, file(("R2", NOBODYS, "7.00", "2026-03-02")))
    with desk.centre.runtime.registers.read() as session:
        assert [one.subject for one in unexplained(session, "2026-03")] == ["rural-longgang/R2"]


def cases(desk: Desk) -> list[str]:
    """The open tasks of payments out of turn."""
    found = desk.centre.tasks(process_key="fee_suspense")
    return [task.element_id for task in found]


def test_a_payment_made_twice_begins_its_refund_by_itself(desk: Desk) -> None:
    case = desk.noticed()
    code = desk.notice(case).code
    bring(desk, file(("R1", code, YUAN, "2026-03-02"), ("R2", code, YUAN, "2026-03-02")))
    runtime = desk.centre.runtime
    assert (begin_out_of_turn(runtime), begin_out_of_turn(runtime), cases(desk)) == (1, 0, ["propose"])
    desk.centre.fill("propose", CASHIER, reason="与R1重复")
    desk.centre.fill("approve", FINANCE, agreed="no", reason="请附银行证明")
    desk.centre.fill("propose", CASHIER, reason="与R1重复，附银行证明")
    desk.centre.fill("approve", FINANCE, agreed="yes", reason="属实")
    assert (cases(desk), register(desk).suspense()) == ([], [])
    assert desk.ledger.trial_balance()["suspense"] == 0
    assert desk.notice(case).state == "paid"


def test_a_payment_for_an_expired_notice_is_posted_and_told_to_its_window(desk: Desk) -> None:
    case = desk.noticed()
    code = desk.notice(case).code
    later = desk.notice(case).valid_until + timedelta(days=1)
    bring(desk, file(("R1", code, YUAN, later.isoformat())))
    assert begin_out_of_turn(desk.centre.runtime) == 1
    assert (desk.notice(case).state, cases(desk)) == ("paid", ["know"])
    with pytest.raises(Rejection) as caught:
        desk.centre.fill("know", "window-land-1", known=True)
    assert caught.value.code == "user-task-not-candidate"
    desk.centre.fill("know", "window-construction-1", known=True)
    assert cases(desk) == []


def test_a_payment_has_one_case_and_the_finance_office_alone_pays_it_back(desk: Desk) -> None:
    code = desk.notice(desk.noticed()).code
    bring(desk, file(("R1", code, YUAN, "2026-03-02"), ("R2", code, YUAN, "2026-03-02")))
    begin_out_of_turn(desk.centre.runtime)
    named = {"bank": "rural-longgang", "reference": "R2"}
    assert operate(desk.centre, "collection.out_of_turn", FINANCE, **named) == "out-of-turn-again"
    assert operate(desk.centre, "collection.out_of_turn", FINANCE, **named | {"reference": "R1"}) == "out-of-turn-not-found"
    assert (
        operate(desk.centre, "collection.return_double", CASHIER, **named, agreed="yes", reason="属实") == "ledger-group-only"
    )
    assert {"out-of-turn-again", "out-of-turn-not-found", "ledger-group-only"} <= refused_codes(desk.centre)
