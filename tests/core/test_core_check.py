"""The deployment check: what the engine would not run as drawn is refused, with the element and a reason."""

import pytest

from engine.core.check import RULES
from engine.core.findings import ModelError, Severity
from engine.core.model import compile_definition
from tests.core.sketch import bpmn

FINE = "start s\n user a groups=g\n end e\n s -> a -> e"


def refused(source: bytes) -> dict[str, str]:
    """Code to element id of the errors."""
    with pytest.raises(ModelError) as error:
        compile_definition(source)
    findings = [finding for finding in error.value.findings if finding.severity is Severity.ERROR]
    for finding in error.value.findings:
        assert all((finding.zh, finding.en, finding.suggestion_zh, finding.suggestion_en)), finding
    return {finding.code: finding.element_id for finding in findings}


def test_a_fine_model_is_compiled() -> None:
    definition = compile_definition(bpmn(FINE))
    assert definition.key == "p"
    assert definition.candidate_group_literals == {"g"}
    assert {finding.code for finding in definition.findings} == {"not-drawn"}


@pytest.mark.parametrize(
    ("code", "element", "sketch"),
    [
        ("one-start", "p", "start s\n start s2\n end e\n s -> e\n s2 -> e"),
        ("one-start", "p", "task a\n end e\n a -> e"),
        (
            "one-start",
            "sub",
            "start s\n subprocess sub {\n start t\n start u\n end ie\n t -> ie\n u -> ie\n }\n end e\n s -> sub -> e",
        ),
        (
            "unsupported-event",
            "t",
            "start s\n subprocess sub {\n start t duration=PT1H\n end ie\n t -> ie\n }\n end e\n s -> sub -> e",
        ),
        ("start-twice", "t", "start s message=m\n start t message=m\n end e\n s -> e\n t -> e"),
        ("start-twice", "t", "start s signal=m\n start t signal=m\n end e\n s -> e\n t -> e"),
        ("condition-start", "s", 'start s condition="x > 1"\n end e\n s -> e'),
        ("start-timer-invalid", "s", "start s duration==x\n end e\n s -> e"),
        ("start-timer-invalid", "s", "start s duration=tomorrow\n end e\n s -> e"),
        ("start-timer-invalid", "s", "start s cycle=R0/PT1H\n end e\n s -> e"),
        ("word-unused", "s", "start s message=m key==x\n end e\n s -> e"),
        ("word-unused", "s", "start s message=m form=f\n end e\n s -> e"),
        ("word-unused", "s", "start s date=2026-01-01 clock=C1\n end e\n s -> e"),
        ("word-unused", "s", "start s result=r\n end e\n s -> e"),
        ("no-end", "p", "start s\n exclusive x\n s -> x -> x"),
        ("dead-end", "a", "start s\n user a groups=g\n end e\n parallel p2\n s -> p2 -> a\n p2 -> e"),
        ("implicit-split", "a", "start s\n user a groups=g\n end e\n end f\n s -> a -> e\n a -> f"),
        ("no-default", "x", "start s\n exclusive x\n end e\n end f\n s -> x\n x -> e if a = 1\n x -> f if a = 2"),
        ("no-condition", "x_e", "start s\n exclusive x\n end e\n end f\n s -> x -> e\n x -> f default"),
        ("condition-unused", "x_e", "start s\n parallel x\n end e\n end f\n s -> x\n x -> e if a = 1\n x -> f"),
        ("unreachable", "b", FINE + "\n user b groups=g\n b -> e"),
        ("word-missing", "a", "start s\n user a\n end e\n s -> a -> e"),
        ("word-missing", "a", "start s\n service a\n end e\n s -> a -> e"),
        ("event-undefined", "c", "start s\n catch c\n end e\n s -> c -> e"),
        ("cycle-not-allowed", "b", FINE + "\n boundary b on=a cycle=R3/PT1H\n end f\n b -> f"),
        (
            "cycle-not-allowed",
            "c",
            "start s\n events g\n catch c cycle=R3/PT1H\n catch m message=m\n end e\n s -> g -> c -> e\n g -> m -> e",
        ),
        ("cycle-not-allowed", "t", FINE + "\n reaction r {\n start t cycle=R3/PT1H\n end re\n t -> re\n }"),
        ("word-unused", "t", FINE + "\n reaction r {\n start t form=f duration=PT1H\n end re\n t -> re\n }"),
        ("word-unused", "t", FINE + "\n reaction r {\n start t key==k error=E\n end re\n t -> re\n }"),
        ("word-unused", "t", "start s\n subprocess sub {\n start t form=f\n end ie\n t -> ie\n }\n end e\n s -> sub -> e"),
        ("cycle-not-allowed", "c", "start s\n catch c cycle=R3/PT1H\n end e\n s -> c -> e"),
        ("loop-source", "a", "start s\n task a times=3 collection==b\n end e\n s -> a -> e"),
        ("unknown-property", "a", "start s\n task a form=x\n end e\n s -> a -> e"),
        ("expression-invalid", "a", "start s\n script a code='not an assignment'\n end e\n s -> a -> e"),
        ("event-gateway-target", "g_a", "start s\n events g\n user a groups=g\n end e\n s -> g -> a -> e"),
        ("boundary-detached", "b", FINE + "\n boundary b on=e duration=P1D\n end f\n b -> f"),
        ("one-start", "sub", "start s\n subprocess sub {\n end ie\n }\n end e\n s -> sub -> e"),
    ],
)
def test_what_the_check_refuses(code: str, element: str, sketch: str) -> None:
    assert refused(bpmn(sketch)).get(code) == element


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("unsupported-element", '<endEvent id="e"', '<adHocSubProcess id="h"/><endEvent id="e"'),
        ("unsupported-element", '<endEvent id="e"', '<complexGateway id="h"/><endEvent id="e"'),
        ("unsupported-event", '<startEvent id="s" name="s">', '<startEvent id="s"><errorEventDefinition/>'),
        ("unsupported-event", '<endEvent id="e" name="e">', '<endEvent id="e"><compensateEventDefinition/>'),
        ("unsupported-attribute", 'id="a"', 'id="a" isForCompensation="true"'),
        ("unsupported-attribute", 'id="a"', 'id="a" startQuantity="2"'),
        ("foreign-attribute", 'id="a"', 'id="a" xmlns:c="http://camunda.org/schema/1.0/bpmn" c:assignee="kermit"'),
        (
            "unknown-extension",
            "<spiffworkflow:properties>",
            "<spiffworkflow:preScript>x</spiffworkflow:preScript><spiffworkflow:properties>",
        ),
        ("one-process", '<process id="p" isExecutable="true">', '<process id="p" isExecutable="false">'),
        ("not-bpmn", 'id="a"', 'id="a" colour="red"'),
        ("not-xml", "</process>", ""),
        ("flow-dangling", 'targetRef="e"', 'targetRef="nowhere"'),
    ],
)
def test_what_would_be_dropped_or_run_differently_is_refused(code: str, old: str, new: str) -> None:
    source = bpmn(FINE).decode()
    assert old in source
    assert code in refused(source.replace(old, new, 1).encode())


def test_a_document_type_is_refused_before_any_entity_is_read() -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + bpmn(FINE)
    assert "document-type" in refused(bomb)
    file = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + bpmn(FINE)
    assert "document-type" in refused(file)


def test_size_and_depth_are_bounded() -> None:
    assert "file-too-large" in refused(b"<a>" + b" " * 2_000_001 + b"</a>")
    assert refused(b"<a>" * 200 + b"</a>" * 200)


def test_a_very_long_process_is_no_problem() -> None:
    names = [f"t{number}" for number in range(1500)]
    text = "start s\n end e\n" + "\n".join(f"task {name}" for name in names) + f"\n s -> {' -> '.join(names)} -> e"
    assert len(compile_definition(bpmn(text)).elements()) == 1502


def test_rules_never_raise() -> None:
    """Each rule is asked about each broken document above; none may fail on what another one reports."""
    source = (
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x"><process id="p">'
        b'<sequenceFlow id="f" sourceRef="x" targetRef="y"/><boundaryEvent id="b" attachedToRef="z"/></process></definitions>'
    )
    from engine.core.check.document import read

    document = read(source)
    for rule in RULES:
        list(rule(document))


@pytest.mark.parametrize("condition", ["eval(1) = 1", "exists(x)", "__import__(name: 1) = 1"])
def test_a_function_that_is_none_is_refused(condition: str) -> None:
    sketch = f"start s\nexclusive x\nend e\nend f\ns -> x -> e default\nx -> f if {condition}"
    with pytest.raises(ModelError) as refused:
        compile_definition(bpmn(sketch))
    assert [finding.code for finding in refused.value.findings if finding.severity == "error"] == ["expression-invalid"]
