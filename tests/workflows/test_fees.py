"""What may be charged and how much (R-42 to R-47b, D5): by code and by table, and every refused attempt is on record."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from decisions import DecisionModel, compile_decisions
from engine.core.rejection import Rejection
from workflows.fees.assessing import LAWFUL, Charge, assess, permit_valid
from workflows.fees.fee import Fee, FeeBook, Paper, Standard, Tier, fee_book, fee_of

TABLE = Path(__file__).parents[2] / "bpmn_models" / "fee_collection" / "fee.dmn"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
RANGE = Charge("SAMPLE-ITEM-1", "SAMPLE-01", 200, TODAY, published_free=False, licensing=True)
COST = Charge("SAMPLE-ITEM-2", "SAMPLE-02", 3, date(2003, 5, 1), published_free=False, licensing=True)
FORMULA = Charge("SAMPLE-ITEM-1", "SAMPLE-03", 10, date(2003, 5, 1), published_free=False, licensing=False)


@cache
def table() -> DecisionModel:
    return compile_decisions(TABLE.read_bytes())


TIERS = (Tier(0, 1000, 7), Tier(1000, 50_000, 5), Tier(50_000, None, 1))
ROW = {
    "published_free": False,
    "document_valid": True,
    "permit_valid": True,
    "licensing": True,
    "law_in_force": True,
    "lawful_level": True,
    "kind": "fixed",
    "standard_fen": 1000,
    "low_fen": 50,
    "base_fen": 2000,
    "step_fen": 300,
    "cap_fen": 5000,
    "rate_bp": 125,
    "tiers": [
        {"over": 0, "up_to": 10, "step_fen": 300},
        {"over": 10, "up_to": 20, "step_fen": 200},
        {"over": 20, "up_to": None, "step_fen": 50},
    ],
    "quantity": 3,
}


def decide(**changes: Any) -> tuple[str, int]:
    found: Any = table().evaluate("fee", ROW | changes, now=NOW).value
    return found["outcome"], int(found["amount_fen"])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"published_free": True}, ("free", 0)),
        ({"document_valid": False}, ("document-invalid", 0)),
        ({"permit_valid": False}, ("permit-invalid", 0)),
        ({"lawful_level": False}, ("level-too-low", 0)),
        ({"lawful_level": False, "law_in_force": False}, ("charge", 3000)),
        ({"lawful_level": False, "licensing": False}, ("charge", 3000)),
        ({}, ("charge", 3000)),
        ({"kind": "range"}, ("charge", 150)),
        ({"kind": "formula"}, ("charge", 2900)),
        ({"kind": "formula", "quantity": 11}, ("charge", 5000)),
        ({"kind": "percent", "quantity": 100_079}, ("charge", 1250)),
        ({"kind": "percent", "quantity": 10_000_000}, ("charge", 5000)),
        ({"kind": "percent", "quantity": 10_000_000, "cap_fen": 0}, ("charge", 125_000)),
        ({"kind": "tiers", "quantity": 10}, ("charge", 3000)),
        ({"kind": "tiers", "quantity": 11}, ("charge", 3200)),
        ({"kind": "tiers", "quantity": 100}, ("charge", 3000 + 2000 + 4000)),
        ({"kind": "by-agreement"}, ("unknown-standard", 0)),
    ],
)
def test_every_row_of_the_fee_table(changes: dict[str, Any], expected: tuple[str, int]) -> None:
    assert decide(**changes) == expected


def book_with(**changes: Any) -> FeeBook:
    book = fee_book()
    return replace(book, fees=tuple(replace(fee, **changes) for fee in book.fees))


def refusal(charge: Charge, book: FeeBook | None = None) -> str:
    with pytest.raises(Rejection) as caught:
        assess(charge, book)
    return caught.value.code


def test_a_range_is_charged_at_its_low_end() -> None:
    assert assess(RANGE).amount_fen == 200 * 50
    assert assess(COST).amount_fen == 3 * 1000
    assert assess(FORMULA, book_with(permit=Paper("样例证", date(2002, 1, 1), None))).amount_fen == 2000 + 10 * 300


def test_what_may_not_be_charged_is_refused() -> None:
    assert refusal(replace(RANGE, published_free=True)) == "fee-free"
    assert refusal(replace(RANGE, fee="培训费")) == "fee-unknown"
    assert refusal(replace(RANGE, item="SAMPLE-ITEM-9")) == "fee-not-of-item"
    assert (
        refusal(RANGE, book_with(document=Paper("过期", date(2002, 1, 1), date(2026, 3, 1), "law"))) == "fee-document-invalid"
    )
    assert refusal(FORMULA) == "fee-permit-invalid"
    assert refusal(replace(RANGE, quantity=0)) == "fee-quantity"


def test_the_days_of_the_rules() -> None:
    assert assess(replace(COST, accepted_on=date(2004, 6, 30))).amount_fen == 3000
    assert refusal(replace(COST, accepted_on=date(2004, 7, 1))) == "fee-level-too-low"
    plain = replace(COST, licensing=False)
    assert assess(replace(plain, accepted_on=date(2010, 12, 31))).amount_fen == 3000
    assert refusal(replace(plain, accepted_on=date(2011, 1, 1))) == "fee-nature-ended"
    assert refusal(replace(FORMULA, accepted_on=date(2015, 12, 31))) == "fee-permit-invalid"
    assert assess(replace(FORMULA, accepted_on=date(2016, 1, 1))).amount_fen == 5000
    assert refusal(replace(COST, accepted_on=date(2013, 1, 1))) == "fee-unknown"


def by_table(charge: Charge, book: FeeBook, fee: Fee) -> tuple[str, int]:
    standard, day = fee.standard, charge.accepted_on
    return decide(
        published_free=charge.published_free,
        document_valid=fee.document.valid(day),
        permit_valid=permit_valid(book, fee, day),
        licensing=charge.licensing,
        law_in_force=day >= book.law_from,
        lawful_level=fee.document.level in LAWFUL,
        kind=standard.kind,
        standard_fen=standard.standard_fen,
        low_fen=standard.low_fen,
        base_fen=standard.base_fen,
        step_fen=standard.step_fen,
        cap_fen=standard.cap_fen,
        rate_bp=standard.rate_bp,
        tiers=[asdict(tier) for tier in standard.tiers],
        quantity=charge.quantity,
    )


@given(
    free=st.booleans(),
    licensing=st.booleans(),
    kind=st.sampled_from(("fixed", "range", "formula", "percent", "tiers")),
    level=st.sampled_from(("law", "provincial")),
    quantity=st.integers(1, 10**6),
    day=st.dates(date(2002, 1, 1), date(2010, 12, 31)),
    until=st.one_of(st.none(), st.dates(date(2002, 1, 1), date(2010, 12, 31))),
)
def test_code_and_table_agree(
    free: bool, licensing: bool, kind: str, level: str, quantity: int, day: date, until: date | None
) -> None:
    paper = Paper("样例", date(2002, 1, 1), until, level)
    standard = Standard(kind, 1000, 50, 120, 2000, 300, 50_000, 125, TIERS)
    book = book_with(document=paper, permit=Paper("样例证", date(2003, 1, 1), None), standard=standard)
    charge = Charge("SAMPLE-ITEM-1", "SAMPLE-01", quantity, day, free, licensing)
    outcome, amount = by_table(charge, book, book.fees[0])
    if outcome == "charge":
        assert assess(charge, book).amount_fen == amount
    else:
        assert refusal(charge, book) == f"fee-{outcome}"


@pytest.mark.parametrize(
    "tiers",
    [
        [],
        [{"over": 1, "up_to": None, "step_fen": 5}],
        [{"over": 0, "up_to": 10, "step_fen": 5}],
        [{"over": 0, "up_to": 10, "step_fen": 5}, {"over": 11, "up_to": None, "step_fen": 4}],
        [{"over": 0, "up_to": None, "step_fen": 5}, {"over": 10, "up_to": None, "step_fen": 4}],
    ],
)
def test_tiers_follow_one_another_and_the_last_has_no_end(tiers: list[dict[str, Any]]) -> None:
    paper = {"number": "样例", "from": "2002-01-01", "to": None}
    content = {
        "code": "SAMPLE-99", "version": "1", "name": "样例", "department": "县建设委员会", "from": "2002-01-01", "to": None,
        "fund_nature": "budget", "document": {**paper, "level": "law"}, "permit": paper, "quantity_field": "n", "items": [],
        "standard": {"kind": "tiers", "tiers": tiers},
    }  # fmt: skip
    with pytest.raises(ValidationError):
        fee_of(content)
    whole = [{"over": 0, "up_to": 10, "step_fen": 5}, {"over": 10, "up_to": None, "step_fen": 4}]
    assert len(fee_of(content | {"standard": {"kind": "tiers", "tiers": whole}}).standard.tiers) == 2
