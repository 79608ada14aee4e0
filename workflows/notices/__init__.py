"""Notices (通知) to applicants: in the web inbox at once, by SMS and e-mail as soon as the gateways take them.

A notice in the inbox is part of the step that gives it. What leaves the house is a remote job after the commit: tried again
while a gateway is down, sent once as far as the gateway can tell, and its outcome kept beside the notice. No case waits for
a gateway: a model gives notice by throwing the message ``applicant-notice``, which starts a process of its own.
"""

from workflows.notices.operators import register

__all__ = ["register"]
