"""Progress, the weekly look back and staying well: what they show, keep and refuse."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.http import HttpRequest
from django.test import Client

from safetomove.core.diary import CheckIn
from safetomove.records.models import DocumentRow, Person
from safetomove.services import check_in as check_ins
from safetomove.services import progress, week_review
from safetomove.services.documents import Kind
from safetomove.services.today import review_today
from safetomove.web import who
from tests.web.visits import NOW, TODAY, cleared, form_for, text_of

pytestmark = pytest.mark.django_db
PROGRESS, WEEK, WELL = "/move/progress/", "/move/week/", "/move/stay-well/"
LAST_MONDAY = date(2026, 11, 16)  # of the week before TODAY's


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    def now(request: HttpRequest | None = None) -> object:
        return NOW

    monkeypatch.setattr(who, "now", now)


@pytest.fixture
def asha(client: Client) -> UUID:
    return cleared(client)


def noted(person: UUID, day: date, **answers: object) -> None:
    one = CheckIn(day=day, **answers)  # type: ignore[arg-type]
    check_ins.save_check_in(
        person=person, check_in=one, client_key=f"day-{day}-{len(answers)}", now=NOW
    )


def walked(person: UUID, day: date, minutes: float, **answers: object) -> None:
    noted(person, day, done={"walking": minutes}, **answers)


def week_form(client: Client, **typed: str) -> dict[str, str]:
    return {**form_for(client.get(WEEK), WEEK), "goal-0": "30", **typed}


@pytest.mark.parametrize("path", [PROGRESS, WEEK, WELL, f"{WELL}change/", f"{WELL}print/"])
def test_looking_creates_nobody_and_is_open_to_all(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert Person.objects.count() == 0


def test_progress_sets_now_beside_the_start_and_the_goal(client: Client, asha: UUID) -> None:
    walked(asha, TODAY - timedelta(days=7), 8)
    walked(asha, TODAY, 19)
    said = text_of(client.get(PROGRESS))
    assert "You began at 8 minutes. Now it is 19 minutes." in said
    assert "Your goal is 30 minutes." in said
    assert "That is 50% of the way from your start to your goal." in said
    assert said.count("not noted") >= 10


def test_pain_is_shown_only_once_it_is_wanted(client: Client, asha: UUID) -> None:
    walked(asha, TODAY, 10, pain=7.0)
    column = "Pain on a typical day"
    assert column not in text_of(client.get(PROGRESS))
    client.post(f"{PROGRESS}pain/", {"pain": "yes"})
    assert column in text_of(client.get(PROGRESS))
    client.post(f"{PROGRESS}pain/", {"pain": "nonsense"})
    assert column not in text_of(client.get(PROGRESS))


def test_months_are_one_link_away(client: Client, asha: UUID) -> None:
    walked(asha, TODAY, 10)
    assert "November 2026" in text_of(client.get(f"{PROGRESS}?by=months"))


def test_the_look_back_is_offered_for_a_week_with_something_in_it(
    client: Client, asha: UUID
) -> None:
    assert "Two minutes for your week" not in text_of(client.get("/today/"))
    walked(asha, LAST_MONDAY, 9)
    assert "Two minutes for your week" in text_of(client.get("/today/"))
    client.post(WEEK, week_form(client, well="Sat through lunch"))
    assert "Two minutes for your week" not in text_of(client.get("/today/"))


def test_a_week_is_kept_once_and_moves_a_goal(client: Client, asha: UUID) -> None:
    walked(asha, LAST_MONDAY, 9)
    sent = week_form(client, well="Lunch with Jo", chosen="people", **{"goal-0": "25"})
    for _ in range(2):  # a double tap
        assert client.post(WEEK, sent).status_code == 303
    said = text_of(client.get(f"{WEEK}?saved=1"))
    assert "Your week is saved" in said
    assert "Do something with people I like" in said
    assert "Lunch with Jo" in said
    assert DocumentRow.objects.filter(kind=Kind.WEEK_REVIEW).count() == 1
    assert review_today(person=asha, now=NOW).record.plans[0].goal == 25.0


def test_next_week_shows_what_was_chosen_for_this_one(
    client: Client, asha: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(WEEK, week_form(client, chosen="activity:walking", own="with Sam"))
    later = NOW + timedelta(days=7)
    monkeypatch.setattr(who, "now", lambda request=None: later)
    said = text_of(client.get(WEEK))
    assert "You chose this for it: Walking: a bit of it on most days. with Sam" in said


def test_a_page_left_open_over_sunday_is_looked_at_again(
    client: Client, asha: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = week_form(client, well="Kept as typed")
    monkeypatch.setattr(who, "now", lambda request=None: NOW + timedelta(days=7))
    answer = client.post(WEEK, sent)
    assert answer.status_code == 422
    assert "Kept as typed" in text_of(answer)
    assert not DocumentRow.objects.filter(kind=Kind.WEEK_REVIEW).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("well", "a" * 301), ("own", "nul\x00"), ("goal-0", "lots"), ("goal-0", "-1"),
     ("goal-0", "9" * 400), ("chosen", "walk-the-dog")],
)  # fmt: skip
def test_what_can_not_be_kept_is_said_and_nothing_is_stored(
    client: Client, asha: UUID, field: str, value: str
) -> None:
    answer = client.post(WEEK, week_form(client, **{field: value}))
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert not DocumentRow.objects.exists()


@pytest.mark.parametrize("where", ["week", "well"])
def test_words_that_sound_like_a_warning_sign_hold_back_the_dose(
    client: Client, asha: UUID, where: str
) -> None:
    words = "I can't feel myself when I wipe"
    if where == "week":
        client.post(WEEK, week_form(client, well=words))
        page = text_of(client.get(WEEK))
    else:
        client.post(f"{WELL}change/", {"signs": words})
        page = text_of(client.get(WELL))
    assert not review_today(person=asha, now=NOW).review.cleared
    assert "Some of your words may be a warning sign" in page


def test_goals_held_for_six_weeks_lead_to_a_plan_and_going_on_alone(
    client: Client, asha: UUID
) -> None:
    for n in range(1, 28):
        walked(asha, TODAY - timedelta(days=n), 31)
    assert "You have held your goals" not in text_of(client.get(PROGRESS))
    hold_for_six_weeks(asha)
    assert "You have held your goals for six weeks" in text_of(client.get(PROGRESS))
    client.post(f"{WELL}change/", {"keep": "Walk with Sam", "then": "Half for three days"})
    paper = text_of(client.get(f"{WELL}print/"))
    assert "Walk with Sam" in paper
    assert "Call" in paper
    client.post(f"{WELL}alone/", {"deed": "alone"})
    assert not week_review.is_due(review_today(person=asha, now=NOW))
    assert "You go on alone since 25 November 2026" in text_of(client.get(WELL))
    client.post(f"{WELL}alone/", {"deed": "back"})
    assert week_review.is_due(review_today(person=asha, now=NOW))
    assert progress.stay_well_of(asha).keep == "Walk with Sam"


def hold_for_six_weeks(person: UUID) -> None:
    from django.db import transaction

    from safetomove.services.days import write_new_days
    from safetomove.services.holding import hold

    days = [CheckIn(day=TODAY - timedelta(days=n), done={"walking": 31.0}) for n in range(28, 60)]
    with transaction.atomic():
        write_new_days(hold(person), sorted(days, key=lambda one: one.day), now=NOW)


def test_a_stay_well_plan_that_can_not_be_kept_is_shown_again(client: Client, asha: UUID) -> None:
    answer = client.post(f"{WELL}change/", {"keep": "nul\x00 stays", "who": "Sam"})
    assert answer.status_code == 422
    assert "Sam" in text_of(answer)
    assert not DocumentRow.objects.exists()


def test_a_guest_may_begin_with_the_stay_well_plan(client: Client) -> None:
    assert client.post(f"{WELL}change/", {"keep": "Walk"}).status_code == 303
    assert "Walk" in text_of(client.get(WELL))


def test_a_big_day_and_a_harder_one_after_it_are_told_kindly(client: Client, asha: UUID) -> None:
    for n in range(3, 12):
        walked(asha, TODAY - timedelta(days=n), 10, interference=2.0)
    walked(asha, TODAY - timedelta(days=2), 40, interference=2.0)
    noted(asha, TODAY - timedelta(days=1), interference=7.5)
    said = text_of(client.get("/today/"))
    assert "On Monday 23 November you did 40 minutes of Walking." in said
    assert "no fault of yours" in said


def test_a_massage_in_a_note_gets_something_active_beside_it(client: Client, asha: UUID) -> None:
    noted(asha, TODAY, note="Massage after work, felt looser")
    said = text_of(client.get("/today/"))
    assert "You noted a massage." in said
    assert "A short, relaxed session" in said
    noted(asha, TODAY, note="A tense day", mood=5.0)
    assert "Something active to go with it" not in text_of(client.get("/today/"))


def test_another_person_sees_none_of_it(client: Client, asha: UUID) -> None:
    client.post(f"{WELL}change/", {"keep": "Only for Asha"})
    dev = Client()
    cleared(dev)
    assert "Only for Asha" not in text_of(dev.get(WELL))
