"""Random forms, what the process knows, and what a person types into them.

A component has the name of its place (``f1``, ``g1``, ``r1``), and a condition reads components above it, so that form-js,
which goes over the page twice, comes to rest as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]
Path = tuple[str | int, ...]

_OPTIONS = [{"label": "一", "value": "1"}, {"label": "二", "value": "2"}, {"label": "三", "value": "3"}]
_texts = st.sampled_from(["", "1", "2", "a", "hello world", "王小明", "12345", "a1b2"])
_numbers = st.sampled_from([None, 0, 1, 2, 5, 12, -3, 2.5])
_choices = st.sampled_from([None, "1", "2", "3"])
_several = st.sampled_from([[], ["1"], ["2", "3"]])
_days = st.sampled_from([None, "2026-01-05", "2030-12-31"])
_VALUES = {
    "textfield": _texts,
    "textarea": _texts,
    "number": _numbers,
    "checkbox": st.booleans(),
    "select": _choices,
    "radio": _choices,
    "checklist": _several,
    "taglist": _several,
    "datetime": _days,
    "expression": st.none(),
}
VARIABLES: st.SearchStrategy[Json] = st.fixed_dictionaries(
    {"limit": st.sampled_from([1, 3, 10]), "office": st.sampled_from(["1", "window"])},
    optional={"flag": st.booleans()},
)


@dataclass(frozen=True)
class Page:
    """A form, what the process knows, and what is typed into which field."""

    schema: Json
    variables: Json
    typed: Sequence[tuple[Path, object]]


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """A form of up to six fields at the top, in a group and in the rows of a list."""
    writer = _Writer(draw)
    components = [writer.field(f"f{number}") for number in range(draw(st.integers(1, 4)))]
    if draw(st.booleans()):
        components.append(writer.group())
    if draw(st.booleans()):
        components.append(writer.rows())
    schema = {"schemaVersion": 19, "id": "random", "type": "default", "components": components}
    return Page(schema, draw(VARIABLES) | writer.stored, writer.typed)


def _store(stored: Json, path: Path, value: object) -> None:
    """Something the process knows from before."""
    for segment in path[:-1]:
        stored = stored.setdefault(str(segment), {})
    stored[str(path[-1])] = value


class _Writer:
    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._above: list[tuple[str, str]] = []
        self.typed: list[tuple[Path, object]] = []
        self.stored: Json = {}

    def field(self, key: str, around: Path = (), name: str | None = None, *, locks: bool = True) -> Json:
        kind = self._draw(st.sampled_from(sorted(_VALUES)))
        component: Json = {"type": kind, "key": key, "id": f"id_{key}", "label": key}
        component |= self._special(kind)
        if kind != "expression" and self._draw(st.booleans()):
            component["validate"] = self._validate(kind)
        if self._draw(st.integers(0, 2)) == 0:
            component["conditional"] = {"hide": f"={self._condition()}"}
        if locks and kind != "expression" and self._draw(st.integers(0, 3)) == 0:
            _store(self.stored, (*around, key), self._draw(_VALUES[kind]))
        locked = locks and kind != "expression" and self._draw(st.integers(0, 5)) == 0
        if locked:
            component[self._draw(st.sampled_from(["readonly", "disabled"]))] = True
        elif kind != "expression":
            self.typed.append(((*around, key), self._draw(_VALUES[kind])))
        self._above.append((name or key, kind))
        return component

    def _special(self, kind: str) -> Json:
        if kind in ("select", "radio", "checklist", "taglist"):
            return {"values": _OPTIONS}
        if kind == "datetime":
            return {"subtype": "date", "dateLabel": "day"}
        if kind == "expression":
            return {"expression": f"={self._computation()}", "computeOn": "change"}
        return {}

    def _validate(self, kind: str) -> Json:
        validate: Json = {"required": self._draw(st.booleans())}
        if kind in ("textfield", "textarea"):
            validate |= self._draw(st.sampled_from([{}, {"minLength": 2}, {"maxLength": 4}, {"pattern": "^[a-z0-9]+$"}]))
        if kind == "number":
            validate |= self._draw(st.sampled_from([{}, {"min": 2}, {"max": 4}, {"min": "=limit"}]))
        return validate

    def _condition(self) -> str:
        known = ["limit > 2", 'office = "1"', "flag", "missing = null"]
        for name, kind in self._above:
            if kind not in ("checklist", "taglist"):
                known += [f"{name} = null", f'{name} != "1"', f"not({name} = 2)"]
            known += [f"{name} > limit"] if kind == "number" else [name] if kind == "checkbox" else []
            known += [f'list contains({name}, "2")', f"count({name}) > 0"] if kind in ("checklist", "taglist") else []
        return self._draw(st.sampled_from(known))

    def _computation(self) -> str:
        known = ["limit * 2", "office", "[limit, flag]"]
        for name, kind in self._above:
            if kind != "expression":  # form-js may send what it computed before that one was
                known += [f"{name} + 1", f"{name} * limit"] if kind == "number" else [f"[{name}]"]
        return self._draw(st.sampled_from(known))

    def group(self) -> Json:
        path = self._draw(st.sampled_from([None, "g"]))
        around = (path,) if path else ()
        names = [(key, f"{path}.{key}" if path else key) for key in ("g1", "g2")]
        component: Json = {"type": "group", "id": "id_g", "label": "g"}
        if self._draw(st.integers(0, 2)) == 0:
            component["conditional"] = {"hide": f"={self._condition()}"}
        component["components"] = [self.field(key, around, name) for key, name in names]
        if path:
            component["path"] = path
        return component

    def rows(self) -> Json:
        """A list of two rows. Its first field is always shown: see docs/forms.md about rows of which all is hidden."""
        above, typed = list(self._above), self.typed
        self.typed = []
        components: list[Json] = [{"type": "textfield", "key": "r0", "id": "id_r0", "label": "r0"}]
        components.append(self.field("r1", locks=False))
        self._above = [*above, ("this.r0", "textfield")]
        components.append(self.field("r2", locks=False))
        self._above = above
        for row in (0, 1):
            typed.append((("rows", row, "r0"), self._draw(_texts)))
            for (key,), value in self.typed:
                typed.append((("rows", row, key), value))
        self.typed = typed
        self.stored["rows"] = [{}, {}]
        component: Json = {"type": "dynamiclist", "path": "rows", "id": "id_rows", "label": "rows", "isRepeating": True}
        component |= {"allowAddRemove": True, "defaultRepetitions": 1, "components": components}
        if self._draw(st.integers(0, 3)) == 0:
            component["conditional"] = {"hide": f"={self._condition()}"}
        return component


_FITTING = st.sampled_from(["王小明", "13800138000", "11010519491231002X", "2026-003", "12.30", "a"])


@st.composite
def pages_of(draw: st.DrawFn, schema: Json) -> Page:
    """A form that is there already, filled with what mostly fits it. Choices out of process variables stay empty."""
    typed: list[tuple[Path, object]] = []
    stored: Json = {}
    _fill(draw, schema["components"], (), typed, stored)
    return Page(schema, stored, typed)


def _fill(draw: st.DrawFn, components: Sequence[Json], around: Path, typed: list[tuple[Path, object]], stored: Json) -> None:
    for component in components:
        kind = component["type"]
        inside = (*around, *component["path"].split(".")) if component.get("path") else around
        if kind == "dynamiclist":
            known = {inner["key"]: "a" for inner in component["components"] if inner.get("readonly")}
            _store(stored, inside, [known])
            _fill(draw, component["components"], (*inside, 0), typed, {})
        elif "components" in component:
            _fill(draw, component["components"], inside, typed, stored)
        elif (
            kind in _VALUES and kind != "expression" and not component.get("disabled") and component.get("readonly") is not True
        ):
            typed.append(((*around, *component["key"].split(".")), draw(_fitting(component))))


def _fitting(component: Json) -> st.SearchStrategy[object]:
    kind = component["type"]
    if kind in ("textfield", "textarea"):
        return st.just("") | _FITTING
    if kind in ("select", "radio"):
        return st.sampled_from([None, *(option["value"] for option in component.get("values", ()))])
    if kind in ("checklist", "taglist"):
        return st.sampled_from([[], [option["value"] for option in component.get("values", ())]])
    return _VALUES[kind]
