"""Long answers travel compressed; what bears a token never does."""

import gzip

import orjson

from tests.api.doors import Hall

TAKES_GZIP = {"Accept-Encoding": "gzip"}
LONG = "/api/openapi.json"


def test_a_long_answer_is_compressed_for_whoever_takes_it(hall: Hall) -> None:
    person = hall.person("supervisor")
    plain = person.get(LONG)
    squeezed = person.get(LONG, headers=TAKES_GZIP)
    assert (plain.content_encoding, squeezed.content_encoding) == (None, "gzip")
    assert "Accept-Encoding" in plain.vary
    assert len(squeezed.data) < len(plain.data) / 3
    assert orjson.loads(gzip.decompress(squeezed.data)) == plain.json


def test_short_answers_and_those_with_a_token_are_not(hall: Hall) -> None:
    person = hall.person("supervisor")
    assert person.get("/api/user-tasks", headers=TAKES_GZIP).content_encoding is None
    assert person.get("/api/session", headers=TAKES_GZIP).content_encoding is None
