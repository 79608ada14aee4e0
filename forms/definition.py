"""The form-js JSON as frozen records: what a designer drew, before any meaning is given to it.

Attributes that only concern the page (layout, id, appearance, description, ...) are carried along and never looked at.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from forms.attributes import Attributes
from forms.errors import Label
from forms.findings import Findings
from forms.limits import MAX_COMPONENTS, MAX_DEPTH, MAX_SOURCE_BYTES

NEWEST_SCHEMA_VERSION = 19
"""The schema version of form-js 2.0. A newer one may mean something we would get wrong."""

_FORM_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,99}")


@dataclass(frozen=True)
class ComponentDefinition:
    """One component as it stands in the JSON.

    :param place: where it stands, such as ``components[2].components[0]``.
    :param label: what the page calls it; its key where the label is missing or computed.
    """

    place: str
    type: str
    label: Label
    attributes: Attributes
    validate: Attributes
    properties: Attributes
    components: tuple["ComponentDefinition", ...]


@dataclass(frozen=True)
class FormDefinition:
    """A whole form as it stands in the JSON."""

    key: str
    title: str
    properties: Attributes
    components: tuple[ComponentDefinition, ...]


def parse(source: str | bytes | Mapping[str, object], findings: Findings) -> FormDefinition:
    """Read the JSON of a form.

    :raises FormDefinitionError: at once when it is no JSON object or too large; other faults are left in ``findings``.
    """
    root = Attributes(_load(source, findings), "", findings)
    key = _key(root)
    counter = _Counter(findings)
    components = tuple(counter.component(entry, 1) for entry in root.objects("components"))
    findings_if_newer(root)
    if "components" not in root:
        findings.add("components", "not-a-list")
    return FormDefinition(key, root.text("title") or key, root.object("properties"), components)


def findings_if_newer(root: Attributes) -> None:
    """A schema version beyond the one this was built for is a finding."""
    version = root.number("schemaVersion")
    if version is not None and not 1 <= version <= NEWEST_SCHEMA_VERSION:
        root.findings.add("schemaVersion", "unsupported-version", value=version, maximum=NEWEST_SCHEMA_VERSION)


def _key(root: Attributes) -> str:
    key = root.text("id")
    if key is None:
        root.findings.add("id", "missing-id")
        return ""
    if not _FORM_ID.fullmatch(key):
        root.findings.add("id", "bad-id", value=key[:100])
    return key


def _load(source: str | bytes | Mapping[str, object], findings: Findings) -> Mapping[str, object]:
    try:
        text = json.dumps(source) if isinstance(source, Mapping) else source
        if len(text) > MAX_SOURCE_BYTES:
            findings.add("", "too-large", what="bytes", maximum=MAX_SOURCE_BYTES)
        else:
            root = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
            if isinstance(root, dict):
                return root
            findings.add("", "not-an-object")
    except RecursionError:
        findings.add("", "not-json", reason="nesting too deep")
    except (ValueError, TypeError) as error:
        findings.add("", "not-json", reason=str(error)[:200])
    findings.raise_if_any()
    raise AssertionError("a form that did not load left a finding")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Two members of one name would make the browser and the server see different forms, should they choose differently."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object has two members of the same name")
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


class _Counter:
    """Builds components and stops at the limits."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._count = 0

    def component(self, entry: Attributes, depth: int) -> ComponentDefinition:
        self._count += 1
        if self._count > MAX_COMPONENTS:
            self._stop("components", MAX_COMPONENTS)
        if depth > MAX_DEPTH:
            self._stop("levels", MAX_DEPTH)
        properties = entry.object("properties")
        return ComponentDefinition(
            place=entry.place,
            type=entry.text("type") or "",
            label=_label(entry, properties),
            attributes=entry,
            validate=entry.object("validate"),
            properties=properties,
            components=tuple(self.component(child, depth + 1) for child in entry.objects("components")),
        )

    def _stop(self, what: str, maximum: int) -> None:
        self._findings.add("components", "too-large", what=what, maximum=maximum)
        self._findings.raise_if_any()


def _label(entry: Attributes, properties: Attributes) -> Label:
    candidates = [entry.get(name) for name in ("label", "dateLabel", "timeLabel", "key", "path", "id", "type")]
    chinese = next((text for text in candidates if isinstance(text, str) and _is_plain(text)), "")
    english = properties.get("labelEn")
    return Label(chinese, english if isinstance(english, str) and english else chinese)


def _is_plain(label: str) -> bool:
    """A label may be a FEEL expression or a template, which would need the browser's data to be read."""
    return bool(label.strip()) and not label.startswith("=") and "{{" not in label
