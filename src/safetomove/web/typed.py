"""What anybody types, made fit to be kept and shown again."""

from typing import Any


def tidy(text: Any) -> str:
    """Give lines one ending, and drop blanks at both ends."""
    return str(text).replace("\r\n", "\n").replace("\r", "\n").strip()


def can_be_kept(text: str) -> bool:
    """Say whether words can be stored whole and shown again."""
    return not any(sign < " " or "\ud800" <= sign <= "\udfff" or sign == "\x7f" for sign in text)


def showable(text: str, *, blanks: str = "\n") -> str:
    """Put a mark where a sign can't be kept and shown again; `blanks` may stay."""
    return "".join(sign if sign in blanks or can_be_kept(sign) else "\ufffd" for sign in text)
