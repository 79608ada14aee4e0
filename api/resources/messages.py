"""Messages from outside to the one case that waits for them, or that they start."""

from collections.abc import Mapping
from typing import Any

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.schemas.command import CommandHeadersSchema, Given, ReceiptSchema, receipt_answer
from api.schemas.trouble import MessageSchema

messages = Blueprint("messages", "/api/messages", "消息 · Messages")


@messages.post("")
@messages.takes(CommandHeadersSchema, "headers")
@messages.takes(MessageSchema)
@messages.answers(200, ReceiptSchema)
def correlate(given: Given, wanted: Mapping[str, Any]) -> Any:
    """发送消息 · Hand a message to the case that waits for it, by name and correlation key

    If none waits, the process that begins with it starts, and the correlation key becomes the business key.
    """
    return receipt_answer(runtime().messages.correlate(**wanted, actor=actor(), command_id=given.command_id))
