"""Printing a document: an A4 page by Typst, whose compiler comes with its package, in fonts that come with theirs.

The content goes into the template as data and is never read as markup, so what an applicant wrote cannot change the page.
The same document gives the same bytes: no date of printing is in it.
"""

import io
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson
import segno
import typst

from workflows.documents.register_of_documents import IssuedDocument

TEMPLATE = Path(__file__).parent / "templates" / "letter.typ"
FONTS = "justmytype_intl_cjk"
"""Noto Sans SC, under the SIL Open Font License."""


def print_pdf(document: IssuedDocument, verification_url: str) -> bytes:
    """The page as PDF.

    :param verification_url: where the QR code leads: the public page that shows the document's code.
    """
    content = document.content
    day = date.fromisoformat(content.issued_on)
    shown = {
        "title": content.title,
        "number": content.number,
        "department": content.department,
        "case": content.case_number,
        "addressee": content.addressee,
        "paragraphs": content.paragraphs,
        "lists": [{"heading": heading, "entries": entries} for heading, entries in content.lists],
        "closing": content.closing,
        "basis": content.basis,
        "sealed": content.sealed,
        "seal": content.seal_number or "",
        "date": f"{day.year}年{day.month}月{day.day}日",
        "code": document.verification_code,
        "digest": document.digest[:16],
        "qr": qr_code(verification_url),
    }
    printed: Any = typst.compile(
        str(TEMPLATE),
        font_paths=[str(fonts())],
        ignore_system_fonts=True,
        sys_inputs={"document": orjson.dumps(shown).decode()},
    )
    assert isinstance(printed, bytes)
    return printed


def qr_code(text: str) -> str:
    """A QR code as SVG."""
    drawing = io.BytesIO()
    segno.make(text, error="m").save(drawing, kind="svg", border=0)
    return drawing.getvalue().decode()


@lru_cache
def fonts() -> Path:
    """The folder of the font's package."""
    return Path(str(files(FONTS))) / "fonts" / "ofl" / "notosanssc"
