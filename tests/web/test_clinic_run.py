"""The page of a running session without script, what a device sends, the questions in the room."""

import json
import re
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from safetomove.core.course.happened import Deed
from safetomove.records.models import ClinicDocumentHistory, ClinicDocumentRow, RunEventRow
from safetomove.services.clinic import incidents, room_safety
from safetomove.services.clinic.room_safety import May
from safetomove.services.clinic.staff import Role
from tests.clinics import NOW, Worker, a_member, a_worker, prove, signed_in
from tests.services.test_runs import START, Hall, tap

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_start(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr("safetomove.web.who.now", lambda request=None: START)


class Desk:
    """A browser of somebody of the staff, in front of a session."""

    def __init__(self, hall: Hall, role: Role = Role.PHYSIOTHERAPIST) -> None:
        self.hall = hall
        self.worker: Worker = a_worker(hall.at.held.clinic, role, name="Tom Reid")
        self.client: Client = signed_in(self.worker)
        self.prove(START)

    def prove(self, at: datetime) -> None:
        """Give the password at this moment, whatever day the test runs on."""
        ago = time.time() - at.timestamp()
        prove(self.client, self.worker.user_id, seconds_ago=ago)

    def address(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.hall.at.held.clinic, *args])

    def run(self) -> str:
        return self.address("clinic_run", self.hall.session)

    def tap(self, **fields: object) -> HttpResponse:
        key = f"form-{RunEventRow.objects.count()}"
        answer: HttpResponse = self.client.post(self.run(), {"key": key, **fields})
        return answer

    def send(self, body: object, method: str = "post") -> HttpResponse:
        to = self.address("clinic_run_taps", self.hall.session)
        data = body if isinstance(body, bytes) else json.dumps(body)
        answer: HttpResponse = getattr(self.client, method)(
            to, data, content_type="application/json"
        )
        return answer

    def safety(self, n: int = 0) -> str:
        return self.address("clinic_run_safety", self.hall.session, self.hall.ids[n])


@pytest.fixture
def desk() -> Desk:
    return Desk(Hall())


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def answer_all(desk: Desk, mode: str, yes: str = "") -> HttpResponse:
    """Go through the questions screen by screen, with no to all but one."""
    page = words(desk.client.get(desk.safety(), {"ask": mode}))
    for _ in range(25):
        fields: dict[str, str] = hidden(page) | {"deed": "go_on"}
        for name in names(page):
            fields[name] = "yes" if name == yes else "no"
        if 'name="age"' in page:
            fields["age"] = "52"
        answer = desk.client.post(desk.safety(), fields)
        if answer.status_code == 303:
            return answer
        page = words(answer)
    raise AssertionError("the questions did not come to an end")


def hidden(page: str) -> dict[str, str]:
    form = page[page.index('class="ask"') :]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def names(page: str) -> set[str]:
    radios = re.findall(r'<input[^>]*type="radio"[^>]*>', page)
    return {re.findall(r'name="(\w+)"', each)[0] for each in radios}


def test_without_script_a_session_runs_by_forms(desk: Desk) -> None:
    hall = desk.hall
    amina = hall.ids[0]
    assert desk.tap(deed="step", to=0).status_code == 303
    assert desk.tap(deed="came", member=amina, value="present")["Location"].endswith("#register")
    assert desk.tap(deed="note", text="Door sticks").status_code == 303
    page = words(desk.client.get(desk.run()))
    assert "Door sticks" in page
    assert "1 of 2 here" in page
    assert "Stop and tell me if" in page
    assert "Emergency plan for this room" in page
    assert "nobody watches it as they write" in page


def test_the_same_form_sent_twice_is_one_event(desk: Desk) -> None:
    for _ in range(2):
        sent = {"key": "one", "deed": "note", "text": "Once"}
        assert desk.client.post(desk.run(), sent).status_code == 303
    assert RunEventRow.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {}, {"deed": "dance"}, {"deed": "step", "to": "9" * 400}, {"deed": "note", "text": "a\x00"},
        {"deed": "came", "member": "nobody", "value": "present"}, {"deed": "step", "key": " "},
        {"deed": "clear", "member": "x", "value": "clinician"}, {"deed": "step", "to": "²"},
        {"deed": "note", "text": "x" * 9000},
    ],
)  # fmt: skip
def test_a_form_that_can_not_be_read_stores_nothing(desk: Desk, wrong: dict[str, str]) -> None:
    assert desk.tap(**wrong).status_code == 422
    assert not RunEventRow.objects.exists()


def test_a_device_is_told_how_things_stand_and_what_was_refused(desk: Desk) -> None:
    good = tap(Deed.STEP, to=0).to_json()
    bad = tap(Deed.CAME, member="nobody", value="present").to_json()
    told = desk.send({"events": [good, bad]}).json()
    assert [each["key"] for each in told["refused"]] == [bad["key"]]
    assert [each["key"] for each in told["events"]] == [good["key"]]
    assert [each["may"] for each in told["people"]] == ["ask", "ask"]
    again = desk.client.get(desk.address("clinic_run_taps", desk.hall.session)).json()
    assert again["people"] == told["people"]


@pytest.mark.parametrize(
    "wrong",
    [b"", b"\xff", b"[" * 100_000, b"null", b"[]", b'{"events": 4}', b'{"events": [4]}',
     b'{"events": [{"at": "x"}]}', b'{"events": [{"key": 4}]}',
     b'{"events": [' + b'"' + b"x" * 500_000 + b'"]}'],
)  # fmt: skip
def test_what_a_broken_device_sends_is_refused_whole(desk: Desk, wrong: bytes) -> None:
    answer = desk.send(wrong)
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("application/json")
    assert not RunEventRow.objects.exists()


def test_one_tap_that_can_not_be_read_never_holds_up_the_others(desk: Desk) -> None:
    good = tap(Deed.NOTE, text="A family 👨\u200d👩\u200d👧\tcame too").to_json()
    long = {**good, "key": "long", "text": "x" * 5000}
    told = desk.send({"events": [long, good, {"key": "odd", "at": "x", "deed": "step"}]}).json()
    assert {each["key"] for each in told["refused"]} == {"long", "odd"}
    assert [each["text"] for each in told["notes"]] == ["A family 👨\u200d👩\u200d👧 came too"]


def test_the_full_questions_in_the_room_let_somebody_into_the_circuit(desk: Desk) -> None:
    assert "Never asked here" in words(desk.client.get(desk.safety()))
    assert answer_all(desk, "all").status_code == 303
    known = room_safety.of_member(desk.hall.at.held, desk.hall.ids[0])
    assert known.may(START.date()) is May.READY
    page = words(desk.client.get(desk.safety()))
    assert "They may do the circuit today" in page


def test_a_warning_sign_shows_its_card_at_once_and_stops_the_circuit(desk: Desk) -> None:
    answer_all(desk, "all", yes="ces_bladder")
    page = words(desk.client.get(desk.safety()))
    assert "Their circuit has stopped" in page
    assert "nhsuk-card--care--emergency" in page
    assert "999" in page
    answer_all(desk, "all")  # asked again, with no to everything
    assert "Their circuit has stopped" in words(desk.client.get(desk.safety()))
    run = words(desk.client.get(desk.run()))
    assert "Off the circuit" in run
    assert str(desk.hall.ids[0]) not in str(desk.hall.room().order)


def test_only_a_physiotherapist_sees_and_uses_the_way_back_in(desk: Desk) -> None:
    answer_all(desk, "all", yes="ces_bladder")
    clear = desk.address("clinic_run_clear", desk.hall.session, desk.hall.ids[0])
    helper = Desk(desk.hall, Role.ASSISTANT)
    told = {"key": "k1", "reason": "Seen at the hospital, scan was clear"}
    assert helper.client.post(clear, told).status_code == 403
    assert "Ask a physiotherapist to see them first" in words(helper.client.get(helper.safety()))
    assert "Let them back in" in words(desk.client.get(desk.safety()))
    assert desk.client.post(clear, {"key": "k2", "reason": "ok"}).status_code == 422
    assert desk.client.post(clear, told).status_code == 303
    assert "Their circuit has stopped" not in words(desk.client.get(desk.safety()))


def test_something_new_asks_the_short_questions_over_the_full_ones(desk: Desk) -> None:
    answer_all(desk, "all")
    desk.tap(deed="new", member=desk.hall.ids[0], value="yes")
    assert desk.hall.who("Amina").may is May.STOPPED
    assert "Go through the short questions together" in words(desk.client.get(desk.safety()))
    answer_all(desk, "new")
    assert desk.hall.who("Amina").may is May.READY


def test_what_is_hard_for_somebody_is_kept_and_changes_their_stations(desk: Desk) -> None:
    fit = {"mode": "fit", "balance": "yes", "floor": "no", "hands": "odd"}
    assert desk.client.post(desk.safety(), fit).status_code == 303
    known = room_safety.of_member(desk.hall.at.held, desk.hall.ids[0])
    assert known.abilities.to_text() == "balance=yes floor=no"


def test_somebody_of_another_group_is_not_in_this_room(desk: Desk) -> None:
    other = a_member(desk.hall.at, "Carol", joined=False)
    gone = desk.address("clinic_run_safety", desk.hall.session, other)
    assert desk.client.get(gone).status_code == 404
    assert desk.client.post(gone, {"mode": "fit"}).status_code == 404


def test_cards_show_the_drawings_and_only_people_who_may_do_the_circuit(desk: Desk) -> None:
    desk.hall.answer(desk.hall.ids[0])
    stations = words(desk.client.get(desk.address("clinic_cards_stations", desk.hall.session)))
    assert (
        stations.count("data:image/svg+xml")
        == stations.count('<article class="card-a5 card-a5--station"')
        == 5
    )
    people = words(desk.client.get(desk.address("clinic_cards_people", desk.hall.session)))
    assert people.count('<article class="card-a5"') == 1
    assert "Brian</a>. No card: ask the safety questions first" in people


INCIDENT: Mapping[str, str] = {
    "key": "5f0c6f7e-94a4-4f0e-8d6f-1a2b3c4d5e6f", "what": "Slipped off the ball",
    "who": "Amina", "day": "2026-11-24", "time": "10:40", "done": "Ice, sat down",
    "told": "Her husband",
}  # fmt: skip


def test_an_incident_is_written_once_and_only_ever_added_to(desk: Desk) -> None:
    new = desk.address("clinic_incident_new")
    for _ in range(2):
        made = desk.client.post(new, INCIDENT)
        assert made.status_code == 303
    assert ClinicDocumentRow.objects.filter(kind="incident").count() == 1
    page = words(desk.client.get(made["Location"]))
    assert "Slipped off the ball" in page
    assert "24 November, 10:40" in page
    for _ in range(2):
        desk.client.post(made["Location"], {"text": "It was the mat"})
    again = words(desk.client.get(made["Location"]))
    assert again.count("It was the mat") == 1
    assert "Slipped off the ball" in again
    assert ClinicDocumentHistory.objects.filter(kind="incident").count() == 1
    assert b"Slipped" not in ClinicDocumentRow.objects.get(kind="incident").sealed
    assert "Amina" in words(desk.client.get(desk.address("clinic_incidents")))
    assert [each.told.who for each in incidents.listed(desk.hall.at.held)] == ["Amina"]


@pytest.mark.parametrize(
    "wrong",
    [{"what": ""}, {"what": "a\x00b"}, {"told": "x" * 3001}, {"day": "soon"}, {"time": "25:00"},
     {"time": "10:00+05:00"}],
)  # fmt: skip
def test_an_incident_with_a_gap_is_asked_again_with_what_was_typed(
    desk: Desk, wrong: dict[str, str]
) -> None:
    answer = desk.client.post(desk.address("clinic_incident_new"), {**INCIDENT, **wrong})
    assert answer.status_code == 422
    assert "Ice, sat down" in words(answer)
    assert not ClinicDocumentRow.objects.filter(kind="incident").exists()


def test_a_session_of_last_week_still_opens(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    later = START + timedelta(days=7)
    monkeypatch.setattr("safetomove.web.who.now", lambda request=None: later)
    desk.prove(later)
    desk.tap(deed="step", to=0)
    assert later > NOW
    assert desk.client.get(desk.run()).status_code == 200
