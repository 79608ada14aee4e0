"""A compiled form: made once for each version of its definition, then used for every task that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forms.compilation import Scope, compile_scopes
from forms.definition import parse
from forms.errors import Label
from forms.filling import fill
from forms.findings import Findings
from forms.presentation import present
from forms.values import Value


@dataclass(frozen=True)
class Form:
    """A compiled form. Immutable; may be shared by threads.

    :param key: the form-js ``id``, by which a user task names its form.
    """

    key: str
    title: str
    title_en: str
    _scope: Scope

    @property
    def fields(self) -> tuple[str, ...]:
        """The names at the top level of the data, in the order of the page."""
        return tuple(dict.fromkeys(item.path[0] for item in self._scope.items))

    def clean(self, data: Mapping[str, object], *, variables: Mapping[str, object], now: datetime) -> dict[str, Value]:
        """What the process gets from a submission: every visible field and nothing else.

        Hidden, disabled and read-only fields and tables are not taken from the caller; expressions are computed here.
        A visible field that was left empty holds what form-js holds then ("" for text, [] for lists, false, or null).

        :param variables: the process variables that the task sees.
        :param now: an aware time; "today" is its date in Shanghai.
        :raises FormErrors: with everything that is wrong, not only the first.
        """
        return fill(self._scope, Label(self.title, self.title_en), data, variables, now)

    def present(self, variables: Mapping[str, object]) -> dict[str, Any]:
        """A copy of the process variables for the page to start from: amounts kept in fen stand in the field's unit."""
        return present(self._scope, variables)


def compile_form(source: str | bytes | Mapping[str, object]) -> Form:
    """Compile a form-js definition (JSON text, or the object it stands for).

    :raises FormDefinitionError: with everything that is wrong with the definition.
    """
    findings = Findings()
    definition = parse(source, findings)
    scope = compile_scopes(definition, findings)
    findings.raise_if_any()
    english = definition.properties.get("titleEn")
    title_en = english if isinstance(english, str) and english else definition.title
    return Form(definition.key, definition.title, title_en, scope)
