"""Answer what went wrong with a page that says what happened, what to do, where help is."""

import errno
import logging
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import Error as DatabaseGone
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safetomove.core.errors import BadInput, CoreError
from safetomove.records.sealing import NoSiteKey, SealBroken
from safetomove.services.refusals import KeyReused, NoSuchPerson
from safetomove.web import troubles, words
from safetomove.web.logs import what_and_where
from safetomove.web.troubles import Trouble
from safetomove.web.who import VisitEnded

log = logging.getLogger(__name__)

DISK_TROUBLE = {errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT}
TOO_MUCH = RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent
UNREADABLE = NoSiteKey | SealBroken  # the records are there, but not to be read by us now

# The last resort, when not even a template can be read.
BARE = (
    "<!doctype html><html lang='en-GB'><title>Something broke - Safe to Move</title>"
    "<h1>Something broke, and it is our fault</h1>"
    "<p>Need help now? Call <a href='tel:999'>999</a> in an emergency, "
    "or <a href='tel:111'>111</a> for help today.</p>"
)


def page(request: HttpRequest, trouble: Trouble, *, line: str = "") -> HttpResponse:
    """Show a trouble without asking the database anything; `line` is a refusal's own words."""
    calls = [words.spoken().call(id) for id in ("emergency", "nhs_111", "samaritans")]
    about = {"trouble": trouble, "line": line.rstrip("."), "calls": calls}
    response = render(request, "trouble.jinja", about, status=trouble.status)
    response.headers["Cache-Control"] = "no-store"
    if trouble is troubles.RECORDS_GONE:
        response.headers["Retry-After"] = "120"
    return response


def records_gone(error: BaseException | None) -> bool:
    """Say whether an error means that records can't be read or written now."""
    on_disk = isinstance(error, OSError) and error.errno in DISK_TROUBLE
    return on_disk or isinstance(error, DatabaseGone | UNREADABLE)


def refused(request: HttpRequest, error: CoreError) -> HttpResponse | None:
    """Answer a refusal that a page did not see coming; None where it is not the person's."""
    match error:
        case KeyReused():
            return page(request, troubles.SENT_BEFORE)
        case VisitEnded():
            return page(request, troubles.ENDED)
        case NoSuchPerson():
            request.session.flush()
            return page(request, troubles.ERASED)
        case BadInput():
            return page(request, troubles.REFUSED, line=str(error))
        case _:
            return None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 for what is too big."""
    too_big = isinstance(exception, TOO_MUCH)
    return page(request, troubles.TOO_BIG if too_big else troubles.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return page(request, troubles.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return page(request, troubles.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 where the records are out of reach; never fail on the way."""
    gone = records_gone(sys.exc_info()[1])
    try:
        return page(request, troubles.RECORDS_GONE if gone else troubles.OUR_FAULT)
    except Exception as error:  # the template itself may be what broke
        log.error("the error page broke: %s", what_and_where(error))
        return HttpResponse(BARE, status=troubles.OUR_FAULT.status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not carry this browser's own token.

    Erasing changes the token and ends the session: that form's diary is gone.
    """
    ended = not request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    erased = ended and settings.CSRF_COOKIE_NAME in request.COOKIES
    return page(request, troubles.ENDED if erased else troubles.TOO_OLD)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer 429 to somebody, or something, that tries too often."""
    return page(request, troubles.TOO_MANY)
