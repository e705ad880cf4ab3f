"""The root of every refusal: what a person gets instead of a guess."""


class CoreError(Exception):
    """Something was refused; `str(error)` is one clear line that says what to do."""


class BadInput(CoreError):
    """What came in can't be read as meant; nothing was kept of it."""
