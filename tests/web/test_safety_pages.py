"""Is it safe, and the flare-up page: what is asked, shown and kept, without a browser."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from safetomove.core.safety import FLAGS, QUESTIONS, Answer, first_screens, flare_screens
from safetomove.services import check_in, people, plans, safety_check
from safetomove.services.today import review_today
from safetomove.web import who
from tests.people import all_clear, walking

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
EMERGENCY_FLAGS = ("ces_bladder", "ces_bowel", "ces_saddle", "ces_sexual", "ces_bilat")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "now", lambda request=None: NOW)


@pytest.fixture
def asha(client: Client, db: None) -> Iterator[UUID]:
    """Asha, who is cleared and has a plan to walk."""
    person = people.start_guest(now=NOW - timedelta(days=3))
    clear = all_clear(given_on=TODAY - timedelta(days=3))
    safety_check.save_answers(person=person, answers=clear, now=NOW - timedelta(days=3))
    plans.choose_activity(
        person=person, plan=walking(started=TODAY - timedelta(days=3)), now=NOW - timedelta(days=3)
    )
    session = client.session
    session[people.SESSION_KEY] = str(person)
    session.save()
    return person


def carried(answer: HttpResponse) -> dict[str, str]:
    """Return what a screen hands on to the next."""
    found = dict(HIDDEN.findall(answer.content.decode()))
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def walk(client: Client, url: str, *, told: dict[str, str] | None = None) -> HttpResponse:
    """Answer no to all but what is told, past every card on the way, to the end."""
    answer = client.get(url)
    for _ in range(40):
        page = answer.content.decode()
        sent = carried(answer)
        if "carry_on" in page:
            answer = client.post(url, sent | {"deed": "carry_on"})
            continue
        asked = set(re.findall(r'<input[^>]*name="([a-z_0-9]+)"[^>]*type="radio"', page))
        asked |= set(re.findall(r'type="radio"[^>]*name="([a-z_0-9]+)"', page))
        if not asked:
            return answer
        says = {name: (told or {}).get(name, "no") for name in asked}
        age = {"age": (told or {}).get("age", "52")} if 'id="age"' in page else {}
        answer = client.post(url, sent | says | age | {"deed": "go_on"})
    raise AssertionError("the questions did not come to an end")


@pytest.mark.django_db
def test_no_to_everything_shows_that_i_can_start(client: Client) -> None:
    page = walk(client, "/safe/questions/").content.decode()
    assert "You can start" in page
    assert "Keep this and start" in page


@pytest.mark.django_db
@pytest.mark.parametrize("flag", [flag for flag in FLAGS if flag in QUESTIONS and flag != "age"])
def test_no_warning_sign_leads_to_a_dose_or_to_keeping_and_starting(
    client: Client, flag: str
) -> None:
    told = {
        flag: "yes",
        "cancer_history": "yes",
        "blood_thinner": "yes",
        "axspa_onset_before_45": "yes",
    }
    told |= {"pregnant": "yes"} if flag == "preg_emerg" else {}
    page = walk(client, "/safe/questions/", told=told).content.decode()
    if flag in {"sciatica", "stenosis"}:
        assert "You can start" in page
        return
    assert "Keep this and start" not in page
    assert 'class="num"' not in page
    assert 'href="/start/"' not in page


@pytest.mark.django_db
@pytest.mark.parametrize("flag", EMERGENCY_FLAGS)
def test_an_emergency_is_shown_on_the_screen_that_finds_it(client: Client, flag: str) -> None:
    answer = client.post("/safe/questions/", {"screen": flag, flag: "yes", "deed": "go_on"})
    page = answer.content.decode()
    assert "nhsuk-card--care--emergency" in page
    assert 'href="tel:999"' in page
    assert "Carry on with the questions" in page


@pytest.mark.django_db
@pytest.mark.parametrize("flag", EMERGENCY_FLAGS)
def test_an_emergency_in_a_flare_up_is_shown_at_once(client: Client, flag: str) -> None:
    told = dict.fromkeys(flare_screens()[0].questions, "no") | {flag: "yes"}
    page = client.post("/flare/", {"screen": "flare_nerves", **told}).content.decode()
    assert "nhsuk-card--care--emergency" in page


@pytest.mark.django_db
def test_an_unanswered_question_is_asked_again_with_what_was_answered(client: Client) -> None:
    sent = {"screen": "about_you", "pregnant": "no", "age": "52"}
    answer = client.post("/safe/questions/", sent)
    assert answer.status_code == 422
    assert "Choose an answer" in answer.content.decode()
    assert 'value="52"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("age", ["", "-1", "121", "5.5", "abc", "1" * 400, "NaN", "\x00", "٥٢٣٤"])
def test_an_age_that_is_no_age_is_refused_in_words(client: Client, age: str) -> None:
    sent = dict.fromkeys(first_screens()[0].questions, "no")
    answer = client.post("/safe/questions/", {**sent, "screen": "about_you", "age": age})
    assert answer.status_code == 422


@pytest.mark.django_db
def test_a_screen_that_never_existed_leads_back_to_what_is_open(client: Client) -> None:
    answer = client.post("/safe/questions/", {"screen": "no such", "ces_bladder": "perhaps"})
    assert answer.status_code == 200
    assert "How old are you?" in answer.content.decode()


@pytest.mark.django_db
def test_skipping_screens_by_hand_never_gives_clearance(client: Client) -> None:
    last = first_screens()[-1]
    sent = dict.fromkeys(last.questions, "no") | {"screen": last.id}
    for deed in ("go_on", "carry_on", "keep"):
        page = client.post("/safe/questions/", sent | {"deed": deed}).content.decode()
        assert "How old are you?" in page
        assert "You can start" not in page


@pytest.mark.django_db
def test_taking_back_a_sign_takes_back_its_follow_up(client: Client) -> None:
    told = dict.fromkeys(first_screens()[6].questions, "no")
    sent = told | {"screen": "legs", "neuro_prog_fast": "yes"}
    assert "neuro_prog_fast" not in carried(client.post("/safe/questions/", sent))


def test_somebody_known_has_their_answers_kept_at_once(client: Client, asha: UUID) -> None:
    client.post("/safe/questions/", {"screen": "ces_bladder", "ces_bladder": "yes"})
    kept = safety_check.latest_answers(person=asha)
    assert kept is not None
    assert kept.answers["ces_bladder"] is Answer.YES
    assert not review_today(person=asha, now=NOW).review.cleared


@pytest.mark.django_db
def test_keep_this_and_start_makes_one_guest_and_goes_on(client: Client) -> None:
    card = walk(client, "/safe/questions/")
    answer = client.post("/safe/questions/", carried(card) | {"deed": "keep"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/start/")
    person = UUID(client.session[people.SESSION_KEY])
    assert review_today(person=person, now=NOW).review.cleared
    client.post("/safe/questions/", carried(card) | {"deed": "keep"})
    assert UUID(client.session[people.SESSION_KEY]) == person


@pytest.mark.django_db
def test_going_through_the_questions_signed_out_keeps_nothing(client: Client) -> None:
    walk(client, "/safe/questions/", told={"ces_bladder": "yes"})
    assert "session" not in client.cookies


def test_a_flare_up_eases_the_dose_and_keeps_the_clearance(client: Client, asha: UUID) -> None:
    before = review_today(person=asha, now=NOW).review.doses[0].dose
    answer = walk(client, "/flare/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/flare/now/")
    today = review_today(person=asha, now=NOW)
    assert today.check_in is not None
    assert today.check_in.flare is True
    assert today.review.doses[0].dose <= before
    page = client.get("/flare/now/").content.decode()
    assert "Your plan has eased" in page
    assert "Walking" in page


def test_a_flare_up_with_a_new_sign_leaves_no_dose(client: Client, asha: UUID) -> None:
    page = walk(client, "/flare/", told={"infect": "yes"}).content.decode()
    assert "nhsuk-card--care" in page
    assert review_today(person=asha, now=NOW).review.doses == ()
    assert "Walking" not in client.get("/flare/now/").content.decode()


def test_without_a_full_check_in_four_weeks_a_flare_up_shows_no_dose(
    client: Client, asha: UUID
) -> None:
    old = all_clear(given_on=TODAY - timedelta(days=29))
    safety_check.save_answers(person=asha, answers=old, now=NOW)
    walk(client, "/flare/")
    page = client.get("/flare/now/").content.decode()
    assert "Check it is safe to start" in page
    assert "Your plan has eased" not in page


def test_a_flare_up_sent_twice_is_noted_once(client: Client, asha: UUID) -> None:
    told = dict.fromkeys((q for each in flare_screens() for q in each.questions), "no")
    last = told | {"screen": "flare_sudden", "key": "one-and-the-same"}
    first, second = client.post("/flare/", last), client.post("/flare/", last)
    assert (first.status_code, second.status_code) == (303, 303)
    again = check_in.start_flare(person=asha, client_key="one-and-the-same", now=NOW)
    assert again.repeated


def test_each_hopeful_part_of_the_flare_page_carries_its_net(client: Client, db: None) -> None:
    page = client.get("/flare/now/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    sections = re.findall(r"<section.*?</section>", main, re.S)
    assert len(sections) >= 6
    assert [each[:80] for each in sections if 'class="net"' not in each] == []
