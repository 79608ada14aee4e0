"""What people write on public pages: complaints and ratings, without script; nothing is lost, nothing is sent twice."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.doors import Person
from tests.api.installed import Hall
from tests.api.test_api_ratings import delivered
from workflows.clock import hall_day

HTML = {"Accept": "text/html", "Accept-Language": "zh"}
SAID = {
    "category": "delay",
    "subject": "三次都说领导不在",
    "statement": "三月二日、三日、四日都去过工商窗口。<b>请查</b>",
    "against_window": "window-commerce",
    "anonymous": "true",
}


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def anybody(hall: Hall) -> Person:
    return Person(hall.app.test_client())


def token(person: Person, path: str) -> str:
    shown = person.get(path, headers=HTML).text
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', shown)
    assert found is not None
    return found[1]


def send(person: Person, path: str, data: dict[str, str]) -> Any:
    return person.open("POST", path, data=data, headers=HTML)


def complain(person: Person, **more: str) -> Any:
    return send(person, "/complaints/new", {**SAID, "form_token": token(person, "/complaints/new"), **more})


def numbers(hall: Hall) -> list[str]:
    return [row["number"] for row in hall.person("supervisor").get("/api/complaints").json["items"]]


def test_a_complaint_goes_in_and_its_status_comes_out(hall: Hall) -> None:
    person = anybody(hall)
    answer = complain(person)
    assert answer.status_code == 201
    number, code = re.findall(r"<dd>([^<]+)</dd>", answer.text)[:2]
    assert numbers(hall) == [number]
    asked = send(person, "/complaints", {"number": number, "pass_code": code})
    assert asked.status_code == 200
    assert "三次都说领导不在" in asked.text
    assert "已提交" in asked.text
    begun = hall.runtime.queries.definitions(limit=1).items
    assert begun


def test_nothing_that_was_written_is_lost_by_a_mistake(hall: Hall) -> None:
    person = anybody(hall)
    answer = complain(person, subject="", anonymous="", name="样例投诉人")
    assert answer.status_code == 422
    assert 'id="subject-trouble">请填写这一项。' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "&lt;b&gt;请查&lt;/b&gt;</textarea>" in answer.text
    assert '<option value="delay" selected>' in answer.text
    assert '<option value="window-commerce" selected>' in answer.text
    assert 'value="样例投诉人"' in answer.text
    nameless = complain(person, anonymous="")
    assert 'id="name-trouble">实名投诉须写明姓名和联系方式' in nameless.text
    unknown = complain(person, case_number="500000000000000000000000")
    assert 'id="case_number-trouble"' in unknown.text
    chosen = complain(person, category="made-up")
    assert 'id="category-trouble">请选择其中一项。' in chosen.text
    assert numbers(hall) == []


def test_a_form_from_elsewhere_is_not_taken_and_loses_nothing(hall: Hall) -> None:
    stranger = anybody(hall)
    answer = send(stranger, "/complaints/new", SAID)
    assert answer.status_code == 422
    assert "您写的内容都还在" in answer.text
    assert 'value="三次都说领导不在"' in answer.text
    other = token(anybody(hall), "/complaints/new")
    assert send(stranger, "/complaints/new", {**SAID, "form_token": other}).status_code == 422
    assert numbers(hall) == []


def test_the_same_page_sent_again_is_one_complaint(hall: Hall) -> None:
    person = anybody(hall)
    form = {**SAID, "form_token": token(person, "/complaints/new")}
    assert [send(person, "/complaints/new", form).status_code for _ in range(2)] == [201, 422]
    assert len(numbers(hall)) == 1


def test_a_button_pressed_twice_is_one_complaint_and_both_answers_have_its_number(hall: Hall) -> None:
    person = anybody(hall)
    form = {**SAID, "form_token": token(person, "/complaints/new")}
    cookie = person.client.get_cookie("lianban_form")
    assert cookie is not None
    answers = []
    for _ in range(2):  # the second is on its way before the first is answered: it has the first one's cookie
        person.client.set_cookie("lianban_form", cookie.value)
        answers.append(send(person, "/complaints/new", form))
    first, second = (re.findall(r"<dd>([^<]+)</dd>", answer.text)[:2] for answer in answers)
    assert first == second
    assert numbers(hall) == first[:1]


def test_the_channel_of_a_page_is_the_web_whatever_it_says(hall: Hall) -> None:
    assert complain(anybody(hall), channel="phone").status_code == 201
    (row,) = hall.person("supervisor").get("/api/complaints").json["items"]
    assert row["channel"] == "web"


def test_a_wrong_pass_code_tells_nothing_of_a_complaint(hall: Hall) -> None:
    person = anybody(hall)
    number, code = re.findall(r"<dd>([^<]+)</dd>", complain(person).text)[:2]
    wrong = send(person, "/complaints", {"number": number, "pass_code": "0" if code != "0" else "1"})
    assert wrong.status_code in (403, 404)
    assert "三次都说领导不在" not in wrong.text
    assert "投诉编号或者查询密码不正确" in wrong.text


def test_a_rating_without_its_code_is_refused_at_the_form(hall: Hall) -> None:
    person = anybody(hall)
    form = {"form_token": token(person, "/ratings/new"), "case_number": "1", "code": "2", "said": "很快"}
    answer = send(person, "/ratings/new", form)
    assert 'id="grade-trouble"' in answer.text
    assert ">很快</textarea>" in answer.text
    refused = send(person, "/ratings/new", {**form, "grade": "1", "form_token": token(person, "/ratings/new")})
    assert "评价码不正确" in refused.text
    assert re.search(r'value="1" checked', refused.text)
    assert send(person, "/ratings", {"case_number": "1", "code": "2"}).status_code >= 400


def test_a_case_is_rated_on_the_page_once_and_others_see_the_latest_first(hall: Hall) -> None:
    asked = [delivered(hall), delivered(hall)]
    for one, grade in zip(asked, ("1", "2"), strict=True):
        person = anybody(hall)
        form = {**one, "grade": grade, "said": "样例意见", "form_token": token(person, "/ratings/new")}
        answer = send(person, "/ratings/new", form)
        assert answer.status_code == 201
        assert "感谢您的评价" in answer.text
    listed = anybody(hall).get("/ratings", headers=HTML).text
    assert re.findall(r'data-label="评价">([^<]+)<', listed) == ["满意", "非常满意"]
    assert "样例意见" not in listed
    mine = send(anybody(hall), "/ratings", asked[0])
    assert mine.status_code == 200
    assert "我的评价" in mine.text
    again = anybody(hall)
    used = send(again, "/ratings/new", {**asked[0], "grade": "5", "form_token": token(again, "/ratings/new")})
    assert "这个评价码已经用过" in used.text


def test_what_is_public_is_listed_newest_first_and_read_without_personal_data(hall: Hall) -> None:
    drafter, checker = publish(hall)
    assert drafter != checker
    listed = anybody(hall).get("/publications", headers=HTML).text
    assert listed.index("后一件") < listed.index("前一件")
    number = re.findall(r'href="/publications/(GK\d+)"', listed)[0]
    shown = anybody(hall).get(f"/publications/{number}", headers=HTML)
    assert shown.status_code == 200
    assert "13800000000" not in shown.text
    assert "后一件" in anybody(hall).get("/", headers=HTML).text


def publish(hall: Hall) -> tuple[str, str]:
    from engine.core.actor import Actor
    from workflows.publication.publications import Draft, Publications, check, find

    register = Publications(hall.runtime.registers)
    for title in ("前一件", "后一件"):
        number = register.draft(Draft("decision", "X", title, "请电13800000000询问。"), Actor("drafter"))

        def approve(session: Any, now: Any, number: str = number) -> None:
            check(session, find(session, number), Actor("checker"), now, agreed=True, reason="")

        hall.runtime.registers.change("CheckPublication", Actor("checker"), approve)
    assert hall_day(hall.now).year == 2026
    return "drafter", "checker"
