"""Attempts over HTTP beside the body: parts of uploads, headers, parameters; and at every door that takes variables."""

import base64
import json
from collections.abc import Callable

from werkzeug.test import TestResponse

from tests.api.doors import APPLICATION, Hall, Person
from tests.core.sketch import bpmn
from tests.hostile.attempts import attempt
from tests.hostile.hostile_requests import JSON, answered, started_with

BOUNDARY = "x"
END = b"--x--\r\n"
FILES = 'form-data; name="files"; filename="q.bpmn"'
MODEL = bpmn("start s\nuser u groups=g\nend e\ns -> u -> e", "q")


def part(content: bytes, disposition: str = FILES, *more: str) -> bytes:
    """One part of a multipart body."""
    headers = "".join(f"{line}\r\n" for line in (f"Content-Disposition: {disposition}", *more))
    return f"--{BOUNDARY}\r\n{headers}\r\n".encode() + content + b"\r\n"


def upload(person: Person, parts: bytes) -> TestResponse:
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return person.post("/api/deployments", None, data=parts + END, content_type=kind)


def _register_upload(name: str, body: Callable[[], bytes]) -> None:
    @attempt(name)
    def _(url: str) -> str:
        hall = Hall(url)
        sent = body()
        outcome = answered(upload(hall.person("designer"), sent), 400, 413, 422)
        listed = hall.person("supervisor").get("/api/process-definitions")
        assert listed.json is not None
        assert {item["key"] for item in listed.json["items"]} == {"licence", "waiting", "broken"}
        return outcome


def empty_fields(count: int) -> bytes:
    return b"".join(part(b"", f'form-data; name="f{n}"') for n in range(count))


def part_headers(count: int) -> bytes:
    return part(MODEL, FILES, *(f"X-{n}: y" for n in range(count)))


_register_upload("upload-of-a-hundred-thousand-empty-fields", lambda: empty_fields(100_000))
_register_upload("upload-with-a-field-of-7-megabytes", lambda: part(b"y" * 7_500_000, 'form-data; name="comment"'))
_register_upload("upload-with-a-part-header-of-7-megabytes", lambda: part(MODEL, FILES, "X-Long: " + "y" * 7_500_000))
_register_upload("upload-with-a-hundred-thousand-part-headers", lambda: part_headers(100_000))
_register_upload("upload-whose-part-has-no-name", lambda: part(MODEL, "form-data"))
_register_upload("upload-whose-part-names-no-file", lambda: part(MODEL, 'form-data; name="files"'))
_register_upload("upload-of-a-multipart-body-within-a-part", lambda: part(part(MODEL) + END))
_register_upload("upload-that-breaks-off", lambda: part(MODEL)[:-40])
_register_upload("upload-of-one-model-twice", lambda: part(MODEL) * 2)
_register_upload("upload-whose-file-name-is-no-unicode", lambda: part(MODEL, "form-data; name=files; filename*=utf-8''%ff%fe"))
_register_upload(
    "upload-of-a-model-in-base64", lambda: part(base64.b64encode(MODEL), FILES, "Content-Transfer-Encoding: base64")
)
_register_upload("upload-of-a-form-and-of-noughts", lambda: part(APPLICATION.content) + part(b"\x00" * 1_000_000))


def _task(hall: Hall, clerk: Person) -> str:
    hall.start(clerk)
    listed = clerk.get("/api/user-tasks")
    assert listed.json is not None
    return str(listed.json["items"][0]["id"])


def _completion(hall: Hall) -> tuple[Person, str, str]:
    clerk = hall.person("clerk")
    task = _task(hall, clerk)
    clerk.post(f"/api/user-tasks/{task}/claim")
    return clerk, f"/api/user-tasks/{task}/complete", '{{"variables": {}}}'


def _correction(hall: Hall) -> tuple[Person, str, str]:
    path = f"/api/process-instances/{hall.start()['instance_id']}/variables"
    return hall.person("supervisor"), path, '{{"reason": "r", "variables": {}}}'


def _message(hall: Hall) -> tuple[Person, str, str]:
    clerk = hall.person("clerk")
    clerk.post("/api/process-instances", {"process_key": "waiting", "variables": {"order": "1"}})
    return clerk, "/api/messages", '{{"message": "paid", "correlation_key": "1", "variables": {}}}'


BAD_VARIABLES = (
    '{"a": NaN}',
    '{"a": -Infinity}',
    '{"a": 1e400}',
    '{"a": 9007199254740993}',
    f'{{"a": {"9" * 5_000}}}',
    '{"a": 1, "a": 2}',
    '{"a": {"b": 1, "b": 2}}',
    '{"a": "\\ud800"}',
    '{"\\udfff": 1}',
    '{"a": "\\u0000"}',
    '{"a\\u0000": 1}',
    '{"a":' + "[" * 35 + "]" * 35 + "}",
    '{"a":' * 2_000 + "1" + "}" * 2_000,
    '{"a": ' + json.dumps([0] * 10_001) + "}",
    "[]",
    '"a"',
    "0x10",
    '{"a": 01}',
    '{"a": 1_000}',
    '{"a": .5}',
    "{a: 1}",
    '{"a": 1}}',
    '{"a": "\t"}',
    '{"a": tru}',
    "null",
)
"""What can not be read, can be read in two ways, or can not be stored exactly."""


def _register_door(name: str, door: Callable[[Hall], tuple[Person, str, str]]) -> None:
    @attempt(f"{name}-with-variables-that-are-none")
    def _(url: str) -> str:
        hall = Hall(url)
        person, path, envelope = door(hall)
        before = _everything(hall)
        for variables in BAD_VARIABLES:
            answered(person.post(path, None, data=envelope.format(variables), content_type=JSON), 400, 422)
        assert _everything(hall) == before
        return "refused: all"


def _everything(hall: Hall) -> list[object]:
    """What every case knows, and which version it is at."""
    supervisor = hall.person("supervisor")
    listed = supervisor.get("/api/process-instances").json
    assert listed is not None
    details = [supervisor.get(f"/api/process-instances/{item['id']}").json for item in listed["items"]]
    return [(detail["id"], detail["version"], detail["variables"]) for detail in details if detail is not None]


_register_door("completion", _completion)
_register_door("correction", _correction)
_register_door("message", _message)


@attempt("body-of-a-megabyte-of-small-objects")
def _(url: str) -> str:
    clerk = Hall(url).person("clerk")
    many = started_with('{"a": [' + ",".join(["{}"] * 300_000) + "]}")
    return answered(clerk.post("/api/process-instances", None, data=many, content_type=JSON), 400, 413, 422)


@attempt("body-with-a-byte-order-mark")
def _(url: str) -> str:
    clerk = Hall(url).person("clerk")
    body = b"\xef\xbb\xbf" + started_with("{}").encode()
    return answered(clerk.post("/api/process-instances", None, data=body, content_type=JSON), 400)


@attempt("limits-that-are-no-limits")
def _(url: str) -> str:
    hall = Hall(url)
    hall.start()
    supervisor = hall.person("supervisor")
    for limit in ("-1", "0", "1e9", "NaN", "inf", "1.5", "", " 1", "0x10", "9" * 5_000, "1_0", "true", "１０", "\x00", "1;2"):
        answer = supervisor.get("/api/process-instances", query_string={"limit": limit})
        assert answer.status_code in (200, 400, 422), (limit, answer.status_code)
        if answer.status_code == 200:
            assert answer.json is not None
            assert len(answer.json["items"]) <= 1
    return "refused: or bounded"


@attempt("moments-that-are-no-moments")
def _(url: str) -> str:
    auditor = Hall(url).person("auditor")
    for moment in ("0000-00-00", "9999-12-31T23:59:59-14:00", "2026-02-30T00:00:00Z", "9" * 5_000, "P1D", "\x00", "1e400"):
        for name in ("since", "until", "before", "after", "from", "to"):
            answer = auditor.get("/api/audit-log", query_string={name: moment})
            assert answer.status_code in (200, 400, 422), (name, moment, answer.status_code)
    return "refused: all"


@attempt("a-hundred-thousand-query-parameters")
def _(url: str) -> str:
    answer = Hall(url).person("supervisor").get("/api/process-instances?" + "&".join(f"p{n}=1" for n in range(100_000)))
    return answered(answer, 400, 413, 414, 422, 431)


@attempt("headers-that-are-read-and-mean-harm")
def _(url: str) -> str:
    hall = Hall(url)
    supervisor = hall.person("supervisor")
    started = hall.start()["instance_id"]
    many = 4_000
    for name, value in (
        ("Accept-Language", ",".join(f"a{n};q=0.{n}" for n in range(many))),
        ("Accept-Language", "zh;q=nan, en;q=1e400, *;q=-1"),
        ("Accept", ",".join(["text/csv;q=0.1"] * many)),
        ("Accept", "a/b;" * many),
        ("If-None-Match", ",".join(['W/"1"'] * many)),
        ("Range", "bytes=" + ",".join(f"{n}-" for n in range(many))),
        ("Cookie", "; ".join(f"c{n}=1" for n in range(many))),
        ("Forwarded", "for=" + "[" * many),
        ("Content-Type", "application/json; " + "charset=" * many),
        ("X-HTTP-Method-Override", "DELETE"),
        ("Host", "evil.example\r\n"[:-2]),
    ):
        answer = supervisor.get(f"/api/process-instances/{started}", headers={name: value})
        assert answer.status_code < 500, (name, answer.status_code)
        assert "evil" not in str(answer.headers)
    return "bounded: none is answered by a 5xx"


@attempt("versions-that-are-no-versions")
def _(url: str) -> str:
    hall = Hall(url)
    supervisor = hall.person("supervisor")
    path = f"/api/process-instances/{hall.start()['instance_id']}/cancellation"
    for version in ('"' + "9" * 5_000 + '"', '"-1"', '"1e9"', '"١"', '"1', "1", 'W/"1"', '"1", "2"', '""'):
        try:
            answer = supervisor.post(path, {"reason": "r"}, headers={"If-Match": version})
        except UnicodeEncodeError:
            continue  # a header of such letters cannot even be sent
        answered(answer, 400, 412, 422)
    return "refused: all"


@attempt("methods-that-nobody-expects")
def _(url: str) -> str:
    hall = Hall(url)
    designer = hall.person("designer")
    for method in ("TRACE", "CONNECT", "PROPFIND", "DELETE", "PATCH", "PUT", "X" * 1_000, "get"):
        for path in ("/api/deployments", "/api/process-instances", "/api/session", "/api/nowhere"):
            answer = designer.open(method, path)
            assert 400 <= answer.status_code < 500 or method == "get" or path == "/api/session", (method, path, answer)
    return "refused: all"
