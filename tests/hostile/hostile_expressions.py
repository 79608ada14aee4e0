"""Attempts with expressions: Python in every place where a model or a form may compute, and computations without end.

Every place gets every payload. Whatever the place makes of it (the file is refused, the case stops, the value is null or the
text stays a text) nothing of it is run, which the canary shows.
"""

from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

import feel
from engine.core.findings import ModelError
from engine.core.model import compile_definition
from engine.runtime.deployments import DeploymentRefused, ResourceFile
from engine.runtime.operators import OperatorRegistry
from forms import FormDefinitionError, FormErrors
from tests.core.sketch import bpmn
from tests.hostile.attempts import attempt, canary, form, incident, refused_model
from tests.runtime.halls import BEGIN, CLERK, Hall

PAYLOADS = (
    "open(__import__('os').environ['CANARY'],'w')",
    '__import__("os").system("touch $CANARY")',
    '().__class__.__bases__[0].__subclasses__()[-1].__init__.__globals__["os"].system("touch $CANARY")',
    "[x for x in ().__class__.__base__.__subclasses__() if x.__name__ == 'Popen'][0]('touch $CANARY', shell=True)",
    "eval(\"__import__('os').system('touch $CANARY')\")",
    "exec('import os; os.system(\"touch $CANARY\")')",
    "(lambda: open(__import__('os').environ['CANARY'], 'w'))()",
    "{{config.__class__.__init__.__globals__['os'].popen('touch $CANARY')}}",
    "${java.lang.Runtime.getRuntime().exec('touch /tmp/x')}",
    "environ.get('CANARY').write_text('x')",
)
AROUND = "start s\n{line}\nend e\ns -> x -> e"
GATEWAY = "start s\nexclusive x\nend e\nend f\ns -> x\nx -> e if {payload}\nx -> f default"

PLACES: dict[str, str] = {
    "script": 'script x code="result = {payload}"',
    "statement-of-a-script": 'script x code="{payload}"',
    "timer-duration": 'catch x duration="={payload}"',
    "timer-duration-without-equals-sign": 'catch x duration="{payload}"',
    "timer-date": 'catch x date="={payload}"',
    "timer-cycle": 'user x groups=g\nboundary b on=x beside cycle="={payload}"\nend d\nb -> d',
    "cardinality": 'user x groups=g times="{payload}"',
    "collection": 'user x groups=g collection="={payload}" item=i',
    "completion-condition": 'task x times=2 until="{payload}"',
    "output-element": 'task x times=2 collect=all output="={payload}"',
    "assignee": 'user x assignee="={payload}"',
    "candidate-groups": 'user x groups="={payload}"',
    "due-date": 'user x groups=g due="={payload}"',
    "operator-parameter": 'service x operator=echo into=echoed param_a="={payload}"',
    "operator-parameter-without-equals-sign": 'service x operator=echo into=echoed param_a="{payload}"',
    "correlation-key": 'receive x message=m key="={payload}"',
    "message-payload": 'send x message=m key=k payload="={payload}"',
    "call-inputs": 'call x process=q inputs="a={payload}"',
    "call-outputs": 'call x process=q outputs="a={payload}"',
}


def _quoted(payload: str) -> str:
    return payload.replace("\\", "\\\\").replace('"', '\\"')


def _registry(seen: list[Any]) -> OperatorRegistry:
    registry = OperatorRegistry()

    def echo(session: object, parameters: dict[str, Any], call: object) -> Any:
        seen.append(parameters)
        return parameters

    registry.local("echo")(echo)
    return registry


def _in_model(url: str, sketch: str, number: int) -> str:
    hall = Hall(url, _registry([]))
    called = bpmn("start s\nend e\ns -> e", "q")
    try:
        hall.runtime.deployments.deploy([ResourceFile("p.bpmn", bpmn(sketch)), ResourceFile("q.bpmn", called)], CLERK)
        instance_id = hall.start(command_id=f"c{number}").instance_id
    except DeploymentRefused:
        return "refused"
    hall.runtime.run_due()
    stopped = bool(hall.runtime.queries.incidents(instance_id=instance_id).items)
    hall.close()
    return "incident" if stopped else "null or text"


def _everywhere(url: str, sketches: list[str]) -> str:
    with canary():
        how = [_in_model(url, sketch, number) for number, sketch in enumerate(sketches)]
    return f"refused: {how.count('refused')}, incidents: {how.count('incident')}, null or text: {how.count('null or text')}"


def _register_place(name: str, line: str) -> None:
    @attempt(f"python-in-a-{name}")
    def _(url: str) -> str:
        return _everywhere(url, [AROUND.format(line=line.replace("{payload}", _quoted(payload))) for payload in PAYLOADS])


for _name, _line in PLACES.items():
    _register_place(_name, _line)


@attempt("python-in-a-condition")
def _(url: str) -> str:
    return _everywhere(url, [GATEWAY.format(payload=payload) for payload in PAYLOADS])


@attempt("python-behind-a-script-format")
def _(url: str) -> str:
    source = bpmn("start s\nscript x code='a = 1'\nend e\ns -> x -> e")
    for language in ("python", "application/x-python", "javascript", "groovy"):
        code = escape(PAYLOADS[1])
        hostile = source.replace(b"<scriptTask ", f'<scriptTask scriptFormat="{language}" '.encode()).replace(
            b"a = 1", code.encode()
        )
        with canary():
            try:
                compile_definition(hostile)
            except ModelError:
                continue
        raise AssertionError(f"{language} was taken")
    return "refused: all"


@attempt("service-task-of-stock-spiffworkflow-and-other-products")
def _(url: str) -> str:
    """Words that other engines run as code are unknown here."""
    source = bpmn("start s\ntask x\nend e\ns -> x -> e").decode()
    words = (
        "<spiffworkflow:preScript>{}</spiffworkflow:preScript>",
        "<spiffworkflow:postScript>{}</spiffworkflow:postScript>",
        '<camunda:executionListener xmlns:camunda="http://camunda.org/schema/1.0/bpmn" expression="{}"/>',
        '<zeebe:ioMapping xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><zeebe:input source="{}"/></zeebe:ioMapping>',
    )
    with canary():
        for word in words:
            inside = f"<extensionElements>{word.format(escape(PAYLOADS[1], {chr(34): '&quot;'}))}</extensionElements>"
            hostile = source.replace('name="x">', f'name="x">{inside}')
            assert inside in hostile
            try:
                compile_definition(hostile.encode())
            except ModelError:
                continue
            raise AssertionError(f"{word} was taken")
    return "refused: all"


FORM_PLACES: dict[str, Callable[[str], dict[str, Any]]] = {
    "hide-condition": lambda code: {"type": "textfield", "key": "a", "conditional": {"hide": f"={code}"}},
    "read-only-condition": lambda code: {"type": "textfield", "key": "a", "readonly": f"={code}"},
    "expression-field": lambda code: {"type": "expression", "key": "a", "expression": f"={code}"},
    "values-expression": lambda code: {"type": "select", "key": "a", "valuesExpression": f"={code}"},
    "limit": lambda code: {"type": "number", "key": "a", "validate": {"min": f"={code}", "max": f"={code}"}},
    "length": lambda code: {"type": "textfield", "key": "a", "validate": {"minLength": f"={code}"}},
    "pattern": lambda code: {"type": "textfield", "key": "a", "validate": {"pattern": code}},
    "rule": lambda code: {"type": "textfield", "key": "a", "properties": {"rule": f"={code}", "ruleMessage": "x"}},
    "label": lambda code: {"type": "textfield", "key": "a", "label": f"={code}", "description": f"{{{{{code}}}}}"},
    "default-value": lambda code: {"type": "textfield", "key": "a", "defaultValue": f"={code}"},
    "text": lambda code: {"type": "text", "text": f"={code}"},
    "column-expression": lambda code: {
        "type": "table",
        "key": "a",
        "dataSource": f"={code}",
        "columnsExpression": f"={code}",
    },
}


def _register_form_place(name: str, component: Callable[[str], dict[str, Any]]) -> None:
    @attempt(f"python-in-a-form's-{name}")
    def _(url: str) -> str:
        refused = errors = 0
        with canary():
            for payload in PAYLOADS:
                try:
                    form([{"id": "c", "label": "a", **component(payload)}]).clean({"a": "x"}, variables={}, now=BEGIN)
                except FormDefinitionError:
                    refused += 1
                except FormErrors:
                    errors += 1
        return f"refused: {refused}, form errors: {errors}, null or text: {len(PAYLOADS) - refused - errors}"


for _name, _component in FORM_PLACES.items():
    _register_form_place(_name, _component)


@attempt("python-among-the-functions-of-feel")
def _(url: str) -> str:
    """Names of Python, and paths into its objects, are no names of FEEL."""
    found = []
    for text in (
        "__import__",
        "eval",
        "().__class__",
        '"a".__class__',
        "sum.__globals__",
        "[].append",
        "now().__class__",
        "{}.keys",
    ):
        try:
            found.append(feel.compile_expression(text).evaluate({}, now=BEGIN))
        except feel.FeelError:
            found.append(None)
    assert all(value in (None, []) for value in found), found
    return "null: all"


@attempt("python-in-a-start-variable")
def _(url: str) -> str:
    hall = Hall(url)
    hall.deploy("start s\nscript x code='b = a + 1'\nuser u groups=g\nend e\ns -> x -> u -> e")
    with canary():
        for number, payload in enumerate(PAYLOADS):
            instance_id = hall.start({"a": payload}, command_id=f"c{number}").instance_id
            assert hall.variables(instance_id) == {"a": payload, "b": None}
    return "kept as data"


LOOP = """
start s
script grow code="{code}"
exclusive again
end e
s -> grow -> again
again -> grow if {condition}
again -> e default
"""


def _register_script(name: str, code: str, *codes: str) -> None:
    @attempt(name)
    def _(url: str) -> str:
        try:
            return incident(url, f'start s\nscript x code="{code}"\nend e\ns -> x -> e', None, *codes)
        except DeploymentRefused as refused:
            return f"refused: {next(finding.code for finding in refused.findings if finding.is_error)}"


for _name, _code in {
    "nine-to-the-nine-to-the-nine-times-a-million": "a = for i in 1..1000000 return 9**9**9",
    "a-million-items": "a = for i in 1..1000000 return i",
    "loops-within-loops": "a = count(for i in 1..1000, j in 1..1000, k in 1..1000 return 1)",
    "a-function-that-calls-itself": "a = {f: function(g, n) g(g, n + 1), r: f(f, 0)}.r",
    "a-list-doubled-60-times": "a = {a0: [1, 1], " + ", ".join(f"a{n + 1}: [a{n}, a{n}]" for n in range(60)) + "}",
    "a-text-doubled-60-times": 'a = {a0: \\"0123456789\\", ' + ", ".join(f"a{n + 1}: a{n} + a{n}" for n in range(60)) + "}",
    "every-day-of-9999-years": 'a = for d in date(\\"0001-01-01\\")..date(\\"9999-12-31\\") return string(d)',
    "a-context-nested-1000-deep": "a = " + "{a: " * 1000 + "1" + "}" * 1000,
    "brackets-10000-deep": "a = " + "(" * 10_000 + "1" + ")" * 10_000,
    "a-sum-of-9000-terms": "a = " + "+".join("1" for _ in range(9_000)),
    "a-list-nested-50-deep-is-no-variable": "a = " + "[" * 50 + "1" + "]" * 50,
    "ten-thousand-regular-expressions": 'a = for i in 1..100000 return matches(\\"aaaaaaaaaaaaaaaaaaaaa\\", \\"(a|a|b)*c\\")',
}.items():
    _register_script(_name, _code)


@attempt("an-expression-of-a-megabyte")
def _(url: str) -> str:
    source = bpmn("start s\nscript x code='a = 1'\nend e\ns -> x -> e")
    return refused_model(source.replace(b"a = 1", b"a = 1" + b"+1" * 500_000))


@attempt("a-thousand-costly-lines-in-one-script")
def _(url: str) -> str:
    lines = ";".join(f"v{n} = count(for i in 1..4000 return i)" for n in range(1_000))
    return incident(url, f'start s\nscript x code="{lines}"\nend e\ns -> x -> e')


@attempt("a-costly-line-in-a-loop-of-the-model")
def _(url: str) -> str:
    return incident(url, LOOP.format(code="a = count(for i in 1..4000 return i)", condition="true"))


@attempt("nine-to-the-nine-to-the-nine")
def _(url: str) -> str:
    value = feel.compile_expression("9**9**9").evaluate({}, now=BEGIN)
    assert len(str(value)) < 60
    return "bounded: 34 digits"


@attempt("catastrophic-regular-expressions")
def _(url: str) -> str:
    text = "a" * 5_000 + "!"
    bounded = 0
    for pattern in ("^(a+)+$", "(a*)*b", "(a|aa)+$", "(.*a){25}", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a{1,500}){1,500}b"):
        try:
            feel.compile_expression("matches(text, pattern)").evaluate({"text": text, "pattern": pattern}, now=BEGIN)
        except feel.FeelError:
            bounded += 1
    return f"bounded: {bounded} gave up, the others answered"


@attempt("a-text-that-doubles-in-a-loop-of-the-model")
def _(url: str) -> str:
    sketch = LOOP.format(code='a = if a = null then \\"x\\" else a + a', condition="true")
    return incident(url, sketch, {"a": None})


@attempt("a-list-of-long-texts-that-grows-in-a-loop-of-the-model")
def _(url: str) -> str:
    grow = "a = concatenate(if a = null then [] else a, [string join(for i in 1..1000 return b)])"
    return incident(url, LOOP.format(code=grow, condition="true"), {"a": None, "b": "x" * 900})


@attempt("variables-that-multiply-in-one-script")
def _(url: str) -> str:
    """300 variables of 9 megabytes each, made of one of 900 kilobytes."""
    lines = ";".join(f"v{n} = [b, b, b, b, b, b, b, b, b, b]" for n in range(300))
    return incident(url, f'start s\nscript x code="{lines}"\nuser u groups=g\nend e\ns -> x -> u -> e', {"b": "x" * 900_000})
