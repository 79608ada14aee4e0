"""Clients at work at the same time, each a process of its own, so that they do not wait for each other's Python.

They live as long as the crew; between two samples they wait. So samples of two things can be taken in turns.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from statistics import median
from typing import Protocol

FORK = multiprocessing.get_context("fork")
PATIENCE = 120.0
"""Seconds that a sample may take."""


class Hand(Protocol):
    """One client's part in every sample."""

    def prepare(self) -> None:
        """What is not measured."""

    def work(self) -> int:
        """What is; answers how many acts it was."""

    def close(self) -> None:
        """The end."""


@dataclass(slots=True)
class Rates:
    """Acts a second, sample by sample."""

    samples: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return median(self.samples)

    def summary(self) -> dict[str, float]:
        """Acts a second: the median, and the slowest and fastest sample."""
        return {"median": self.median, "least": min(self.samples), "most": max(self.samples)}


class Crew:
    """Some clients that do the same."""

    def __init__(self, lines: Sequence["Connection[object, object]"]) -> None:
        self._lines = lines

    def sample(self) -> float:
        """Let all of them prepare, then work at the same time. Acts a second, from the first begin to the last end.

        :raises RuntimeError: one of them failed, or takes too long.
        """
        self._all("prepare")
        found = self._all("work")
        begin, end = min(begin for begin, _, _ in found), max(end for _, end, _ in found)
        return sum(acts for _, _, acts in found) / (end - begin)

    def _all(self, word: str) -> list[tuple[float, float, int]]:
        for line in self._lines:
            line.send(word)
        return [_answer(line) for line in self._lines]


def in_turns(rounds: int, **crews: Crew) -> dict[str, Rates]:
    """A sample of each crew in every round, after one round that does not count."""
    found = {name: Rates() for name in crews}
    for number in range(rounds + 1):
        for name, crew in crews.items():
            rate = crew.sample()
            if number > 0:
                found[name].samples.append(rate)
    return found


@contextmanager
def crew(clients: int, hand: Callable[[int], Hand]) -> Iterator[Crew]:
    """So many clients. ``hand`` is called in each one's own process, with its number."""
    with ExitStack() as stack:
        lines = []
        for number in range(clients):
            ours, theirs = FORK.Pipe()
            process = FORK.Process(target=_client, args=(theirs, hand, number), daemon=True)
            process.start()
            stack.callback(process.join, PATIENCE)
            stack.callback(ours.send, None)
            lines.append(ours)
        yield Crew(lines)


def _client(line: "Connection[object, object]", make: Callable[[int], Hand], number: int) -> None:
    hand = make(number)
    try:
        while (word := line.recv()) is not None:
            line.send(_done(hand, word))
    finally:
        hand.close()


def _done(hand: Hand, word: object) -> object:
    begin, acts = time.perf_counter(), 0
    try:
        if word == "prepare":
            hand.prepare()
        else:
            acts = hand.work()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return begin, time.perf_counter(), acts


def _answer(line: "Connection[object, object]") -> tuple[float, float, int]:
    if not line.poll(PATIENCE):
        raise RuntimeError("Expected a client to finish its sample, but it takes too long.")
    found = line.recv()
    if not isinstance(found, tuple):
        raise RuntimeError(f"Expected a client to finish its sample, but: {found}")
    begin, end, acts = found
    return begin, end, acts
