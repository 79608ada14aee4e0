"""The process that is stepped through: twelve opinions, one after the other, each with a form of one field."""

import orjson

from engine.runtime.deployments import ResourceFile

TASKS = 12
KEY = "bench_approval"
GROUP = "approvers"
NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
)
FORM = {
    "type": "default",
    "id": KEY,
    "schemaVersion": 19,
    "components": [
        {"type": "textfield", "id": "opinion", "key": "opinion", "label": "意见", "properties": {"labelEn": "Opinion"}}
    ],
}


def files() -> list[ResourceFile]:
    """What is deployed."""
    return [ResourceFile(f"{KEY}.bpmn", _bpmn()), ResourceFile(f"{KEY}.form", orjson.dumps(FORM))]


def _bpmn() -> bytes:
    names = ["begin", *(f"opinion_{number}" for number in range(1, TASKS + 1)), "end"]
    tasks = "".join(_task(name) for name in names[1:-1])
    flows = "".join(
        f'<sequenceFlow id="flow_{number}" sourceRef="{names[number]}" targetRef="{names[number + 1]}"/>'
        for number in range(len(names) - 1)
    )
    process = f'<startEvent id="begin"/>{tasks}<endEvent id="end"/>{flows}'
    return (
        f'<definitions {NAMESPACES} id="definitions" targetNamespace="urn:bench">'
        f'<process id="{KEY}" name="{KEY}" isExecutable="true">{process}</process></definitions>'
    ).encode()


def _task(name: str) -> str:
    properties = "".join(
        f'<spiffworkflow:property name="{key}" value="{value}"/>'
        for key, value in (("candidateGroups", GROUP), ("formKey", KEY))
    )
    extensions = f"<extensionElements><spiffworkflow:properties>{properties}</spiffworkflow:properties></extensionElements>"
    return f'<userTask id="{name}" name="{name}">{extensions}</userTask>'
