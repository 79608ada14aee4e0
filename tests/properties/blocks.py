"""Block-structured models as trees. :mod:`.drawing` makes BPMN of them, :mod:`.reference` says what they mean.

``id`` is unique in a model and names the variables a block keeps: ``v_<id>`` what a task answered, ``k_<id>`` which row of
its table a gateway is at, ``n_<id>`` the laps of a loop, ``s_<id>`` how often a script ran, ``all_<id>`` collected answers,
``item_<id>`` an instance's item, ``out_<id>`` what a narrowed call gave back.
"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias


@dataclass(frozen=True)
class Task:
    """What somebody outside finishes. ``notes`` is a variable it writes besides its own; a ``constant`` one answers 1."""

    id: str
    notes: str
    constant: bool = False
    kind: Literal["user", "service", "receive"] = "user"


@dataclass(frozen=True)
class Script:
    id: str


@dataclass(frozen=True)
class Sequence:
    parts: tuple["Block", ...]


@dataclass(frozen=True)
class Choice:
    """Exclusive. ``table``: which branch is taken the first time, the second ..., and then from the beginning again."""

    id: str
    branches: tuple["Block", ...]
    table: tuple[int, ...]


@dataclass(frozen=True)
class Both:
    """Parallel."""

    id: str
    branches: tuple["Block", ...]


@dataclass(frozen=True)
class Some:
    """Inclusive. A row of ``table`` is the branches taken; the last branch is the default one."""

    id: str
    branches: tuple["Block", ...]
    table: tuple[frozenset[int], ...]


@dataclass(frozen=True)
class Loop:
    id: str
    body: "Block"
    laps: int


@dataclass(frozen=True)
class Fail:
    """A user task, and after it an error in those rows of ``table`` that are true."""

    id: str
    code: str
    table: tuple[bool, ...]


@dataclass(frozen=True)
class Option:
    """A timer of some ``days``, or a message if there are none."""

    id: str
    days: int
    body: "Block"


@dataclass(frozen=True)
class Race:
    """An event-based gateway."""

    id: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Sub:
    id: str
    body: "Block"


@dataclass(frozen=True)
class Call:
    """``takes``: the only variables that go in; ``gives``: the only one that comes back, as ``out_<id>``. None: all."""

    id: str
    body: "Block"
    takes: tuple[str, ...] | None = None
    gives: str | None = None


@dataclass(frozen=True)
class Many:
    """Multi-instance. ``collects``: the variable an instance's answer is taken from; None: what they know is merged."""

    id: str
    inner: "Task | Sub | Call"
    count: int
    sequential: bool
    collects: str | None
    until: int | None


@dataclass(frozen=True)
class Boundary:
    """``days`` is the length of a timer, ``times`` how often it fires (beside), ``code`` makes it an error event.

    An interrupting one comes back to the main line, one beside ends by itself, ``terminates`` everything around it if so.
    """

    id: str
    handler: "Block"
    kind: Literal["timer", "beside", "error"]
    days: int = 1
    times: int = 1
    code: str = ""
    terminates: bool = False


@dataclass(frozen=True)
class Guarded:
    """An activity with events at its boundary."""

    id: str
    activity: "Task | Sub | Call | Many"
    boundaries: tuple[Boundary, ...]


Block: TypeAlias = Task | Script | Sequence | Choice | Both | Some | Loop | Fail | Race | Sub | Call | Many | Guarded


@dataclass(frozen=True)
class Model:
    body: Block
    variables: dict[str, int] = field(default_factory=dict)
