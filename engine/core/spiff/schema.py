"""The XML schemas of BPMN 2.0 and of the dialect's extensions, as SpiffWorkflow ships them."""

from functools import lru_cache
from pathlib import Path

import SpiffWorkflow.bpmn.parser
import SpiffWorkflow.spiff.parser
from lxml import etree

DIALECT = "http://spiffworkflow.org/bpmn/schema/1.0/core"


@lru_cache(maxsize=1)
def schema() -> etree.XMLSchema:
    """Compiled once a process."""
    folder = Path(SpiffWorkflow.bpmn.parser.__file__).parent / "schema"
    extension = Path(SpiffWorkflow.spiff.parser.__file__).parent / "schema" / "spiffworkflow.xsd"
    document = etree.parse(folder / "BPMN20.xsd")
    imported = etree.Element("{http://www.w3.org/2001/XMLSchema}import", namespace=DIALECT, schemaLocation=extension.as_uri())
    document.getroot().insert(0, imported)
    return etree.XMLSchema(document)
