"""The clerk's day in a real browser: filing, claiming, filling in, going on; and nothing lost whatever goes wrong."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import assert_accessible
from tests.browser.staff import Client, log_in
from tests.workflows import papers

WINDOW = "window-police-1"
COLLEAGUE = "window-police-2"
PROCESS = "temporary_residence_permit"
FIRST_PAGE_LIMIT = 300 * 1024


@pytest.fixture
def file_case(hall_address: str) -> Callable[[str], dict[str, Any]]:
    """Files an application for a residence permit and gives its first task."""

    def file(name: str) -> dict[str, Any]:
        given = papers.application(PROCESS)
        given["applicant"] |= {"name": name}
        receipt = Client(hall_address, "applicant").post("/api/process-instances", {"process_key": PROCESS, "variables": given})
        return dict(receipt["user_tasks"][0])

    return file


def open_task(page: Page, address: str, task: dict[str, Any], account: str = WINDOW) -> None:
    log_in(page, address, account, f"/app/clerk/tasks/{task['task_id']}")
    expect(page.locator(".fjs-container")).to_be_visible()


def accept(page: Page) -> None:
    """Fill in the examination: everything is there."""
    page.get_by_label("材料齐全、符合法定形式：受理").check()
    page.get_by_label("必须提交的材料齐全并符合法定形式").check()
    for box in page.locator(".fjs-container").get_by_role("checkbox").all():
        box.check()


def state_of(address: str, task: dict[str, Any]) -> str:
    return str(Client(address, "supervisor").get(f"/api/user-tasks/{task['task_id']}")["state"])


def test_a_clerk_finds_claims_and_completes_and_the_next_task_opens(page: Page, hall_address: str, file_case: Any) -> None:
    task = file_case("申请人甲")
    log_in(page, hall_address, WINDOW)
    expect(page).to_have_url(re.compile("/app/clerk$"))
    row = page.get_by_role("row").filter(has_text="申请人甲")
    row.get_by_role("button", name="签收").click()
    expect(row).to_contain_text("公安窗口甲")
    row.get_by_role("link", name="审查申请材料").click()
    accept(page)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已办结，下一件").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("审查申请材料 暂住证 申请人甲")
    assert state_of(hall_address, task) == "completed"


def test_what_the_server_finds_wrong_stands_at_its_field_and_nothing_is_lost(page: Page, hall_address: str) -> None:
    log_in(page, hall_address, WINDOW, "/app/clerk/file")
    page.get_by_label("按事项名称或编码查找").fill("暂住")
    page.get_by_role("button", name=re.compile("暂住证")).click()
    form = page.locator(".fjs-container")
    file = page.get_by_role("button", name="提交申请")
    file.click()
    expect(form.get_by_text("请填写此项。").first).to_be_visible()
    texts = {"姓名或者名称": "申请人乙", "公民身份号码": "110105194912310021", "联系电话": "13800000000"}
    texts |= {name: "样例街道一号" for name in ("住址或者住所", "户籍地址", "暂住地址", "房主或者单位")}
    for label, text in texts.items():
        form.get_by_label(label).first.fill(text)
    form.get_by_label("拟居住月数").fill("6")
    day = form.locator(".fjs-datepicker input").first
    day.fill("2036/3/1")
    day.press("Enter")
    form.locator(".fjs-select-display").click()
    form.locator(".fjs-dropdownlist-item").first.click()
    for box in form.locator(".fjs-form-field-checklist, .fjs-form-field-checkbox").get_by_role("checkbox").all():
        if "代理" not in (box.locator("xpath=ancestor::label | following-sibling::label").first.text_content() or ""):
            box.check()
    file.click()
    wrong = form.locator(".fjs-form-field").filter(has=page.get_by_label("公民身份号码"))
    expect(wrong.locator(".fjs-form-field-error")).to_be_visible()
    expect(form.get_by_label("姓名或者名称").first).to_have_value("申请人乙")
    form.get_by_label("公民身份号码").fill("11010519491231002X")
    file.click()
    expect(page.get_by_text("已收件").first).to_be_visible()
    expect(page.get_by_role("button", name="打印收件凭证")).to_be_visible()


def test_a_draft_keeps_itself(page: Page, hall_address: str, file_case: Any) -> None:
    task = file_case("申请人丙")
    open_task(page, hall_address, task)
    page.get_by_label("材料齐全、符合法定形式：受理").check()
    expect(page.get_by_text("草稿已保存")).to_be_visible()
    page.reload()
    expect(page.get_by_label("材料齐全、符合法定形式：受理")).to_be_checked()


def test_a_double_click_completes_once(page: Page, hall_address: str, file_case: Any) -> None:
    task = file_case("申请人丁")
    open_task(page, hall_address, task)
    accept(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/complete") else None)
    page.get_by_role("button", name="提交").dblclick()
    expect(page.get_by_text("已办结").first).to_be_visible()
    assert len(sent) == 1


def test_a_lost_connection_loses_nothing_and_the_second_press_is_the_same_command(
    page: Page, hall_address: str, file_case: Any
) -> None:
    task = file_case("申请人戊")
    open_task(page, hall_address, task)
    accept(page)
    keys: list[str] = []

    def lose(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        route.abort() if len(keys) <= 3 else route.continue_()

    page.route("**/complete", lose)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("网络连接中断，尚不知道是否已办理")).to_be_visible()
    expect(page.get_by_label("材料齐全、符合法定形式：受理")).to_be_checked()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已办结").first).to_be_visible()
    assert len(set(keys)) == 1


def test_an_expired_login_is_renewed_over_the_page(page: Page, hall_address: str, file_case: Any) -> None:
    task = file_case("申请人己")
    open_task(page, hall_address, task)
    accept(page)
    page.context.clear_cookies()
    page.get_by_role("button", name="提交").click()
    dialog = page.get_by_role("dialog", name="登录已过期")
    expect(dialog).to_be_visible()
    dialog.get_by_label("密码").fill("lianban-demo")
    dialog.get_by_role("button", name="登录").click()
    expect(page.get_by_text("已办结").first).to_be_visible()
    assert state_of(hall_address, task) == "completed"


def test_of_two_clerks_on_one_task_the_second_is_told(page: Page, hall_address: str, file_case: Any) -> None:
    task = file_case("申请人庚")
    open_task(page, hall_address, task)
    accept(page)
    Client(hall_address, COLLEAGUE).post(f"/api/user-tasks/{task['task_id']}/claim")
    page.get_by_role("button", name="提交").click()
    problem = page.get_by_role("alert").filter(has_text=COLLEAGUE)
    expect(problem).to_be_visible()
    expect(page.get_by_label("材料齐全、符合法定形式：受理")).to_be_checked()


def test_a_broken_server_is_said_in_words_that_help(page: Page, hall_address: str, file_case: Any) -> None:
    task = file_case("申请人辛")
    open_task(page, hall_address, task)
    accept(page)
    page.route("**/complete", lambda route: route.fulfill(status=500, content_type="text/html", body="<h1>oops</h1>"))
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("服务器暂时无法应答，内容都还在")).to_be_visible()
    page.unroute("**/complete")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已办结").first).to_be_visible()


def test_the_language_is_switched_and_remembered(page: Page, hall_address: str, file_case: Any) -> None:
    file_case("申请人壬")
    log_in(page, hall_address, WINDOW)
    expect(page.get_by_role("heading", level=1)).to_contain_text("待办")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Work list")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Work list")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("path", ["/app/clerk", "/app/clerk/file", "/app/clerk/cases"])
def test_the_pages_are_accessible_and_say_nothing_to_the_console(
    page: Page, hall_address: str, file_case: Any, path: str
) -> None:
    file_case("申请人癸")
    log_in(page, hall_address, WINDOW)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(hall_address + path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    assert said == []


def test_a_task_with_its_case_and_diagram_is_accessible(page: Page, hall_address: str, file_case: Any) -> None:
    open_task(page, hall_address, file_case("申请人子"))
    assert_accessible(page)
    page.get_by_role("tab", name="流程图").click()
    expect(page.locator(".djs-container")).to_be_visible()
    assert_accessible(page)


def test_the_first_page_is_light_and_asks_nobody_else(page: Page, hall_address: str) -> None:
    log_in(page, hall_address, WINDOW)
    sizes: list[int] = []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", "0"))))
    page.goto(f"{hall_address}/app/clerk")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < FIRST_PAGE_LIMIT
    assert {url for url in asked if not url.startswith(hall_address)} == set()
