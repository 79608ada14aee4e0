"""Unexpected trouble inside a model: it stops one token with an incident, never the instance and never silently."""


class Trouble(Exception):
    """An element could not do its work.

    :param code: stable, kebab-case, shown to supervisors and matched by tests.
    :param message: one English sentence that names the expression or variable to blame.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
