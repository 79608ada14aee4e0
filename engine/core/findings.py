"""What is wrong with a model, said so that its designer can mend it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error refuses the deployment; a warning is shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, with the element to blame: one sentence and one suggestion, each in both languages."""

    element_id: str
    element_name: str
    severity: Severity
    code: str
    zh: str
    en: str
    suggestion_zh: str = ""
    suggestion_en: str = ""

    def to_dict(self) -> dict[str, str]:
        return asdict(self)


class ModelError(Exception):
    """A model was refused. :attr:`findings` say why; warnings may be among them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in self.findings if finding.severity is Severity.ERROR]
        first = errors[0] if errors else self.findings[0]
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        super().__init__(f"{first.element_id}: {first.en}{more}")
