"""A guest's diary that waits while an account is signed in on the same device."""

from uuid import UUID

from django.http import HttpRequest

from safetomove.services import people
from safetomove.web import who

ASIDE = "guest"  # the session's word for a diary that nobody has claimed


def put_aside(request: HttpRequest, guest: UUID | None) -> None:
    """Set a guest's diary aside at sign-in: on a shared device it may be somebody else's."""
    request.session.pop(who.PERSON, None)
    if guest is not None and people.person_exists(guest):
        request.session[ASIDE] = str(guest)


def aside_of(request: HttpRequest) -> UUID | None:
    """Return the diary that waits, if there is one."""
    kept = request.session.get(ASIDE)
    return UUID(kept) if kept else None


def hand_back(request: HttpRequest, guest: UUID | None) -> None:
    """Open the waiting diary again in this browser, once nobody is signed in any more."""
    if guest is not None and people.person_exists(guest):
        request.session[who.PERSON] = str(guest)
