"""The components of form-js and what each means on the server. A new one is a class, and its name in this list."""

from forms.components.base import Component
from forms.components.choice import Checkbox, OneChoice, SeveralChoices
from forms.components.computed import Computed
from forms.components.container import Group, Rows
from forms.components.display import Shown
from forms.components.file import File
from forms.components.moment import Moment
from forms.components.number import Number
from forms.components.text import Text, TextLine

_CLASSES: tuple[type[Component], ...] = (
    TextLine, Text, Number, Moment, Checkbox, OneChoice, SeveralChoices, Computed, File, Group, Rows, Shown,
)  # fmt: skip

COMPONENTS: dict[str, type[Component]] = {name: component for component in _CLASSES for name in component.types}
"""form-js type -> the class that stands for it."""
