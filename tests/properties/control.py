"""What tasks, gateways and loops mean."""

from collections.abc import Callable
from typing import Any

from tests.properties import blocks
from tests.properties.known import Known, merged
from tests.properties.running import Done, Path, Running, Timer, means, running


@means(blocks.Task)
class Working(Running):
    """A user task."""

    def begin(self, known: Known) -> None:
        self.latest = known
        self.world.tasks.append(self)

    @property
    def path(self) -> Path:
        return ((self.block.id, self.number_of_instance()), *self.place.path)

    @property
    def variables(self) -> dict[str, Any]:
        return {**self.latest.values(), **self.place.local}

    def complete(self, variables: dict[str, Any]) -> None:
        self.world.tasks.remove(self)
        self.latest = self.world.write(self.latest, **variables)
        self.done(self.latest)

    def cancel(self) -> None:
        super().cancel()
        if self in self.world.tasks:
            self.world.tasks.remove(self)


@means(blocks.Fail)
class Failing(Working):
    """A user task that may end in an error."""

    def complete(self, variables: dict[str, Any]) -> None:
        self.world.tasks.remove(self)
        self.latest, fails = self.next_row(self.world.write(self.latest, **variables))
        if fails:
            self.place.catchers[self.block.code]()
        else:
            self.done(self.latest)


@means(blocks.Script)
class Scripting(Running):
    def begin(self, known: Known) -> None:
        name = f"s_{self.block.id}"
        self.done(self.world.write(known, **{name: (known.value(name) or 0) + 1}))


@means(blocks.Sequence)
class Following(Running):
    """One part after the other."""

    def begin(self, known: Known) -> None:
        self._step(0, known)

    def _step(self, index: int, known: Known) -> None:
        if index == len(self.block.parts):
            self.done(known)
        else:
            self.go_on(self.block.parts[index], known, lambda outcome: self._step(index + 1, outcome))


@means(blocks.Choice)
class Choosing(Running):
    def begin(self, known: Known) -> None:
        known, number = self.next_row(known)
        self.go_on(self.block.branches[number], known, self.done)


@means(blocks.Loop)
class Looping(Running):
    def begin(self, known: Known) -> None:
        self._lap(1, self.world.write(known, **{f"n_{self.block.id}": 0}))

    def _lap(self, number: int, known: Known) -> None:
        known = self.world.write(known, **{f"n_{self.block.id}": number})
        self.go_on(self.block.body, known, lambda outcome: self._after(number, outcome))

    def _after(self, number: int, known: Known) -> None:
        if number < self.block.laps:
            self._lap(number + 1, known)
        else:
            self.done(known)


@means(blocks.Both, blocks.Some)
class Together(Running):
    """Parallel, or as many as apply."""

    def begin(self, known: Known) -> None:
        chosen = range(len(self.block.branches))
        if isinstance(self.block, blocks.Some):
            known, row = self.next_row(known)
            chosen = sorted(row) or [len(self.block.branches) - 1]
        self.results: dict[int, Known] = {}
        self.branches = {number: self._branch(number) for number in chosen}
        for branch in self.branches.values():
            branch.latest = known
        for branch in self.branches.values():
            branch.begin(known)

    def _branch(self, number: int) -> Running:
        return running(self.block.branches[number], self.place, lambda outcome: self._arrived(number, outcome))

    def _arrived(self, number: int, outcome: Known) -> None:
        self.results[number] = outcome
        if len(self.results) == len(self.branches):
            self.done(merged(self.results.values()))

    def known(self) -> Known:
        return merged(self.results.get(number) or branch.known() for number, branch in self.branches.items())

    def cancel(self) -> None:
        super().cancel()
        for branch in self.branches.values():
            branch.cancel()


class Option(Working):
    """One of the messages a choice between events waits for."""


@means(blocks.Race)
class Racing(Running):
    """Whatever happens first."""

    def begin(self, known: Known) -> None:
        self.latest = known
        self.messages: list[Option] = []
        self.timers: list[Timer] = []
        for option in self.block.options:
            if option.days:
                path = ((option.id, None), *self.place.path)
                self.timers.append(Timer(self.world, path, self.world.day + option.days, self._elapsed(option)))
            else:
                self.messages.append(Option(option, self.place, self._received(option)))
                self.messages[-1].begin(known)

    def _elapsed(self, option: blocks.Option) -> Callable[[Timer], None]:
        return lambda timer: self._decided(option, self.latest)

    def _received(self, option: blocks.Option) -> Done:
        return lambda known: self._decided(option, known)

    def _decided(self, option: blocks.Option, known: Known) -> None:
        self._withdraw()
        self.go_on(option.body, known, self.done)

    def _withdraw(self) -> None:
        for message in self.messages:
            message.cancel()
        for timer in self.timers:
            if timer in self.world.timers:
                self.world.timers.remove(timer)

    def cancel(self) -> None:
        super().cancel()
        self._withdraw()
