"""A cashier opens the day and collects by a notice's code; keepers and finance read their registers."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.charged import CASHIER, notice_of_a_case, stock_tickets
from tests.browser.conftest import assert_accessible
from tests.browser.staff import log_in

REGISTERS = ("notices", "suspense", "days", "entries", "balance", "debts", "transfers", "fees", "waivers", "refunds", "tickets")


def open_day(page: Page, address: str) -> None:
    """One test a worker opens it; for the others it is open."""
    log_in(page, address, CASHIER, "/app/money/day")
    page.get_by_role("button", name="开账").click()
    expect(page.get_by_text("办理成功").or_(page.get_by_role("alert")).first).to_be_visible()
    page.goto(f"{address}/app/money/days")
    expect(page.locator(".el-table__row").first).to_contain_text(CASHIER)


def test_a_cashier_opens_the_day_once(page: Page, hall_address: str) -> None:
    open_day(page, hall_address)
    assert_accessible(page)


def test_a_notice_is_collected_by_its_code_and_the_ticket_is_in_the_books(
    page: Page, hall_address: str, hall_database: str
) -> None:
    stock_tickets(hall_database)
    open_day(page, hall_address)
    number, code = notice_of_a_case(hall_address)
    page.goto(f"{hall_address}/app/money")
    expect(page.get_by_role("row").filter(has_text=number)).to_contain_text("¥10,800.00")
    page.get_by_role("button", name=code).click()
    expect(page.locator(".owed")).to_contain_text("应收 ¥10,800.00")
    assert_accessible(page)
    form = page.locator(".fjs-container")
    form.get_by_label("现金").check()
    form.locator(".fjs-form-field-select .fjs-input-group").click()
    page.get_by_text("专用票据", exact=True).last.click()
    form.get_by_label("票据号码（扫描）").fill("1")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已收款，票据已入账")).to_be_visible()
    expect(page.get_by_label("缴款通知书编号或者识别码")).to_be_focused()
    page.get_by_label("缴款通知书编号或者识别码").fill(code)
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_text("此通知书已缴清或者已作废")).to_be_visible()


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
