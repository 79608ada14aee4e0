"""The marshmallow side: shape and kind of the data, unknown fields refused, every error at once.

Everything that needs the rest of the form (hidden fields, required ones, limits and options by expression, rules over
several fields) comes after it, in :mod:`forms.filling`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from marshmallow import RAISE, Schema, ValidationError, fields

from forms.components.base import Keyed
from forms.components.container import Rows
from forms.errors import Problem, Refused

Path = tuple[str | int, ...]


class ShapedItem(Protocol):
    """What a schema needs to know of one value of a form: where it lies and what holds it."""

    @property
    def path(self) -> tuple[str, ...]: ...
    @property
    def component(self) -> Keyed: ...
    @property
    def row_schema(self) -> Schema | None: ...


class _FormSchema(Schema):
    error_messages = {"type": Problem("not-an-object"), "unknown": Problem("unknown-field")}  # type: ignore[dict-item] # noqa: RUF012

    class Meta:
        unknown = RAISE
        register = False  # forms come and go; marshmallow's register would keep every one of them for ever


def build_schema(items: Sequence[ShapedItem]) -> Schema:
    """A schema that reads an object with these items at their paths."""
    members: dict[str, list[ShapedItem]] = {}
    for item in items:
        members.setdefault(item.path[0], []).append(item)
    # Attributes get names of ours: a form may well have a field called "Meta" or "load".
    declared = {f"member_{number}": _member(name, inside) for number, (name, inside) in enumerate(members.items())}
    schema: Schema = type("FormSchema", (_FormSchema,), declared)()
    return schema


def read(schema: Schema, data: object) -> tuple[dict[str, Any], list[tuple[Path, Problem]]]:
    """The values that could be read, and the problems with the rest by path."""
    try:
        return schema.load(data), []  # type: ignore[arg-type]
    except ValidationError as error:
        return _valid(error), list(_flat(error.messages, ()))


def _member(name: str, items: Sequence[ShapedItem]) -> fields.Field[Any]:
    first = items[0]
    if len(first.path) > 1:
        return _ObjectField(build_schema([_Inside(item) for item in items]), name)
    if first.row_schema is not None:
        return _RowsField(first.component, first.row_schema, name)
    return _ValueField(first.component, name)


class _Inside:
    """An item as seen from one level further in."""

    def __init__(self, item: ShapedItem) -> None:
        self.path = item.path[1:]
        self.component = item.component
        self.row_schema = item.row_schema


class _ValueField(fields.Field[Any]):
    """One component's value."""

    def __init__(self, component: Keyed, name: str) -> None:
        super().__init__(data_key=name, attribute=name, allow_none=True)
        self._component = component

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if self._component.locked is True or not self._component.takes_input:
            return None
        try:
            return self._component.read(value)
        except Refused as refused:
            raise ValidationError([refused.problem]) from None


class _ObjectField(fields.Field[Any]):
    """The object that several dotted keys or a group's path make."""

    def __init__(self, schema: Schema, name: str) -> None:
        super().__init__(data_key=name, attribute=name, allow_none=True)
        self._schema = schema

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return self._schema.load(value)


class _RowsField(_ValueField):
    """A list of rows. A row that is wrong keeps its place, so that errors name the row the person sees."""

    def __init__(self, component: Keyed, schema: Schema, name: str) -> None:
        super().__init__(component, name)
        assert isinstance(component, Rows)
        self._schema = schema

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        rows: list[Any] = []
        wrong: dict[int, Any] = {}
        for index, row in enumerate(super()._deserialize(value, attr, data, **kwargs) or []):
            try:
                rows.append(self._schema.load(row))
            except ValidationError as error:
                rows.append(_valid(error))
                wrong[index] = error.messages
        if wrong:
            raise ValidationError(wrong, valid_data=rows)
        return rows


def _valid(error: ValidationError) -> Any:
    return error.valid_data if isinstance(error.valid_data, dict) else {}


def _flat(messages: object, path: Path) -> Iterator[tuple[Path, Problem]]:
    """marshmallow keys errors by field name and row number, and those of a whole object by ``_schema``."""
    if isinstance(messages, Mapping):
        for name, inside in messages.items():
            segment = name if isinstance(name, int) else str(name)
            yield from _flat(inside, path if segment == "_schema" else (*path, segment))
    elif isinstance(messages, list):
        yield from ((path, problem) for problem in messages)
