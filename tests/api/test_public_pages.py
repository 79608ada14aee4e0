"""The public pages: whole on the server, in both languages, light, and safe without any script."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from api.application import create_app
from api.public.blueprint import STYLE, style_version
from api.public.words import catalogue
from api.settings import DoorSettings
from tests.api.doors import Person
from tests.api.installed import Hall
from workflows.case_file.status import statuses
from workflows.complaints.complaint import Category
from workflows.publication.publications import KINDS
from workflows.ratings.rating import GRADES

TEMPLATES = Path(__file__).parents[2] / "api" / "templates" / "public"
PAGES = (
    "/",
    "/items",
    "/items?text=卫生&page=1",
    "/items?text=nothing-like-it",
    "/items/GS-002",
    "/items/JW-004",
    "/items/JW-004/form",
    "/fees",
    "/cases",
    "/verify",
    "/complaints",
    "/complaints/new",
    "/ratings",
    "/ratings/new",
    "/publications",
    "/screen",
)
HEAVIEST = 100_000
"""Bytes of a page with everything it loads."""
HTML = {"Accept": "text/html"}
CHINESE = re.compile(r"[一-鿿]")


@pytest.fixture
def hall(installed_url: str) -> Iterator[Hall]:
    made = Hall(installed_url)
    yield made
    made.runtime.stop()


def anybody(hall: Hall) -> Person:
    return Person(hall.app.test_client())


def get(hall: Hall, path: str, language: str = "zh") -> TestResponse:
    return anybody(hall).get(path, headers={"Accept-Language": language, **HTML})


def test_every_page_is_there_in_both_languages_light_and_without_script(hall: Hall) -> None:
    for language, named in (("zh", "zh-CN"), ("en", "en")):
        for path in PAGES:
            answer = get(hall, path, language)
            assert (answer.status_code, answer.mimetype) == (200, "text/html"), path
            assert f'<html lang="{named}">' in answer.text, path
            assert answer.headers["Content-Language"] == language
            assert len(answer.data) + STYLE.stat().st_size < HEAVIEST, path
            assert "<script" not in answer.text, path
            assert not re.search(r"\s(style|on\w+)=", answer.text), path
            assert "<style" not in answer.text, path
            loaded = re.findall(r'<(?:link|img|script)[^>]+(?:src|href)="([^"]*)"', answer.text)
            assert set(loaded) == {f"/public.css?v={style_version()}", "data:,"}, path
            assert answer.text.count("<h1") == 1, path


def test_the_policy_forbids_what_is_not_ours(hall: Hall) -> None:
    policy = get(hall, "/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "form-action 'self'" in policy


def test_the_style_sheet_is_kept_by_browsers_and_loads_nothing(hall: Hall) -> None:
    answer = get(hall, f"/public.css?v={style_version()}")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "url(" not in answer.text
    assert "@import" not in answer.text


def test_both_catalogues_say_the_same_things() -> None:
    chinese, english = catalogue("zh"), catalogue("en")
    assert set(chinese) == set(english)
    for name, sentence in chinese.items():
        assert set(re.findall(r"{(\w+)}", sentence)) == set(re.findall(r"{(\w+)}", english[name])), name


def test_every_sentence_a_template_asks_for_is_there() -> None:
    known = set(catalogue("zh"))
    for file in TEMPLATES.glob("*.html"):
        for name in re.findall(r"""\bt\(["']([\w.-]+)["'][,)]""", file.read_text("utf-8")):
            assert name in known, f"{file.name}: {name}"
    said = {
        *(f"next.{code}" for code in statuses()),
        *(f"happened.{code}" for code in statuses()),
        *(f"category.{category.value}" for category in Category),
        *(f"grade.{grade}" for grade in GRADES),
        *(f"publication_kind.{kind}" for kind in KINDS),
    }
    assert said <= known


def test_no_sentence_stands_in_a_template() -> None:
    for file in TEMPLATES.glob("*.html"):
        text = file.read_text("utf-8").replace('aria-hidden="true">政<', "")
        text = text.replace('join("、")', "")
        assert not CHINESE.search(text), file.name


def test_the_switch_of_language_is_remembered(hall: Hall) -> None:
    person = anybody(hall)
    assert "您要办什么事" in person.get("/", headers=HTML).text
    switched = person.get("/items?text=GS&lang=en", headers=HTML)
    assert "items found" in switched.text
    assert 'href="/items?text=GS&amp;lang=zh"' in switched.text
    assert "What would you like to do?" in person.get("/", headers=HTML).text
    assert person.get("/api/public/items/none", headers={"Accept-Language": "zh"}).json["title"] == "没有找到"
    person.get("/?lang=zh", headers=HTML)
    assert "您要办什么事" in person.get("/", headers={**HTML, "Accept-Language": "en"}).text


def test_items_are_searched_filtered_and_paged(hall: Hall) -> None:
    assert get(hall, "/items").text.count('class="tag kind"') == 12
    first, second, third = (get(hall, f"/items?page={page}").text for page in (1, 2, 3))
    codes = [code for page in (first, second, third) for code in re.findall(r'href="/items/([A-Z]{2}-\d{3})"', page)]
    assert len(codes) == len(set(codes)) == 25
    found = get(hall, "/items?text=hygiene", "en").text
    assert re.findall(r'href="/items/([A-Z]{2}-\d{3})"', found) == ["WS-001", "WS-002"]
    window = get(hall, "/items?window=window-construction&kind=promised").text
    assert set(re.findall(r'href="/items/([A-Z]{2}-\d{3})"', window)) == {"JW-001", "JW-002", "JW-003", "JW-004"}
    assert "没有找到这样的事项" in get(hall, "/items?text=%3Cb%3Enone").text
    assert "<b>none" not in get(hall, "/items?text=%3Cb%3Enone").text
    assert get(hall, "/items?page=999999999999").status_code == 200


def test_a_guide_says_what_the_law_wants_published(hall: Hall) -> None:
    shown = get(hall, "/items/JW-002").text
    for said in (
        "县建委",
        "建委窗口",
        "本中心承诺：自受理之日起12个工作日办结。",
        "法律规定：自受理之日起",
        "申请材料",
        "办理步骤",
        "法律依据",
        "行政复议",
        "023-",
        "/items/JW-002/form",
        "SF-JW-01",
    ):
        assert said in shown, said
    assert "本事项不收任何费用" in get(hall, "/items/GS-002").text
    assert "材料齐全的当场办结" in get(hall, "/items/GS-001").text


def test_the_form_of_an_item_can_be_filled_in_on_paper(hall: Hall) -> None:
    shown = get(hall, "/items/GS-001/form").text
    assert "公民身份号码" in shown
    assert "□" in shown
    assert "Resident identity number" in get(hall, "/items/GS-001/form", "en").text


def test_the_list_of_fees_has_standard_basis_and_items(hall: Hall) -> None:
    shown = get(hall, "/fees").text
    assert "样例建设工程规划审查费" in shown
    assert "0.30元至0.60元，按低限收取" in shown
    assert "样例价费〔2002〕7号" in shown
    assert 'href="/items/JW-002"' in shown


def test_errors_are_pages_with_a_sentence_that_helps(hall: Hall) -> None:
    for path in ("/nowhere", "/items/ZZ-999", "/publications/GK1"):
        answer = get(hall, path)
        assert (answer.status_code, answer.mimetype) == (404, "text/html"), path
        assert "请从首页或者办事指南查找" in answer.text
        assert "Content-Security-Policy" in answer.headers
    assert "start from the front page" in get(hall, "/nowhere", "en").text
    assert anybody(hall).get("/nowhere").mimetype == "application/problem+json"
    assert get(hall, "/api/public/items/none").mimetype == "application/problem+json"


def test_what_no_database_can_look_for_is_not_there(hall: Hall) -> None:
    for path in (
        "/items/%00",
        "/items/GS-001%00/form",
        "/publications/%00",
        "/api/public/items/%00",
        "/verify?code=%00&number=%00",
    ):
        assert get(hall, path).status_code == 404, path
    for path in ("/publications?before=%00", "/ratings?before=%00", "/items?text=%00&window=%00", "/cases?number=%00"):
        assert get(hall, path).status_code == 200, path


def test_a_mistake_of_ours_is_a_page_with_a_number(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.public.fees.fees_on", lambda day: 1 // 0)
    answer = get(hall, "/fees")
    assert (answer.status_code, answer.mimetype) == (500, "text/html")
    assert "不是您的操作有误" in answer.text
    assert re.search(r"[0-9a-f]{16}", answer.text)
    assert "ZeroDivision" not in answer.text


def test_pages_are_limited_as_the_public_interface_is(hall: Hall) -> None:
    limited = create_app(hall.runtime, replace(DoorSettings(secret_key="k" * 40), public_rate="3 per minute"))
    client = Person(limited.test_client())
    answers = [client.get("/fees", headers={**HTML, "Accept-Language": "zh"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "请等一分钟再试" in answers[-1].text
    assert client.get("/public.css").status_code == 200


def test_the_front_page_says_whether_the_hall_is_open(hall: Hall) -> None:
    assert "今天照常办公" in get(hall, "/").text
    hall.now = hall.now.replace(day=7)
    shown = get(hall, "/").text
    assert "今天不办公，2026年3月9日起办公" in shown


def test_the_screen_asks_again_by_itself_and_names_nobody(hall: Hall) -> None:
    from tests.api.test_api_abuses import accepted

    accepted(hall)
    anybody(hall).post("/api/public/queue-tickets", {"window": "window-commerce"})
    anybody(hall).post("/api/public/queue-tickets", {"window": "window-commerce"})
    hall.person("window-commerce-1").post("/api/queue-tickets/window-commerce/call")
    answer = get(hall, "/screen")
    assert answer.headers["Refresh"] == "15"
    assert "1号" in answer.text
    assert "1人" in answer.text
    assert "样*****" in answer.text
    assert "样例申请人" not in answer.text


def test_what_a_page_of_the_application_brings_along_is_not_counted(hall: Hall, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "part.js").write_text("export {}")
    (tmp_path / "index.html").write_text("<!doctype html><title>hall</title>")
    settings = replace(DoorSettings(secret_key="k" * 40), public_rate="3 per minute", application=tmp_path)
    client = create_app(hall.runtime, settings).test_client()
    for address in ("/app/assets/part.js", "/app/clerk"):
        for _ in range(20):
            with client.get(address) as answer:
                assert answer.status_code == 200
