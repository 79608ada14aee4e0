"""What is wrong with a decision model, said so that its designer can mend it.

Of the same shape as the findings about processes, so that a deployment shows both in one list; with an example beside it,
because "two rules overlap" helps nobody who does not see for which case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from lxml import etree

from decisions.suggestions import GENERAL, SUGGESTIONS


class Severity(StrEnum):
    """An error refuses the deployment; a warning is shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, with the element to blame: one sentence and one suggestion, each in both languages.

    ``example`` is an input (JSON values by name) for which the table goes wrong; None where the finding is about no input.
    """

    element_id: str
    element_name: str
    severity: Severity
    code: str
    zh: str
    en: str
    suggestion_zh: str = ""
    suggestion_en: str = ""
    example: Mapping[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The finding as JSON."""
        return asdict(self)


class DecisionModelError(Exception):
    """A model was refused. :attr:`findings` say why; warnings may be among them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in self.findings if finding.severity is Severity.ERROR]
        first = errors[0] if errors else self.findings[0]
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        super().__init__(f"{first.element_id}: {first.en}{more}")


def finding(
    node: etree._Element | None,
    code: str,
    zh: str,
    en: str,
    suggestion_zh: str = "",
    suggestion_en: str = "",
    *,
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding about an element, or the nearest one around it that has an id and so can be shown to the designer."""
    shown = node
    while shown is not None and not shown.get("id"):
        shown = shown.getparent()
    named = shown
    while named is not None and not named.get("name"):
        named = named.getparent()
    element_id = shown.get("id", "") if shown is not None else ""
    name = named.get("name", "") if named is not None else ""
    return Finding(element_id, name, severity, code, zh, en, *suggested(code, suggestion_zh, suggestion_en))


def suggested(code: str, zh: str, en: str) -> tuple[str, str]:
    """The suggestion that was given, or that of the code."""
    return (zh, en) if en else SUGGESTIONS.get(code, GENERAL)
