"""An auditor replays a case in a real browser, refused attempts included, and has the chains computed again."""

import urllib.error
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible
from tests.browser.staff import Client, log_in
from tests.workflows import papers

PROCESS = "temporary_residence_permit"


@pytest.fixture
def case(hall_address: str) -> dict[str, Any]:
    """A case of which somebody of another window tried to complete the examination."""
    body = {"process_key": PROCESS, "variables": papers.application(PROCESS)}
    receipt = dict(Client(hall_address, "applicant").post("/api/process-instances", body))
    task = receipt["user_tasks"][0]["task_id"]
    with pytest.raises(urllib.error.HTTPError):
        Client(hall_address, "window-health-1").post(f"/api/user-tasks/{task}/complete", {"variables": {}})
    return receipt


def test_a_case_is_replayed_step_by_step(page: Page, hall_address: str, case: dict[str, Any]) -> None:
    log_in(page, hall_address, "auditor", f"/app/auditor/replay/{case['instance_id']}")
    position = page.locator("[role=status].number")
    expect(position).to_contain_text("步，共")
    expect(page.locator(".djs-container")).to_be_visible()
    refused = page.locator(".steps button.refused")
    expect(refused).to_contain_text("window-health-1")
    refused.click()
    expect(page.get_by_text("被拒绝").first).to_be_visible()
    expect(page.locator("p.wrong")).to_contain_text("办理范围")
    page.locator(".steps button").first.click()
    expect(position).to_contain_text("第1步")
    expect(page.get_by_role("row").filter(has_text="applicant").first).to_contain_text("有变化")
    page.get_by_role("button", name="下一步").click()
    expect(position).to_contain_text("第2步")
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("End")
    expect(page.get_by_role("button", name="下一步")).to_be_disabled()
    page.get_by_role("button", name="播放").click()
    expect(position).to_contain_text("第1步")
    expect(position).to_contain_text("第2步")
    assert_accessible(page)


def test_the_diagram_is_told_as_a_table_too(page: Page, hall_address: str, case: dict[str, Any]) -> None:
    log_in(page, hall_address, "auditor", f"/app/auditor/replay/{case['instance_id']}")
    page.get_by_text("以表格显示").click()
    expect(page.get_by_role("cell", name="正在办理").first).to_be_visible()


def test_chains_are_computed_again(page: Page, hall_address: str, case: dict[str, Any]) -> None:
    log_in(page, hall_address, "auditor", f"/app/auditor/replay/{case['instance_id']}")
    page.get_by_role("button", name="核验本件").click()
    expect(page.get_by_text("哈希链完整，重演与记录一致")).to_be_visible()
    page.goto(f"{hall_address}/app/auditor/verification")
    page.get_by_role("button", name="核验全部哈希链").click()
    expect(page.get_by_text("全部完整")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("path", ["", "/instances", "/log"])
def test_the_lists_are_accessible(page: Page, hall_address: str, case: dict[str, Any], path: str) -> None:
    log_in(page, hall_address, "auditor", f"/app/auditor{path}")
    expect(page.locator(".el-table__row").first).to_be_visible()
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出").click()
        page.get_by_role("menuitem", name="Excel表格").click()
    assert download.value.suggested_filename.endswith(".xlsx")
