"""The browser application as the server gives it: one page for every address, files that may be kept, and a strict policy."""

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.application import create_app
from tests.api.doors import Hall

PAGE = '<meta name="style-nonce" content="__STYLE_NONCE__"><div id="application"></div>'
SCRIPT = "export const hall = 1\n" * 100


@pytest.fixture
def built(tmp_path: Path) -> Path:
    assets = tmp_path / "assets"
    assets.mkdir()
    (tmp_path / "index.html").write_text(PAGE)
    (assets / "main-1a2b.js").write_text(SCRIPT)
    (assets / "main-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (assets / "icon-1a2b.svg").write_text("<svg/>")
    return tmp_path


@pytest.fixture
def browser(door: Hall, built: Path) -> FlaskClient:
    return create_app(door.runtime, replace(door.settings, application=built)).test_client()


@pytest.mark.parametrize("address", ["/app/", "/app/clerk", "/app/auditor/cases/2026-1"])
def test_every_address_of_the_application_is_its_page(browser: FlaskClient, address: str) -> None:
    answer = browser.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert 'id="application"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_style_sheets_with_the_nonce_of_this_answer_may_be_added(browser: FlaskClient) -> None:
    first, second = browser.get("/app/"), browser.get("/app/")
    nonces = [re.search(r'content="([\w-]+)"', answer.text) for answer in (first, second)]
    assert nonces[0] is not None
    assert nonces[1] is not None
    assert nonces[0][1] != nonces[1][1]
    policy = first.headers["Content-Security-Policy"]
    assert f"style-src 'self' 'nonce-{nonces[0][1]}'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_built_files_may_be_kept_for_ever(browser: FlaskClient) -> None:
    answer = browser.get("/app/assets/icon-1a2b.svg", buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "no-store" not in answer.headers["Cache-Control"]


def test_a_file_is_compressed_for_whoever_takes_it(browser: FlaskClient) -> None:
    squeezed = browser.get("/app/assets/main-1a2b.js", headers={"Accept-Encoding": "br, gzip"}, buffered=True)
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert squeezed.mimetype == "text/javascript"
    assert gzip.decompress(squeezed.data).decode() == SCRIPT
    plain = browser.get("/app/assets/main-1a2b.js", buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert plain.text == SCRIPT
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("name", ["none.js", "../index.html", "%2e%2e/index.html", "..%2f..%2fsecret_key"])
def test_nothing_beside_the_built_files_is_given(browser: FlaskClient, name: str) -> None:
    assert (
        browser.get(f"/app/assets/{name}").status_code in {404, 308}
        or 'id="application"' in browser.get(f"/app/assets/{name}").text
    )


def test_a_hall_where_it_was_not_built_says_so(door: Hall, tmp_path: Path) -> None:
    client = create_app(door.runtime, replace(door.settings, application=tmp_path)).test_client()
    answer = client.get("/app/")
    assert (answer.status_code, answer.json["code"]) == (503, "browser-application-missing")
