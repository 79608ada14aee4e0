"""Components that show something and hold nothing. A table shows process variables; nobody fills it in."""

from typing import ClassVar

from forms.components.base import Display


class Shown(Display):
    """Texts, pictures, tables, buttons and the air between them."""

    types: ClassVar = (
        "text", "html", "image", "iframe", "table", "spacer", "separator", "button", "documentPreview",
    )  # fmt: skip
