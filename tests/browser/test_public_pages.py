"""The public pages in a real browser: at both sizes, in both languages, without script, by keyboard, by screen reader."""

import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.browser.conftest import DESKTOP, PHONE, assert_accessible

pytestmark = pytest.mark.slow
PAGES = (
    "/",
    "/items",
    "/items?text=none-such",
    "/items/JW-002",
    "/items/GS-001/form",
    "/fees",
    "/cases",
    "/verify",
    "/verify?code=none",
    "/complaints",
    "/complaints/new",
    "/ratings",
    "/ratings/new",
    "/publications",
    "/screen",
    "/nowhere",
)
HEAVIEST = 100_000
"""Bytes of a page with everything it loads."""


@pytest.fixture(params=["desktop", "phone"])
def plain(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A Chinese browser without JavaScript, of either size."""
    size: Any = {"desktop": DESKTOP, "phone": PHONE}[request.param]
    context = browser.new_context(locale="zh-CN", viewport=size, java_script_enabled=False)
    yield context
    context.close()


def test_every_page_fits_is_light_and_asks_nobody_else(plain: BrowserContext, hall_address: str) -> None:
    page = plain.new_page()
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one))
    for path in PAGES:
        asked.clear()
        page.goto(hall_address + path)
        assert all(one.url.startswith((hall_address, "data:")) for one in asked), path
        answers = [one.response() for one in asked if one.url.startswith(hall_address)]
        weight = sum(len(answer.body()) for answer in answers if answer is not None)
        assert 0 < weight < HEAVIEST, path
        expect(page.locator("h1")).to_have_count(1)
        shown = page.locator("html").bounding_box()
        widest = max(box["x"] + box["width"] for box in boxes(page))
        assert shown is not None
        assert widest <= shown["width"] + 1, f"{path} is {widest} wide in {shown['width']}"


def boxes(page: Page) -> list[Any]:
    """Where the parts of a page are that could stand out at its side."""
    parts = page.locator("main table, main form, main h1, main ul, main dl, header nav, footer")
    return [box for part in parts.all() if (box := part.bounding_box()) is not None]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_screen_reader_finds_its_way_on_every_page(page: Page, hall_address: str, language: str) -> None:
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        for path in PAGES:
            page.goto(f"{hall_address}{path}{'&' if '?' in path else '?'}lang={language}")
            assert_accessible(page)


def test_a_screen_reader_is_told_of_mistakes_and_receipts(page: Page, hall_address: str) -> None:
    page.goto(f"{hall_address}/complaints/new")
    page.get_by_role("button", name="提交投诉").click()
    assert_accessible(page)
    expect(page.get_by_label("类别")).to_have_accessible_description("请填写这一项。")
    page.get_by_label("类别").select_option(label="乱收费")
    page.get_by_label("一句话说明").fill("收了目录以外的钱")
    page.get_by_label("经过").fill("要求交五十元资料费。")
    page.get_by_label("匿名投诉").check()
    page.get_by_role("button", name="提交投诉").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("投诉已经收到")
    assert_accessible(page)
    page.goto(f"{hall_address}/ratings/new")
    page.get_by_role("button", name="提交评价").click()
    assert_accessible(page)


def test_a_guide_is_found_from_the_front_page_by_keyboard_alone(page: Page, hall_address: str) -> None:
    page.goto(hall_address)
    page.keyboard.press("Tab")
    expect(page.get_by_text("跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("搜索事项")).to_be_focused()
    page.keyboard.type("户外广告")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="户外广告登记")
    expect(link).to_be_visible()
    link.focus()
    assert link.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("户外广告登记")
    expect(page.get_by_text("本中心承诺：自受理之日起7个工作日办结。")).to_be_visible()


def test_the_language_is_switched_and_remembered(plain: BrowserContext, hall_address: str) -> None:
    page = plain.new_page()
    page.goto(f"{hall_address}/items/GS-002")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Registration of outdoor advertising")
    page.goto(hall_address)
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to do?")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("您要办什么事？")


def test_a_complaint_without_script_loses_nothing_and_is_found_again(plain: BrowserContext, hall_address: str) -> None:
    page = plain.new_page()
    page.goto(f"{hall_address}/complaints/new")
    page.get_by_label("经过").fill("三月二日去过两次，都说领导不在。")
    page.get_by_role("button", name="提交投诉").click()
    expect(page.get_by_role("alert")).to_contain_text("还没有提交")
    expect(page.get_by_label("经过")).to_have_value("三月二日去过两次，都说领导不在。")
    page.get_by_role("link", name="类别").click()
    page.get_by_label("类别").select_option(label="推诿拖延")
    page.get_by_label("一句话说明").fill("两次都说领导不在")
    page.get_by_label("匿名投诉").check()
    page.get_by_role("button", name="提交投诉").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("投诉已经收到")
    number, code = (page.locator(".receipt dd").nth(place).inner_text() for place in (0, 1))
    page.get_by_role("link", name="查询这件投诉").click()
    page.get_by_label("投诉编号").fill(number)
    page.get_by_label("查询密码").fill(code)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("heading", name="两次都说领导不在")).to_be_visible()
    expect(page.get_by_text("已提交", exact=True)).to_be_visible()


def test_a_wrong_pass_code_is_told_and_the_number_stays(plain: BrowserContext, hall_address: str) -> None:
    page = plain.new_page()
    page.goto(f"{hall_address}/cases")
    page.get_by_label("办件编号").fill("500225011202603022000011")
    page.get_by_label("查询密码").fill("00000000")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("alert")).to_contain_text("办件编号或者查询密码不正确")
    expect(page.get_by_label("办件编号")).to_have_value("500225011202603022000011")
    assert "00000000" not in page.url


def test_the_screen_of_the_hall_shows_a_number_called_without_being_touched(page: Page, hall_address: str) -> None:
    ask(hall_address, "/api/public/queue-tickets", b'{"window": "window-land"}')
    page.goto(f"{hall_address}/screen")
    row = page.get_by_role("row").filter(has_text="国土窗口")
    before = int(re.findall(r"\d+", row.inner_text())[-1])
    ask(hall_address, "/api/public/queue-tickets", b'{"window": "window-land"}')
    expect(row).to_contain_text(f"{before + 1}人", timeout=40_000)


def test_a_guide_prints_on_paper_without_what_only_a_screen_needs(page: Page, hall_address: str) -> None:
    page.goto(f"{hall_address}/items/GS-002")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("heading", name="申请材料")).to_be_visible()
    expect(page.get_by_text("在网上投诉")).to_be_hidden()


def ask(address: str, path: str, body: bytes) -> None:
    request = urllib.request.Request(address + path, body, {"Content-Type": "application/json"})
    urllib.request.urlopen(request).close()
