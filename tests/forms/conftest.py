"""Forms written as the components they consist of."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import pytest

from forms import FormErrors, compile_form

NOW = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
"""2 March in Shanghai."""

Components = Sequence[Mapping[str, object]]


def clean_form(
    components: Components,
    data: Mapping[str, object],
    variables: Mapping[str, object] | None = None,
    properties: Mapping[str, object] | None = None,
) -> dict[str, object]:
    source = {"schemaVersion": 19, "id": "test", "type": "default", "components": components}
    form = compile_form({**source, "properties": properties or {}})
    return dict(form.clean(data, variables=variables or {}, now=NOW))


def form_errors(
    components: Components,
    data: Mapping[str, object],
    variables: Mapping[str, object] | None = None,
    properties: Mapping[str, object] | None = None,
) -> list[tuple[str, str]]:
    with pytest.raises(FormErrors) as raised:
        clean_form(components, data, variables, properties)
    return [(error.field, error.code) for error in raised.value.errors]


@pytest.fixture
def clean() -> Callable[..., dict[str, object]]:
    """clean(components, data, variables, properties) -> clean data."""
    return clean_form


@pytest.fixture
def errors() -> Callable[..., list[tuple[str, str]]]:
    """errors(components, data, variables, properties) -> [(field, code)] of a refusal."""
    return form_errors
