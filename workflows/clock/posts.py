"""Which offices that may extend a limit somebody holds, by the groups the account is in.

What a model says about who approved is not believed: the person who gave the command is looked at.
"""

from engine.core.actor import Actor
from workflows.clock.kind import Approver

GOVERNMENT_HEAD_GROUP = "leader-county"
"""The county's leaders (县政府负责人)."""


def offices(actor: Actor, organ_group: str) -> frozenset[Approver]:
    """``organ_group``: the group of the deciding organ's leaders, from its item (``leader-land``).

    A window head, the committee or a clerk is in neither group.
    """
    held = set()
    if organ_group.startswith("leader-") and organ_group != GOVERNMENT_HEAD_GROUP and organ_group in actor.groups:
        held.add(Approver.ORGAN_HEAD)
    if GOVERNMENT_HEAD_GROUP in actor.groups:
        held.add(Approver.GOVERNMENT_HEAD)
    return frozenset(held)
