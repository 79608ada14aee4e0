"""What an operator may set about the doors, beside :mod:`engine.runtime.settings`; all of it from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from api.secret_key import secret_key

PUBLIC_RATE = "120 per minute"
INSTALLATION = Path(__file__).resolve().parent.parent
"""Where the program lies, with the models that come with it."""


@dataclass(frozen=True)
class DoorSettings:
    """Sizes in bytes, times in seconds."""

    secret_key: str = field(repr=False)
    """``LIANBAN_SECRET_KEY``: signs CSRF tokens. Without it, the key in ``var/secret_key`` (made on first start)."""
    secure_cookies: bool = False
    """``LIANBAN_SECURE_COOKIES``: 1 behind HTTPS, so that browsers never send the session in the clear."""
    max_body: int = 1_000_000
    """``LIANBAN_MAX_BODY``: largest JSON body."""
    max_upload: int = 8_000_000
    """``LIANBAN_MAX_UPLOAD``: largest deployment, and largest upload of attachments."""
    max_headers: int = 16_384
    """``LIANBAN_MAX_HEADERS``: largest sum of all request headers."""
    max_export_rows: int = 100_000
    """``LIANBAN_MAX_EXPORT_ROWS``: rows of one CSV or JSON export."""
    public_rate: str = ""
    """``LIANBAN_PUBLIC_RATE``: how often an address may ask public endpoints; 120 per minute unless set, "" never counts."""
    threads: int = 0
    """``LIANBAN_THREADS``: requests a process works on at once; 0: twice the processors and one."""
    models: Path = INSTALLATION / "bpmn_models"
    """``LIANBAN_MODELS``: folder of process models deployed at every start."""
    forms: Path = INSTALLATION / "forms" / "definitions"
    """``LIANBAN_FORMS``: folder of form definitions deployed with them."""
    sample: bool = True
    """``LIANBAN_SAMPLE``: 0 leaves out the sample catalogue and accounts on first start."""
    application: Path = INSTALLATION / "api" / "static" / "app"
    """``LIANBAN_APPLICATION``: folder of the built browser application."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the process's environment; makes the secret key if there is none.

        :raises ValueError: a variable is set to something that is not a number where one is expected.
        """
        given = os.environ if environment is None else environment
        return cls(
            secret_key=secret_key(given),
            secure_cookies=given.get("LIANBAN_SECURE_COOKIES", "0") not in ("", "0"),
            max_body=_count(given, "LIANBAN_MAX_BODY", cls.max_body),
            max_upload=_count(given, "LIANBAN_MAX_UPLOAD", cls.max_upload),
            max_headers=_count(given, "LIANBAN_MAX_HEADERS", cls.max_headers),
            max_export_rows=_count(given, "LIANBAN_MAX_EXPORT_ROWS", cls.max_export_rows),
            public_rate=given.get("LIANBAN_PUBLIC_RATE", PUBLIC_RATE),
            threads=_count(given, "LIANBAN_THREADS", cls.threads),
            models=Path(given.get("LIANBAN_MODELS") or cls.models),
            forms=Path(given.get("LIANBAN_FORMS") or cls.forms),
            application=Path(given.get("LIANBAN_APPLICATION") or cls.application),
            sample=given.get("LIANBAN_SAMPLE", "1") not in ("", "0"),
        )


def _count(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name)
    if not text:
        return default
    if not text.isdecimal():
        raise ValueError(f"Expected {name} to be a whole number, but it is {text!r}.")
    return int(text)
