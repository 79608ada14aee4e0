"""The hall as a first start leaves it, over HTTP: its people, and a clock that tests move."""

from datetime import UTC, datetime, timedelta

from api.application import create_app
from api.cli.resources import resource_files
from api.installation import RULES, enter_founding_rules, operators
from api.settings import DoorSettings
from engine.runtime.runtime import Runtime
from engine.runtime.settings import Settings
from tests.api.doors import CHEAP, DESIGNER, Person
from workflows.catalogue.item_register import ItemRegister
from workflows.sample import load

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def prepare(url: str) -> None:
    """Fill a database for tests that get copies of it."""
    Hall(url).runtime.stop()


class Hall:
    """The hall as it is installed, with a clock of its own."""

    def __init__(self, url: str) -> None:
        self.now = BEGIN
        settings = DoorSettings(secret_key="k" * 40)
        self.runtime = Runtime(
            Settings(database_url=url), operators=operators(), clock=lambda: self.now, hasher=CHEAP, deployment_rules=RULES
        )
        if not self.runtime.queries.definitions(limit=1).items:
            enter_founding_rules(self.runtime, (settings.models,), DESIGNER)
            self.runtime.deployments.deploy(resource_files((settings.models, settings.forms)), DESIGNER)
            ItemRegister(self.runtime.registers).install(DESIGNER)
            load(self.runtime)
        self.app = create_app(self.runtime, settings)
        self._people: dict[str, Person] = {}

    def person(self, account: str) -> Person:
        if account not in self._people:
            lifetime = timedelta(days=90)
            _, secret = self.runtime.access_tokens.issue(account, purpose="token", name="test", lifetime=lifetime, by=DESIGNER)
            self._people[account] = Person(self.app.test_client(), secret)
        return self._people[account]

    def today(self, ahead: int = 0) -> str:
        return (self.now + timedelta(days=ahead)).date().isoformat()
