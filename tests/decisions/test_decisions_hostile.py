"""A decision model can not read a file, reach the network, run code, hang a worker or exhaust memory (law f)."""

import time

import pytest

from decisions import DecisionModelError, DecisionTrouble, compile_decisions
from tests.decisions.sketch import NOW, decide, decision, definitions, knowledge, literal, one, table

PLAIN = definitions(decision("one", literal("1"))).decode()


def refused(source):
    """The codes of what is wrong with a file."""
    with pytest.raises(DecisionModelError) as raised:
        compile_decisions(source if isinstance(source, bytes) else source.encode())
    assert all(found.zh and found.en and found.suggestion_zh and found.suggestion_en for found in raised.value.findings)
    return [found.code for found in raised.value.findings]


def with_doctype(declaration):
    """A file that declares a document type."""
    head, _, rest = PLAIN.partition("?>")
    return f"{head}?>{declaration}{rest}"


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE definitions>",
        '<!DOCTYPE definitions SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE definitions [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE definitions [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
def test_document_types_and_entities(declaration):
    assert refused(with_doctype(declaration)) == ["document-type"]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "not-xml"),
        (b"\x00\xff", "not-xml"),
        (b"decide!", "not-xml"),
        (PLAIN[:-5], "not-xml"),
        ("<definitions/>", "not-dmn"),
        (PLAIN.replace("20191111", "20991111"), "not-dmn"),
        (PLAIN.replace("<definitions", "<decision").replace("</definitions", "</decision"), "not-dmn"),
        (b"<a>" * 61 + b"</a>" * 61, "too-deep"),
        (b"<a>" + b"<b/>" * 100_000 + b"</a>", "too-many-elements"),
        (PLAIN.replace("<decision", " " * 2_000_000 + "<decision", 1), "file-too-large"),
    ],
)
def test_files_that_are_no_models(source, code):
    assert refused(source) == [code]


def test_cells_run_no_code():
    for cell in ("__import__('os').system('true')", "().__class__", "lambda: 1"):
        assert "expression" in refused(definitions(decision("one", table({"x": "string"}, [(cell, "1")]))))
    with pytest.raises(DecisionTrouble):
        decide(one(literal("open(file)")), {})


LOOPS = {
    "a long loop": literal("for a in 1..1000, b in 1..1000 return a"),
    "a list of lists": literal("for a in 1..100000 return [a, a, a]"),
    "a long text": literal('string join(for a in 1..50000 return "aaaaaaaaaaaaaaaaaaaaaaaa")'),
}


@pytest.mark.parametrize("name", LOOPS)
def test_what_takes_too_long_is_stopped(name):
    started = time.monotonic()
    with pytest.raises(DecisionTrouble) as raised:
        decide(one(LOOPS[name]), strict=False)
    assert raised.value.code == "budget-exceeded"
    assert time.monotonic() - started < 5


def test_the_budget_is_that_of_all_decisions_together():
    parts = [decision("d0", literal("count(for a in 1..10000 return a)"))]
    parts += [
        decision(f"d{number}", literal(f"d{number - 1} + count(for a in 1..10000 return a)"), needs=[f"d_d{number - 1}"])
        for number in range(1, 10)
    ]
    model = compile_decisions(definitions(*parts))
    assert model.evaluate("d0", {}, now=NOW).value == 10_000
    with pytest.raises(DecisionTrouble) as raised:
        model.evaluate("d9", {}, now=NOW)
    assert raised.value.code == "budget-exceeded"


def test_a_function_that_calls_itself_through_another_is_stopped():
    body = literal("self(self)")
    model = compile_decisions(
        definitions(knowledge("again", {"self": ""}, body), decision("one", literal("again(again)"), needs=["k_again"]))
    )
    with pytest.raises(DecisionTrouble) as raised:
        decide(model)
    assert raised.value.code == "budget-exceeded"


def test_a_table_in_a_loop_pays_for_its_cells():
    body = table({"n": "number"}, [("> 0", "1")] * 50, policy="COLLECT")
    model = compile_decisions(
        definitions(
            knowledge("k", {"n": "number"}, body), decision("one", literal("for n in 1..5000 return k(n)"), needs=["k_k"])
        )
    )
    with pytest.raises(DecisionTrouble) as raised:
        decide(model)
    assert raised.value.code == "budget-exceeded"


def test_boxes_as_deep_as_files_may_be():
    body = literal("1" + " + 1" * 148, 'typeRef="number"')
    for _ in range(54):
        body = f'<list typeRef="Any">{body}</list>'
    value = decide(one(body))
    for _ in range(54):
        (value,) = value
    assert value == 149
    with pytest.raises(DecisionModelError) as raised:
        one(f"<list><list><list>{body}</list></list></list>")
    assert raised.value.findings[0].code == "too-deep"


def test_tables_too_large_to_be_looked_at():
    assert "table-size" in refused(definitions(decision("one", table({"x": "number"}, [("> 0", "1")] * 2_001))))
    columns = {f"x{number}": "number" for number in range(100)}
    assert "table-size" in refused(definitions(decision("one", table(columns, [("-",) * 100 + ("1",)]))))


def test_too_many_decisions():
    parts = [f'<decision id="d{number}" name="d{number}"/>' for number in range(2_001)]
    assert "too-many-parts" in refused(definitions(*parts))


def test_a_large_table_is_compiled_in_a_few_seconds():
    columns = {f"x{number}": "number" for number in range(10)}
    rules = [(*(f"[{number}..{number + place}]" for place in range(10)), str(number)) for number in range(1_000)]
    started = time.monotonic()
    model = one(table(columns, rules, policy="FIRST"))
    assert time.monotonic() - started < 20
    assert decide(model, dict.fromkeys(columns, 7)) == 7
