"""The administration: accounts are opened and closed, and the registers of the hall are read."""

import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible
from tests.browser.staff import log_in

REGISTERS = (
    "items",
    "departments",
    "windows",
    "duty",
    "staff",
    "leave",
    "allowances",
    "skills",
    "matrix",
    "letters",
    "authority",
    "seals",
    "rules",
    "calendar",
    "external",
)


def test_an_account_is_opened_and_closed(page: Page, hall_address: str) -> None:
    account = f"officer-{secrets.token_hex(4)}"
    log_in(page, hall_address, "administrator", "/app/administration/accounts")
    page.get_by_role("button", name="新建账号").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="账号").fill(account)
    dialog.get_by_role("textbox", name="名称").fill("复核人员")
    dialog.get_by_role("textbox", name="密码").fill("short")
    dialog.locator(".el-form-item").filter(has_text="角色").locator(".el-select").click()
    page.get_by_role("option", name="审计人员").click()
    dialog.get_by_role("textbox", name="名称").click()
    dialog.get_by_role("button", name="确定").click()
    expect(dialog).to_contain_text("密码")
    expect(dialog.get_by_role("textbox", name="账号")).to_have_value(account)
    dialog.get_by_role("textbox", name="密码").fill("a-long-password")
    dialog.get_by_role("button", name="确定").click()
    expect(dialog).to_have_count(0)
    page.get_by_label("账号或者名称").fill(account)
    page.get_by_role("button", name="查询").click()
    row = page.locator(".el-table__row").filter(has_text=account)
    expect(row).to_contain_text("审计人员")
    row.get_by_role("button", name="停用").click()
    page.get_by_role("dialog").get_by_role("button", name="确定").click()
    expect(row.get_by_role("button", name="启用")).to_be_visible()
    expect(page.locator(".el-message")).to_have_count(0)
    assert_accessible(page)


def test_the_item_is_read_whole(page: Page, hall_address: str) -> None:
    log_in(page, hall_address, "administrator", "/app/administration/items")
    page.get_by_role("button", name="查看").first.click()
    expect(page.get_by_role("dialog").locator("dl")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("register", REGISTERS)
def test_the_registers_are_accessible(page: Page, hall_address: str, register: str) -> None:
    log_in(page, hall_address, "administrator", f"/app/administration/{register}")
    expect(page.locator(".el-table")).to_be_visible()
    expect(page.locator(".problem")).to_have_count(0)
    assert_accessible(page)
