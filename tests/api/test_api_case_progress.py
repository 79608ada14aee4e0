"""The public inquiry: by number and pass code, with the clock in words, and not too often."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from api.application import create_app
from api.settings import DoorSettings
from tests.api.doors import Person, assert_problem
from tests.api.installed import Hall
from tests.api.test_api_abuses import FIRST, accepted, do, message, number
from tests.workflows import papers
from workflows.documents.register_of_documents import RegisterOfDocuments

PLACE = "/api/public/case-progress"


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def anybody(hall: Hall) -> Person:
    return Person(hall.app.test_client())


def receipt(hall: Hall, case: str) -> dict[str, str]:
    """What is on the paper: the number and the pass code, which is in the document and nowhere else."""
    key = number(hall, case)
    documents = RegisterOfDocuments(hall.runtime.registers).of_case(key)
    (paper,) = [document for document in documents if document.kind == "filing_receipt"]
    text = " ".join(paper.content.paragraphs)
    code = next(word for word in re.findall(r"\d{8}", text.split("查询密码")[1]))
    return {"number": key, "pass_code": code}


def test_number_and_pass_code_tell_where_the_case_stands(hall: Hall) -> None:
    case = accepted(hall)
    asked = receipt(hall, case)
    shown = anybody(hall).post(PLACE, asked, headers={"Accept-Language": "zh"}).json
    assert (shown["status_name"], shown["applicant"]) == ("审查", "样*****")
    assert [step["name"] for step in shown["steps"]] == ["收件", "受理", "审查"]
    (clock,) = [one for one in shown["clocks"] if one["statutory_on"] == "2026-03-30"]
    assert (clock["promised_on"], clock["text"]) == ("2026-03-11", "承诺期限还剩7个工作日，至2026年3月11日。")


def test_it_says_why_the_clock_stands(hall: Hall) -> None:
    case = accepted(hall)
    message(hall, "special-procedure", case, FIRST)
    assert do(hall, case, "request_special_procedure", FIRST, **papers.SPECIAL_PROCEDURE).status_code == 200
    hall.now += timedelta(days=1)
    shown = anybody(hall).post(PLACE, receipt(hall, case), headers={"Accept-Language": "zh"}).json
    assert any("不计时" in clock["text"] for clock in shown["clocks"])


def test_neither_alone_tells_anything(hall: Hall) -> None:
    asked = receipt(hall, accepted(hall))
    wrong = asked | {"pass_code": "00000000" if asked["pass_code"] != "00000000" else "11111111"}
    assert_problem(anybody(hall).post(PLACE, wrong), 403, "case-query-refused")
    mistyped = asked | {"number": asked["number"][:-1] + str((int(asked["number"][-1]) + 1) % 10)}
    assert_problem(anybody(hall).post(PLACE, mistyped), 422, "case-number-invalid")


def test_nobody_guesses_for_long(hall: Hall) -> None:
    asked = receipt(hall, accepted(hall))
    limited = create_app(hall.runtime, replace(DoorSettings(secret_key="k" * 40), public_rate="3 per minute"))
    client = Person(limited.test_client())
    answers: list[Any] = [client.post(PLACE, asked | {"pass_code": f"{code:08}"}) for code in range(4)]
    assert [answer.status_code for answer in answers] == [403, 403, 403, 429]
    assert answers[-1].mimetype == "application/problem+json"
    assert client.get("/healthz").status_code == 200
