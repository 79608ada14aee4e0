"""What an application may not say."""

import json
from typing import Any

import pytest

from engine.runtime.operators import OperatorRegistry
from forms import FormErrors
from tests.workflows import papers
from tests.workflows.filing import FORMS, MODELS, MONDAY, definitions, form
from tests.workflows.persons import PERSON
from workflows.catalogue import load_directory
from workflows.operators import register

ADVERTISING, MINING, NAME = "outdoor_advertising_registration", "mining_licence", "individual_name_approval"


def refused(item: str, path: str, value: Any) -> list[str]:
    """The fields complained of when one value of a good application is another."""
    paper = papers.application(item)
    *outer, last = path.split(".")
    inside: Any = paper
    for name in outer:
        inside = inside[name]
    inside[last] = value
    with pytest.raises(FormErrors) as raised:
        form(f"{definitions()[item].start_form_key}").clean(paper, variables={}, now=MONDAY)
    return [error.field for error in raised.value.errors]


@pytest.mark.parametrize(
    ("item", "path", "value"),
    [
        (NAME, "applicant.resident_id", "110105194912310021"),
        (NAME, "applicant.kind", "organisation"),
        (NAME, "applicant.mobile", "12345"),
        (NAME, "applicant.postcode", "4023"),
        (NAME, "details.capital_fen", "12.345"),
        (NAME, "details.workers", 9),
        (NAME, "details.names", []),
        (NAME, "declaration", False),
        (NAME, "materials", ["别的材料"]),
        (ADVERTISING, "applicant.credit_code", "91350100M000100Y44"),
        (ADVERTISING, "applicant.telephone", "1234"),
        (ADVERTISING, "details.width_m", 0),
        (ADVERTISING, "details.starts_on", "2026-03-31"),
        (ADVERTISING, "details.ends_on", "2026-04-30"),
        (MINING, "details.lower_level_m", 520),
        (MINING, "details.corners", [{"x": 1, "y": 2}, {"x": 3, "y": 4}]),
        (MINING, "details.yearly_output_t", 6_000_000),
        (MINING, "details.term_years", 31),
    ],
)
def test_a_wrong_value_is_refused_by_its_field(item: str, path: str, value: Any) -> None:
    assert refused(item, path, value) == [path]


def test_the_area_is_computed_here() -> None:
    clean = form("outdoor_advertising_application").clean(papers.application(ADVERTISING), variables={}, now=MONDAY)
    assert clean["details"]["area_m2"] == 100  # type: ignore[index]


def test_an_agent_needs_a_mandate() -> None:
    assert refused(NAME, "applicant", PERSON | {"has_agent": True}) == [
        "applicant.agent_name",
        "applicant.agent_resident_id",
        "applicant.agent_scope",
    ]


@pytest.mark.parametrize("item", load_directory().values(), ids=lambda item: item.code)
def test_the_catalogue_and_the_models_agree(item: Any) -> None:
    assert definitions()[item.process].start_form_key == item.form
    assert definitions()[item.process].name == item.name
    asked = next(field for field in _components(item.form) if field.get("key") == "materials")
    assert [option["value"] for option in asked["values"]] == [material.name for material in item.materials]


def _components(key: str) -> list[dict[str, Any]]:
    source = next(path for path in FORMS if path.stem == key)
    found: list[dict[str, Any]] = json.loads(source.read_text("utf-8"))["components"]
    return found


def test_every_form_compiles_is_named_after_its_file_and_used() -> None:
    used = {key for definition in definitions().values() for key in definition.form_keys}
    assert {path.stem for path in FORMS} == used
    assert all(form(path.stem).key == path.stem for path in FORMS)


def test_every_called_process_and_operator_exists() -> None:
    registry = OperatorRegistry()
    register(registry)
    for definition in definitions().values():
        assert definition.called_processes <= {path.stem for path in MODELS}
        assert all(operator in registry for operator in definition.operators)
