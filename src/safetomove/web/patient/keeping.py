"""Reach the person behind a page; a record that is gone is forgotten, not an error."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from safetomove.services import people
from safetomove.services.refusals import NoSuchPerson
from safetomove.services.today import Today, review_today
from safetomove.web import who
from safetomove.web.going import SeeOther

T = TypeVar("T")


def todays(request: HttpRequest, now: dt.datetime) -> Today | None:
    """Return the person's day, or None where nobody is known; nothing is created."""
    person = who.person_of(request)
    if person is None:
        return None
    try:
        return review_today(person=person, now=now)
    except NoSuchPerson:
        forget(request)
        return None


def saving(request: HttpRequest, now: dt.datetime, write: Callable[[UUID], T]) -> T:
    """Write for the person, or for a new guest if there is none, or none any more."""
    try:
        return write(who.person_or_new_guest(request, now))
    except NoSuchPerson:
        forget(request)
        return write(who.person_or_new_guest(request, now))


def follow_zone(request: HttpRequest, zone_shown: str, now: dt.datetime) -> None:
    """Count days where the browser now is, once it says so; `zone_shown` is what the page used."""
    zone = who.zone_of(request)
    person = who.person_of(request)
    if person and zone_shown and who.ZONE_COOKIE in request.COOKIES and zone != zone_shown:
        with suppress(NoSuchPerson):
            people.set_zone(person=person, zone=zone, now=now)


def see(name: str, *args: str, query: str = "", place: str = "") -> SeeOther:
    """Lead to a page by name, after something was sent."""
    mark = f"?{query}" if query else ""
    return SeeOther(f"{reverse(name, args=args)}{mark}{'#' + place if place else ''}")


def forget(request: HttpRequest) -> None:
    """Drop the session's word about a person who is no longer kept."""
    request.session.pop(who.PERSON, None)
