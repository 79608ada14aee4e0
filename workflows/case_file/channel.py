"""By which way an application came (APPL Art. 29), and its code in GB/T 39046 (A.5)."""

from enum import StrEnum

from engine.core.rejection import Rejection, declare

declare({"case-channel-unknown": ("没有“{channel}”这种申请方式。", "Expected a way of applying, but {channel} is none.")})


class Channel(StrEnum):
    """Letter, telex, fax, EDI and e-mail are as good as coming to the window."""

    WINDOW = "window"
    WEB = "web"
    MOBILE = "mobile"
    POST = "post"
    EMAIL = "email"
    FAX = "fax"
    AGENT = "agent"

    @property
    def code(self) -> str:
        """GB/T 39046 A.5: 1 window, 2 computer, 3 mobile, 4 express, 9 other."""
        return {"window": "1", "web": "2", "mobile": "3", "post": "4"}.get(self.value, "9")


def channel_of(text: str) -> Channel:
    """:raises Rejection: ``case-channel-unknown``."""
    try:
        return Channel(text)
    except ValueError:
        raise Rejection("case-channel-unknown", field="channel", channel=text[:40]) from None
