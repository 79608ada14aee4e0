"""The key that signs CSRF tokens: from the environment, or made once and kept where only the owner of the process reads it.

Several nodes must share one key: set ``LIANBAN_SECRET_KEY`` there.
"""

import os
import secrets
from collections.abc import Mapping
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
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{KEY_FILE}.{os.getpid()}")
    if not path.exists():
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)  # atomic: of two first starts one wins, and both read the same key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
