"""A cashier opens the day and collects by a notice's code; keepers and finance read their registers."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import assert_accessible
from tests.browser.staff import log_in

REGISTERS = ("notices", "suspense", "days", "entries", "balance", "debts", "transfers", "fees", "waivers", "refunds", "tickets")


def test_a_cashier_opens_the_day_once(page: Page, hall_address: str) -> None:
    log_in(page, hall_address, "fund-cashier-1", "/app/money/day")
    page.get_by_role("button", name="开账").click()
    expect(page.get_by_role("button", name="开账")).to_be_enabled()
    page.goto(f"{hall_address}/app/money/days")
    expect(page.locator(".el-table__row").first).to_contain_text("fund-cashier-1")
    assert_accessible(page)


def test_a_code_nobody_issued_is_said_and_stays_to_be_corrected(page: Page, hall_address: str) -> None:
    log_in(page, hall_address, "fund-cashier-1", "/app/money")
    code = page.get_by_label("缴款通知书编号或者识别码")
    expect(code).to_be_focused()
    code.fill("00000000000000000000")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(code).to_have_value("00000000000000000000")
    assert_accessible(page)


@pytest.mark.parametrize("register", REGISTERS)
def test_the_registers_are_accessible(page: Page, hall_address: str, register: str) -> None:
    log_in(page, hall_address, "fund-cashier-1", f"/app/money/{register}")
    expect(page.locator(".el-table")).to_be_visible()
    expect(page.locator(".problem")).to_have_count(0)
    assert_accessible(page)


def test_a_keeper_works_where_cashiers_do_and_a_clerk_of_a_window_does_not(page: Page, hall_address: str) -> None:
    log_in(page, hall_address, "ticket-keeper-1", "/app/money/tickets")
    expect(page.get_by_role("button", name="领用到人")).to_be_visible()
    page.context.clear_cookies()
    log_in(page, hall_address, "window-police-1")
    expect(page.get_by_role("link", name="收款票据")).to_have_count(0)
