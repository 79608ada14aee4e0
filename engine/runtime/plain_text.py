"""Text that every database can hold: PostgreSQL stores no NUL, UTF-8 no half of a surrogate pair.

Nothing of ours holds either, so what is looked for with one in it is simply not there.
"""

from engine.core.values import storable


def findable(text: str) -> str:
    """The text, fit to be looked for; one that cannot be stored becomes one that is not found."""
    return text if storable(text) else text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd") + "\ufffd"
