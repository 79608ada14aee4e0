"""A model as it goes on by the plain meaning of its blocks."""

import tests.properties.control  # noqa: F401 (says what gateways and tasks mean)
from tests.properties import blocks
from tests.properties.activities import Scope
from tests.properties.known import Known
from tests.properties.running import World


class Reference:
    """A model that goes on."""

    def __init__(self, model: blocks.Model) -> None:
        self.world = World()
        self.outcome: Known | None = None
        self.root = Scope(model.body, None, self.world, (), self._ended)
        self.root.begin(self.world.write(Known(), **model.variables))

    def _ended(self, outcome: Known) -> None:
        self.outcome = outcome

    @property
    def ended(self) -> bool:
        return self.outcome is not None
