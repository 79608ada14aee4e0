"""D1, direct approval (R-23): which way an item goes follows from what it is, not from who would like to keep it.

The notice's "or" is read as two conditions of which either is enough (DOMAIN, "Decided"). ``direct_approval.dmn`` beside the
process says the same to models; a test compares the two on every input there is.
"""

from enum import StrEnum


class ItemClass(StrEnum):
    """What an item is by its nature."""

    GENERAL_APPROVAL = "general-approval"
    """一般核准."""
    FILING = "filing"
    """备案."""
    REGISTRATION = "registration"
    """登记 (Art. 56)."""
    LICENCE = "licence"
    """许可."""
    EXAMINATION = "examination"
    """审核转报."""


class Route(StrEnum):
    """The ways D1 knows."""

    DIRECT = "direct"
    """The window itself decides."""
    PROMISED = "promised"
    REPORT_UP = "report-up"
    JOINT = "joint"


DIRECT_CLASSES = (ItemClass.GENERAL_APPROVAL, ItemClass.FILING)


def route(
    item_class: ItemClass,
    *,
    several_departments: bool,
    needs_site_visit: bool,
    needs_investigation: bool,
    needs_upper_level: bool,
) -> Route:
    """The way of an item; the first rule that fits, as in the table."""
    if several_departments:
        return Route.JOINT
    if item_class in DIRECT_CLASSES:
        return Route.DIRECT
    if needs_upper_level:
        return Route.REPORT_UP
    return Route.PROMISED if needs_site_visit or needs_investigation else Route.DIRECT
