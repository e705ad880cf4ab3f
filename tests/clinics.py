"""A clinic to test with: staff in every role, somebody on the list, and another clinic."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.test import Client

from safetomove.services import people
from safetomove.services.clinic import clinics, invitations, members, sharing, staff
from safetomove.services.clinic.members import Known
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk, Role

NOW = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)  # a Tuesday
PASSWORD = "a long enough secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """An account with a role."""

    user_id: int
    username: str
    at: Desk


def a_clinic(name: str = "Riverside back clinic", *, now: datetime = NOW) -> UUID:
    """Open a clinic with nobody in it."""
    return clinics.open_clinic(
        name=name, zone="Europe/London", reading_hours="Weekdays, 9 to 5", now=now
    )


def a_worker(clinic: UUID, role: Role, *, name: str = "", now: datetime = NOW) -> Worker:
    """Make an account that works at a clinic."""
    username = f"{role}-{get_user_model().objects.count()}"
    user = get_user_model().objects.create_user(username, password=PASSWORD)
    staff.begin_role(
        clinic=clinic, user_id=user.pk, name=name or role.capitalize(), role=role, now=now
    )
    at = staff.desk(clinic=clinic, user_id=user.pk)
    return Worker(user_id=user.pk, username=username, at=at)


def a_member(
    at: Desk, name: str = "Amina Begum", *shared: Item, joined: bool = True, now: datetime = NOW
) -> UUID:
    """Write somebody onto the list, who joins and shares these items."""
    member = members.add_member(at, known=Known(name=name), now=now)
    if joined:
        join(at, member, *shared, now=now)
    return member


def join(at: Desk, member: UUID, *shared: Item, now: datetime = NOW) -> UUID:
    """Let somebody on the list join with a record of their own; return the person."""
    person = people.start_guest(now=now)
    code = invitations.invite(clinic=at.held.clinic, role=None, now=now, by=at, member=member)
    invitations.accept_as_patient(code, person=person, now=now)
    sharing.share(person=person, member=member, items=frozenset(shared), now=now)
    return person


def signed_in(worker: Worker) -> Client:
    """Return a browser in which somebody of the staff is signed in."""
    client = Client()
    client.force_login(get_user_model().objects.get(pk=worker.user_id))
    prove(client, worker.user_id)
    return client


def prove(client: Client, user_id: int, *, seconds_ago: float = 0) -> None:
    """Note in a browser's session that its account gave its password, then."""
    made = datetime.fromtimestamp(time.time() - seconds_ago, UTC)
    get_user_model().objects.filter(pk=user_id).update(date_joined=made)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - seconds_ago}
    ]
    session["account_authentication_methods_user"] = str(user_id)
    session.save()
