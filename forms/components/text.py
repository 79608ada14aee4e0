"""Text fields and text areas: lengths, patterns, and the named validators."""

from collections.abc import Iterator
from typing import ClassVar

from forms.attributes import Attributes
from forms.components.base import Keyed
from forms.components.limits import limits, plain
from forms.components.mail import is_email, is_international_number
from forms.definition import ComponentDefinition
from forms.errors import Problem, Refused
from forms.expressions import Surroundings
from forms.limits import MAX_PATTERNED_TEXT, MAX_TEXT
from forms.pattern import Pattern, PatternError, compile_pattern
from forms.validators import Validator, named_validator
from forms.values import Value, is_storable


class Text(Keyed):
    """Text of several lines, without spaces around it. Lengths count characters."""

    types: ClassVar = ("textarea",)
    empty: ClassVar[Value] = ""

    def __init__(self, definition: ComponentDefinition) -> None:
        super().__init__(definition)
        validate = definition.validate
        self.shortest, self.longest = limits(validate, "minLength", "maxLength")
        self.pattern = _pattern(validate)
        self.pattern_zh = validate.text("patternErrorMessage")
        self.pattern_en = definition.properties.text("patternErrorMessageEn")
        self.kind = _validation_type(validate)
        self.validator: Validator | None = named_validator(definition.properties)

    def read(self, value: object) -> Value:
        if self.validator is not None:
            value = self.validator.typed(value)
        if not isinstance(value, str):
            raise Refused("not-text")
        text = self._tidy(value)
        if len(text) > self._longest_readable():
            raise Refused("too-long", maximum=self._longest_readable(), actual=len(text))
        if not is_storable(text):
            raise Refused("text-not-storable")
        return text if self.validator is None else self.validator.tidy(text)

    def problems(self, value: Value, surroundings: Surroundings) -> Iterator[Problem]:
        assert isinstance(value, str)
        yield from self._length_problems(value, surroundings)
        if self.pattern is not None and not self.pattern.occurs_in(value):
            yield Problem("pattern-mismatch", zh=self.pattern_zh, en=self.pattern_en)
        if self.kind == "email" and not is_email(value):
            yield Problem("not-an-email")
        if self.kind == "phone" and not is_international_number(value):
            yield Problem("not-a-phone-number")
        if self.validator is not None:
            yield from self.validator.problems(value, surroundings.today)

    def store(self, value: Value) -> Value:
        return value if self.validator is None else self.validator.store(value)

    def present(self, stored: Value) -> Value:
        return stored if self.validator is None else self.validator.typed(stored)

    def _tidy(self, text: str) -> str:
        return text.strip().strip("\ufeff")

    def _longest_readable(self) -> int:
        return MAX_TEXT if self.pattern is None else MAX_PATTERNED_TEXT

    def _length_problems(self, text: str, surroundings: Surroundings) -> Iterator[Problem]:
        shortest, longest = self.shortest.value(surroundings), self.longest.value(surroundings)
        if shortest is not None and len(text) < shortest:
            yield Problem("too-short", {"minimum": plain(shortest), "actual": len(text)})
        if longest is not None and len(text) > longest:
            yield Problem("too-long", {"maximum": plain(longest), "actual": len(text)})


class TextLine(Text):
    """Text of one line. As in form-js, line breaks and tabs in it become spaces."""

    types: ClassVar = ("textfield",)

    def _tidy(self, text: str) -> str:
        return super()._tidy(text.replace("\r", " ").replace("\n", " ").replace("\t", " "))


def _pattern(validate: Attributes) -> Pattern | None:
    text = validate.text("pattern")
    if text is None:
        return None
    try:
        return compile_pattern(text)
    except PatternError as error:
        validate.findings.add(validate.where("pattern"), "bad-pattern", reason_zh=error.zh, reason_en=error.en)
        return None


def _validation_type(validate: Attributes) -> str | None:
    kind = validate.text("validationType")
    if kind not in (None, "custom", "email", "phone"):
        validate.findings.add(
            validate.where("validationType"),
            "bad-attribute",
            attribute="validationType",
            expected_zh="email、phone或custom",
            expected_en="email, phone or custom",
        )
    return kind
