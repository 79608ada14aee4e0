"""Joint meetings with discipline, supervision and finance (联席会议, P20, R-70): one in every quarter at the least.

The agenda is what the registers say is open. Each decision has a group that answers for it and a day; what is not done by then
is on the next agenda. Minutes are signed by somebody else than who kept them, and do not change afterwards.
"""

from workflows.meetings.operators import register

__all__ = ["register"]
