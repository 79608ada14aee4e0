"""Who decides that a fee is not, not wholly or not yet paid (D6): row by row, with what lies just beside each threshold."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from decisions import DecisionModel, compile_decisions

TABLE = Path(__file__).parents[2] / "bpmn_models" / "fee_waiver" / "waiver_authority.dmn"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TEN_THOUSAND = 1_000_000
"""Ten thousand yuan in fen."""
REQUEST = {
    "own_level_fee": True,
    "lawful_basis": True,
    "mandatory": False,
    "kind": "defer",
    "days": 90,
    "payer_year_fen": TEN_THOUSAND,
}


@cache
def table() -> DecisionModel:
    return compile_decisions(TABLE.read_bytes())


@pytest.mark.parametrize(
    ("changes", "decider", "minutes"),
    [
        ({"own_level_fee": False, "mandatory": True}, "refuse", False),
        ({"lawful_basis": False, "mandatory": True, "kind": "exempt"}, "refuse", False),
        ({"mandatory": True, "kind": "exempt", "payer_year_fen": 90 * TEN_THOUSAND}, "finance-officer", False),
        ({"mandatory": True, "kind": "defer", "days": 91}, "county-leader", False),
        ({}, "finance-head", False),
        ({"days": 91}, "county-leader", False),
        ({"payer_year_fen": 5 * TEN_THOUSAND - 1}, "finance-head", False),
        ({"payer_year_fen": 5 * TEN_THOUSAND}, "county-leader", False),
        ({"kind": "reduce"}, "county-leader", False),
        ({"kind": "reduce", "payer_year_fen": 20 * TEN_THOUSAND - 1}, "county-leader", False),
        ({"payer_year_fen": 20 * TEN_THOUSAND}, "county-executive-meeting", True),
    ],
)
def test_who_decides(changes: dict[str, Any], decider: str, minutes: bool) -> None:
    found: Any = table().evaluate("waiver_authority", REQUEST | changes, now=NOW).value
    assert (found["decider"], found["minutes_required"]) == (decider, minutes)
