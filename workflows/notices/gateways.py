"""What leaves the house: an SMS through a gateway's HTTP interface, a mail through an SMTP server.

Both get an id that stays the same when a job is tried again, so a gateway that took the first try does not send twice.
Settings come from the environment; a channel without settings is not used, and the notice says so.
"""

import json
import os
import smtplib
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate
from typing import Self
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """A gateway that takes ``POST {"id", "phone", "text"}`` as JSON and answers 2xx."""

    url: str
    token: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self | None:
        """``LIANBAN_SMS_URL`` and ``LIANBAN_SMS_TOKEN``; None if there is no gateway.

        :raises ValueError: the address is neither http nor https.
        """
        given = os.environ if environment is None else environment
        url = given.get("LIANBAN_SMS_URL", "")
        if not url:
            return None
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError("Expected LIANBAN_SMS_URL to begin with http:// or https://, but it does not.")
        return cls(url, given.get("LIANBAN_SMS_TOKEN", ""))

    def send(self, phone: str, text: str, key: str) -> None:
        """:raises OSError: the gateway cannot be reached, or does not take it."""
        body = json.dumps({"id": key, "phone": phone, "text": text}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(self.url, data=body, headers=headers, method="POST")  # noqa: S310 (scheme checked)
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            answer.read(1000)


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server, by ``smtp://user:password@host:port`` (``smtps://`` for TLS from the start)."""

    url: str = field(repr=False)
    sender: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self | None:
        """``LIANBAN_SMTP_URL`` and ``LIANBAN_MAIL_FROM``; None if there is no server."""
        given = os.environ if environment is None else environment
        url = given.get("LIANBAN_SMTP_URL", "")
        return cls(url, given.get("LIANBAN_MAIL_FROM") or "lianban@localhost") if url else None

    def send(self, address: str, title: str, text: str, key: str) -> None:
        """:raises OSError: the server cannot be reached, or does not take it (smtplib's errors are OSErrors)."""
        where = urlsplit(self.url)
        connect = smtplib.SMTP_SSL if where.scheme == "smtps" else smtplib.SMTP
        with connect(where.hostname or "localhost", where.port or 0, timeout=TIMEOUT_SECONDS) as server:
            if where.scheme != "smtps" and server.has_extn("starttls"):
                server.starttls()
            if where.username:
                server.login(unquote(where.username), unquote(where.password or ""))
            server.send_message(self._message(address, title, text, key))

    def _message(self, address: str, title: str, text: str, key: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, address, title
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{key}@lianban>"
        message.set_content(text)
        return message
