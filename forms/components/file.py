"""References to uploaded files. The upload itself happens elsewhere; a form holds opaque ids."""

import re
from typing import ClassVar

from forms.components.base import Keyed
from forms.definition import ComponentDefinition
from forms.errors import Refused
from forms.limits import MAX_FILES
from forms.values import Value

_FILE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")


class File(Keyed):
    """The id of a file, or a list of ids where ``multiple`` allows several."""

    types: ClassVar = ("filepicker",)
    empty: ClassVar[Value] = None

    def __init__(self, definition: ComponentDefinition) -> None:
        super().__init__(definition)
        multiple = definition.attributes.get("multiple")
        computed = isinstance(multiple, str) and multiple.startswith("=")
        self.several = computed or definition.attributes.flag("multiple")

    def read(self, value: object) -> Value:
        if value == "" or value == []:
            return None
        if not isinstance(value, list):
            return _file_id(value)
        if not self.several:
            raise Refused("not-a-file")
        if len(value) > MAX_FILES:
            raise Refused("too-many-entries", maximum=MAX_FILES, actual=len(value))
        return [_file_id(entry) for entry in value]


def _file_id(value: object) -> str:
    if not isinstance(value, str) or not _FILE_ID.fullmatch(value):
        raise Refused("not-a-file")
    return value
