"""The process that is measured: ``python -m bench.memory.worker CASES MARKS``.

It has loaded what a serving process has, and takes approvals through the runtime; after each of as many equal shares as there
are marks it prints how many cases it has done and how many bytes it holds, as the kernel counts them.
"""

import os
import sys
from pathlib import Path

from api.application import create_app
from api.settings import DoorSettings
from bench.approvals import Approvals


def resident() -> int:
    """Bytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Work, and tell."""
    cases, marks = int(sys.argv[1]), int(sys.argv[2])
    with Approvals(os.environ["DATABASE_URL"]) as approvals:
        create_app(approvals.runtime, DoorSettings.from_environment())
        for mark in range(1, marks + 1):
            approvals.take(cases // marks)
            print(mark * (cases // marks), resident(), flush=True)


if __name__ == "__main__":
    main()
