"""From a block tree to the sketches of its process and of the processes it calls."""

from collections.abc import Sequence as Rows
from functools import singledispatchmethod
from itertools import pairwise

from tests.properties.blocks import (
    Block,
    Both,
    Boundary,
    Call,
    Choice,
    Fail,
    Guarded,
    Loop,
    Many,
    Model,
    Race,
    Script,
    Sequence,
    Some,
    Sub,
    Task,
)

Ends = tuple[str, str]
"""The first and the last element of a block."""


def draw(model: Model) -> tuple[str, dict[str, str]]:
    """The sketch of the process, and those of the called processes by key."""
    called: dict[str, str] = {}
    return _process(model.body, "p", called), called


def _process(body: Block, key: str, called: dict[str, str]) -> str:
    page = Page(called)
    page.frame(body, key)
    return "\n".join(page.lines)


def turns(gate: str, rows: int) -> str:
    """The script before a gateway: which row of its table is next."""
    return f'script t_{gate} code="k_{gate} = if k_{gate} = null then 1 else modulo(k_{gate}, {rows}) + 1"'


def in_rows(gate: str, rows: Rows[bool]) -> str:
    return " or ".join(f"k_{gate} = {number}" for number, row in enumerate(rows, 1) if row) or "false"


class Page:
    def __init__(self, called: dict[str, str]) -> None:
        self.lines: list[str] = []
        self.called = called

    def add(self, *lines: str) -> None:
        self.lines += lines

    def frame(self, body: Block, key: str) -> None:
        """A start event, the body, an end event."""
        self.add(f"start start_{key}", f"end end_{key}")
        first, last = self.block(body)
        self.add(f"start_{key} -> {first}", f"{last} -> end_{key}")

    @singledispatchmethod
    def block(self, block: Block) -> Ends:
        raise NotImplementedError(block)

    @block.register
    def _(self, block: Sequence) -> Ends:
        ends = [self.block(part) for part in block.parts]
        for (_, last), (first, _) in pairwise(ends):
            self.add(f"{last} -> {first}")
        return ends[0][0], ends[-1][1]

    @block.register
    def _(self, block: Script) -> Ends:
        name = f"s_{block.id}"
        self.add(f'script {block.id} code="{name} = if {name} = null then 1 else {name} + 1"')
        return block.id, block.id

    @block.register
    def _(self, block: Choice) -> Ends:
        return self.gate(block, "exclusive", [[row == number for row in block.table] for number in range(len(block.branches))])

    @block.register
    def _(self, block: Some) -> Ends:
        return self.gate(block, "inclusive", [[number in row for row in block.table] for number in range(len(block.branches))])

    def gate(self, block: Choice | Some, kind: str, rows: list[list[bool]]) -> Ends:
        gate = block.id
        self.add(turns(gate, len(block.table)), f"{kind} {gate}", f"{kind} m_{gate}", f"t_{gate} -> {gate}")
        for number, branch in enumerate(block.branches):
            first, last = self.block(branch)
            condition = "default" if number == len(block.branches) - 1 else f"if {in_rows(gate, rows[number])}"
            self.add(f"{gate} -> {first} {condition}", f"{last} -> m_{gate}")
        return f"t_{gate}", f"m_{gate}"

    @block.register
    def _(self, block: Both) -> Ends:
        self.add(f"parallel {block.id}", f"parallel m_{block.id}")
        for branch in block.branches:
            first, last = self.block(branch)
            self.add(f"{block.id} -> {first}", f"{last} -> m_{block.id}")
        return block.id, f"m_{block.id}"

    @block.register
    def _(self, block: Loop) -> Ends:
        name = block.id
        self.add(f'script {name} code="n_{name} = 0"', f"exclusive m_{name}", f'script c_{name} code="n_{name} = n_{name} + 1"')
        first, last = self.block(block.body)
        self.add(f"exclusive x_{name}", f"task o_{name}", f"{name} -> m_{name} -> c_{name} -> {first}", f"{last} -> x_{name}")
        self.add(f"x_{name} -> m_{name} if n_{name} < {block.laps}", f"x_{name} -> o_{name} default")
        return name, f"o_{name}"

    @block.register
    def _(self, block: Fail) -> Ends:
        name = block.id
        self.add(f"user {name} groups=g", turns(name, len(block.table)), f"exclusive x_{name}", f"task o_{name}")
        self.add(f"end e_{name} error={block.code}", f"{name} -> t_{name} -> x_{name}")
        self.add(f"x_{name} -> e_{name} if {in_rows(name, block.table)}", f"x_{name} -> o_{name} default")
        return name, f"o_{name}"

    @block.register
    def _(self, block: Race) -> Ends:
        self.add(f"events {block.id}", f"exclusive m_{block.id}")
        for option in block.options:
            self.add(f"catch {option.id} {f'duration=P{option.days}D' if option.days else f'message=m_{option.id}'}")
            first, last = self.block(option.body)
            self.add(f"{block.id} -> {option.id} -> {first}", f"{last} -> m_{block.id}")
        return block.id, f"m_{block.id}"

    @block.register(Task)
    @block.register(Sub)
    @block.register(Call)
    def _(self, block: Task | Sub | Call) -> Ends:
        return self.activity(block, "")

    def activity(self, block: Task | Sub | Call, loop: str) -> Ends:
        if isinstance(block, Task):
            words = {"user": "groups=g", "service": "operator=o", "receive": f"message=m_{block.id}"}[block.kind]
            self.add(f"{block.kind} {block.id} {words} {loop}")
        elif isinstance(block, Sub):
            self.add(f"subprocess {block.id} {loop} {{")
            self.frame(block.body, block.id)
            self.add("}")
        else:
            self.called[f"q_{block.id}"] = _process(block.body, block.id, self.called)
            takes = f'inputs="{"; ".join(block.takes)}"' if block.takes is not None else ""
            gives = f'outputs="out_{block.id}={block.gives}"' if block.gives is not None else ""
            self.add(f"call {block.id} process=q_{block.id} {takes} {gives} {loop}")
        return block.id, block.id

    @block.register
    def _(self, block: Many) -> Ends:
        items = ",".join(str(10 * number) for number in range(1, block.count + 1))
        loop = f'collection="=[{items}]" item=item_{block.inner.id}'
        if block.sequential:
            loop += " sequential"
        if block.collects is not None:
            loop += f" collect=all_{block.inner.id} output=={block.collects}"
        if block.until is not None:
            loop += f' until="nrOfCompletedInstances >= {block.until}"'
        return self.activity(block.inner, loop)

    @block.register
    def _(self, block: Guarded) -> Ends:
        first, last = self.block(block.activity)
        merge = f"m_{block.id}"
        self.add(f"exclusive {merge}", f"{last} -> {merge}")
        for boundary in block.boundaries:
            self.boundary(boundary, last, merge)
        return first, merge

    def boundary(self, boundary: Boundary, host: str, merge: str) -> None:
        name = boundary.id
        words = {
            "timer": f"duration=P{boundary.days}D",
            "beside": f"cycle=R{boundary.times}/P{boundary.days}D beside",
            "error": f"error={boundary.code}",
        }[boundary.kind]
        self.add(f"boundary {name} on={host} {words}")
        first, last = self.block(boundary.handler)
        after = merge
        if boundary.kind == "beside":
            after = f"e_{name}"
            self.add(f"end {after}{' terminate' if boundary.terminates else ''}")
        self.add(f"{name} -> {first}", f"{last} -> {after}")
