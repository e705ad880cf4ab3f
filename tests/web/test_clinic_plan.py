"""A plan is changed on the clinic's page, read on Today, and refused there with one button."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from safetomove.services import plans, safety_check
from safetomove.services.clinic import members
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Role
from safetomove.web import who
from tests.clinics import Worker, a_clinic, a_member, a_worker, signed_in
from tests.people import all_clear, walking

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana() -> Worker:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST, name="Dana Price")


def somebody(dana: Worker, *, name: str = "Amina Begum") -> tuple[UUID, Client]:
    """Put somebody on the list who walks, and return their place there and their browser."""
    from django.utils import timezone

    now = timezone.now()
    member = a_member(dana.at, name, Item.PLAN, now=now)
    person = members.member(dana.at.held, member).person
    assert person is not None
    safety_check.save_answers(person=person, answers=all_clear(given_on=now.date()), now=now)
    plan = walking(baseline=10.0, started=now.date() - timedelta(days=9))
    plans.choose_activity(person=person, plan=plan, now=now)
    client = Client()
    session = client.session
    session[who.PERSON] = str(person)
    session.save()
    return member, client


def form(**changes: str) -> dict[str, str]:
    return {
        "key": "k1",
        "activity": "walking",
        "what": "amount",
        "amount": "6",
        "until": "2",
        "reason": "Your knee is sore\r\nafter the fall.",
        **changes,
    }


def test_a_change_is_on_today_at_once_and_one_button_says_no(dana: Worker) -> None:
    member, amina = somebody(dana)
    desk = signed_in(dana)
    address = reverse("clinic_person_plan", args=[dana.at.held.clinic, member])
    assert "Nothing was ever changed" in desk.get(address).content.decode()
    assert desk.post(address, form()).status_code == 303
    assert desk.post(address, form()).status_code == 303  # the same form twice
    assert desk.get(address).content.decode().count("In force") == 1

    today = amina.get("/today/").content.decode()
    assert "6 <small>minutes" in today
    assert "Dana Price at Riverside back clinic" in today
    assert "Your knee is sore" in today
    change = re.search(r'name="change" value="(\w+)"', today)
    assert change is not None
    gone = amina.post(reverse("my_clinic_plan_no"), {"change": change[1]}, follow=True)
    words = gone.content.decode()
    assert "It can see that you said no" in words
    assert "10 <small>minutes" in words
    assert "They said no on" in desk.get(address).content.decode()
    mine = amina.get(reverse("my_clinic_plan")).content.decode()
    assert "Walking: at most 6 minutes" in mine
    assert "You said no" in mine
    assert (
        "No clinic has changed anything" in Client().get(reverse("my_clinic_plan")).content.decode()
    )


def test_a_pause_shows_why_and_a_change_can_be_taken_back(dana: Worker) -> None:
    member, amina = somebody(dana)
    desk = signed_in(dana)
    address = reverse("clinic_person_plan", args=[dana.at.held.clinic, member])
    desk.post(address, form(what="pause", amount=""))
    today = amina.get("/today/").content.decode()
    assert "Walking: paused" in today
    assert "Your knee is sore" in today
    assert "<small>minutes" not in today
    change = re.search(r'name="take_back" value="(\w+)"', desk.get(address).content.decode())
    assert change is not None
    assert desk.post(address, {"take_back": change[1]}).status_code == 303
    assert "10 <small>minutes" in amina.get("/today/").content.decode()
    assert desk.post(address, {"take_back": "unknown"}).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"activity": "flying"},
        {"what": ""},
        {"what": "all"},
        {"amount": "a lot"},
        {"amount": ""},
        {"amount": "1e999"},
        {"amount": "nan"},
        {"amount": "31"},
        {"what": "floor", "amount": "9"},
        {"until": "99"},
        {"reason": " \x00 " * 0},
        {"reason": "x" * 5000},
        {"key": "not a key!"},
    ],
)
def test_what_can_t_be_read_comes_back_with_what_was_typed(
    dana: Worker, changes: dict[str, str]
) -> None:
    member, amina = somebody(dana)
    desk = signed_in(dana)
    address = reverse("clinic_person_plan", args=[dana.at.held.clinic, member])
    answer = desk.post(address, form(**changes))
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in words
    assert changes.get("reason", "Your knee is sore")[:900] in words
    assert "10 <small>minutes" in amina.get("/today/").content.decode()


def test_stay_where_it_is_and_slower_and_faster_can_be_chosen_by_name(dana: Worker) -> None:
    member, _ = somebody(dana)
    desk = signed_in(dana)
    address = reverse("clinic_person_plan", args=[dana.at.held.clinic, member])
    said = {
        "stay": "Walking: at most 10 minutes",
        "slower": "grows by 0.75 in 100",
        "faster": "grows by 3 in 100",
    }
    for what, words in said.items():
        desk.post(address, form(what=what, amount="", key=what))
        assert words in desk.get(address).content.decode()
    assert desk.get(address).content.decode().count("A later change took its place") == 2
