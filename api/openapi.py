"""The OpenAPI document as a file, for programs that are generated from it. No database is touched."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from api.application import create_app
from api.documentation import EXTENSION
from api.installation import open_runtime
from api.settings import DoorSettings
from engine.runtime.settings import Settings


def document() -> dict[str, Any]:
    """The whole document, as ``/api/openapi.json`` answers it."""
    with TemporaryDirectory() as folder:
        runtime = open_runtime(Settings(database_url=f"sqlite:///{folder}/none.db"))
        try:
            app = create_app(runtime, DoorSettings(secret_key="0" * 40))
            found: dict[str, Any] = app.extensions[EXTENSION].document()
            return found
        finally:
            runtime.stop()


def write_document(file: Path) -> None:
    """Write it, if it differs from what the file holds."""
    text = json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if not file.exists() or file.read_text() != text:
        file.write_text(text)
