"""A step early and late in the life of one instance, in turns (law g): a task that comes again as long as nobody says no."""

from dataclasses import dataclass, field

import orjson

from bench.databases import place
from bench.latency import Latencies
from bench.step.approval import GROUP, NAMESPACES
from bench.step.measure import CLERK, created
from engine.runtime.deployments import ResourceFile
from engine.runtime.operators import OperatorRegistry
from engine.runtime.receipts import Receipt
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings

KEY = "bench_endless"
EARLY, LATE = 10, 1000
"""Which tasks of an instance are compared: those around the tenth with those around the thousandth."""
SPAN = 10
FORM = {
    "type": "default",
    "id": KEY,
    "schemaVersion": 19,
    "components": [{"type": "checkbox", "id": "enough", "key": "enough", "label": "结束", "properties": {"labelEn": "Enough"}}],
}
MODEL = f"""<definitions {NAMESPACES} id="definitions" targetNamespace="urn:bench">
<process id="{KEY}" name="{KEY}" isExecutable="true">
<startEvent id="begin"/><exclusiveGateway id="again"/><exclusiveGateway id="asked" default="back"/><endEvent id="end"/>
<userTask id="work" name="work"><extensionElements><spiffworkflow:properties>
<spiffworkflow:property name="candidateGroups" value="{GROUP}"/><spiffworkflow:property name="formKey" value="{KEY}"/>
</spiffworkflow:properties></extensionElements></userTask>
<sequenceFlow id="in" sourceRef="begin" targetRef="again"/><sequenceFlow id="to" sourceRef="again" targetRef="work"/>
<sequenceFlow id="done" sourceRef="work" targetRef="asked"/><sequenceFlow id="back" sourceRef="asked" targetRef="again"/>
<sequenceFlow id="out" sourceRef="asked" targetRef="end"><conditionExpression>enough = true</conditionExpression></sequenceFlow>
</process></definitions>"""


@dataclass(slots=True)
class Endurance:
    """Steps around the tenth task of instances, and around the thousandth of one."""

    database: str
    early: Latencies = field(default_factory=Latencies)
    late: Latencies = field(default_factory=Latencies)

    @property
    def ratio(self) -> float:
        """The late step by the early one, at the median."""
        return self.late.summary()["p50_ms"] / self.early.summary()["p50_ms"]


def endure(kind: str, *, late: int = LATE, samples: int = 200) -> Endurance:
    """Take one instance to its ``late``-th task and hold its steps against those of young ones."""
    found = Endurance(kind)
    with place(kind) as database:
        runtime = Runtime(Settings(database_url=database.url), operators=OperatorRegistry())
        try:
            runtime.upgrade()
            runtime.deployments.deploy(
                [ResourceFile(f"{KEY}.bpmn", MODEL.encode()), ResourceFile(f"{KEY}.form", _form())], CLERK
            )
            old = _aged(runtime, "old", late - SPAN // 2)
            for number in range(samples):
                if number % SPAN == 0:
                    young = _aged(runtime, f"young-{number}", EARLY - SPAN // 2)
                with found.early.measured():
                    young = _step(runtime, young, f"early-{number}")
                with found.late.measured():
                    old = _step(runtime, old, f"late-{number}")
        finally:
            runtime.stop()
    return found


def _form() -> bytes:
    return orjson.dumps(FORM)


def _aged(runtime: Runtime, name: str, steps: int) -> Receipt:
    receipt = runtime.start(process_key=KEY, actor=CLERK, command_id=f"start-{name}")
    for number in range(steps):
        receipt = _step(runtime, receipt, f"{name}-{number}")
    return receipt


def _step(runtime: Runtime, receipt: Receipt, command_id: str) -> Receipt:
    return runtime.complete(created(receipt), {"enough": False}, actor=CLERK, command_id=command_id)
