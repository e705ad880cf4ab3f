"""A diary file on its way in: what was sent, what it would change, what is wrong with it."""

from base64 import b64decode, b64encode
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from safetomove.core.diary import BadDiary
from safetomove.services.imports import Kind, Preview
from safetomove.web.jinja_env import day_and_year

CELLS_SHOWN = 50
MANY_DAYS = 700  # above it the writing takes long enough to be noticed
SPREADSHEET = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx and .xls begin


class NotADiary(ValueError):
    """What was sent can't be a diary; its text says what to do."""


def sent(request: HttpRequest) -> tuple[str, Kind]:
    """Return what was sent and how it is written."""
    file, pasted = request.FILES.get("file"), request.POST.get("pasted", "")
    if file is None and not pasted.strip():
        raise NotADiary(_("Choose a file, or paste the rows."))
    text = pasted if file is None else _text(file.read())
    if not text.strip():
        raise NotADiary(_("The file is empty. Choose another one."))
    looks_like_json = text.lstrip("\ufeff \t\r\n").startswith(("[", "{"))
    return text, Kind.JSON if looks_like_json else Kind.CSV


def packed(text: str) -> str:
    """Put the rows where no browser changes them on the way back."""
    return b64encode(text.encode("utf-8")).decode("ascii")


def unpacked(request: HttpRequest) -> tuple[str, Kind, str]:
    """Return the rows, their kind and the key that were in the page."""
    try:
        text = b64decode(request.POST.get("rows", ""), validate=True).decode("utf-8")
        return text, Kind(request.POST.get("kind", "")), str(UUID(request.POST.get("key", "")))
    except ValueError:
        raise NotADiary(_("The rows did not arrive whole. Send the file once more.")) from None


def shown(preview: Preview) -> dict[str, Any]:
    """Say what a file would change, for the page."""
    days = preview.new_days
    span = ""
    if len(days) > 1:
        first, last = day_and_year(min(days)), day_and_year(max(days))
        span = _("From %(first)s to %(last)s.") % {"first": first, "last": last}
    count = len(days) + len(preview.changed_days)
    return {"preview": preview, "span": span, "news": count > 0, "slow": count > MANY_DAYS}


def refused(error: BadDiary) -> dict[str, Any]:
    """List the places that were refused, the first of them if there are many."""
    more = max(0, len(error.cells) - CELLS_SHOWN)
    return {"cells": error.cells[:CELLS_SHOWN], "more": more}


def columns() -> list[tuple[str, str]]:
    """Name the columns that are read, with which end of each scale is which."""
    return [
        ("date", _("The day, like 2026-11-22. Every row needs one.")),
        ("pain, pain_worst", _("From 0, no pain, to 10, the worst.")),
        ("interference", _("How much pain got in the way: from 0, not at all, to 10, fully.")),
        ("flare", _("yes or no")),
        ("sleep_quality", _("Last night: from 0, awful, to 10, great.")),
        ("mood", _("From 0, low, to 10, bright.")),
        ("stress, worry", _("From 0, none, to 10, the most.")),
        ("guarding", _("Moving with care or stiffly: from 0, not at all, to 10, all day.")),
        ("social", _("Time with others: from 0, none, to 10, a lot.")),
        ("sleep_hours", _("Hours slept, from 0 to 24.")),
        ("steps", _("Steps in the day.")),
        ("note", _("Any words.")),
        ("dose:walking", _("How much you did. Put your own activity after the colon.")),
        ("planned:walking", _("How much was planned.")),
    ]


def _text(raw: bytes) -> str:
    if raw.startswith(SPREADSHEET):
        raise NotADiary(_("This is a spreadsheet. Save it as CSV (UTF-8), and send that file."))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise NotADiary(_("We could not read the file. Save it as CSV (UTF-8).")) from None
