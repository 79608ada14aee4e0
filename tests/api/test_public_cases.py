"""How far is my case, and is this paper yours: the pages behind the receipt and the QR code."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.api.doors import Person
from tests.api.installed import Hall
from tests.api.test_api_abuses import FIRST, ITEM, WINDOW, accepted, do, file, message
from tests.api.test_api_case_progress import receipt
from tests.api.test_api_every_item import work
from tests.api.test_api_money import do as pay_at_counter
from tests.api.test_api_money import noticed
from tests.workflows import papers
from tests.workflows.money import CASHIER, KIND, open_counter
from workflows.case_file.case_files import CaseFiles
from workflows.documents.register_of_documents import RegisterOfDocuments

HTML = {"Accept": "text/html", "Accept-Language": "zh"}


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def ask(hall: Hall, asked: dict[str, str], language: str = "zh") -> Any:
    headers = {**HTML, "Accept-Language": language}
    return Person(hall.app.test_client()).open("POST", "/cases", data=asked, headers=headers)


def test_the_case_is_told_in_plain_words(hall: Hall) -> None:
    asked = receipt(hall, accepted(hall))
    answer = ask(hall, asked)
    assert answer.status_code == 200
    for said in (
        "承诺期限还剩7个工作日，至2026年3月11日。",
        "法定最晚：2026年3月30日",
        "窗口收到您的申请。",
        "材料齐全，已受理，开始计算期限。",
        "正在审查。",
        "样*****",
    ):
        assert said in answer.text, said
    assert "样例申请人" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    english = ask(hall, asked, "en").text
    assert "7 working days left of the promised limit, until 2026-03-11." in english
    assert "The window received your application." in english


def test_the_answer_stays_when_the_language_is_switched(hall: Hall) -> None:
    asked = receipt(hall, accepted(hall))
    shown = ask(hall, asked).text
    form = re.search(r'<form class="switch" method="post" action="([^"]+)">(.*?)</form>', shown, re.DOTALL)
    assert form is not None
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))
    assert hidden == asked
    switched = Person(hall.app.test_client()).open("POST", form[1], data=hidden, headers=HTML)
    assert "The window received your application." in switched.text


def test_the_page_says_why_the_clock_stands(hall: Hall) -> None:
    case = accepted(hall)
    message(hall, "special-procedure", case, FIRST)
    assert do(hall, case, "request_special_procedure", FIRST, **papers.SPECIAL_PROCEDURE).status_code == 200
    hall.now += timedelta(days=1)
    shown = ask(hall, receipt(hall, case)).text
    assert "不计时" in shown
    assert "停止计时" in shown
    assert "这段时间不计入期限" in shown


def test_what_is_missing_is_listed_where_papers_are_to_be_brought(hall: Hall) -> None:
    case = str(file(hall).json["instance_id"])
    assert do(hall, case, "examine", WINDOW, **papers.INCOMPLETE).status_code == 200
    shown = ask(hall, receipt(hall, case)).text
    assert "一次补齐" in shown
    for paper in ("场地使用协议", "广告样件"):
        assert f"<strong>{paper}</strong>" in shown.split("要补的内容")[1]
    assert "提交彩色样件两份" in shown


def test_what_is_to_be_paid_is_said_until_it_is_paid(hall: Hall) -> None:
    open_counter(hall.runtime.registers)
    notice = noticed(hall)
    case = hall.runtime.registers
    instance = CaseFiles(case).get(notice["case_number"]).instance_id
    shown = ask(hall, receipt(hall, instance)).text
    assert notice["code"] in shown
    assert "请缴费10,800.00元" in shown
    assert "准予许可" in shown
    assert pay_at_counter(hall, "receive", CASHIER, channel="cash", kind=KIND, number=1).status_code == 200
    hall.runtime.run_due()
    paid = ask(hall, receipt(hall, instance)).text
    assert "请缴费" not in paid


def test_a_case_that_is_done_says_how_it_ended_and_asks_for_a_rating(hall: Hall) -> None:
    case = accepted(hall)
    asked = receipt(hall, case)
    while work(hall, ITEM, case, asked["number"]):
        pass
    shown = ask(hall, asked).text
    assert "结果已经送达，办结。" in shown
    issued = RegisterOfDocuments(hall.runtime.registers).of_case(asked["number"])
    decision = next(one for one in issued if one.kind == "licence_decision")
    assert f"准予许可，文号{decision.number}" in shown
    assert f'href="/ratings/new?case={asked["number"]}"' in shown


def test_a_wrong_code_and_an_unknown_number_are_answered_alike(hall: Hall) -> None:
    asked = receipt(hall, accepted(hall))
    wrong = ask(hall, asked | {"pass_code": "00000000" if asked["pass_code"] != "00000000" else "11111111"})
    unknown = ask(hall, {**asked, "number": other_number(asked["number"])})
    assert (wrong.status_code, unknown.status_code) == (403, 403)
    strip = [re.sub(r'value="[^"]*"', "", one.text) for one in (wrong, unknown)]
    assert strip[0] == strip[1]
    assert "办件编号或者查询密码不正确" in wrong.text
    assert f'value="{asked["number"]}"' in wrong.text
    assert asked["pass_code"] not in unknown.text


def other_number(number: str) -> str:
    """A well-formed number that no case has."""
    from workflows.case_number.number import check_digit

    digits = number[:-6] + "99999"
    return digits + check_digit(digits)


def test_a_mistyped_number_is_told_at_the_field(hall: Hall) -> None:
    answer = ask(hall, {"number": "12", "pass_code": ""})
    assert answer.status_code == 422
    assert 'id="pass_code-trouble">请填写这一项。' in answer.text
    answer = ask(hall, {"number": "12", "pass_code": "12345678"})
    assert 'id="number-trouble"' in answer.text
    assert 'value="12"' in answer.text


def test_a_number_may_come_with_the_address_and_a_code_never_stands_in_it(hall: Hall) -> None:
    shown = Person(hall.app.test_client()).get("/cases?number=123&pass_code=12345678", headers=HTML).text
    assert 'value="123"' in shown
    assert "12345678" not in re.sub(r'href="[^"]*"', "", shown)


def test_a_paper_is_checked_by_code_and_by_number(hall: Hall) -> None:
    found = receipt(hall, accepted(hall))
    (paper,) = [
        one for one in RegisterOfDocuments(hall.runtime.registers).of_case(found["number"]) if one.kind == "filing_receipt"
    ]
    client = Person(hall.app.test_client())
    shown = client.get(f"/verify?code={paper.verification_code.lower()}", headers=HTML)
    assert (shown.status_code, paper.number in shown.text) == (200, True)
    assert "内容未被改动" in shown.text
    assert found["pass_code"] not in shown.text
    both = {"code": paper.verification_code, "number": paper.number}
    assert client.open("GET", "/verify", query_string=both, headers=HTML).status_code == 200
    wrong = client.open("GET", "/verify", query_string=both | {"number": "别的文号"}, headers=HTML)
    assert wrong.status_code == 404
    assert 'role="alert"' in wrong.text
    assert paper.title not in wrong.text
