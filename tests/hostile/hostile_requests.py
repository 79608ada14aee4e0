"""Attempts by whoever reaches the HTTP door: strangers, applicants and clerks. No answer may be a 5xx."""

import base64
import gzip
import io
import json
import zipfile
from typing import Any

from werkzeug.test import TestResponse

from engine.runtime.deployments import ResourceFile
from tests.api.doors import Hall, Person
from tests.hostile.attempts import attempt

JSON = "application/json"


def answered(answer: TestResponse, *statuses: int) -> str:
    """The answer refuses, in the one shape all refusals have."""
    assert answer.status_code in (statuses or (400, 422)), (answer.status_code, answer.text[:300])
    assert answer.mimetype == "application/problem+json"
    return f"refused: {answer.status_code} {answer.json and answer.json['code']}"


def start(person: Person, body: str | bytes, **options: Any) -> TestResponse:
    return person.post("/api/process-instances", None, data=body, content_type=JSON, **options)


def started_with(variables: str) -> str:
    """A body whose variables are given as JSON text."""
    return f'{{"process_key": "waiting", "variables": {variables}}}'


def _register_body(name: str, body: str | bytes, *statuses: int) -> None:
    @attempt(name)
    def _(url: str) -> str:
        hall = Hall(url)
        outcome = answered(start(hall.person("clerk"), body), *statuses)
        listed = hall.person("supervisor").get("/api/process-instances")
        assert listed.json is not None
        assert listed.json["items"] == []
        return outcome


for _name, _body, *_statuses in (
    ("body-nested-100000-deep", "[" * 100_000, 400),
    ("body-nested-50-deep", started_with('{"a":' + "[" * 50 + "]" * 50 + "}"), 400),
    ("body-nested-35-deep", started_with('{"a":' + "[" * 35 + "]" * 35 + "}")),
    ("body-with-a-name-twice", '{"process_key": "waiting", "process_key": "licence"}', 400),
    ("body-with-a-variable-twice", started_with('{"a": 1, "a": 2}'), 400),
    ("body-with-nan", started_with('{"a": NaN}'), 400),
    ("body-with-infinity", started_with('{"a": -Infinity}'), 400),
    ("body-with-1e400", started_with('{"order": 1e400}'), 422),
    ("body-with-400-digits", started_with(f'{{"a": {"9" * 400}}}'), 422),
    ("body-with-a-million-digits", started_with(f'{{"a": {"9" * 900_000}}}'), 400),
    ("body-with-a-lone-surrogate", started_with('{"a": "\\ud800"}'), 422),
    ("body-with-a-surrogate-for-a-name", started_with('{"\\udfff": 1}'), 422),
    ("body-with-a-nul", started_with('{"a": "\\u0000"}'), 422),
    ("body-with-an-empty-name", started_with('{"": 1}'), 422),
    ("body-in-latin-1", started_with('{"a": "é"}').encode("latin-1"), 400),
    ("body-in-utf-16", started_with('{"a": 1}').encode("utf-16"), 400),
    ("body-of-two-megabytes", started_with(f'{{"a": "{"x" * 2_000_000}"}}'), 413),
    ("body-that-is-a-list", "[1, 2]", 422),
    ("body-of-100000-names", started_with(json.dumps({f"k{n}": 0 for n in range(60_000)})), 422),
    ("body-compressed", gzip.compress(started_with("{}").encode()), 400),
):
    _register_body(_name, _body, *_statuses)


@attempt("body-announced-as-compressed")
def _(url: str) -> str:
    bomb = gzip.compress(b" " * 50_000_000)
    return answered(start(Hall(url).person("clerk"), bomb, headers={"Content-Encoding": "gzip"}), 400, 415)


@attempt("body-of-another-kind")
def _(url: str) -> str:
    clerk = Hall(url).person("clerk")
    pickled = b"cos\nsystem\n(S'touch /tmp/x'\ntR."
    for kind in ("application/x-python-pickle", "application/xml", "text/yaml", "application/x-www-form-urlencoded"):
        answered(clerk.post("/api/process-instances", None, data=pickled, content_type=kind), 400, 415, 422)
    return "refused: all"


@attempt("variables-named-like-parts-of-programs-over-http")
def _(url: str) -> str:
    hall = Hall(url)
    clerk = hall.person("clerk")
    variables = {"order": "1", "__class__": {"__init__": 1}, "__proto__": {"admin": True}, "typename": "x", "$where": "1"}
    made = clerk.post("/api/process-instances", {"process_key": "waiting", "variables": variables})
    assert made.status_code == 201, made.text
    assert made.json is not None
    read = hall.person("supervisor").get(f"/api/process-instances/{made.json['instance_id']}")
    assert read.json is not None
    assert read.json["variables"] == variables
    return "kept as data"


@attempt("sql-in-every-filter")
def _(url: str) -> str:
    hall = Hall(url)
    hall.start()
    supervisor, auditor = hall.person("supervisor"), hall.person("auditor")
    for payload in ("' OR '1'='1", "x'; DROP TABLE history; --", '"; --', "%", "\\", "1) UNION SELECT * FROM account --"):
        for name in ("process_key", "business_key", "text", "started_by"):
            answer = supervisor.get("/api/process-instances", query_string={name: payload})
            assert answer.status_code == 200, answer.text
            assert answer.json is not None
            assert answer.json["items"] == []
        for name in ("sort", "cursor", "limit"):
            answered(supervisor.get("/api/process-instances", query_string={name: payload}), 400, 422)
        assert supervisor.get(f"/api/process-instances/{payload.replace('/', '')}").status_code == 404
        assert auditor.get("/api/audit-log", query_string={"actor_id": payload}).status_code in (200, 422)
    hall.start(business_key="B-2")
    return "null: found nothing, broke nothing"


@attempt("forged-cursors")
def _(url: str) -> str:
    supervisor = Hall(url).person("supervisor")
    for raw in (
        b"\x80\x04cos\nsystem\n.",
        b"[]",
        b"[[[[",
        b'{"a":1}',
        b'["started", 1e400, null]',
        b"\xff" * 100,
        b"9" * 5_000,
    ):
        cursor = base64.urlsafe_b64encode(raw).decode()
        answered(supervisor.get("/api/process-instances", query_string={"cursor": cursor}), 400, 422)
    return "refused: all"


@attempt("headers-of-a-megabyte")
def _(url: str) -> str:
    return answered(Hall(url).anonymous().get("/api/session", headers={"X-Long": "x" * 1_000_000}), 431)


@attempt("command-ids-that-are-no-ids")
def _(url: str) -> str:
    clerk = Hall(url).person("clerk")
    for key in ("x" * 300, "", "a b", "a/b", "\x7f", "a\tb"):
        answer = clerk.post("/api/process-instances", {"process_key": "waiting"}, headers={"Idempotency-Key": key})
        answered(answer, 400, 422)
    return "refused: all"


@attempt("addresses-with-dots-nuls-and-halves-of-letters")
def _(url: str) -> str:
    supervisor = Hall(url).person("supervisor")
    for path in (
        "%00",
        "..%2f..%2fetc%2fpasswd",
        "%ff%fe",
        "%ed%a0%80",
        "x" * 5_000,
        "%0d%0aSet-Cookie:%20a=b",
        "{{7*7}}",
        "-1",
    ):
        for collection in ("process-instances", "user-tasks", "process-definitions", "forms", "incidents"):
            answer = supervisor.get(f"/api/{collection}/{path}")
            assert 400 <= answer.status_code < 500, (path, answer.status_code)
            assert "Set-Cookie" not in answer.headers
    return "refused: all"


@attempt("uploads-with-names-that-are-paths")
def _(url: str) -> str:
    hall = Hall(url)
    designer = hall.person("designer")
    for name in (
        "../../etc/cron.d/x.bpmn",
        "C:\\x.bpmn",
        "x.bpmn\x00.png",
        "\u202enpmb.x",
        "",
        "x" * 10_000 + ".bpmn",
        ".bpmn",
    ):
        answer = designer.upload("/api/deployments", ResourceFile(name, b"<x/>"))
        assert answer.status_code in (400, 422), (name, answer.status_code)
    return "refused: all"


@attempt("uploads-of-archives")
def _(url: str) -> str:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../evil.bpmn", b" " * 10_000_000)
    designer = Hall(url).person("designer")
    for name in ("models.zip", "models.bpmn", "models.form", "models.tar.gz"):
        answered(designer.upload("/api/deployments", ResourceFile(name, packed.getvalue())), 422)
    return "refused: all"


@attempt("upload-of-5000-files")
def _(url: str) -> str:
    files = [ResourceFile(f"{n}.bpmn", b"<x/>") for n in range(5_000)]
    return answered(Hall(url).person("designer").upload("/api/deployments", *files), 413, 422)


@attempt("upload-of-21-megabytes")
def _(url: str) -> str:
    return answered(Hall(url).person("designer").upload("/api/deployments", ResourceFile("a.bpmn", b" " * 21_000_000)), 413)


@attempt("upload-of-a-broken-multipart-body")
def _(url: str) -> str:
    designer = Hall(url).person("designer")
    for kind in ("multipart/form-data", "multipart/form-data; boundary=", f"multipart/form-data; boundary={'x' * 5_000}"):
        body = b"--x\r\nContent-Disposition: form-data; name=files; filename=a.bpmn\r\n\r\n" + b"-" * 100_000
        answered(designer.post("/api/deployments", None, data=body, content_type=kind), 400, 413, 422)
    return "refused: all"


@attempt("passwords-of-a-megabyte")
def _(url: str) -> str:
    """A slow hash must not be paid for by strangers at any length."""
    hall = Hall(url)
    hall.add("clerk")
    for password in ("x" * 900_000, "\ud800", "a\x00b", {"$ne": ""}, None, 1):
        body = json.dumps({"account": "clerk", "password": password})
        answer = hall.anonymous().post("/api/session", None, data=body, content_type=JSON)
        assert answer.status_code in (400, 401, 422), answer.status_code
    return "refused: all"


@attempt("tokens-that-were-never-issued")
def _(url: str) -> str:
    hall = Hall(url)
    for token in ("", "x", "x" * 10_000, "' OR 1=1 --", "null", "é", "..", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9."):
        headers = {"Authorization": f"Bearer {token}"}
        answered(hall.anonymous().get("/api/user-tasks", headers=headers), 400, 401)
    return "refused: all"
