"""Models drawn at random: from well-structured blocks, which are sound, and with single things changed, which may not be.

Every condition is a bit of the time of the command, so that a test decides each of them by choosing when it acts, and no
variable is ever written: nothing but the control flow decides what happens.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
BITS = 24
SECONDS = '(now() - date and time("2026-01-01T00:00:00Z")) / duration("PT1S")'
CHOOSING = ("exclusive", "inclusive")


@dataclass
class Drawing:
    """One process or subprocess: elements in words, flows as pairs, and the drawings inside its subprocesses."""

    elements: dict[str, str] = field(default_factory=dict)
    flows: list[tuple[str, str]] = field(default_factory=list)
    inner: dict[str, "Drawing"] = field(default_factory=dict)
    prefix: str = ""

    def add(self, kind: str, words: str = "") -> str:
        name = f"{self.prefix}{kind[0]}{len(self.elements)}"
        self.elements[name] = f"{kind} {name} {words}".strip()
        return name

    def connect(self, *names: str) -> None:
        self.flows += pairwise(names)

    def kind(self, name: str) -> str:
        return self.elements[name].split()[0]

    def outgoing(self, name: str) -> list[str]:
        return [target for source, target in self.flows if source == name]

    def all(self) -> list["Drawing"]:
        return [self, *(deeper for inner in self.inner.values() for deeper in inner.all())]

    def bits(self) -> dict[tuple[str, str], int]:
        """The bit of the time that decides each conditional flow."""
        conditional = []
        for drawing in self.all():
            for name in drawing.elements:
                if drawing.kind(name) in CHOOSING:
                    conditional += [(name, target) for target in drawing.outgoing(name)[:-1]]
        return {flow: number % BITS for number, flow in enumerate(conditional)}

    def text(self, bits: dict[tuple[str, str], int] | None = None) -> str:
        bits = self.bits() if bits is None else bits
        lines = []
        for name, words in self.elements.items():
            if name in self.inner:
                lines += [words + " {", self.inner[name].text(bits), "}"]
            else:
                lines.append(words)
        for source, target in self.flows:
            line = f"{source} -> {target}"
            if (source, target) in bits:
                line += f" if odd(floor({SECONDS} / {2 ** bits[source, target]}))"
            elif self.kind(source) in CHOOSING and len(self.outgoing(source)) > 1:
                line += " default"
            lines.append(line)
        return "\n".join(lines)


def moment(turn: int, bits: int) -> datetime:
    """When the ``turn``-th command is given, so that exactly these bits are set. Each turn is months after the last."""
    return EPOCH + timedelta(seconds=(turn + 1) * 2**BITS + bits)


def sound_drawing(chance: Random, depth: int) -> Drawing:
    """A process of blocks, nested ``depth`` deep at most."""
    drawing = Drawing()
    _fill(chance, drawing, depth)
    return drawing


def _fill(chance: Random, drawing: Drawing, depth: int) -> None:
    start = drawing.add("start")
    first, last = _block(chance, drawing, depth)
    drawing.connect(start, first)
    drawing.connect(last, drawing.add("end"))


def _block(chance: Random, drawing: Drawing, depth: int) -> tuple[str, str]:
    """Add a block; the element it begins with and the one it ends with."""
    kinds = ["user", "user", "task"]
    if depth:
        kinds += ["sequence", "exclusive", "parallel", "inclusive", "loop", "subprocess", "deadline", "reminder", "race"]
        kinds += ["attempt", "notice", "reaction"]
    return BLOCKS[chance.choice(kinds)](chance, drawing, depth - 1)


def _user(chance: Random, drawing: Drawing, depth: int) -> tuple[str, str]:
    name = drawing.add("user", "groups=g")
    return name, name


def _task(chance: Random, drawing: Drawing, depth: int) -> tuple[str, str]:
    name = drawing.add("task")
    return name, name


def _sequence(chance: Random, drawing: Drawing, depth: int) -> tuple[str, str]:
    first, middle = _block(chance, drawing, depth)
    following, last = _block(chance, drawing, depth)
    drawing.connect(middle, following)
    return first, last


def _split_and_join(kind: str) -> Callable[[Random, Drawing, int], tuple[str, str]]:
    def block(chance: Random, drawing: Drawing, depth: int) -> tuple[str, str]:
        split, join = drawing.add(kind), drawing.add(kind)
        for _ in range(chance.randint(2, 3)):
            first, last = _block(chance, drawing, depth)
            drawing.connect(split, first)
            drawing.connect(last, join)
        return split, join

    return block


def _loop(chance: Random, drawing: Drawing, depth: int) -> tuple[str, str]:
    """Somebody stands in the loop, or a single command would turn it for ever."""
    merge, again = drawing.add("exclusive"), drawing.add("exclusive")
    person = drawing.add("user", "groups=g")
    first, last = _block(chance, drawing, depth)
    after = drawing.add("task")
    drawing.connect(merge, person, first)
    drawing.connect(last, again, merge)
    drawing.connect(again, after)
    return merge, after


def _subprocess(chance: Random, drawing: Drawing, depth: int) -> tuple[str, str]:
    many = chance.choice(["", "times=2", "times=2 sequential"])
    name = drawing.add("subprocess", many)
    inner = Drawing(prefix=f"{name}x")
    drawing.inner[name] = inner
    _fill(chance, inner, depth)
    return name, name


def _host(chance: Random, drawing: Drawing) -> str:
    return drawing.add("user", "groups=g")


def _deadline(chance: Random, drawing: Drawing, depth: int) -> tuple[str, str]:
    """An activity that is interrupted, and goes on somewhere else."""
    host, merge = _host(chance, drawing), drawing.add("exclusive")
    late = drawing.add("boundary", f"on={host} {chance.choice(['duration=P1D', 'message=m'])}")
    first, last = _block(chance, drawing, depth)
    drawing.connect(late, first)
    drawing.connect(last, merge)
    drawing.connect(host, merge)
    after = drawing.add("task")
    drawing.connect(merge, after)
    return host, after


def _reminder(chance: Random, drawing: Drawing, depth: int) -> tuple[str, str]:
    """An activity beside which something else happens, once or often, and ends by itself."""
    host = _host(chance, drawing)
    event = drawing.add("boundary", f"on={host} beside {chance.choice(['duration=P1D', 'cycle=R3/P1D', 'message=m'])}")
    person = drawing.add("user", "groups=g")
    drawing.connect(event, person, drawing.add("end"))
    return host, host


def _race(chance: Random, drawing: Drawing, depth: int) -> tuple[str, str]:
    gateway, merge = drawing.add("events"), drawing.add("exclusive")
    for words in ("message=m", "duration=P1D"):
        event = drawing.add("catch", words)
        first, last = _block(chance, drawing, depth)
        drawing.connect(gateway, event, first)
        drawing.connect(last, merge)
    after = drawing.add("task")
    drawing.connect(merge, after)
    return gateway, after


def _attempt(chance: Random, drawing: Drawing, depth: int) -> tuple[str, str]:
    """A subprocess that ends well or throws an error, which is caught at its edge."""
    name, merge, after = drawing.add("subprocess"), drawing.add("exclusive"), drawing.add("task")
    inner = drawing.inner[name] = Drawing(prefix=f"{name}x")
    start, choice = inner.add("start"), inner.add("exclusive")
    first, last = _block(chance, inner, depth)
    inner.connect(start, first)
    inner.connect(last, choice, inner.add("end", "error=E1"))
    inner.connect(choice, inner.add("end"))
    caught = drawing.add("boundary", f"on={name} {chance.choice(['error=E1', 'anyerror'])}")
    mending, mended = _block(chance, drawing, depth)
    drawing.connect(caught, mending)
    drawing.connect(mended, merge, after)
    drawing.connect(name, merge)
    return name, after


def _notice(chance: Random, drawing: Drawing, depth: int) -> tuple[str, str]:
    """A subprocess that throws an escalation on its way, which somebody outside hears or nobody does."""
    name = drawing.add("subprocess")
    inner = drawing.inner[name] = Drawing(prefix=f"{name}x")
    first, last = _block(chance, inner, depth)
    inner.connect(inner.add("start"), first)
    inner.connect(last, inner.add("throw", "escalation=N1"), inner.add("end"))
    if chance.random() < 0.7:
        heard = drawing.add("boundary", f"on={name} beside escalation={chance.choice(['N1', 'N2'])}")
        drawing.connect(heard, drawing.add("user", "groups=g"), drawing.add("end"))
    return name, name


def _reaction(chance: Random, drawing: Drawing, depth: int) -> tuple[str, str]:
    """A task, while an event subprocess waits for something."""
    name = drawing.add("reaction")
    inner = drawing.inner[name] = Drawing(prefix=f"{name}x")
    words = chance.choice(["message=m", "message=m beside", "duration=P1D beside", "error=E1"])
    first, last = _block(chance, inner, depth)
    inner.connect(inner.add("start", words), first)
    inner.connect(last, inner.add("end"))
    return _user(chance, drawing, depth)


BLOCKS: dict[str, Callable[[Random, Drawing, int], tuple[str, str]]] = {
    "user": _user,
    "task": _task,
    "sequence": _sequence,
    "exclusive": _split_and_join("exclusive"),
    "parallel": _split_and_join("parallel"),
    "inclusive": _split_and_join("inclusive"),
    "loop": _loop,
    "subprocess": _subprocess,
    "deadline": _deadline,
    "reminder": _reminder,
    "race": _race,
    "attempt": _attempt,
    "notice": _notice,
    "reaction": _reaction,
}


def changed_drawing(chance: Random, depth: int) -> Drawing:
    """A process of blocks in which up to three things were changed: a gateway's kind, where a flow leads, an end."""
    drawing = sound_drawing(chance, depth)
    for _ in range(chance.randint(1, 3)):
        chance.choice(CHANGES)(chance, chance.choice(drawing.all()))
    return drawing


def _other_gateway(chance: Random, drawing: Drawing) -> None:
    gateways = [name for name in drawing.elements if drawing.kind(name) in ("exclusive", "parallel", "inclusive")]
    if gateways:
        name = chance.choice(gateways)
        kind = chance.choice(["exclusive", "parallel", "inclusive"])
        drawing.elements[name] = f"{kind} {name}"


def _other_target(chance: Random, drawing: Drawing) -> None:
    index = chance.randint(0, len(drawing.flows) - 1)
    targets = [name for name in drawing.elements if drawing.kind(name) not in ("start", "boundary", "catch")]
    target = chance.choice(targets)
    source, _ = drawing.flows[index]
    if (source, target) not in drawing.flows:
        drawing.flows[index] = (source, target)


def _other_end(chance: Random, drawing: Drawing) -> None:
    ends = [name for name in drawing.elements if drawing.kind(name) == "end"]
    name = chance.choice(ends)
    drawing.elements[name] = f"end {name} {chance.choice(['', 'terminate', 'error=E1'])}".strip()


CHANGES = (_other_gateway, _other_target, _other_end)
