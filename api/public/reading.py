"""What somebody wrote into a form, read by the schema of the JSON endpoint beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import marshmallow as ma
from flask import request

from api.invalid_input import InvalidInput
from api.language import language
from api.public.words import say
from engine.core.rejection import Rejection

PAGES = ("lang", "form_token")
KINDER = {"required": "form.required", "not-a-choice": "form.choose", "not-a-number": "form.choose"}
"""Codes whose sentence is for programs, and ours for people."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a form was not accepted: sentences by field, and those that belong to none."""

    fields: Mapping[str, str]
    whole: tuple[str, ...] = ()


def written(schema: type[ma.Schema]) -> dict[str, str]:
    """The fields of the form at hand that the schema knows, as they were written."""
    return {name: request.form[name] for name in schema().fields if name in request.form}


def read(schema: type[ma.Schema], values: Mapping[str, str]) -> dict[str, Any]:
    """What was written, checked. A field left empty says nothing.

    :raises InvalidInput: by field.
    """
    said = {name: value.strip() for name, value in values.items() if value.strip()}
    try:
        found: dict[str, Any] = schema().load(said)
    except ma.ValidationError as error:
        raise InvalidInput(error.messages) from error
    return found


def trouble_of(refused: Rejection, places: Mapping[str, str] | None = None) -> Trouble:
    """As the page shows it. ``places``: the page's field by a rejection's code, where the rule names none or another."""
    spoken = language()
    if isinstance(refused, InvalidInput):
        entries = {str(one["field"]): _kinder(str(one["code"]), str(one["detail"])) for one in refused.errors(spoken)}
        return Trouble(entries)
    sentence = refused.sentence(spoken)
    field = (places or {}).get(refused.code, refused.field)
    return Trouble({}, (sentence,)) if field is None else Trouble({field: sentence})


def _kinder(code: str, detail: str) -> str:
    return say(KINDER[code]) if code in KINDER else detail
