"""The approval of twelve as viewflow says it: a class with a node for each task."""
# mypy: ignore-errors

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process

TASKS = 12


def view(request, **given):
    """A page nobody opens."""


def nodes():
    """Start, twelve tasks for the clerk one after the other, end."""
    found = {"start": flow.StartHandle(lambda activation: activation.process).Next(this.opinion_1), "end": flow.End()}
    for number in range(1, TASKS + 1):
        following = this.end if number == TASKS else getattr(this, f"opinion_{number + 1}")
        found[f"opinion_{number}"] = flow.View(view).Assign(username="clerk").Next(following)
    return found


Approval = type(flow.Flow)("Approval", (flow.Flow,), {"__module__": __name__, "process_class": Process, **nodes()})
