"""The pure heart of the engine: commands in, events out.

Nothing here reads a clock, draws a random number, opens a file or talks to a database. ``now`` and every identifier come
with the command or follow from the instance's own counter, so the same history always rebuilds the same instance (law a
of the design: replay).
"""
