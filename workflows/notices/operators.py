"""What models call to give notice."""

import re

from sqlalchemy.orm import Session

from engine.core.values import Value, Variables
from engine.runtime.operators import OperatorCall, OperatorError, OperatorRegistry, context_of
from workflows.notices.gateways import MailServer, SmsGateway
from workflows.notices.kind import find
from workflows.notices.tables import notice, notice_dispatch

PHONE = re.compile(r"1\d{10}")
ADDRESS = re.compile(r"[^@\s<>\"']{1,64}@[^@\s<>\"']{1,190}")
NOT_CONFIGURED = "NOT_CONFIGURED"
"""BPMN error code: the installation has no gateway for the channel."""


def register(registry: OperatorRegistry) -> None:
    """Add ``notices.*`` to the operators models may name."""
    registry.local("notices.post", parameters=("to", "kind", "case", "data"))(post)
    registry.local("notices.record", parameters=("notice", "channel", "outcome", "detail"))(record)
    registry.remote("notices.send_sms", parameters=("notice", "phone", "text"), retries=8, backoff_seconds=30.0)(send_sms)
    registry.remote("notices.send_mail", parameters=("notice", "address", "title", "text"), retries=8, backoff_seconds=30.0)(
        send_mail
    )


def post(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Put a notice into the inbox: ``{"id", "title", "text", "phone", "address"}``.

    ``to`` is the applicant: ``account``, ``phone`` and ``email`` of it are used. ``phone`` and ``address`` of the answer are
    null where there is none that can be used.

    :raises Rejection: ``notice-kind-unknown``, ``notice-incomplete``.
    """
    kind, case = find(str(parameters.get("kind"))), str(parameters.get("case") or "")
    to, data = context_of(parameters.get("to")), context_of(parameters.get("data"))
    text = kind.said(case, data)
    row = {"id": call.job_id, "case_number": case, "kind": kind.key, "title": kind.title, "text": text, "posted_at": call.now}
    session.execute(notice.insert(), {**row, "recipient_account": to.get("account")})
    return {
        "id": call.job_id,
        "title": kind.title,
        "text": text,
        "phone": _matching(PHONE, to.get("phone")),
        "address": _matching(ADDRESS, to.get("email")),
    }


def record(session: Session, parameters: Variables, call: OperatorCall) -> Value:
    """Keep what became of a notice outside: ``outcome`` is ``sent``, ``failed`` or ``not-configured``."""
    row = {name: parameters.get(name) for name in ("channel", "outcome", "detail")}
    session.execute(notice_dispatch.insert(), {**row, "notice_id": parameters.get("notice"), "at": call.now})
    return None


def send_sms(parameters: Variables, call: OperatorCall) -> Value:
    """Send an SMS. ``notice`` is its id, the same however often it is tried.

    :raises OperatorError: ``NOT_CONFIGURED``.
    """
    gateway = SmsGateway.from_environment()
    if gateway is None:
        raise OperatorError(NOT_CONFIGURED, "LIANBAN_SMS_URL is not set")
    gateway.send(str(parameters["phone"]), str(parameters["text"]), f"{parameters['notice']}.sms")
    return "sent"


def send_mail(parameters: Variables, call: OperatorCall) -> Value:
    """Send a mail.

    :raises OperatorError: ``NOT_CONFIGURED``.
    """
    server = MailServer.from_environment()
    if server is None:
        raise OperatorError(NOT_CONFIGURED, "LIANBAN_SMTP_URL is not set")
    key = f"{parameters['notice']}.mail"
    server.send(str(parameters["address"]), str(parameters["title"]), str(parameters["text"]), key)
    return "sent"


def _matching(pattern: re.Pattern[str], value: object) -> str | None:
    return value if isinstance(value, str) and pattern.fullmatch(value) else None
