"""People of the hall at their browsers, and cases for them to work on, filed over HTTP as anybody would."""

import json
import urllib.request
from http.cookiejar import CookieJar
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, missing
from workflows.sample import PASSWORD

BUILT = ROOT / "api" / "static" / "app" / "index.html"


def require_application() -> None:
    """The built application, or the sentence that says how to get it."""
    if not BUILT.exists():
        missing("The browser application is not built: make web")


def log_in(page: Page, address: str, account: str, path: str = "/app/") -> None:
    """From the login page to a page of the application."""
    require_application()
    page.goto(f"{address}/app/login?next={path.removeprefix('/app')}")
    page.get_by_label("账号").fill(account)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".account")).to_be_visible()


class Client:
    """Somebody's session over HTTP, beside the browser."""

    def __init__(self, address: str, account: str) -> None:
        self._address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._csrf = ""
        self._csrf = str(self.post("/api/session", {"account": account, "password": PASSWORD})["csrf_token"])

    def get(self, path: str) -> Any:
        return self._ask("GET", path, None)

    def post(self, path: str, body: Any = None) -> Any:
        return self._ask("POST", path, body)

    def upload(self, path: str, name: str, content: bytes) -> Any:
        """One file, as a form in a browser sends it."""
        boundary = "hall-upload"
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "X-CSRF-Token": self._csrf}
        with self._opener.open(urllib.request.Request(self._address + path, body, headers)) as answer:
            return json.loads(answer.read())

    def _ask(self, method: str, path: str, body: Any) -> Any:
        headers = {"Content-Type": "application/json", "X-CSRF-Token": self._csrf}
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._address + path, content, headers, method=method)
        with self._opener.open(request) as answer:
            text = answer.read()
        return json.loads(text) if text else None
