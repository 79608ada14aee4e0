"""How long something took, many times: kept as nanoseconds, told as percentiles in milliseconds."""

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

NANOSECONDS = 1_000_000
"""In a millisecond."""


@dataclass(slots=True)
class Latencies:
    """Measured times of one kind of act."""

    nanoseconds: list[int] = field(default_factory=list)

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Time the block. A block that raises is not counted."""
        begin = time.perf_counter_ns()
        yield
        self.nanoseconds.append(time.perf_counter_ns() - begin)

    def summary(self) -> dict[str, float]:
        """Count, and p50, p95, p99 and the largest in milliseconds; only the count if there is none."""
        ordered = sorted(self.nanoseconds)
        figures: dict[str, float] = {"count": len(ordered)}
        if ordered:
            figures |= {f"p{percent}_ms": percentile(ordered, percent) / NANOSECONDS for percent in (50, 95, 99)}
            figures["max_ms"] = ordered[-1] / NANOSECONDS
        return figures


def percentile(ordered: Sequence[int], percent: int) -> int:
    """The smallest value that at least ``percent`` of all values do not exceed (nearest rank). ``ordered`` is sorted."""
    return ordered[max(math.ceil(len(ordered) * percent / 100), 1) - 1]
