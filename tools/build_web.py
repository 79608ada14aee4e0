"""Builds the browser application into ``api/static/app``, when its sources or the API changed.

>>> python tools/build_web.py            # build
>>> python tools/build_web.py --check    # types, lint and unit tests of the browser application too
"""

import gzip
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from api.openapi import write_document  # noqa: E402  (a script finds the project by its own place)
from tools.javascript import JavaScriptMissing, install, npm  # noqa: E402

WEB = ROOT / "web"
BUILT = ROOT / "api" / "static" / "app"
MARK = BUILT / ".sources"
SOURCES = ("src/**/*", "public/**/*", "*.json", "*.ts", "*.js", "index.html")
GENERATED = ("src/api/schema.d.ts", "src/api/contract.json")


def build(check: bool = False) -> None:
    """Install what is missing, write the API's description, and build if anything differs from the last time.

    :raises JavaScriptMissing: there is no Node, or npm cannot install.
    :raises SystemExit: the build or a check failed; it has said why.
    """
    write_document(WEB / "openapi.json")
    state = _state()
    if not check and MARK.exists() and MARK.read_text() == state:
        return
    install(WEB)
    for script in ("api", *(("check", "test") if check else ()), "build"):
        print(f"web: npm run {script}", flush=True)
        if subprocess.run([*npm(), "run", "--silent", script], cwd=WEB, check=False).returncode:
            raise SystemExit(f"The browser application could not be built: npm run {script} failed in {WEB.name}/.")
    _compress()
    MARK.write_text(state)


def _compress() -> None:
    """Leave a compressed copy beside each file that gains by it; the server has no time for that."""
    for file in (BUILT / "assets").iterdir():
        content = file.read_bytes()
        squeezed = gzip.compress(content, mtime=0)
        if len(squeezed) < 0.9 * len(content):
            file.with_name(f"{file.name}.gz").write_bytes(squeezed)


def _state() -> str:
    """A digest of everything the build reads."""
    digest = hashlib.sha256()
    files = {file for pattern in SOURCES for file in WEB.glob(pattern) if file.is_file()}
    for file in [Path(__file__), *sorted(files - {WEB / name for name in GENERATED})]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    try:
        if "--clean" in sys.argv:
            shutil.rmtree(BUILT, ignore_errors=True)
        build(check="--check" in sys.argv)
    except JavaScriptMissing as reason:
        raise SystemExit(str(reason)) from None
