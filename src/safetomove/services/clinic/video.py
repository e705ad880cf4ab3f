"""A link to a video call, of a clinic's own choice. It is shown, and never opened by us."""

from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from safetomove.core.course import Schedule
from safetomove.services.clinic.refusals import BadClinic

LINK_TOP: Final = 1_000  # letters; some services make long ones


def tidy_link(text: str) -> str:
    """Return a link that can be shown and tapped, or nothing; BadClinic for any other text."""
    link = text.strip()
    if not link:
        return ""
    if len(link) > LINK_TOP or not (link.isascii() and link.isprintable()) or " " in link:
        raise BadClinic(f"a video link has up to {LINK_TOP} letters and no blanks")
    if any(sign in link for sign in "\"'<>\\`{}|^"):
        raise BadClinic("this link has signs in it that no link has; copy it again")
    return link if _is_safe(link) else _refuse()


def told_again(dates: Schedule) -> Schedule:
    """Mark every session as changed, so that calendars take it anew."""
    meetings = (replace(each, changes=each.changes + 1) for each in dates.meetings)
    return replace(dates, meetings=tuple(meetings))


def _is_safe(link: str) -> bool:
    try:
        parts = urlsplit(link)
        named = bool(parts.hostname) and "." in str(parts.hostname)
        return parts.scheme == "https" and named and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False


def _refuse() -> str:
    raise BadClinic("a video link starts with https:// and names a site")
