"""The designers' page tells of everything there is, and its examples work."""

import re
from pathlib import Path

import pytest

from forms import compile_form
from forms.components import COMPONENTS
from forms.findings import MESSAGES
from forms.sentences import SENTENCES
from forms.validators import VALIDATORS

PAGE = Path(__file__).parents[2].joinpath("docs", "forms.md").read_text(encoding="utf-8")
DEFINITIONS = sorted(Path(__file__).parents[2].joinpath("forms", "definitions").rglob("*.form"))


def test_every_component_and_validator_is_described() -> None:
    assert [name for name in [*COMPONENTS, *VALIDATORS] if f"`{name}`" not in PAGE] == []


def test_the_example_is_a_form() -> None:
    example = re.search(r"```json\n(\{\n  \"schemaVersion.*?)```", PAGE, re.DOTALL)
    assert example is not None
    form = compile_form(example[1])
    assert (form.key, form.title, form.fields) == ("acceptance", "受理审查", ("applicant",))


@pytest.mark.parametrize("table", [SENTENCES, MESSAGES])
def test_sentences_mention_the_same_in_both_languages(table: dict[str, tuple[str, str]]) -> None:
    for code, (chinese, english) in table.items():
        parameters = [
            set(re.findall(r"\{(\w+)\}", text.replace("_zh}", "}").replace("_en}", "}"))) for text in (chinese, english)
        ]
        # what a sentence says by way of a constant or an attribute's own name need not stand in the other
        assert parameters[0] ^ parameters[1] <= {"actual", "unit", "what"}, code


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_every_form_of_the_centre_compiles_and_is_named_after_its_file(path: Path) -> None:
    assert compile_form(path.read_bytes()).key == path.stem
