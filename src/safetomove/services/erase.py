"""Forget a person: rows, key, account and sessions go; that it happened stays."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from safetomove.records.models import Person
from safetomove.services import audit
from safetomove.services.audit import Verb
from safetomove.services.clinic.staff import end_roles_of
from safetomove.services.people import SESSION_KEY


def erase_person(*, person: UUID, actor: str, now: datetime) -> None:
    """Erase all that is kept about a person; again is harmless."""
    with transaction.atomic():
        row = Person.objects.select_for_update().filter(pk=person).only("user_id").first()
        if row is None:
            return
        user = row.user_id
        row.delete()
        if user is not None:
            end_roles_of(user, now=now)
            get_user_model().objects.filter(pk=user).delete()
        _end_sessions(person, user)
        audit.note(person, Verb.ERASED, now=now, actor=actor)
    _forget_write_ahead_log()


def _end_sessions(person: UUID, user: int | None) -> None:
    """Look into every session: none says in plain whose it is."""
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if _belongs(session.get_decoded(), person, user)
    ]
    Session.objects.filter(pk__in=theirs).delete()


def _belongs(session: dict[str, str], person: UUID, user: int | None) -> bool:
    if session.get(SESSION_KEY) == str(person):
        return True
    return user is not None and session.get(USER_KEY) == str(user)


def _forget_write_ahead_log() -> None:
    """Empty SQLite's log, which still holds the erased pages; PostgreSQL's are in the ADR."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
