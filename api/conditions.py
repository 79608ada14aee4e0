"""The headers that make a write safe to repeat and safe against surprise: ``Idempotency-Key`` and ``If-Match``.

``Idempotency-Key`` becomes the command's id, put under the account's name, so that two people cannot meet in one key.
``If-Match`` holds the version of the case the caller saw; if it has moved on, the answer is 412 and nothing happens. Both may
be left out.
"""

import re
import secrets

from flask import request

from api.door import login
from engine.core.rejection import Rejection

MAX_KEY = 128
KEY = re.compile(r"[\x21-\x2e\x30-\x7e]{1,128}")
"""No slash: the runtime uses it to number the commands that follow from one."""
ETAG = re.compile(r'"([0-9]{1,15})"')


def command_id() -> str:
    """The id of the command this request gives.

    :raises Rejection: ``idempotency-key-invalid``.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return f"{login().account.id}:{secrets.token_hex(16)}"
    if len(key) > 2 and key[0] == key[-1] == '"':  # a structured-field string, as the draft standard writes it
        key = key[1:-1]
    if not KEY.fullmatch(key):
        raise Rejection("idempotency-key-invalid", length=MAX_KEY)
    return f"{login().account.id}:{key}"


def expected_version() -> int | None:
    """The version the caller saw, or None for whatever it is.

    :raises Rejection: ``if-match-invalid``.
    """
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return None
    found = ETAG.fullmatch(header.strip())
    if found is None:
        raise Rejection("if-match-invalid")
    return int(found[1])
