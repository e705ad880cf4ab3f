"""Say who is asking, in which time zone, and when. Looking never creates anybody."""

import datetime as dt
import zoneinfo
from functools import cache
from urllib.parse import unquote
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY as USER_KEY
from django.http import HttpRequest
from django.utils import timezone

from safetomove.core.errors import CoreError
from safetomove.services import people


class VisitEnded(CoreError):
    """The page belongs to a session that was ended; nothing was saved."""


PERSON = people.SESSION_KEY  # the session's only word about a person: a random number
ZONE_COOKIE = "tz"


def person_of(request: HttpRequest) -> UUID | None:
    """Return the person behind this browser; somebody without a session costs no query."""
    if kept := request.session.get(PERSON):
        return UUID(kept)
    if USER_KEY not in request.session:
        return None
    return _remember(request, people.person_of_user(int(request.session[USER_KEY])))


def person_or_new_guest(request: HttpRequest, now: dt.datetime) -> UUID:
    """Return the person, or begin a record: call this only when something is being saved."""
    if person := person_of(request):
        return person
    if _visit_ended(request):
        raise VisitEnded("the session of this page is over")
    zone = zone_of(request)
    if USER_KEY in request.session:
        user = int(request.session[USER_KEY])
        person = people.start_for_user(user_id=user, now=now, zone=zone)
    else:
        person = people.start_guest(now=now, zone=zone)
    request.session[PERSON] = str(person)
    return person


def zone_of(request: HttpRequest) -> str:
    """Return the browser's time zone if it named a real one, else the site's."""
    named = unquote(request.COOKIES.get(ZONE_COOKIE, ""))
    return named if named in _zones() else settings.HOME_ZONE


def now(request: HttpRequest | None = None) -> dt.datetime:
    """Return this instant; the one place where pages read the clock."""
    return timezone.now()


def today_of(request: HttpRequest) -> dt.date:
    """Return the day it is where the browser is."""
    return now(request).astimezone(zoneinfo.ZoneInfo(zone_of(request))).date()


def _visit_ended(request: HttpRequest) -> bool:
    """Say whether the browser names a session that is no longer kept: erased, or signed out.

    The page that sends this was opened in it, so it must not begin another record unseen.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES and not request.session.session_key


def _remember(request: HttpRequest, person: UUID | None) -> UUID | None:
    if person is not None:
        request.session[PERSON] = str(person)
    return person


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())
