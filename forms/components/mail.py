"""The two ``validationType`` checks of form-js: e-mail addresses and international phone numbers."""

import re

_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_DOMAIN_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_INTERNATIONAL_NUMBER = re.compile(r"(?:\+|00)[1-9][0-9]{6,14}")


def is_email(text: str) -> bool:
    """True for an address as HTML's ``input type=email`` takes it, of at most 254 characters (RFC 5321)."""
    mailbox, at, domain = text.rpartition("@")
    return (
        len(text) <= 254
        and at == "@"
        and _MAILBOX.fullmatch(mailbox) is not None
        and all(_DOMAIN_LABEL.fullmatch(label) for label in domain.split("."))
    )


def is_international_number(text: str) -> bool:
    """True for a number with country code after + or 00, of at most 15 digits (ITU-T E.164)."""
    return _INTERNATIONAL_NUMBER.fullmatch(text) is not None
