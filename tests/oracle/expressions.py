"""Random expressions of FEEL as a designer might write them, and random data for them.

The grammar is typed, so that most expressions have a value; one in a dozen parts is of another type than wanted, because
what happens then matters as much. Numbers are such as a double holds exactly (see docs/feel.md, "Beside feelin").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from tests.oracle.productions import PRODUCTIONS

DATA = {
    "n": "number",
    "m": "number",
    "金额": "number",
    "s": "string",
    "kind": "string",
    "b": "boolean",
    "numbers": "numbers",
    "words": "strings",
    "rows": "rows",
    "case": "row",
    "nothing": "nothing",
}
"""The variables and their types. A row is a context of the entries in :data:`ROW`."""

ROW = {"name": "string", "copies": "number", "received": "boolean"}
ELEMENTS = {"numbers": "number", "strings": "string", "rows": "row", "dates": "date"}
TYPES = ("number", "string", "boolean", "date", "time", "date and time", "zoned", "days", "months", *ELEMENTS, "row", "nothing")

_small = st.sampled_from([-2, -1, 0, 1, 2, 3, 5, 10, 100, 0.5, 1.25, -2.5])
_words = st.sampled_from(["", "a", "b", "ab", "joint", "王小明", "Abc def", "a,b", "1"])
_rows = st.fixed_dictionaries({"name": _words, "copies": _small, "received": st.booleans()})
_of_type: Mapping[str, st.SearchStrategy[object]] = {
    "number": _small,
    "string": _words,
    "boolean": st.booleans(),
    "numbers": st.lists(_small, max_size=4),
    "strings": st.lists(_words, max_size=4),
    "row": _rows,
    "rows": st.lists(_rows, max_size=3),
    "nothing": st.none(),
}
data: st.SearchStrategy[dict[str, object]] = st.fixed_dictionaries({name: _of_type[kind] for name, kind in DATA.items()})

_DATES = ["2026-01-05", "2024-02-29", "2025-12-31", "2026-03-01", "1999-07-15"]
_TIMES = ["09:30:00", "00:00:00", "23:59:59", "12:15:30"]
_ZONES = ["Z", "+08:00", "-03:30", "@Asia/Shanghai"]
_DAYS = ["P1D", "PT36H", "P2DT4H30M", "-P3D", "PT0S", "PT90S"]
_MONTHS = ["P1Y2M", "P1M", "-P2Y", "P14M", "P0M"]
_LITERALS: Mapping[str, st.SearchStrategy[str]] = {
    "number": _small.map(lambda number: str(number)),
    "string": _words.map(lambda word: f'"{word}"'),
    "boolean": st.sampled_from(["true", "false"]),
    "date": st.sampled_from(_DATES).map(lambda day: f'date("{day}")') | st.sampled_from(_DATES).map(lambda day: f'@"{day}"'),
    "time": st.sampled_from(_TIMES).map('@"{}"'.format),
    "date and time": st.builds('date and time("{}T{}")'.format, st.sampled_from(_DATES), st.sampled_from(_TIMES)),
    "zoned": st.builds('@"{}T{}{}"'.format, st.sampled_from(_DATES), st.sampled_from(_TIMES), st.sampled_from(_ZONES)),
    "days": st.sampled_from(_DAYS).map(lambda length: f'duration("{length}")'),
    "months": st.sampled_from(_MONTHS).map(lambda length: f'@"{length}"'),
    "row": st.builds('{{name: "{}", copies: {}, received: {}}}'.format, _words, _small, st.sampled_from(["true", "false"])),
    "nothing": st.just("null"),
}
ORDERED = ("number", "number", "string", "date", "date and time", "days", "months", "time", "zoned")


@dataclass(frozen=True)
class Scope:
    """What is known where an expression stands."""

    names: Mapping[str, str] = field(default_factory=lambda: dict(DATA))
    depth: int = 3
    loops: int = 0
    mixed: bool = True
    """Whether a part may be of another type than wanted."""

    def known(self, kind: str) -> list[str]:
        return [name for name, its in self.names.items() if its == kind]

    def inside(self, **names: str) -> "Scope":
        return replace(self, names={**self.names, **names}, loops=self.loops + 1)


@st.composite
def expressions(draw: st.DrawFn, kind: str | None = None, scope: Scope | None = None) -> str:
    """The text of an expression that should be of a type."""
    scope = scope or Scope()
    kind = kind or draw(st.sampled_from(TYPES))
    if scope.mixed and draw(st.integers(0, 11)) == 11:
        kind = draw(st.sampled_from(TYPES))
    names = scope.known(kind)
    if names and draw(st.integers(0, 2)) == 0:
        return draw(st.sampled_from(names))
    if kind in _LITERALS and (scope.depth == 0 or draw(st.integers(0, 2)) == 0):
        return draw(_LITERALS[kind])
    inner = replace(scope, depth=max(scope.depth - 1, 0))
    if scope.depth == 0:
        return f"[{draw(expressions(ELEMENTS[kind], inner))}]"
    if draw(st.integers(0, 7)) == 0:
        return draw(_choice(kind, inner))
    return Writer(draw, inner).fill(draw(st.sampled_from(PRODUCTIONS[kind])))


@st.composite
def _choice(draw: st.DrawFn, kind: str, scope: Scope) -> str:
    strict = replace(scope, mixed=False)
    condition, consequent, alternative = (draw(expressions(each, strict)) for each in ("boolean", kind, kind))
    return f"(if {condition} then {consequent} else {alternative})"


class Writer:
    """Fills a production's gaps. A part stands in brackets now and then where it needs none, and always where it might."""

    def __init__(self, draw: st.DrawFn, scope: Scope) -> None:
        self._draw = draw
        self._scope = scope

    def fill(self, production: str) -> str:
        text, rest = "", production.replace("{{", "\0").replace("}}", "\1")
        while "{" in rest:
            before, rest = rest.split("{", 1)
            gap, rest = rest.split("}", 1)
            text += before + self._gap(gap)
        return (text + rest).replace("\0", "{").replace("\1", "}")

    def _pick(self, *options: str) -> str:
        return self._draw(st.sampled_from(options))

    def part(self, kind: str | None, scope: Scope | None = None) -> str:
        text = self._draw(expressions(kind, scope or self._scope))
        return text if text.isalnum() or (text[0] == "[" and text[-1] == "]" and text.count("[") == 1) else f"({text})"

    def _gap(self, gap: str) -> str:
        if gap in _SPECIAL:
            return _SPECIAL[gap](self)
        scope = replace(self._scope, mixed=self._scope.mixed and not gap.endswith("!"))
        gap = gap.removesuffix("!")
        if gap == "list":
            gap = self._pick(*ELEMENTS)
        return self.part(None if gap == "anything" else gap, scope)

    def whole_months(self) -> str:
        return self._pick('@"2024-01-15", @"2026-03-15"', 'date("2026-03-01"), date("2025-12-01")', 'date("2024-02-29"), null')

    def maybe_date(self) -> str:
        return self._pick('"2026-01-05"', '"2026-02-30"', '"26-1-5"', "s", "kind", "nothing")

    def whole_days(self) -> str:
        return f'duration("{self._pick("P1D", "P30D", "-P3D", "P0D")}")'

    def digit_from_one(self) -> str:
        return self._pick("1", "2", "3")

    def start(self) -> str:
        return self._pick("1", "2", "3", "-1", "-3")

    def power_of_two(self) -> str:
        return self._pick("2", "4", "-2", "8", "1", "0")

    def exponent(self) -> str:
        return self._pick("0", "1", "2", "3")

    def digit(self) -> str:
        return self._pick("0", "1", "2")

    def index(self) -> str:
        return self._pick("1", "2", "-1", "3", "5", "-4")

    def count(self) -> str:
        return self._pick("1", "2", "3")

    def small(self) -> str:
        return self._pick("1", "2", "3", "5", "11")

    def year(self) -> str:
        return self._pick("2024", "2025", "2026")

    def type(self) -> str:
        return self._pick(
            "number",
            "string",
            "boolean",
            "date",
            "time",
            "date and time",
            "days and time duration",
            "years and months duration",
        )

    def comparison(self) -> str:
        kind = self._pick(*ORDERED)
        return f"{self.part(kind)} {self._pick('=', '!=', '<', '<=', '>', '>=')} {self.part(kind)}"

    def range(self, kind: str) -> str:
        return f"{self._pick('[', '(', ']')}{self.part(kind)}..{self.part(kind)}{self._pick(']', ')', '[')}"

    def membership(self) -> str:
        kind = self._pick(*ORDERED)
        value = self.part(kind)
        form = self._pick("between", "range", "values", "half", "list")
        if form == "between":
            return f"{value} between {self.part(kind)} and {self.part(kind)}"
        if form == "range":
            return f"{value} in {self.range(kind)}"
        if form == "values":
            return f"{value} in ({self.part(kind)}, {self.part(kind)})"
        if form == "half":
            return f"{value} in ({self._pick('<', '<=', '>', '>=')} {self.part(kind)})"
        return f"{value} in [{self.part(kind)}, {self.part(kind)}]"

    def relation(self) -> str:
        name = self._pick(*_RELATIONS)
        first, second = self._ascending(), self._ascending()
        if name in ("before", "after", "during", "starts", "finishes") and self._draw(st.booleans()):
            first = self.part("number", replace(self._scope, mixed=False))
        return f"{name}({first}, {second})"

    def _ascending(self) -> str:
        """A range whose ends are in order."""
        low, length = self._draw(st.tuples(st.integers(0, 4), st.integers(1, 3)))
        return f"{self._pick('[', '(', ']')}{low}..{low + length}{self._pick(']', ')', '[')}"

    def quantified(self) -> str:
        kind, name, inner = self._loop()
        return f"{name} in {self._gap(kind)} satisfies {self.part('boolean', replace(inner, mixed=False))}"

    def _loop(self) -> tuple[str, str, Scope]:
        kind = self._pick("numbers", "strings", "rows")
        name = f"x{self._scope.loops}"
        return f"{kind}!", name, self._scope.inside(**{name: ELEMENTS[kind]})

    def for_number(self) -> str:
        return self._for("number")

    def for_string(self) -> str:
        return self._for("string")

    def for_date(self) -> str:
        return self._for("date")

    def _for(self, wanted: str) -> str:
        kind, name, inner = self._loop()
        return f"for {name} in {self._gap(kind)} return {self.part(wanted, inner)}"


_RELATIONS = ("before", "after", "during", "includes", "overlaps", "meets", "met by", "coincides", "starts", "finishes")
_SPECIAL = {
    "whole months": Writer.whole_months,
    "maybe date": Writer.maybe_date,
    "whole days": Writer.whole_days,
    "digit from one": Writer.digit_from_one,
    "start": Writer.start,
    "power of two": Writer.power_of_two,
    "exponent": Writer.exponent,
    "digit": Writer.digit,
    "index": Writer.index,
    "count": Writer.count,
    "small": Writer.small,
    "year": Writer.year,
    "type": Writer.type,
    "comparison": Writer.comparison,
    "membership": Writer.membership,
    "relation": Writer.relation,
    "quantified": Writer.quantified,
    "for number": Writer.for_number,
    "for string": Writer.for_string,
    "for date": Writer.for_date,
}


@st.composite
def cells(draw: st.DrawFn) -> tuple[str, str]:
    """A cell of a decision table, and the type of the values it is for. Ranges have their ends in order."""
    kind = draw(st.sampled_from(["number", "string", "boolean", "nothing"]))
    tests = ", ".join(draw(st.lists(_test(kind), min_size=1, max_size=3)))
    return draw(st.sampled_from(["{}", "{}", "not({})"])).format(tests), kind


def values_for(cell: str, kind: str) -> st.SearchStrategy[object]:
    """Values that a cell may be asked about; a missing one only where feelin's ``not`` knows three values too."""
    values = _of_type[kind]
    return values if cell.startswith("not(") else values | st.none()


_ENDS = {"number": ["n", "金额", "2", "case.copies + 1"], "string": ["s", "kind", '"b"', "case.name"]}
"""What a value is compared with: never null, which feelin's ``not`` takes for a no."""


def _test(kind: str) -> st.SearchStrategy[str]:
    if kind == "boolean":
        return st.sampled_from(["true", "false", "null", "? = true", "? != b"])
    value = expressions(kind, Scope(depth=1, mixed=False))
    forms = [value.map("({})".format), st.just("null"), value.map("? = ({})".format), value.map("[{}]".format)]
    if kind == "string":
        forms.append(value.map("? != null and contains(?, {})".format))
    if kind == "number":
        ends = st.tuples(st.integers(-3, 9), st.integers(0, 5)).map(lambda pair: (pair[0], pair[0] + pair[1]))
        forms.append(
            st.builds(
                lambda low, ends, high: f"{low}{ends[0]}..{ends[1]}{high}", st.sampled_from("[(]"), ends, st.sampled_from("])[")
            )
        )
    if kind in ("number", "string"):
        forms.append(st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">="]), st.sampled_from(_ENDS[kind])))
    return st.one_of(forms)


@st.composite
def chains(draw: st.DrawFn) -> str:
    """Terms and signs without brackets: what binds tighter decides."""
    parts = draw(st.lists(_statements(), min_size=1, max_size=4))
    return "".join(f"{part} {draw(st.sampled_from(['and', 'or']))} " for part in parts[:-1]) + parts[-1]


@st.composite
def _statements(draw: st.DrawFn) -> str:
    rest = [
        "",
        "< {}",
        ">= {}",
        "= {}",
        "!= {}",
        "in (1, 2, > {})",
        "in ([-5..5], 1000)",
        "between -5 and 2 * n ** 2 + 1",
        "instance of number",
    ]
    return f"{draw(_sums())} {draw(st.sampled_from(rest)).format(draw(_sums()), draw(_sums()))}".strip()


@st.composite
def _sums(draw: st.DrawFn) -> str:
    """Such as ``n + 2.5 * -m ** 2``."""
    terms = st.sampled_from(["n", "m", "金额", "1", "2.5", "-3", "-n", "count(numbers)", "case.copies", "(n + 1)", "2 ** 3"])
    signs = st.sampled_from(["+", "-", "*", "/ 4 +", "** 2 -"])
    return draw(terms) + "".join(draw(st.lists(st.builds(" {} {}".format, signs, terms), max_size=3)))
