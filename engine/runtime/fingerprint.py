"""Whether two commands with the same command_id ask for the same thing.

Compared is what the caller said: not what the runtime added on its own (a new instance's identifier, the versions it
bound) and not what may differ between two tries without meaning anything (the groups an account belongs to right now).
"""

import hashlib

import orjson

from engine.core.commands import Command, StartProcessInstance


def fingerprint(command: Command) -> str:
    """SHA-256, hexadecimal, of the command as its caller gave it."""
    asked = {**command.to_dict(), "actor": command.actor.id, "command": command.name}
    if isinstance(command, StartProcessInstance):
        del asked["instance_id"], asked["bindings"]
        if command.start_event is None:  # commands were given before there was such a choice
            del asked["start_event"]
    try:
        content = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # not JSON: core will refuse it, and the refusal is recorded too
        content = ascii(asked).encode()
    return hashlib.sha256(content).hexdigest()
