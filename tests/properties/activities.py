"""What subprocesses, calls, lists of instances and boundary events mean."""

from collections.abc import Callable
from typing import Any

from tests.properties import blocks
from tests.properties.known import Known, merged
from tests.properties.running import Done, Path, Place, Running, Timer, World, means, running


class Scope(Running):
    """A process or subprocess: its main line and what goes on beside it."""

    def __init__(self, body: blocks.Block, place: Place | None, world: World, path: Path, done: Done) -> None:
        local = place.local if place is not None else {}
        catchers = place.catchers if place is not None else {}
        super().__init__(body, Place(world, self, path, local, catchers), done)
        self.lines: list[Running] = []
        self.outcome: Known | None = None

    def begin(self, known: Known) -> None:
        self.latest = known
        self.beside(self.block, known, self.place, terminates=False)

    def beside(self, block: blocks.Block, known: Known, place: Place, *, terminates: bool) -> None:
        line = running(block, place, lambda outcome: self._ended(line, outcome, terminates))
        self.lines.append(line)
        line.latest = known
        line.begin(known)

    def _ended(self, line: Running, outcome: Known, terminates: bool) -> None:
        self.lines.remove(line)
        self.outcome = outcome if self.outcome is None else self.outcome.merged(outcome)
        if terminates:
            self.outcome = self.known()
            self._withdraw()
        if not self.lines:
            self.done(self.outcome)

    def known(self) -> Known:
        return merged([*([self.outcome] if self.outcome is not None else []), *(line.known() for line in self.lines)])

    def _withdraw(self) -> None:
        for line in self.lines:
            line.cancel()
        self.lines.clear()

    def cancel(self) -> None:
        super().cancel()
        self._withdraw()


@means(blocks.Sub, blocks.Call)
class Inside(Running):
    """An embedded subprocess or a call."""

    def begin(self, known: Known) -> None:
        self.latest = known
        path = ((self.block.id, self.number_of_instance()), *self.place.path)
        place, inner = self.place, known
        if self.takes is not None:
            place = Place(self.world, place.scope, place.path, {}, place.catchers)
            context = {**known.values(), **self.place.local}
            inner = self.world.write(Known(), **{name: context.get(name) for name in self.takes})
        self.part = Scope(self.block.body, place, self.world, path, lambda outcome: self._part_done(outcome, self._back))
        self.part.begin(inner)

    @property
    def takes(self) -> tuple[str, ...] | None:
        return getattr(self.block, "takes", None)

    @property
    def gives(self) -> str | None:
        return getattr(self.block, "gives", None)

    def _part_done(self, outcome: Known, then: Done) -> None:
        if self.alive:
            self.part = None
            then(outcome)

    def _back(self, outcome: Known) -> None:
        if self.gives is not None:
            outcome = self.world.write(self.latest, **{f"out_{self.block.id}": outcome.value(self.gives)})
        elif self.takes is not None:
            mine = self.latest.values()
            changes = {n: v for n, v in outcome.values().items() if n not in mine or mine[n] != v}
            outcome = self.world.write(self.latest, **changes)
        self.latest = outcome
        self.done(outcome)

    def known(self) -> Known:
        """A call that says what it gives back gives nothing back before."""
        return self.latest if self.takes is not None or self.gives is not None else super().known()


@means(blocks.Many)
class Repeating(Running):
    """Multi-instance."""

    def begin(self, known: Known) -> None:
        self.name = f"all_{self.block.inner.id}"
        self.results: dict[int, Any] = {}
        self.finished = 0
        self.latest = self.world.write(known, **{self.name: []}) if self.block.collects else known
        self.instances: dict[int, Running] = {}
        if not self.block.count:
            self.done(self.latest)
        for number in range(1, (1 if self.block.sequential else self.block.count) + 1):
            if number <= self.block.count:
                self._instance(number)

    def _instance(self, number: int) -> None:
        local = {**self.place.local, "loopCounter": number, f"item_{self.block.inner.id}": 10 * number}
        place = Place(self.world, self.place.scope, self.place.path, local, self.place.catchers)
        instance = running(self.block.inner, place, lambda outcome: self._one_done(number, outcome, local))
        instance.is_instance = True
        self.instances[number] = instance
        instance.begin(self.latest)

    def _one_done(self, number: int, outcome: Known, local: dict[str, Any]) -> None:
        self.finished += 1
        enough = self.block.until is not None and self.finished >= self.block.until
        if self.block.collects:
            self.results[number] = {**outcome.values(), **local}.get(self.block.collects)
            answers = [self.results[index] for index in sorted(self.results)]
            self.latest = self.world.write(self.latest, **{self.name: answers})
        else:
            del self.instances[number]
            unfinished = [instance.known() for instance in self.instances.values()] if enough else []
            self.latest = merged([self.latest, outcome, *unfinished])
        self.instances.pop(number, None)
        if enough or self.finished == self.block.count:
            self.cancel()
            self.done(self.latest)
        elif self.block.sequential:
            self._instance(number + 1)

    def known(self) -> Known:
        if self.block.collects:
            return self.latest
        return merged([self.latest, *(instance.known() for instance in self.instances.values())])

    def cancel(self) -> None:
        super().cancel()
        for instance in self.instances.values():
            instance.cancel()
        self.instances.clear()


@means(blocks.Guarded)
class Guarding(Running):
    """An activity with events at its boundary."""

    def begin(self, known: Known) -> None:
        self.latest = known
        catchers = {b.code: self._catcher(b) for b in self.block.boundaries if b.kind == "error"}
        place = Place(self.world, self.place.scope, self.place.path, self.place.local, {**self.place.catchers, **catchers})
        self.going_on = True
        self.timers: list[Timer] = []
        self.part = running(self.block.activity, place, self._activity_done)
        self.part.begin(known)
        for boundary in self.block.boundaries if self.going_on else ():
            if boundary.kind != "error":
                self._arm(boundary, self.world.day + boundary.days, boundary.times)

    def _arm(self, boundary: blocks.Boundary, due: int, left: int) -> None:
        path = ((boundary.id, None), *self.place.path)
        self.timers.append(Timer(self.world, path, due, lambda timer: self._fire(boundary, timer, left)))

    def _catcher(self, boundary: blocks.Boundary) -> Callable[[], None]:
        return lambda: self._interrupt(boundary)

    def _activity_done(self, outcome: Known) -> None:
        self.part, self.going_on, self.latest = None, False, outcome
        self._disarm()
        self.done(outcome)

    def _disarm(self) -> None:
        for timer in self.timers:
            if timer in self.world.timers:
                self.world.timers.remove(timer)

    def _fire(self, boundary: blocks.Boundary, timer: Timer, left: int) -> None:
        if boundary.kind == "timer":
            self._interrupt(boundary)
            return
        assert self.part is not None
        known = self.part.known()
        if left > 1:
            self._arm(boundary, timer.due + boundary.days, left - 1)
        self.place.scope.beside(boundary.handler, known, self.place, terminates=boundary.terminates)

    def _interrupt(self, boundary: blocks.Boundary) -> None:
        assert self.part is not None
        known = self.part.known()
        self.part.cancel()
        self._disarm()
        self.go_on(boundary.handler, known, self.done)

    def cancel(self) -> None:
        super().cancel()
        self._disarm()
