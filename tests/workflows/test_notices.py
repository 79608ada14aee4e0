"""Notices: in the inbox with the step, outside by real gateways, each once, and none that says too much."""

import email
import json
import socket
import threading
from collections.abc import Iterator
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from engine.core.rejection import Rejection
from engine.runtime.deployments import ResourceFile
from engine.runtime.operators import OperatorRegistry
from tests.core.sketch import bpmn
from tests.runtime.halls import CLERK, Hall
from workflows.notices import register
from workflows.notices.kind import KINDS, NoticeKind, kinds
from workflows.notices.tables import notice, notice_dispatch

POSTING = """
    start s
    service post operator=notices.post into=posted {post}
    service sms operator=notices.send_sms into=sent {sms}
    boundary none on=sms error=NOT_CONFIGURED
    service mail operator=notices.send_mail into=mailed {mail}
    end e
    end e2
    s -> post -> mail -> sms -> e
    none -> e2
""".format(
    post='param_to="=to" param_kind="=kind" param_case="=number" param_data="=data"',
    sms='param_notice="=posted.id" param_phone="=posted.phone" param_text="=posted.text"',
    mail='param_notice="=posted.id" param_address="=posted.address" param_title="=posted.title" param_text="=posted.text"',
)
APPLICANT = {"account": "applicant", "phone": "13800000000", "email": "applicant@example.com"}
DATA = {"item": "户外广告登记", "missing": ["场地使用协议", "广告样件"]}


class Mails:
    """A mail server's other end."""

    def __init__(self) -> None:
        self.received: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.received.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mails]:
    handler = Mails()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("LIANBAN_SMTP_URL", f"smtp://127.0.0.1:{port}")
    yield handler
    controller.stop()


class SmsHandler(BaseHTTPRequestHandler):
    """A gateway that is down for the first request."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({**body, "token": self.headers["Authorization"]})  # type: ignore[attr-defined]
        self.send_response(503 if len(self.server.asked) == 1 else 200)  # type: ignore[attr-defined]
        self.end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), SmsHandler)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("LIANBAN_SMS_URL", f"http://127.0.0.1:{server.server_port}/send")
    monkeypatch.setenv("LIANBAN_SMS_TOKEN", "secret")
    yield server.asked  # type: ignore[attr-defined]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    registry = OperatorRegistry()
    register(registry)
    made = Hall(database_url, registry)
    made.deploy(POSTING)
    yield made
    made.close()


def give(hall: Hall, process_key: str = "p", **variables: Any) -> str:
    given = {"to": APPLICANT, "kind": "correction", "number": "C-1", "data": DATA, **variables}
    return hall.start(given, process_key=process_key).instance_id


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.key)
def test_every_kind_fits_into_two_sms_and_names_the_case(kind: NoticeKind) -> None:
    assert (KINDS / f"{kind.key}.yaml").exists()
    assert "{case}" in kind.text
    assert len(kind.text) <= 134


def test_a_notice_is_in_the_inbox_at_once_and_goes_out_when_the_gateways_take_it(
    hall: Hall, mails: Mails, gateway: list[dict[str, Any]]
) -> None:
    give(hall)
    with hall.runtime.registers.read() as session:
        [row] = session.execute(select(notice)).all()
    assert (row.recipient_account, row.case_number, row.title) == ("applicant", "C-1", "一次性补正")
    assert row.text == "办件C-1（户外广告登记）需要补正：场地使用协议、广告样件。请到窗口领取补正告知书。"
    hall.runtime.run_due()
    assert len(gateway) == 1, "it was down"
    hall.wait(minutes=1)
    assert [(one["phone"], one["text"], one["token"]) for one in gateway] == [("13800000000", row.text, "Bearer secret")] * 2
    assert len({one["id"] for one in gateway}) == 1, "the gateway can tell that it is the same"
    [mail] = mails.received
    assert (mail["To"], mail["Subject"], mail.get_content().strip()) == ("applicant@example.com", "一次性补正", row.text)
    assert mail["Message-ID"] == f"<{row.id}.mail@lianban>"


THROWING = """
    start s
    throw say message=applicant-notice key="=number" payload="={to: to, kind: kind, case: number, data: data}"
    user on groups=g
    end e
    s -> say -> on -> e
"""
PROCESS = Path(__file__).parents[2] / "bpmn_models" / "applicant_notice" / "applicant_notice.bpmn"


def test_a_case_gives_notice_and_goes_on_whatever_becomes_of_it(
    hall: Hall, mails: Mails, gateway: list[dict[str, Any]]
) -> None:
    hall.runtime.deployments.deploy([ResourceFile("tell.bpmn", bpmn(THROWING, "tell")), read(PROCESS)], CLERK)
    case = give(hall, process_key="tell")
    assert [task.element_id for task in hall.tasks(instance_id=case)] == ["on"], "it waits for no gateway"
    hall.runtime.run_due()
    hall.wait(minutes=5)
    assert (len(mails.received), len(gateway)) == (1, 2)
    with hall.runtime.registers.read() as session:
        outcomes = session.execute(select(notice_dispatch.c.channel, notice_dispatch.c.outcome)).all()
    assert sorted(map(tuple, outcomes)) == [("mail", "sent"), ("sms", "sent")]


def read(path: Path) -> ResourceFile:
    return ResourceFile(path.name, path.read_bytes())


def test_without_a_gateway_the_model_is_told(hall: Hall, mails: Mails) -> None:
    case = give(hall)
    hall.runtime.run_due()
    assert hall.status(case) == "completed"


def test_a_notice_that_would_say_nothing_refuses_the_step(hall: Hall) -> None:
    for variables, code in (({"data": {"item": "x"}}, "notice-incomplete"), ({"kind": "none"}, "notice-kind-unknown")):
        with pytest.raises(Rejection) as refused:
            give(hall, **variables)
        assert refused.value.code == code


@pytest.mark.parametrize("to", [{"phone": "138\r\nX"}, {"email": "a@b\r\nBcc: c@d"}, {"phone": 13800000000}, "nobody"])
def test_an_address_that_is_none_is_not_used(hall: Hall, to: Any) -> None:
    case = give(hall, to=to)
    posted = hall.variables(case)["posted"]
    assert (posted["phone"], posted["address"]) == (None, None)
