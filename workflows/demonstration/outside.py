"""People outside in the made-up year: they complain, and they rate what was delivered to them."""

import re
from random import Random

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.runtime import Runtime
from workflows.complaints.beginning import begin
from workflows.complaints.complaint_register import ComplaintRegister, Filing
from workflows.notices.inbox import Inbox
from workflows.ratings.rating_register import Giving, RatingRegister

ANYBODY = Actor("public")
CODE = re.compile(r"评价码(\d{8})")
"""How the notice of delivery names the code."""
SAID = (
    ("obstruction", "反复要求补正", "同一材料被要求补正三次。"),
    ("delay", "迟迟不办", "材料交齐以后多日没有答复。"),
    ("attitude", "态度生硬", "窗口工作人员答复问题不耐烦。"),
    ("other", "排队时间长", "上午取号后等候超过一个小时。"),
)
GRADES = (1, 1, 1, 1, 2, 2, 3)
"""Most people are content; 1 is the best. What is bad would begin a case of its own, which complaints do here."""
RATES = 0.4
NEWEST = 20
"""Notices that are looked at each day."""


def complain(runtime: Runtime, chance: Random) -> None:
    """Somebody files a complaint on the web without a name."""
    category, subject, statement = chance.choice(SAID)
    filing = Filing(channel="web", anonymous=True, category=category, subject=subject, statement=statement)
    receipt = ComplaintRegister(runtime.registers).file(filing, ANYBODY, public=True)
    begin(runtime, receipt.number, ANYBODY)


def rate(runtime: Runtime, chance: Random, account: str, seen: set[str]) -> int:
    """Some of what was delivered to an account since the last look is rated. How many."""
    rated = 0
    for notice in Inbox(runtime.registers, account, own=True).page(None, NEWEST).items:
        code = CODE.search(notice.text)
        if notice.id in seen or code is None:
            continue
        seen.add(notice.id)
        if chance.random() < RATES:
            rated += _give(runtime, Giving(notice.case_number, code[1], chance.choice(GRADES)), f"{account}/{notice.id}")
    return rated


def _give(runtime: Runtime, giving: Giving, address: str) -> bool:
    try:
        RatingRegister(runtime.registers).give(giving, address, ANYBODY, staff=False)
    except Rejection:
        return False
    return True
