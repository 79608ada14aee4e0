"""From the tree a designer drew to flat scopes: what holds data, where it lies, and what may hide it.

Groups vanish: their path goes into the paths, and their condition into the conditions, of what they contain. Only a list
opens a scope of its own, because its rows repeat.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from marshmallow import Schema

from forms.attributes import Attributes
from forms.components import COMPONENTS
from forms.components.base import Component, Container, Display, Keyed
from forms.components.computed import Computed
from forms.components.container import Rows
from forms.definition import ComponentDefinition, FormDefinition
from forms.errors import Label
from forms.expressions import Formula, HideCondition, formula, hide_condition
from forms.findings import Findings
from forms.schema import build_schema


@dataclass(frozen=True)
class Item:
    """One value of a form, or one list.

    :param path: where it lies in its scope.
    :param hides: its own condition and those of the groups around it; any of them hides it.
    :param rows: the scope of a row, if this is a list.
    """

    path: tuple[str, ...]
    component: Keyed
    label: Label
    hides: tuple[HideCondition, ...]
    rows: "Scope | None"

    @property
    def row_schema(self) -> Schema | None:
        return None if self.rows is None else self.rows.schema


@dataclass(frozen=True)
class Rule:
    """A condition over several fields; the data is refused when it is false.

    A rule that gives null (a field it reads is empty) says nothing: whether a field may be empty is ``required``'s business.
    """

    path: tuple[str, ...]
    label: Label
    formula: Formula
    zh: str | None
    en: str | None
    hides: tuple[HideCondition, ...]


@dataclass(frozen=True)
class Scope:
    """The form, or one row of a list."""

    items: tuple[Item, ...]
    rules: tuple[Rule, ...]
    schema: Schema


def compile_scopes(definition: FormDefinition, findings: Findings) -> Scope:
    """Compile a definition; faults are left in ``findings``, and with them the scope must not be used."""
    builder = _ScopeBuilder(findings)
    builder.add_rule(definition.properties, (), Label(definition.title, _english_title(definition)), ())
    builder.add(definition.components, (), ())
    for item in builder.items:
        _refuse_reading_itself(item, findings)
    return builder.build()


def _english_title(definition: FormDefinition) -> str:
    title = definition.properties.get("titleEn")
    return title if isinstance(title, str) and title else definition.title


class _ScopeBuilder:
    """Collects what stands in one scope."""

    def __init__(self, findings: Findings) -> None:
        self.items: list[Item] = []
        self._rules: list[Rule] = []
        self._findings = findings
        self._paths: set[tuple[str, ...]] = set()
        self._objects: set[tuple[str, ...]] = set()

    def build(self) -> Scope:
        return Scope(tuple(self.items), tuple(self._rules), build_schema(self.items))

    def add(
        self,
        definitions: Sequence[ComponentDefinition],
        prefix: tuple[str, ...],
        hides: tuple[HideCondition, ...],
    ) -> None:
        for definition in definitions:
            kind = COMPONENTS.get(definition.type)
            if kind is None:
                self._findings.add(definition.place, "unknown-type", value=definition.type[:100])
            else:
                self._add_component(kind(definition), prefix, hides)

    def add_rule(self, properties: Attributes, path: tuple[str, ...], label: Label, hides: tuple[HideCondition, ...]) -> None:
        rule = formula(properties, "rule")
        if rule is not None:
            message, english = properties.text("ruleMessage"), properties.text("ruleMessageEn")
            self._rules.append(Rule(path, label, rule, message, english, hides))

    def _add_component(self, component: Component, prefix: tuple[str, ...], hides: tuple[HideCondition, ...]) -> None:
        definition = component.definition
        own = hide_condition(definition.attributes.object("conditional"))
        hides = hides if own is None else (*hides, own)
        path = prefix if isinstance(component, Display) else (*prefix, *_segments(component))
        self.add_rule(definition.properties, path, definition.label, hides)
        if isinstance(component, Container):
            self.add(definition.components, path, hides)
        elif isinstance(component, Keyed) and component.segments and self._claim(path, definition):
            self.items.append(Item(path, component, definition.label, hides, self._rows(component)))

    def _rows(self, component: Keyed) -> Scope | None:
        if not isinstance(component, Rows):
            return None
        inside = _ScopeBuilder(self._findings)
        inside.add(component.definition.components, (), ())
        if component.grows:
            _refuse_locked_fields(component, inside.items, self._findings)
        return inside.build()

    def _claim(self, path: tuple[str, ...], definition: ComponentDefinition) -> bool:
        """Take a path for one component. Nothing else may lie there, above or below."""
        above = {path[:length] for length in range(1, len(path))}
        if path in self._paths or path in self._objects or above & self._paths:
            self._findings.add(definition.place, "duplicate-key", value=".".join(path))
            return False
        self._paths.add(path)
        self._objects |= above
        return True


def _segments(component: Component) -> tuple[str, ...]:
    return component.segments if isinstance(component, Keyed | Container) else ()


def _refuse_reading_itself(item: Item, findings: Findings) -> None:
    """An expression over itself never comes to rest. (In a row a bare name means a field of the form, not of the row.)"""
    component = item.component
    if not isinstance(component, Computed) or component.formula is None or len(item.path) > 1:
        return
    if item.path[0] in component.formula.names:
        attributes = component.definition.attributes
        findings.add(attributes.where("expression"), "depends-on-itself", value=item.path[0])


def _refuse_locked_fields(rows: Rows, items: Sequence[Item], findings: Findings) -> None:
    """A locked field's value is the process's own, found by its row number; so rows must not come, go or move."""
    for item in items:
        if item.component.locked is not False:
            findings.add(rows.definition.place, "locked-field-in-growing-list", value=".".join(item.path))
