"""Unexpected trouble inside a model: it stops one token with an incident, never the instance and never silently."""


class Trouble(Exception):
    """An element could not do its work.

    :param code: stable, kebab-case, shown to supervisors and matched by tests.
    :param message: one English sentence that names the expression or variable to blame.
    :param message_zh: the same in Chinese, where whoever met the trouble has it.
    """

    def __init__(self, code: str, message: str, message_zh: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.message_zh = message_zh
