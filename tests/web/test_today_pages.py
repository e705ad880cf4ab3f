"""Today, and choosing an activity: what is shown, in which order, and what is kept."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safetomove.services import check_in as diary
from safetomove.services import people, plans, safety_check
from safetomove.services.today import review_today
from safetomove.web import who
from tests.people import all_clear, with_a_yes
from tests.web.visits import NOW, TODAY, check_in, cleared, come_as, form_for, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "now", lambda request=None: NOW)


@pytest.fixture
def asha(client: Client, db: None) -> UUID:
    """Asha, who is cleared and walks."""
    return cleared(client)


@pytest.mark.parametrize("page", ["/today/", "/check-in/", "/start/", "/start/walking/"])
def test_looking_around_creates_nobody(client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200
    assert not answer.cookies.get("session")
    assert not Session.objects.exists()


def test_nobody_yet_is_asked_to_pick_one_thing(client: Client) -> None:
    assert "Pick one thing you miss doing" in text_of(client.get("/today/"))


def test_a_cleared_person_sees_the_dose_why_and_when_to_stop(client: Client, asha: UUID) -> None:
    shown = text_of(client.get("/today/"))
    assert "8 minutes" in shown
    assert "Anything from" in shown
    assert "New numbness, or a leg that gives way? Stop and check it is safe" in shown


def test_without_safety_answers_there_is_no_dose_but_a_way_to_the_questions(
    client: Client,
) -> None:
    person = people.start_guest(now=NOW)
    come_as(client, person)
    client.post("/start/walking/", {"goal": "30"})
    client.post("/start/walking/now/", {"amount": "10", "seen": "0"})
    answer = client.get("/today/")
    assert 'href="/safe/"' in answer.content.decode()
    assert "is it safe to start" in text_of(answer)
    assert "I did it" not in text_of(answer)


def test_after_four_weeks_the_dose_waits_and_the_climb_is_said_to_be_kept(
    client: Client, asha: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = NOW + timedelta(days=40)
    monkeypatch.setattr(who, "now", lambda request=None: later)
    shown = text_of(client.get("/today/"))
    assert "more than four weeks old" in shown
    assert "Your climb is kept" in shown
    assert "I did it" not in shown


def test_a_warning_sign_shows_its_card_and_no_dose(client: Client, asha: UUID) -> None:
    safety_check.save_answers(
        person=asha, answers=with_a_yes("ces_saddle", given_on=TODAY), now=NOW
    )
    shown = text_of(client.get("/today/"))
    assert "Call 999" in shown
    assert "I did it" not in shown


def test_a_worrying_note_shows_its_card_before_everything_else(client: Client, asha: UUID) -> None:
    sent = check_in(client, note="numb between my legs and I can't pee")
    assert sent.status_code == 303
    shown = text_of(client.get(sent["Location"]))
    assert "Your check-in is saved" in shown
    assert shown.index("999") < shown.index("Worse than your usual?")
    assert "I did it" not in shown


def test_a_flare_up_in_the_check_in_leads_to_the_flare_page(client: Client, asha: UUID) -> None:
    check_in(client, flare="yes")
    answer = client.get("/today/")
    assert "You told us about a flare-up" in text_of(answer)
    assert "I did it" not in text_of(answer)


def test_something_is_different_takes_the_dose_away_until_the_questions_are_answered(
    client: Client, asha: UUID
) -> None:
    assert client.post("/today/different/")["Location"] == "/safe/"
    assert "You said something is different" in text_of(client.get("/today/"))
    safety_check.save_answers(person=asha, answers=all_clear(given_on=TODAY), now=NOW)
    assert "I did it" in text_of(client.get("/today/"))


@pytest.mark.parametrize(("deed", "amount"), [("all", 8.0), ("none", 0.0)])
def test_one_tap_notes_what_was_done(client: Client, asha: UUID, deed: str, amount: float) -> None:
    hidden = form_for(client.get("/today/"), "/did/walking/")
    sent = client.post("/did/walking/", {**hidden, "done": deed})
    assert sent.status_code == 303
    noted = review_today(person=asha, now=NOW).check_in
    assert noted is not None
    assert noted.done == {"walking": amount}
    assert noted.planned == {"walking": 8.0}
    assert "You noted" in text_of(client.get("/today/"))


def test_some_asks_how_much_and_keeps_a_number_above_the_plan(client: Client, asha: UUID) -> None:
    hidden = form_for(client.get("/today/"), "/did/walking/")
    asked = client.post("/did/walking/", {**hidden, "done": "some"})
    assert asked["Location"] == "/did/walking/"
    hidden = form_for(client.get("/did/walking/"), "/did/walking/")
    client.post("/did/walking/", {**hidden, "amount": "12,5"})
    noted = review_today(person=asha, now=NOW).check_in
    assert noted is not None
    assert noted.done == {"walking": 12.5}


def test_a_saved_day_is_shown_back_and_only_if_it_is_truly_kept(client: Client, asha: UUID) -> None:
    assert "Saved for today" not in text_of(client.get(f"/today/?saved={TODAY}"))
    sent = check_in(client, interference="2.5", sleep_quality="7.5", flare="no")
    shown = text_of(client.get(sent["Location"]))
    assert "Saved for today" in shown
    assert "Back in the way A bit Sleep Good" in shown


def test_a_blank_yesterday_is_fine_and_can_be_filled_in(client: Client, asha: UUID) -> None:
    check_in(client, day=TODAY - timedelta(days=3), mood="5")
    shown = client.get("/today/")
    assert "Yesterday is blank. That’s fine" in text_of(shown)
    assert "/check-in/2026-11-24/" in shown.content.decode()
    assert "This is for" in text_of(client.get("/check-in/2026-11-24/"))


def test_a_check_in_on_its_own_makes_a_guest(client: Client) -> None:
    sent = check_in(client, mood="5")
    person = UUID(client.session[people.SESSION_KEY])
    assert sent.status_code == 303
    assert review_today(person=person, now=NOW).check_in is not None


def test_someone_who_erased_everything_elsewhere_starts_anew_here(client: Client) -> None:
    come_as(client, UUID("00000000-0000-4000-8000-000000000001"))
    assert "Nothing yet" in text_of(client.get("/today/"))
    assert check_in(client, mood="5").status_code == 303


def test_own_words_stay_out_of_addresses_and_can_be_changed_and_left(client: Client) -> None:
    key = form_for(client.get("/start/own/"), "/start/own/")["key"]
    own = {
        "name": "Play the cello 🎻",
        "unit": "minutes",
        "goal": "45",
        "goal_text": "A whole song",
    }
    for _ in range(2):  # the second is a double tap
        sent = client.post("/start/own/", {**own, "key": key})
    assert "cello" not in sent["Location"]
    activity = sent["Location"].split("/")[2]
    person = UUID(client.session[people.SESSION_KEY])
    assert [plan.name for plan in review_today(person=person, now=NOW).record.plans] == [
        "Play the cello 🎻"
    ]
    client.post(f"/start/{activity}/", {"name": "Cello", "goal": "50", "goal_text": ""})
    plan = review_today(person=person, now=NOW).record.plans[0]
    assert (plan.name, plan.goal) == ("Cello", 50)
    client.post(f"/start/{activity}/leave/")
    assert not review_today(person=person, now=NOW).record.plans
    assert client.post(f"/start/{activity}/leave/").status_code == 303


def test_what_was_typed_is_kept_when_the_goal_cannot_be_read(client: Client) -> None:
    answer = client.post("/start/walking/", {"goal": "far", "goal_text": "To the sea"})
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert 'value="To the sea"' in answer.content.decode()
    assert 'value="far"' in answer.content.decode()
    assert not Session.objects.exists()


def test_a_ninth_activity_is_refused_in_words(client: Client, asha: UUID) -> None:
    for number in range(7):
        client.post("/start/own/", {"name": f"Thing {number}", "unit": "minutes", "goal": "9",
                                    "key": f"0{number}"})  # fmt: skip
    answer = client.post("/start/golf/", {"goal": "9"})
    assert answer.status_code == 422
    assert "eight activities" in text_of(answer)


def test_three_tries_settle_the_start_and_a_fourth_is_not_asked_for(
    client: Client, asha: UUID
) -> None:
    client.post("/start/dancing/", {"goal": "20"})
    for seen, amount in enumerate(("10", "6", "8")):
        client.post("/start/dancing/now/", {"amount": amount, "seen": str(seen)})
    client.post("/start/dancing/now/", {"amount": "90", "seen": "2"})  # an old page, sent again
    plan = review_today(person=asha, now=NOW).record.plans[1]
    assert plan.tries == (10.0, 6.0, 8.0)
    assert "your start is set" in text_of(client.get("/start/dancing/now/"))


def test_today_asks_the_database_five_questions_however_long_the_diary(
    client: Client, asha: UUID
) -> None:
    for n in range(20):
        diary.save_check_in(
            person=asha,
            check_in=diary.CheckIn(day=TODAY - timedelta(days=n), mood=5.0),
            client_key=f"k{n}",
            now=NOW,
        )
    with CaptureQueriesContext(connection) as asked:
        client.get("/today/")
    assert len(asked) <= 5  # the session, the record, its days, what is asked, what is new


def test_the_hillside_has_a_sentence_a_table_and_gaps_that_stay_gaps(
    client: Client, asha: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days, amount in ((0, "9"), (15, "11")):
        later = NOW + timedelta(days=days)
        monkeypatch.setattr(who, "now", lambda request=None, later=later: later)
        hidden = form_for(client.get("/did/walking/"), "/did/walking/")
        client.post("/did/walking/", {**hidden, "amount": amount})
    shown = text_of(client.get("/today/"))
    assert "In November it was 9 minutes. Now it is 11 minutes." in shown
    assert "not noted" in shown


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("Europe/London", datetime(2027, 10, 30, 23, 30, tzinfo=UTC), date(2027, 10, 31)),
        ("Europe/London", datetime(2027, 3, 28, 23, 30, tzinfo=UTC), date(2027, 3, 29)),
        ("America/New_York", datetime(2027, 11, 7, 4, 30, tzinfo=UTC), date(2027, 11, 7)),
        ("Pacific/Kiritimati", datetime(2026, 11, 25, 10, 30, tzinfo=UTC), date(2026, 11, 26)),
    ],
)
def test_half_past_midnight_belongs_to_the_new_day_where_the_person_is(
    client: Client, monkeypatch: pytest.MonkeyPatch, zone: str, now: datetime, day: date
) -> None:
    monkeypatch.setattr(who, "now", lambda request=None: now)
    client.cookies[who.ZONE_COOKIE] = zone.replace("/", "%2F")
    hidden = form_for(client.get("/check-in/"), "/check-in/")
    assert hidden["day"] == day.isoformat()
    client.post("/check-in/", {**hidden, "mood": "5"})
    known = review_today(person=UUID(client.session[people.SESSION_KEY]), now=now)
    assert known.local_day == day
    assert known.check_in is not None


def test_a_form_opened_before_midnight_is_kept_for_the_day_it_shows(
    client: Client, asha: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = form_for(client.get("/check-in/"), "/check-in/")
    tomorrow = NOW + timedelta(days=1)
    monkeypatch.setattr(who, "now", lambda request=None: tomorrow)
    sent = client.post("/check-in/", {**hidden, "mood": "5"})
    known = review_today(person=asha, now=tomorrow)
    assert known.check_in is None
    assert known.record.diary.on(TODAY) is not None
    assert "Saved for Wednesday 25 November" in text_of(client.get(sent["Location"]))


def test_a_traveller_is_followed_to_the_new_zone(client: Client, asha: UUID) -> None:
    client.cookies[who.ZONE_COOKIE] = "Asia%2FTokyo"
    check_in(client, mood="5")
    assert review_today(person=asha, now=NOW).zone == "Asia/Tokyo"


def test_leaving_keeps_the_past_in_the_diary(client: Client, asha: UUID) -> None:
    hidden = form_for(client.get("/today/"), "/did/walking/")
    client.post("/did/walking/", {**hidden, "done": "all"})
    plans.leave_activity(person=asha, activity="walking", now=NOW)
    noted = review_today(person=asha, now=NOW).check_in
    assert noted is not None
    assert noted.done == {"walking": 8.0}
