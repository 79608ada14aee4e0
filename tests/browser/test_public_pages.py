"""The public pages in a real browser: at both sizes, in both languages, without script, by keyboard."""

from playwright.sync_api import Page


def test_the_server_answers(page: Page, hall_address: str) -> None:
    page.goto(f"{hall_address}/")
    assert page.title()
