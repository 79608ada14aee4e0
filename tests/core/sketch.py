"""BPMN models sketched as text, so that a test shows the process it is about.

    start s
    user review groups=clerks
    end e
    s -> review -> e

A line is an element (``kind id name=value ...``), a block (``subprocess id {`` ... ``}``), or flows. ``a -> b if x > 1``
puts a condition on the last arrow of the line, ``a -> b default`` makes it the default. Values may be quoted.
"""

import shlex
from collections.abc import Callable
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

KINDS = {
    "start": "startEvent",
    "end": "endEvent",
    "user": "userTask",
    "task": "task",
    "manual": "manualTask",
    "script": "scriptTask",
    "service": "serviceTask",
    "rule": "businessRuleTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "call": "callActivity",
    "exclusive": "exclusiveGateway",
    "parallel": "parallelGateway",
    "inclusive": "inclusiveGateway",
    "events": "eventBasedGateway",
    "subprocess": "subProcess",
    "reaction": "subProcess",
    "transaction": "transaction",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "boundary": "boundaryEvent",
}
PROPERTIES = {
    "groups": "candidateGroups",
    "assignee": "assignee",
    "form": "formKey",
    "due": "dueDate",
    "clock": "clock",
    "decision": "calledDecisionId",
    "limit": "limit",
    "separate": "separateFrom",
    "result": "resultVariable",
    "key": "correlationKey",
    "payload": "payload",
    "inputs": "inputs",
    "outputs": "outputs",
    "collection": "collection",
    "item": "elementVariable",
    "collect": "outputCollection",
    "output": "outputElement",
}
TIMERS = {"date": "timeDate", "duration": "timeDuration", "cycle": "timeCycle"}
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:test" id="definitions" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


class Sketch:
    """One file in the making."""

    def __init__(self) -> None:
        self.messages: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.signals: dict[str, str] = {}
        self.escalations: dict[str, str] = {}
        self.defaults: dict[str, str] = {}

    def container(self, lines: list[str]) -> str:
        nodes, flows = [], []
        while lines:
            line = lines.pop(0)
            if line == "}":
                break
            if "->" in line:
                flows += self.arrows(line)
            else:
                nodes.append((line, self.container(lines) if line.endswith("{") else ""))
        return "".join(self.node(line, inner) for line, inner in nodes) + "".join(flows)

    def arrows(self, line: str) -> list[str]:
        path, condition, default = line, None, False
        if " if " in line:
            path, condition = line.split(" if ", 1)
        elif line.endswith(" default"):
            path, default = line.removesuffix(" default"), True
        names = [name.strip() for name in path.split("->")]
        pairs = list(pairwise(names))
        if default:
            self.defaults[pairs[-1][0]] = f"{pairs[-1][0]}_{pairs[-1][1]}"
        return [self.flow(*pair, condition if pair == pairs[-1] else None) for pair in pairs]

    def flow(self, source: str, target: str, condition: str | None) -> str:
        inner = ""
        if condition is not None:
            inner = f'<conditionExpression xsi:type="tFormalExpression">{escape(condition)}</conditionExpression>'
        return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'

    def node(self, line: str, inner: str) -> str:
        kind, name, *words = shlex.split(line.removesuffix("{"))
        options = dict(word.split("=", 1) for word in words if "=" in word)
        flags = {word for word in words if "=" not in word}
        tag = KINDS[kind]
        attributes = {"id": name, "name": options.get("name", name)}
        if kind == "call":
            attributes["calledElement"] = options["process"]
        if kind == "boundary":
            attributes |= {"attachedToRef": options["on"], "cancelActivity": str("beside" not in flags).lower()}
        if kind == "reaction":
            attributes["triggeredByEvent"] = "true"
        if kind == "start" and "beside" in flags:
            attributes["isInterrupting"] = "false"
        if name in self.defaults:
            attributes["default"] = self.defaults[name]
        if kind in ("send", "receive"):
            attributes["messageRef"] = self.message(options["message"])
        body = self.extensions(options) + self.loop(options, flags) + inner + self.definition(kind, options, flags)
        if kind == "script":
            body += f"<script>{escape(options['code'].replace(';', chr(10)))}</script>"
        return f"<{tag} {' '.join(f'{k}={quoteattr(v)}' for k, v in attributes.items())}>{body}</{tag}>"

    def extensions(self, options: dict[str, str]) -> str:
        properties = "".join(
            f"<spiffworkflow:property name={quoteattr(PROPERTIES[key])} value={quoteattr(value)}/>"
            for key, value in options.items()
            if key in PROPERTIES
        )
        content = f"<spiffworkflow:properties>{properties}</spiffworkflow:properties>" if properties else ""
        if "operator" in options:
            parameters = "".join(
                f"<spiffworkflow:parameter id={quoteattr(key[6:])} type='string' value={quoteattr(value)}/>"
                for key, value in options.items()
                if key.startswith("param_")
            )
            into = f" resultVariable={quoteattr(options['into'])}" if "into" in options else ""
            content += (
                f"<spiffworkflow:serviceTaskOperator id={quoteattr(options['operator'])}{into}>"
                f"<spiffworkflow:parameters>{parameters}</spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>"
            )
        return f"<extensionElements>{content}</extensionElements>" if content else ""

    def loop(self, options: dict[str, str], flags: set[str]) -> str:
        if "while" in options or "most" in options:
            most = f' loopMaximum="{options["most"]}"' if "most" in options else ""
            condition = f"<loopCondition>{escape(options['while'])}</loopCondition>" if "while" in options else ""
            before = str("before" in flags).lower()
            tag = "standardLoopCharacteristics"
            return f'<{tag} testBefore="{before}"{most}>{condition}</{tag}>'
        if "times" not in options and "collection" not in options:
            return ""
        cardinality = f"<loopCardinality>{escape(options['times'])}</loopCardinality>" if "times" in options else ""
        until = f"<completionCondition>{escape(options['until'])}</completionCondition>" if "until" in options else ""
        sequential = str("sequential" in flags).lower()
        tag = "multiInstanceLoopCharacteristics"
        return f'<{tag} isSequential="{sequential}">{cardinality}{until}</{tag}>'

    def definition(self, kind: str, options: dict[str, str], flags: set[str]) -> str:
        for word, tag in TIMERS.items():
            if word in options:
                return f"<timerEventDefinition><{tag}>{escape(options[word])}</{tag}></timerEventDefinition>"
        if kind in ("send", "receive"):
            return ""
        for word, write in self.writers.items():
            if word in options:
                return write(options[word])
        if "anyerror" in flags:
            return "<errorEventDefinition/>"
        return next((f"<{word}EventDefinition/>" for word in ("cancel", "terminate") if word in flags), "")

    @property
    def writers(self) -> dict[str, Callable[[str], str]]:
        """Words that say what an event is about."""
        return {
            "message": lambda name: f'<messageEventDefinition messageRef="{self.message(name)}"/>',
            "signal": lambda name: f'<signalEventDefinition signalRef="{self.signal(name)}"/>',
            "error": lambda code: f'<errorEventDefinition errorRef="{self.error(code)}"/>',
            "escalation": lambda code: f'<escalationEventDefinition escalationRef="{self.escalation(code)}"/>',
            "link": lambda name: f"<linkEventDefinition name={quoteattr(name)}/>",
            "condition": lambda text: (
                f"<conditionalEventDefinition><condition>{escape(text)}</condition></conditionalEventDefinition>"
            ),
        }

    def message(self, name: str) -> str:
        return self.messages.setdefault(name, f"message_{len(self.messages)}")

    def signal(self, name: str) -> str:
        return self.signals.setdefault(name, f"signal_{len(self.signals)}")

    def escalation(self, code: str) -> str:
        return self.escalations.setdefault(code, f"escalation_{len(self.escalations)}")

    def error(self, code: str) -> str:
        return self.errors.setdefault(code, f"error_{len(self.errors)}")


def bpmn(text: str, key: str = "p") -> bytes:
    """The sketch as a BPMN file with one process."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    sketch = Sketch()
    for line in lines:  # defaults are attributes of elements that come before their flows
        if line.endswith(" default"):
            sketch.arrows(line)
    body = sketch.container(lines)
    messages = "".join(f'<message id="{i}" name={quoteattr(name)}/>' for name, i in sketch.messages.items())
    errors = "".join(f'<error id="{i}" errorCode={quoteattr(code)}/>' for code, i in sketch.errors.items())
    signals = "".join(f'<signal id="{i}" name={quoteattr(name)}/>' for name, i in sketch.signals.items())
    escalations = "".join(f'<escalation id="{i}" escalationCode={quoteattr(code)}/>' for code, i in sketch.escalations.items())
    head = f"{HEAD}{messages}{errors}{signals}{escalations}"
    return f'{head}<process id="{key}" isExecutable="true">{body}</process></definitions>'.encode()
