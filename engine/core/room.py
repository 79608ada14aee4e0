"""How much one case may know, however many commands it took to tell it (law f).

Every step loads and stores the whole case, so a case that grows without end slows the hall down long before it fills a disk.
What comes in and what is written is counted roughly and for next to nothing; only a case that may have become too large is
weighed. Then nobody tells it more, and what would go on by itself stops with an incident, until a supervisor has corrected or
canceled it.
"""

from engine.core import commands
from engine.core.budget import MAX_STATE, size
from engine.core.commands import Command
from engine.core.instance import ProcessInstance
from engine.core.rejection import Rejection
from engine.core.snapshot import dump

BYTES_PER_CHARACTER = 3
"""Of a Chinese one, in UTF-8."""


def require_room(instance: ProcessInstance, command: Command) -> int:
    """The instance's weight before the command.

    :raises Rejection: ``case-too-large``, for what comes from outside.
    """
    weight = instance.root.weight
    if weight > MAX_STATE // BYTES_PER_CHARACTER:
        weight = len(dump(instance))
    if isinstance(command, commands.CompleteUserTask | commands.DeliverMessage) and weight > MAX_STATE:
        raise Rejection("case-too-large", limit=MAX_STATE // 1_000_000)
    return weight


def brought(command: Command) -> int:
    """The weight of what an accepted command brings."""
    if isinstance(command, commands.CompleteUserTask | commands.DeliverMessage | commands.SetVariables):
        return size(command.variables)
    return 0
