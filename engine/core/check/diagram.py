"""Is everything drawn? People find a case on its diagram; what is not drawn cannot be found."""

from collections.abc import Iterator

from engine.core.check.document import BPMNDI, Document, finding
from engine.core.findings import Finding, Severity


def everything_is_drawn(document: Document) -> Iterator[Finding]:
    """Every node has a shape and every flow an edge."""
    drawn = {
        shape.get("bpmnElement") for kind in ("BPMNShape", "BPMNEdge") for shape in document.root.iter(f"{{{BPMNDI}}}{kind}")
    }
    for node in [*document.nodes, *document.flows]:
        if node.get("id") not in drawn:
            yield finding(
                node,
                "not-drawn",
                "此元素没有图形，督查和审计在图上看不到它。",
                "Expected the element to be drawn, so that supervisors and auditors can see it.",
                severity=Severity.WARNING,
            )
