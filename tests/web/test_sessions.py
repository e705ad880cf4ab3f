"""A session is read as Django would read it."""

from datetime import timedelta

from django.contrib.sessions.backends import db as plain
from django.contrib.sessions.models import Session
from django.utils import timezone

from safetomove.web.sessions import SessionStore


def a_session() -> SessionStore:
    session = SessionStore()
    session["person"] = "somebody"
    session.save()
    return session


def test_a_live_session_says_what_django_would_read(db: None) -> None:
    key = a_session().session_key
    assert dict(SessionStore(key).items()) == dict(plain.SessionStore(key).items())
    assert SessionStore(key)["person"] == "somebody"


def test_a_session_that_is_over_says_nothing_and_loses_its_key(db: None) -> None:
    key = a_session().session_key
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    over = SessionStore(key)
    assert over.get("person") is None
    assert over.session_key is None


def test_a_made_up_key_says_nothing(db: None) -> None:
    made_up = SessionStore("a" * 32)
    assert made_up.get("person") is None
    assert made_up.session_key is None
