"""Item definitions as types of FEEL (DMN 1.5, 7.3.2): simple ones with allowed values, collections, components, functions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from decisions.allowed import Allowed, read_allowed
from decisions.document import first, text_of, under
from decisions.findings import Finding, finding
from feel.errors import FeelError
from feel.temporal.reading import parse_temporal
from feel.types import TYPE_NAMES, FeelType
from feel.values import Value

_SYNONYMS = {"integer": "number", "long": "number", "double": "number", "decimal": "number"}
"""Types that editors before DMN 1.2 wrote."""

_UNTYPED = frozenset({"", "Any", "<Undefined>"})
_TEMPORAL = frozenset(
    {
        "date",
        "time",
        "date and time",
        "dateTime",
        "days and time duration",
        "dayTimeDuration",
        "years and months duration",
        "yearMonthDuration",
    }
)


@dataclass(frozen=True, slots=True)
class RestrictedType(FeelType):
    """A type of which only some values are allowed."""

    base: FeelType = field(default_factory=lambda: FeelType("Any"))
    allowed: Allowed | None = None

    def holds(self, value: Value, charge: Callable[[int], None]) -> bool:
        """Whether ``value`` is of the type and allowed."""
        return self.base.holds(value, charge) and (self.allowed is None or self.allowed.admits(value))


def restricted(base: FeelType, allowed: Allowed | None) -> FeelType:
    """``base`` with only the allowed values."""
    return base if allowed is None else RestrictedType(base.name, base.parts, base.members, base, allowed)


def allowed_of(kind: FeelType | None) -> Allowed | None:
    """The allowed values of a type."""
    while isinstance(kind, RestrictedType):
        if kind.allowed is not None:
            return kind.allowed
        kind = kind.base
    return None


def restrictions(kind: FeelType | None) -> list[Allowed]:
    """All allowed values a value of a type must be among, those of the types it builds on too."""
    found: list[Allowed] = []
    while isinstance(kind, RestrictedType):
        found += [kind.allowed] if kind.allowed is not None else []
        kind = kind.base
    return found


def read_text(value: Value, kind: FeelType) -> Value:
    """``value`` with ISO 8601 text read where ``kind`` wants a date, time or duration: JSON has no other way to say one."""
    if isinstance(value, str) and kind.name in _TEMPORAL:
        read = parse_temporal(value)
        return value if read is None else read
    if isinstance(value, list) and kind.name == "list" and kind.parts:
        return [read_text(item, kind.parts[0]) for item in value]
    if isinstance(value, dict) and kind.members:
        parts = dict(zip(kind.members, kind.parts, strict=True))
        return {key: read_text(item, parts[key]) if key in parts else item for key, item in value.items()}
    return value


class ItemTypes:
    """The types of one model, each worked out when it is first asked for."""

    def __init__(self, root: etree._Element, imported: Mapping[str, "ItemTypes"]) -> None:
        self.findings: list[Finding] = []
        self.types: dict[str, FeelType] = {}
        self.results: dict[str, FeelType | None] = {}
        """What functions of a type give, by the name of the type."""
        self._waiting = {node.get("name", ""): node for node in under(root, "itemDefinition")}
        self._open: list[str] = []
        for prefix, other in imported.items():
            self.types |= {f"{prefix}.{name}": kind for name, kind in other.types.items()}
        for name in list(self._waiting):
            self.named(name)

    def reference(self, node: etree._Element, attribute: str = "typeRef") -> FeelType | None:
        """The type an element refers to; None if to none, or to any."""
        return self._by_name(node, (node.get(attribute) or "").strip())

    def result(self, node: etree._Element) -> FeelType | None:
        """What a function must give whose type an element refers to."""
        return self.results.get((node.get("typeRef") or "").strip())

    def named(self, name: str) -> FeelType | None:
        """The type of an item definition; None if there is none of that name."""
        if name in self.types or name not in self._waiting:
            return self.types.get(name)
        node = self._waiting[name]
        if name in self._open:
            self._report(
                node, "type-cycle", f"数据类型“{name}”包含了自身。", f"Expected {name!r} not to contain itself, but it does."
            )
            return None
        self._open.append(name)
        kind = self._definition(node)
        self._open.pop()
        self.types.setdefault(name, kind or FeelType("Any"))
        return self.types[name]

    def _by_name(self, node: etree._Element, written: str) -> FeelType | None:
        name = written.removeprefix("feel:")
        name = _SYNONYMS.get(name, name)
        if name in _UNTYPED:
            return None
        found = self.named(name)
        if found is None and name in TYPE_NAMES:
            return FeelType(name)
        if found is None and name not in self._open:
            self._report(
                node, "type-unknown", f"未定义的数据类型“{written}”。", f"Expected a known type, but found {written!r}."
            )
        return found

    def _definition(self, node: etree._Element) -> FeelType | None:
        kind = self._content(node)
        allowed = self.allowed(first(node, "allowedValues"))
        if node.get("isCollection") == "true":
            item = restricted(kind or FeelType("Any"), allowed)
            kind, allowed = FeelType("list", (item,)), None
        for rule in (allowed, self.allowed(first(node, "typeConstraint"))):
            if rule is not None:
                kind = restricted(kind or FeelType("Any"), rule)
        return kind

    def _content(self, node: etree._Element) -> FeelType | None:
        components = under(node, "itemComponent")
        if components:
            kinds = tuple(self._definition(component) or _anything() for component in components)
            return FeelType("context", kinds, tuple(component.get("name", "") for component in components))
        function = first(node, "functionItem")
        if function is not None:
            self.results[node.get("name", "")] = self.reference(function, "outputTypeRef")
            return FeelType("function", tuple(self.reference(item) or _anything() for item in under(function, "parameters")))
        reference = first(node, "typeRef")
        return None if reference is None else self._by_name(node, (reference.text or "").strip())

    def allowed(self, node: etree._Element | None) -> Allowed | None:
        """The allowed values in an element; None if it lists none."""
        text = text_of(node)
        if not text:
            return None
        try:
            return read_allowed(text)
        except FeelError as error:
            self._report(
                node,
                "allowed-values",
                f"允许值“{text[:80]}”不是常量列表：{error}",
                f"Expected allowed values to be constant unary tests, but {error}.",
            )
            return None

    def _report(self, node: etree._Element | None, code: str, zh: str, en: str) -> None:
        self.findings.append(finding(node, code, zh, en))


def _anything() -> FeelType:
    return FeelType("Any")
