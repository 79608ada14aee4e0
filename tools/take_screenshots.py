"""Pictures of every workspace and public page of a hall that is running, for the documentation; best after `lianban demo`.

>>> python tools/take_screenshots.py http://127.0.0.1:8000
"""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PASSWORD = "lianban-demo"
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 780}
SETTLES = 1500
"""Milliseconds for charts and diagrams to come to rest after the network has."""


@dataclass(frozen=True)
class Picture:
    """A page as somebody sees it. ``follow``: what is clicked first, in order."""

    name: str
    address: str
    account: str | None = None
    follow: tuple[str, ...] = ()
    phone: bool = False


PICTURES = (
    Picture("public-home", "/"),
    Picture("public-home-phone", "/", phone=True),
    Picture("public-items", "/items"),
    Picture("public-screen", "/screen"),
    Picture("clerk-work-list", "/app/clerk", "committee"),
    Picture("clerk-task", "/app/clerk", "construction-examiner-1", (".el-table__row a >> nth=0", "text=流程图")),
    Picture("clerk-filing", "/app/clerk/file", "window-construction-1", (".items button",)),
    Picture("applicant-cases", "/app/my", "applicant"),
    Picture("auditor-replay", "/app/auditor", "auditor", (".el-table__row a",)),
    Picture("auditor-verification", "/app/auditor/verification", "auditor", ("text=核验全部哈希链 >> nth=-1",)),
    Picture("supervisor-overview", "/app/supervisor", "supervisor"),
    Picture("supervisor-heat-map", "/app/supervisor/heat", "supervisor"),
    Picture("supervisor-stuck", "/app/supervisor/stuck", "supervisor"),
    Picture("supervisor-cards", "/app/supervisor/cards", "supervisor"),
    Picture("supervisor-reports", "/app/supervisor/items", "supervisor"),
    Picture("designer-models", "/app/designer", "designer"),
    Picture(
        "designer-diagram",
        "/app/designer",
        "designer",
        ("text=户外广告登记", "[data-element-id=allot_number]"),
    ),
    Picture("designer-decision", "/app/designer", "designer", (".el-radio-button >> nth=1", "text=时钟亮灯（D9）")),
    Picture("designer-form", "/app/designer", "designer", (".el-radio-button >> nth=2", ".el-table__row a")),
    Picture("money-counter", "/app/money", "fund-cashier-1"),
    Picture("money-ledger", "/app/money/entries", "finance-ledger-officer"),
    Picture("money-tickets", "/app/money/tickets", "ticket-keeper-1"),
    Picture("administration-items", "/app/administration/items", "administrator"),
    Picture("administration-accounts", "/app/administration/accounts", "administrator"),
)


def take(address: str) -> None:
    """All of them; a page that is not there is said and left out."""
    FOLDER.mkdir(exist_ok=True)
    chromium = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"])
        for picture in PICTURES:
            print(picture.name, flush=True)
            _take(browser, address, picture)
        browser.close()


def _take(browser: Browser, address: str, picture: Picture) -> None:
    context = browser.new_context(
        viewport=PHONE if picture.phone else DESKTOP, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
    )
    page = context.new_page()
    if picture.account is not None:
        _log_in(page, address, picture.account)
    page.goto(address + picture.address)
    page.wait_for_load_state("networkidle")
    for selector in picture.follow:
        page.wait_for_timeout(SETTLES)
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLES)
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    context.close()


def _log_in(page: Page, address: str, account: str) -> None:
    page.goto(f"{address}/app/login")
    page.get_by_label("账号").fill(account)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator(".account").wait_for()


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
