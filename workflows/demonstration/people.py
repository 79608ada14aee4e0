"""Who applies in the made-up year. Nobody in it exists: names are drawn by chance, numbers only have right check characters."""

from datetime import date
from random import Random
from typing import Any

from faker import Faker

from forms.validators import credit_check, resident_check

REGION = "500225"
"""The county of the notice."""
YOUNGEST, OLDEST = 18, 70
WANTS_MESSAGES = 0.005
"""Who wants short messages: without a gateway these fail, and a supervisor has something to repair."""


class People:
    """Applicants, the same for the same seed."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._faker = Faker("zh_CN")
        self._faker.seed_instance(chance.getrandbits(32))

    def individual(self, today: date) -> dict[str, Any]:
        """A natural person, as application forms ask for one."""
        return {
            "kind": "individual",
            "name": self._faker.name(),
            "resident_id": self._resident_id(today),
            **self._reachable(),
            "has_agent": False,
        }

    def organisation(self) -> dict[str, Any]:
        """A legal person."""
        return {
            "kind": "organisation",
            "name": self._faker.company(),
            "credit_code": self._credit_code(),
            "representative": self._faker.name(),
            **self._reachable(),
            "has_agent": False,
        }

    def trade_name(self) -> str:
        """What a small shop may be called."""
        return f"大足县{self._faker.last_name()}{self._chance.choice('记氏家')}{self._chance.choice(SHOPS)}"

    def company_name(self) -> str:
        """What a company may be called."""
        return f"大足县{self._faker.company_prefix()}商贸有限公司"

    def _reachable(self) -> dict[str, str]:
        number = self._chance.randrange(100)
        telephone = f"023-437{self._chance.randrange(100_000):05d}"
        mobile = f"1990000{self._chance.randrange(10_000):04d}" if self._chance.random() < WANTS_MESSAGES else ""
        return {"telephone": telephone, "mobile": mobile, "address": f"{self._chance.choice(STREETS)}{number + 1}号"}

    def _resident_id(self, today: date) -> str:
        born = date(
            today.year - self._chance.randint(YOUNGEST, OLDEST), self._chance.randint(1, 12), self._chance.randint(1, 28)
        )
        digits = f"{REGION}{born:%Y%m%d}{self._chance.randrange(1000):03d}"
        return digits + resident_check(digits)

    def _credit_code(self) -> str:
        code = f"91{REGION}MA{self._chance.randrange(10**7):07d}"
        return code + credit_check(code)


SHOPS = ("面馆", "小吃店", "百货店", "五金店", "理发店", "茶馆", "服装店", "文具店")
STREETS = ("样例街道", "样例路", "样例巷", "样例大道", "样例村一组", "样例新区")
