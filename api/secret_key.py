"""The key that signs CSRF tokens: from the environment, or made once and kept where only the owner of the process reads it.

Several nodes must share one key: set ``LIANBAN_SECRET_KEY`` there.
"""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

KEY_FILE = "secret_key"
MIN_LENGTH = 32


def secret_key(environment: Mapping[str, str]) -> str:
    """``LIANBAN_SECRET_KEY``, else the content of ``secret_key`` in the folder ``LIANBAN_VAR`` (``var``), made with mode 600
    if it is not there.

    :raises ValueError: the key is shorter than :data:`MIN_LENGTH` characters.
    """
    given = environment.get("LIANBAN_SECRET_KEY")
    key = given if given else _kept(Path(environment.get("LIANBAN_VAR") or "var") / KEY_FILE)
    if len(key) < MIN_LENGTH:
        raise ValueError(f"Expected a secret key of at least {MIN_LENGTH} characters, but it is shorter.")
    return key


def _kept(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=KEY_FILE)  # readable by its owner only
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(fresh, path)  # atomic: of two first starts one wins, and both read the same key
        os.unlink(fresh)
    return path.read_text().strip()
