"""Asking again, on its pages: what is due, and the deeds with their mistakes kept as typed."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safetomove.core.follow_up import State
from safetomove.services.clinic import follow_up, follow_up_dates, members
from safetomove.services.clinic.staff import Desk, Role
from tests.clinics import Worker, a_clinic, a_member, a_worker, signed_in
from tests.web.visits import text_of

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=100)


@pytest.fixture
def ben() -> Worker:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST)


@pytest.fixture
def staff(ben: Worker) -> Client:
    return signed_in(ben)


@pytest.fixture
def amina(ben: Worker) -> UUID:
    """Return somebody who was discharged a hundred days ago."""
    then = timezone.now() - LONG_AGO
    member = a_member(ben.at, now=then)
    members.discharge(ben.at, member=member, now=then)
    return member


def first(at: Desk, member: UUID) -> int:
    follow_up_dates.plan(at.held, now=timezone.now())
    return follow_up.of_member(at.held, member)[0].id


def test_looking_plans_the_dates_and_shows_whose_turn_it_is(
    staff: Client, ben: Worker, amina: UUID
) -> None:
    here = reverse("clinic_follow_ups", args=[ben.at.held.clinic])
    said = text_of(staff.get(here))
    assert "Amina Begum" in said
    assert "3 months after their discharge" in said
    assert "6 months after" not in said
    assert "6 months after" in text_of(staff.get(f"{here}?show=coming"))
    home = text_of(staff.get(reverse("clinic_home", args=[ben.at.held.clinic])))
    assert "Asking again: 1 due" in home


def test_one_is_asked_then_done(staff: Client, ben: Worker, amina: UUID) -> None:
    id = first(ben.at, amina)
    here = reverse("clinic_follow_up", args=[ben.at.held.clinic, id])
    assert "sees the answers only if they share" in text_of(staff.get(here))
    assert staff.post(here, {"deed": "ask"}).status_code == 422
    assert staff.post(here, {"deed": "ask", "measures": "no-such-one"}).status_code == 422
    for _ in range(2):
        assert staff.post(here, {"deed": "ask", "measures": "own-numbers"}).status_code == 303
    assert follow_up.one(ben.at.held, id).state is State.ASKED
    assert staff.post(here, {"deed": "done"}).status_code == 303
    assert follow_up.one(ben.at.held, id).state is State.DONE
    assert staff.post(here, {"deed": "ask", "measures": "own-numbers"}).status_code == 422


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"deed": "move", "to": "", "reason": "away"}, "to"),
        ({"deed": "move", "to": "1999-01-01", "reason": "away"}, "to"),
        ({"deed": "move", "to": "x" * 9000, "reason": "away"}, "to"),
        ({"deed": "drop", "reason": " "}, "drop_reason"),
        ({"deed": "drop", "reason": "x" * 501}, "drop_reason"),
        ({"deed": "drop", "reason": "a\x00b"}, "drop_reason"),
        ({"deed": "what"}, "measures"),
        ({}, "measures"),
    ],
)
def test_what_can_not_be_done_is_said_beside_its_field(
    staff: Client, ben: Worker, amina: UUID, sent: dict[str, str], field: str
) -> None:
    id = first(ben.at, amina)
    answer = staff.post(reverse("clinic_follow_up", args=[ben.at.held.clinic, id]), sent)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.content.decode()
    assert follow_up.one(ben.at.held, id).state is State.PLANNED


def test_it_can_be_moved_and_dropped_with_a_reason_that_stands_there(
    staff: Client, ben: Worker, amina: UUID
) -> None:
    id = first(ben.at, amina)
    here = reverse("clinic_follow_up", args=[ben.at.held.clinic, id])
    to = (timezone.now() + timedelta(days=40)).date().isoformat()
    sent = {"deed": "move", "to": to, "reason": "On holiday until then"}
    assert staff.post(here, sent).status_code == 303
    assert "On holiday until then" in text_of(staff.get(here))
    assert staff.post(here, {"deed": "drop", "reason": "Moved to Wales"}).status_code == 303
    assert "Moved to Wales" in text_of(staff.get(here))


def test_both_files_for_a_gp_system_are_handed_over_as_fhir(
    staff: Client, ben: Worker, client: Client
) -> None:
    from tests.web.visits import cleared

    member = a_member(ben.at, "Brian Cole")
    file = staff.get(reverse("clinic_fhir", args=[ben.at.held.clinic, member]))
    assert file.json()["resourceType"] == "Bundle"
    assert client.get(reverse("export_fhir")).status_code == 302
    cleared(client)
    own = client.get(reverse("export_fhir"))
    assert own["Content-Type"] == "application/fhir+json"
    assert own.json()["type"] == "collection"
