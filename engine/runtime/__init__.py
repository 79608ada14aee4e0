"""What the pure core needs to live: storage, the one transaction, history, timers, jobs, queries, replay.

:class:`engine.runtime.runtime.Runtime` is the way in. Every change of a process instance goes through its dispatcher and
every commit of the project through :mod:`engine.runtime.unit_of_work`.
"""

from engine.runtime import rejections

__all__ = ["rejections"]
