"""A supervisor sees how the hall stands, frees stuck cases one by one and many at once, and reads the registers."""

import secrets
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible
from tests.browser.staff import Client, log_in
from tests.workflows import papers

PROCESS = "temporary_residence_permit"
REGISTERS = (
    "cards",
    "letters",
    "findings",
    "rules",
    "complaints",
    "ratings",
    "visits",
    "publications",
    "points",
    "windows",
    "items",
    "times",
    "lights",
    "fees",
    "meetings",
)


@pytest.fixture
def stuck(hall_address: str) -> Any:
    """Makes cases whose officer has left: their numbers."""

    def make(count: int) -> list[str]:
        administrator, supervisor = Client(hall_address, "administrator"), Client(hall_address, "supervisor")
        officer = f"left-{secrets.token_hex(4)}"
        password = secrets.token_hex(12)
        account = {"id": officer, "name": "已调离", "password": password, "roles": ["clerk"], "groups": []}
        administrator.post("/api/accounts", account)
        numbers = []
        for _ in range(count):
            body = {"process_key": PROCESS, "variables": papers.application(PROCESS)}
            task = Client(hall_address, "applicant").post("/api/process-instances", body)["user_tasks"][0]["task_id"]
            supervisor.post(f"/api/user-tasks/{task}/assign", {"assignee": officer, "reason": "试办"})
            numbers.append(supervisor.get(f"/api/user-tasks/{task}")["case_number"])
        administrator.post(f"/api/accounts/{officer}/disabling")
        return numbers

    return make


def test_the_overview_says_how_the_hall_stands(page: Page, hall_address: str, stuck: Any) -> None:
    stuck(1)
    log_in(page, hall_address, "supervisor", "/app/supervisor")
    expect(page.get_by_role("heading", name="大厅概况")).to_be_visible()
    assert int(page.locator(".figures .stuck strong").inner_text().rstrip("+")) > 0
    expect(page.get_by_role("img", name="今年收件最多的事项").locator("svg")).to_be_visible()
    page.get_by_text("以表格显示").last.click()
    expect(page.get_by_role("rowheader", name="暂住证").first).to_be_visible()
    assert_accessible(page)


def test_a_process_is_coloured_by_what_waits(page: Page, hall_address: str, stuck: Any) -> None:
    stuck(1)
    log_in(page, hall_address, "supervisor", "/app/supervisor/heat")
    expect(page.locator(".heat-value").first).to_be_visible()
    expect(page.locator("[class*=heat-5]").first).to_be_visible()
    page.get_by_text("最久等待（小时）").first.click()
    expect(page.get_by_role("table")).to_contain_text("起始时间")
    assert_accessible(page)


def test_a_stuck_case_is_given_to_somebody_else_after_a_look(page: Page, hall_address: str, stuck: Any) -> None:
    [number] = stuck(1)
    log_in(page, hall_address, "supervisor", "/app/supervisor/stuck")
    row = page.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text("没有启用的账号")
    row.get_by_role("button", name="改派他人办理").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("将由指定的人员办理")
    assert_accessible(page)
    dialog.get_by_label("改派给（账号）").fill("nobody-here")
    dialog.get_by_label("处理理由").fill("原承办人已调离")
    dialog.get_by_role("button", name="执行").click()
    expect(dialog.get_by_role("alert")).to_contain_text("账号")
    expect(dialog.get_by_label("处理理由")).to_have_value("原承办人已调离")
    dialog.get_by_label("改派给（账号）").fill("window-police-1")
    dialog.get_by_role("button", name="执行").click()
    expect(row).to_have_count(0)


def test_a_case_is_ended_with_a_look_at_what_ends_with_it(page: Page, hall_address: str, stuck: Any) -> None:
    [number] = stuck(1)
    log_in(page, hall_address, "supervisor", "/app/supervisor/stuck")
    row = page.get_by_role("row").filter(has_text=number)
    row.get_by_role("button", name="移动令牌到其他环节").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".djs-container")).to_be_visible()
    dialog.get_by_role("button", name="取消").click()
    expect(dialog).to_have_count(0)
    row.get_by_role("button", name="终止办件").click()
    expect(dialog.locator("li").first).to_be_visible()
    dialog.get_by_label("处理理由").fill("申请人已去世")
    dialog.get_by_role("button", name="执行").click()
    expect(row).to_have_count(0)


def test_many_are_freed_at_once_with_a_bar_that_says_how_far(page: Page, hall_address: str, stuck: Any) -> None:
    numbers = stuck(3)
    log_in(page, hall_address, "supervisor", "/app/supervisor/stuck")
    for number in numbers:
        page.get_by_role("row").filter(has_text=number).locator(".el-checkbox").click()
    page.get_by_label("处理理由").fill("原承办人已调离")
    page.get_by_label("改派给（账号）").fill("window-police-1")
    page.locator(".batch").get_by_role("button", name="改派他人办理").click()
    expect(page.locator(".batch [role=status]")).to_contain_text("成功3件，未成功0件")
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "100")
    for number in numbers:
        expect(page.get_by_role("row").filter(has_text=number)).to_have_count(0)


def test_a_case_goes_to_a_newer_version_after_a_look_at_its_deadlines(page: Page, hall_address: str) -> None:
    designer, name = Client(hall_address, "designer"), "entertainment_venue_permit"
    body = {"process_key": name, "variables": papers.application(name)}
    case = str(Client(hall_address, "applicant").post("/api/process-instances", body)["instance_id"])
    model = (
        (Path("bpmn_models") / name / f"{name}.bpmn")
        .read_bytes()
        .replace(b"</bpmn:documentation>", "。</bpmn:documentation>".encode(), 1)
    )
    designer.upload("/api/deployments", f"{name}.bpmn", model)
    log_in(page, hall_address, "supervisor", "/app/supervisor/migrate")
    page.get_by_role("combobox", name="流程").click()
    page.get_by_role("option", name="娱乐场所").click()
    row = page.get_by_role("row").filter(has_text=case)
    row.get_by_role("button", name="将会发生什么").click()
    expect(page.locator(".effect")).to_contain_text("将用的版本")
    assert_accessible(page)
    row.locator(".el-checkbox").click()
    page.get_by_label("处理理由").fill("新版本改正了说明")
    page.get_by_role("button", name="迁移选中的1件").click()
    expect(page.locator(".batch [role=status]")).to_contain_text("成功1件，未成功0件")
    expect(row).to_have_count(0)


@pytest.mark.parametrize("register", REGISTERS)
def test_the_registers_are_accessible(page: Page, hall_address: str, register: str) -> None:
    log_in(page, hall_address, "supervisor", f"/app/supervisor/{register}")
    expect(page.locator(".el-table")).to_be_visible()
    expect(page.locator(".problem")).to_have_count(0)
    assert_accessible(page)
