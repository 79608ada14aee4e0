"""Naming a case on the command line."""

from engine.core.rejection import Rejection
from engine.runtime.queries import ProcessInstanceFilter
from engine.runtime.runtime import Runtime


def instance_id_of(runtime: Runtime, case: str) -> str:
    """The case by its id, or by the business key if one case has it.

    :raises Rejection: ``instance-not-found``.
    """
    try:
        return runtime.queries.process_instance(case).instance.id
    except Rejection:
        found = runtime.queries.process_instances(ProcessInstanceFilter(business_key=case), limit=2).items
        if len(found) != 1:
            raise
        return found[0].id
