"""The flare-up plan: first when it counts, never a zero day, never a number unchecked."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from safetomove.core.diary import CheckIn
from safetomove.core.flare import Before, FlarePlan, Going
from safetomove.records.models import DocumentHistory, Person
from safetomove.services import check_in, flare_plan, people, safety_check
from safetomove.services.today import review_today
from tests.people import all_clear
from tests.web.visits import cleared, text_of

pytestmark = pytest.mark.django_db

PLAN, CHANGE = "/move/flare-plan/", "/move/flare-plan/change/"
GOING, NOW_PAGE = "/move/flare-plan/going/", "/flare/now/"
WRITTEN = {"helps": ["warm", "breathe", "made-up"], "own": "The blue cushion", "tell": "Jo",
           "say": "It has passed each time."}  # fmt: skip


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def live(person: UUID, now: datetime, **days: bool | None) -> None:
    """Note flare-up days: `d3=True` is three days ago."""
    today = people.local_day(now=now, zone="Europe/London")
    for name, flare in days.items():
        day = CheckIn(day=today - timedelta(days=int(name[1:])), flare=flare, pain=5.0)
        check_in.save_check_in(person=person, check_in=day, client_key=str(uuid4()), now=now)


def checked(person: UUID, now: datetime) -> None:
    """Answer the safety questions again, with nothing new."""
    today = people.local_day(now=now, zone="Europe/London")
    safety_check.save_answers(person=person, answers=all_clear(given_on=today), now=now)


def test_to_look_creates_nobody(client: Client) -> None:
    for path in (PLAN, CHANGE, f"{PLAN}print/"):
        assert client.get(path).status_code == 200
    assert client.get(f"{PLAN}look-back/2026-11-01/").status_code == 404
    assert client.post(GOING, {"going": "better"}).headers["Location"] == NOW_PAGE
    assert not Person.objects.exists()


def test_a_plan_is_offered_half_of_todays_dose_and_never_nothing(
    client: Client, now: datetime
) -> None:
    person = cleared(client, now=now)
    (dose,) = review_today(person=person, now=now).review.doses
    assert 0 < flare_plan.smallest(dose) <= dose.dose / 2
    form = client.get(CHANGE).content.decode()
    assert f'name="small-0" type="text" value="{flare_plan.smallest(dose):g}"' in form
    answer = client.post(CHANGE, {**WRITTEN, "small-0": "0"})
    assert answer.status_code == 422
    assert "above 0 for Walking" in text_of(answer)
    assert "The blue cushion" in answer.content.decode()
    assert flare_plan.plan_of(person=person).empty


def test_in_a_flare_up_my_own_plan_comes_before_all_other_help(
    client: Client, now: datetime
) -> None:
    person = cleared(client, now=now)
    client.post(CHANGE, {**WRITTEN, "small-0": "4"})
    live(person, now, d0=True)
    shown = text_of(client.get(NOW_PAGE))
    assert shown.index("The blue cushion") < shown.index("make the out-breath long")
    assert "4 minutes" not in shown, "a number before the questions are answered"
    assert "Your numbers wait" in shown
    checked(person, now)
    shown = text_of(client.get(NOW_PAGE))
    assert shown.index("4 minutes") < shown.index("make the out-breath long")
    for path in (PLAN, f"{PLAN}print/"):
        page = text_of(client.get(path))
        for words in ("The blue cushion", "Something warm", "Jo", "It has passed", "4 minutes"):
            assert words in page


def test_a_changed_plan_keeps_what_it_said_and_the_same_again_keeps_nothing_new(
    client: Client, now: datetime
) -> None:
    person = cleared(client, now=now)
    for _ in range(2):
        assert client.post(CHANGE, WRITTEN).status_code == 303
    assert not DocumentHistory.objects.filter(person_id=person).exists()
    client.post(CHANGE, {**WRITTEN, "say": "Slowly does it."})
    assert DocumentHistory.objects.filter(person_id=person).count() == 1


def test_amounts_stay_in_the_plan_while_they_may_not_be_shown(
    client: Client, now: datetime
) -> None:
    person = cleared(client, now=now)
    client.post(CHANGE, {**WRITTEN, "small-0": "4"})
    live(person, now, d0=True)
    assert "small-0" not in client.get(CHANGE).content.decode()
    client.post(CHANGE, {**WRITTEN, "say": "New"})
    assert flare_plan.plan_of(person=person).small == {"walking": 4.0}


def test_danger_words_in_a_plan_bring_their_card_first(client: Client, now: datetime) -> None:
    cleared(client, now=now)
    client.post(CHANGE, {"own": "I am numb between my legs since monday"})
    for path in (PLAN, f"{PLAN}print/", NOW_PAGE):
        shown = text_of(client.get(path))
        assert shown.index("999") < shown.index("numb between my legs since monday")


BAD_PLANS = (
    {"own": "x" * 301},
    {"own": "\n".join(f"line {n}" for n in range(13))},
    {"tell": "a\x00b"},
    {"say": "x" * 301},
    {"small-0": "nan"},
    {"small-0": "9" * 400},
)


def test_a_plan_that_can_not_be_kept_is_asked_again(client: Client, now: datetime) -> None:
    person = cleared(client, now=now)
    for wrong in BAD_PLANS:
        assert client.post(CHANGE, {**WRITTEN, **wrong}).status_code == 422, wrong
    assert flare_plan.plan_of(person=person) == FlarePlan()


def test_one_tap_says_how_it_goes_and_worse_leads_to_the_questions(
    client: Client, now: datetime
) -> None:
    person = cleared(client, now=now)
    live(person, now, d2=True, d1=True)
    assert "Day 3 of this flare-up" in text_of(client.get(NOW_PAGE))
    for _ in range(2):
        sent = {"going": "better", "key": "a-key"}
        assert client.post(GOING, sent).headers["Location"] == f"{NOW_PAGE}#going"
    assert "You said: better today" in text_of(client.get(NOW_PAGE))
    assert review_today(person=person, now=now).check_in == CheckIn(
        day=people.local_day(now=now, zone="Europe/London"), flare=True
    )
    assert client.post(GOING, {"going": "worse", "key": "b"}).headers["Location"] == "/flare/"
    story = flare_plan.flare_of(person=person, now=now).story
    assert story is not None
    assert list(story.going.values()) == [Going.WORSE]
    client.post(GOING, {"going": "gone", "key": "c"})  # not on offer
    assert flare_plan.flare_of(person=person, now=now).on


def test_on_the_first_day_and_with_no_flare_up_nothing_is_asked(
    client: Client, now: datetime
) -> None:
    person = cleared(client, now=now)
    assert "How is it today?" not in text_of(client.get(NOW_PAGE))
    client.post(GOING, {"going": "better", "key": "a"})
    assert review_today(person=person, now=now).check_in is None
    live(person, now, d0=True)
    assert "How is it today?" not in text_of(client.get(NOW_PAGE))


def test_not_settled_after_two_weeks_brings_a_card_to_see_someone(
    client: Client, now: datetime
) -> None:
    person = cleared(client, now=now)
    live(person, now, d14=True, d9=True, d4=True)
    for path in (NOW_PAGE, PLAN):
        shown = text_of(client.get(path))
        assert "Time to have it looked at" in shown
        assert "Ask your GP or physio" in shown
    live(person, now, d0=False)
    assert "Time to have it looked at" not in text_of(client.get(PLAN))


def test_once_over_a_look_back_is_offered_filled_in_from_the_diary_and_mine_to_change(
    client: Client, now: datetime
) -> None:
    person = cleared(client, now=now)
    today = people.local_day(now=now, zone="Europe/London")
    for back in range(7, 20):
        night = CheckIn(day=today - timedelta(days=back), sleep_quality=7.0, stress=3.0)
        check_in.save_check_in(person=person, check_in=night, client_key=str(uuid4()), now=now)
    rough = CheckIn(day=today - timedelta(days=4), sleep_quality=2.0, stress=3.0)
    check_in.save_check_in(person=person, check_in=rough, client_key=str(uuid4()), now=now)
    live(person, now, d3=True, d2=True)
    assert "Your flare-up has passed" not in text_of(client.get("/today/"))
    client.post(GOING, {"going": "over", "key": "a-key"})
    began = (today - timedelta(days=3)).isoformat()
    look = f"{PLAN}look-back/{began}/"
    assert look in client.get("/today/").content.decode()
    shown = client.get(look)
    assert "rated your sleep 2 of 10. Your usual is 7" in text_of(shown)
    assert 'value="sleep" checked' in shown.content.decode()
    assert "may not be what set it off" in text_of(shown)
    wrong = client.post(look, {"before": ["nothing", "sleep"], "words": "Tea"})
    assert wrong.status_code == 422
    assert "Tea" in wrong.content.decode()
    for _ in range(2):
        client.post(look, {"before": ["stress", "made-up"], "words": "Rest less"})
    story = flare_plan.look_back(person=person, began=today - timedelta(days=3), now=now).story
    assert (story.before, story.words) == (frozenset({Before.STRESS}), "Rest less")
    assert look not in client.get("/today/").content.decode()
    assert 'value="sleep" checked' not in client.get(look).content.decode()


def test_where_the_diary_holds_too_little_the_page_says_so(client: Client, now: datetime) -> None:
    person = cleared(client, now=now)
    live(person, now, d1=True, d0=False)
    day = people.local_day(now=now, zone="Europe/London") - timedelta(days=1)
    shown = text_of(client.get(f"{PLAN}look-back/{day.isoformat()}/"))
    assert "does not hold enough to compare" in shown
    assert client.get(f"{PLAN}look-back/2020-01-01/").status_code == 404
    assert client.get(f"{PLAN}look-back/nonsense/").status_code == 404


def test_the_way_back_is_shown_as_stairs_to_where_it_was(client: Client, now: datetime) -> None:
    early = now - timedelta(days=20)
    person = cleared(client, now=early)
    live(person, now, **{f"d{n}": False for n in range(5, 20)}, d4=True, d3=False, d2=False)
    checked(person, now)
    for path in ("/today/", NOW_PAGE, PLAN):
        assert "in about" in text_of(client.get(path)), path
        assert "where you were" in client.get(path).content.decode()
