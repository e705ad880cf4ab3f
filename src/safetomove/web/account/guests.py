"""A diary that was begun without an account, on its way into one; and the ends of sessions."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from safetomove.services import people
from safetomove.web import aside, who


def guest_of(request: HttpRequest) -> UUID | None:
    """Return the guest behind this browser, before anybody has signed in."""
    if USER_KEY in request.session or who.PERSON not in request.session:
        return None
    return UUID(request.session[who.PERSON])


def take_in(request: HttpRequest) -> None:
    """Move the waiting diary into the account that is signed in, or begin one there."""
    guest, user = aside.aside_of(request), int(request.session[USER_KEY])
    now = who.now(request)
    if guest is not None and people.person_exists(guest):
        person = people.keep_with_account(guest=guest, user_id=user, now=now)
    else:
        person = people.start_for_user(user_id=user, now=now, zone=who.zone_of(request))
    request.session[who.PERSON] = str(person)
    request.session.pop(aside.ASIDE, None)


def end_every_session(request: HttpRequest) -> None:
    """Sign this account out on every device."""
    for session in _sessions_of(request.session[USER_KEY]):
        session.delete()
    guest = aside.aside_of(request)
    request.session.flush()
    aside.hand_back(request, guest)


def end_other_sessions(request: HttpRequest) -> None:
    """Sign this account out everywhere but here: whoever knew the old password is out."""
    for session in _sessions_of(request.session[USER_KEY]):
        if session.pk != request.session.session_key:
            session.delete()


def _sessions_of(user: str) -> Iterator[Session]:
    """Look into every session: none says in plain whose it is."""
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get(USER_KEY) == user:
            yield session
