"""SpiffWorkflow as it comes: the other half of every test in this folder.

Each test runs one model on both. What stock does is asserted too, so that a release that mends it is noticed: then our cure
can go.
"""

from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.util.task import TaskState

from tests.core.sketch import bpmn


class Stock:
    """An instance on the library's own parser, specs and script engine."""

    def __init__(self, text: str, **called: str) -> None:
        parser = SpiffBpmnParser()
        for key, inner in {"p": text, **called}.items():
            parser.add_bpmn_str(bpmn(inner, key))
        self.spec = parser.get_spec("p")
        self.workflow = BpmnWorkflow(self.spec, parser.get_subprocess_specs("p"))
        self.workflow.do_engine_steps()

    @property
    def tasks(self) -> dict[str, Any]:
        """What people could do now, by element."""
        return {task.task_spec.name: task for task in self.workflow.get_tasks(state=TaskState.READY, manual=True)}

    @property
    def open(self) -> list[str]:
        return sorted(self.tasks)

    def complete(self, element: str, **variables: Any) -> None:
        task = self.tasks[element]
        task.data.update(variables)
        task.run()
        self.workflow.do_engine_steps()
