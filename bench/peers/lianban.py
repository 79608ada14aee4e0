"""The product as a peer among peers: the same arguments, the same answer."""

import json
import sys
import time

from bench.approvals import CLERK, OPINION, Approvals, created
from bench.step.approval import KEY


def main() -> None:
    """Take approvals."""
    url, count, taken = sys.argv[1], int(sys.argv[3]), []
    with Approvals(url) as approvals:
        for number in range(count):
            receipt = approvals.runtime.start(process_key=KEY, actor=CLERK, command_id=f"{time.time_ns()}-{number}")
            while task := created(receipt):
                begin = time.perf_counter_ns()
                receipt = approvals.runtime.complete(task, OPINION, actor=CLERK, command_id=f"{task}-complete")
                taken.append(time.perf_counter_ns() - begin)
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
