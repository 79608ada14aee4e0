"""Threads that keep a process's job worker busy."""

import logging
import threading

from engine.runtime.jobs import JobWorker

log = logging.getLogger(__name__)

SHORTEST_PAUSE_SECONDS = 0.05


class JobThreads:
    """Threads that run a worker whenever there is something to run."""

    def __init__(self, worker: JobWorker, threads: int, poll_seconds: float) -> None:
        self._worker = worker
        self._poll = poll_seconds
        self._wake = threading.Condition()
        self._work = 0
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._loop, name=f"lianban-job-{number}", daemon=True) for number in range(threads)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There may be something to run."""
        with self._wake:
            self._work += 1
            self._wake.notify()

    def stop(self) -> None:
        """Let the jobs at hand finish and end the threads."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        for thread in self._threads:
            thread.join()

    def _loop(self) -> None:
        while not self._stopping:
            seen = self._work
            try:
                self._worker.run_due()
                pause = self._pause()
            except Exception:
                log.exception("looking for jobs failed")
                pause = self._poll
            with self._wake:
                if self._work == seen and not self._stopping:
                    self._wake.wait(pause)

    def _pause(self) -> float:
        due = self._worker.next_due()
        if due is None:
            return self._poll
        return max(SHORTEST_PAUSE_SECONDS, min(self._poll, (due - self._worker.clock()).total_seconds()))
