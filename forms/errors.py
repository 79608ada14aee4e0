"""What is wrong with a submitted form: every error at once, each naming its field, with a stable code and two sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forms.sentences import SENTENCES


@dataclass(frozen=True)
class FieldError:
    """One error of one field.

    :param field: path of the field, such as ``materials[2].copies`` (rows count from 0); empty for the whole form.
    :param code: stable, kebab-case; programs may depend on it.
    """

    field: str
    code: str
    zh: str
    en: str


class FormErrors(Exception):
    """The data was refused; :attr:`errors` holds everything that is wrong with it, in the order of the page."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("; ".join(f"{error.field}: {error.code}" for error in errors[:10]))
        self.errors = list(errors)


@dataclass(frozen=True)
class Problem:
    """An error that does not yet know which field it belongs to.

    :param zh: the designer's own Chinese sentence, if the form gives one; likewise ``en``.
    """

    code: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    zh: str | None = None
    en: str | None = None


class Refused(Exception):
    """A value can not be read as what its component holds."""

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code)
        self.problem = Problem(code, parameters)


@dataclass(frozen=True)
class Label:
    """What the page calls a field, in both languages. In a row it names the list and the row, counted from 1."""

    zh: str
    en: str

    def in_row(self, table: "Label", row: int) -> "Label":
        return Label(f"{table.zh}第{row + 1}行的{self.zh}", f"{self.en} in row {row + 1} of {table.en}")


def field_error(path: Sequence[str | int], label: Label, problem: Problem) -> FieldError:
    """Put a problem into words for the field at ``path``."""
    name = field_name(path)
    chinese, english = SENTENCES[problem.code]
    return FieldError(
        field=name,
        code=problem.code,
        zh=problem.zh or chinese.format(label=label.zh, field=name, **problem.parameters),
        en=problem.en or english.format(label=label.en, field=name, **problem.parameters),
    )


def field_name(path: Sequence[str | int]) -> str:
    """The path as people and programs write it: ``materials[2].copies``."""
    text = ""
    for segment in path:
        text += f"[{segment}]" if isinstance(segment, int) else f".{_printable(segment)}"
    return text.removeprefix(".")


def _printable(name: str) -> str:
    """A name the caller invented may be anything; what we answer must still be storable and short."""
    shown = name if len(name) <= 60 else name[:60] + "…"
    return "".join(char if char.isprintable() else "�" for char in shown)
