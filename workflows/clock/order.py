"""What holds of everything done to a clock: it runs, and time does not go back."""

from datetime import datetime

from engine.core.rejection import Rejection
from workflows.clock.clock import Clock

ACTIONS = {"pause": "暂停", "resume": "恢复", "extend": "延长", "stop": "停止"}


def require_running(clock: Clock, action: str) -> None:
    """:raises Rejection: ``clock-stopped``."""
    if clock.stopped_at is not None:
        raise Rejection("clock-stopped", clock=clock.title, action=ACTIONS[action])


def require_after(clock: Clock, now: datetime) -> None:
    """:raises Rejection: ``clock-time-runs-backwards``."""
    if now < clock.last_event:
        raise Rejection("clock-time-runs-backwards")
