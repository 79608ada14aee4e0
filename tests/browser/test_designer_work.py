"""A process designer draws, checks, publishes and compares; decisions and forms are edited beside."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible
from tests.browser.staff import Client, log_in

DESIGNER = "designer"
PROCESS = "temporary_residence_permit"


def version_of(address: str, key: str, kind: str = "process-definitions") -> str:
    return str(Client(address, DESIGNER).get(f"/api/{kind}?key={key}")["items"][0]["id"])


def open_model(page: Page, address: str) -> None:
    log_in(page, address, DESIGNER, f"/app/designer/process/{version_of(address, PROCESS)}")
    expect(page.get_by_role("button", name="发布…")).to_be_enabled()


def choose(page: Page, element: str) -> None:
    page.locator(f".djs-element[data-element-id={element}]").first.click()


def test_models_are_listed_with_their_versions(page: Page, hall_address: str) -> None:
    log_in(page, hall_address, DESIGNER, "/app/designer")
    row = page.get_by_role("row").filter(has_text=PROCESS)
    expect(row).to_contain_text("暂住证")
    row.locator(".el-table__expand-icon").click()
    expect(page.locator(".versions li").first).to_contain_text("版本 1")
    assert_accessible(page)
    page.get_by_text("决策", exact=True).click()
    expect(page.get_by_role("link", name="时钟亮灯（D9）")).to_be_visible()


def test_a_finding_stands_on_its_element_and_leads_to_it(page: Page, hall_address: str) -> None:
    open_model(page, hall_address)
    choose(page, "allot_number")
    operator = page.get_by_label("服务操作")
    expect(operator).to_have_value("cases.allot_number")
    operator.fill("cases.no_such_thing")
    operator.press("Tab")
    expect(page.get_by_text("有未发布的更改")).to_be_visible()
    expect(page.locator(".findings li.error").first).to_contain_text("cases.no_such_thing")
    expect(page.locator(".finding-error[data-element-id=allot_number]")).to_be_visible()
    choose(page, "read_item")
    page.locator(".findings li.error button").first.click()
    expect(page.get_by_label("服务操作")).to_have_value("cases.no_such_thing")
    assert_accessible(page)
    page.get_by_role("button", name="发布…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("有错误，不能发布")
    expect(dialog.get_by_role("button", name="确定")).to_be_disabled()


def test_a_version_is_published_and_compared_with_the_one_before(page: Page, hall_address: str) -> None:
    before = version_of(hall_address, PROCESS)
    open_model(page, hall_address)
    choose(page, "decide")
    name = page.get_by_label("名称")
    changed = f"{name.input_value()}（改）"
    name.fill(changed)
    name.press("Tab")
    page.get_by_role("button", name="发布…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("发布以后提出的申请按新版本办理")
    expect(dialog.get_by_role("button", name="确定")).to_be_enabled()
    assert_accessible(page)
    dialog.get_by_role("button", name="确定").click()
    expect(page.get_by_text("已发布：暂住证")).to_be_visible()
    after = version_of(hall_address, PROCESS)
    assert after != before
    page.goto(f"{hall_address}/app/designer/compare/{after}")
    expect(page.locator(".compared .djs-container")).to_have_count(2)
    expect(page.locator(".difference-changed").first).to_be_visible()
    said = page.get_by_role("row").filter(has_text="更改")
    expect(said).to_contain_text("名称")
    expect(said.get_by_role("cell").last).to_have_text(changed)
    assert_accessible(page)


def test_a_condition_is_written_with_its_mistakes_shown(page: Page, hall_address: str) -> None:
    open_model(page, hall_address)
    choose(page, "result_to_end_granted_label")
    condition = page.get_by_role("textbox", name="条件（FEEL）")
    expect(condition).to_contain_text('decision.result = "granted"')
    condition.press("End")
    condition.press_sequentially(" and (")
    expect(page.locator("[class*=cm-lint][class*=error]").first).to_be_visible()
    condition.press_sequentially("true)")
    expect(page.locator("[class*=cm-lint][class*=error]")).to_have_count(0)
    page.get_by_label("名称").click()
    expect(page.get_by_text("有未发布的更改")).to_be_visible()


def test_a_new_process_begins_with_a_diagram_that_can_be_checked(page: Page, hall_address: str) -> None:
    log_in(page, hall_address, DESIGNER, "/app/designer/new")
    choose(page, "task")
    page.get_by_label("候选组").fill("committee")
    page.get_by_label("候选组").press("Tab")
    page.get_by_role("button", name="检查").click()
    expect(page.locator(".findings")).to_contain_text("检查发现")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_decisions_and_forms_are_edited(page: Page, hall_address: str) -> None:
    decision = version_of(hall_address, "clock_light", "decision-definitions")
    log_in(page, hall_address, DESIGNER, f"/app/designer/decision/{decision}")
    expect(page.locator(".dmn-decision-table-container")).to_contain_text("法定期限剩余")
    page.get_by_role("button", name="检查").click()
    expect(page.locator(".findings")).to_be_visible()
    assert_accessible(page)
    form = version_of(hall_address, "decision_draft", "forms")
    page.goto(f"{hall_address}/app/designer/form/{form}")
    expect(page.locator(".fjs-editor-container")).to_contain_text("查明的事实")
    page.get_by_role("button", name="检查").click()
    expect(page.locator(".findings")).to_contain_text("可以发布")
    assert_accessible(page)


def test_work_that_was_not_published_is_there_again(page: Page, hall_address: str) -> None:
    open_model(page, hall_address)
    choose(page, "allot_number")
    name = page.get_by_label("名称")
    name.fill("编号（未发布）")
    name.press("Tab")
    expect(page.locator(".findings")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="继续编辑").click()
    expect(page.get_by_text("有未发布的更改")).to_be_visible()
    choose(page, "allot_number")
    expect(page.get_by_label("名称")).to_have_value("编号（未发布）")
    assert_accessible(page)
    page.reload()
    page.get_by_role("button", name="放弃").click()
    choose(page, "allot_number")
    expect(page.get_by_label("名称")).not_to_have_value("编号（未发布）")


def test_the_panel_offers_what_the_hall_has(page: Page, hall_address: str) -> None:
    open_model(page, hall_address)
    choose(page, "allot_number")
    operator = page.get_by_label("服务操作")
    expect(page.locator(f"#{operator.get_attribute('list')} option[value='cases.record']")).to_have_count(1)
    operator.fill("cases.record")
    operator.press("Tab")
    page.get_by_role("button", name="+ status").click()
    expect(page.get_by_label("status", exact=True)).to_be_visible()
    page.locator(".djs-element[data-element-id=temporary_residence_permit_pool] .djs-hit-all").first.click()
    expect(page.get_by_label("外来变量")).to_be_visible()
