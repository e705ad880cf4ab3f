"""How a go felt, a treatment that was had, and what was looked back on."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.http import HttpRequest
from django.test import Client

from safetomove.core.diary import CheckIn, write_csv
from safetomove.core.flare import Before
from safetomove.core.progress.kept import WeekReview
from safetomove.records.models import CheckInHistory, Person
from safetomove.services import check_in as check_ins
from safetomove.services import flare_plan, plans, week_review
from safetomove.services.holding import look, whole_diary
from safetomove.services.imports import Kind, confirm_import
from safetomove.services.progress import progress_of
from safetomove.services.today import review_today
from safetomove.web import who
from tests.people import walking
from tests.web.visits import NOW, TODAY, cleared, form_for, text_of

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)
DID, TREATMENT, PAST = "/did/walking/", "/treatment/", "/move/looked-back/"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    def now(request: HttpRequest | None = None) -> object:
        return NOW

    monkeypatch.setattr(who, "now", now)


@pytest.fixture
def asha(client: Client) -> UUID:
    return cleared(client)


def felt_at(day: object = TODAY, activity: str = "walking") -> str:
    return f"/felt/{day}/{activity}/"


def did_it(client: Client) -> None:
    client.post(DID, {**form_for(client.get("/today/"), DID), "done": "all"})


def walked(person: UUID, day: object, minutes: float = 8, **more: object) -> None:
    one = CheckIn(day=day, done={"walking": minutes}, **more)  # type: ignore[arg-type]
    check_ins.save_check_in(person=person, check_in=one, client_key=f"walk-{day}", now=NOW)


def extra(person: UUID, day: object = TODAY) -> dict[str, str]:
    there = whole_diary(look(person)).on(day)  # type: ignore[arg-type]
    return {} if there is None else dict(there.extra)


def tap(client: Client, action: str, **sent: str) -> None:
    client.post(action, {**form_for(client.get("/today/"), action), **sent})


def test_nothing_is_asked_before_it_is_done_and_two_taps_are_still_enough(
    client: Client, asha: UUID
) -> None:
    assert "How did your back feel" not in text_of(client.get("/today/"))
    did_it(client)
    shown = text_of(client.get("/today/"))
    assert "You noted 8 minutes" in shown
    assert "How did your back feel" in shown
    assert extra(asha) == {}


def test_not_today_is_never_asked_how_it_felt(client: Client, asha: UUID) -> None:
    client.post(DID, {**form_for(client.get("/today/"), DID), "done": "none"})
    assert "How did your back feel" not in text_of(client.get("/today/"))


def test_each_word_is_one_tap_and_is_kept_with_the_day(client: Client, asha: UUID) -> None:
    did_it(client)
    tap(client, felt_at(), before="usual")
    tap(client, felt_at(), during="harder")
    assert extra(asha) == {"felt_before:walking": "usual", "felt_during:walking": "harder"}
    shown = text_of(client.get("/today/"))
    assert "Before I began: as usual. While I did it: harder than usual." in shown
    assert "One tap each" not in shown


def test_the_next_morning_is_asked_once_and_kept_with_yesterday(client: Client, asha: UUID) -> None:
    walked(asha, YESTERDAY)
    assert "How does your back feel this morning?" in text_of(client.get("/today/"))
    tap(client, felt_at(YESTERDAY), after="usual")
    assert extra(asha, YESTERDAY) == {"felt_after:walking": "usual"}
    assert "this morning?" not in text_of(client.get("/today/"))


def test_a_sore_morning_is_answered_kindly_with_its_safety_net_and_no_smaller_dose(
    client: Client, asha: UUID
) -> None:
    walked(asha, YESTERDAY)
    dose = review_today(person=asha, now=NOW).review.doses
    tap(client, felt_at(YESTERDAY), after="harder")
    shown = text_of(client.get("/today/"))
    assert "Feeling sore after you do more is common" in shown
    assert "You felt sorer this morning, after Walking." in shown
    assert "Something new, like numbness or a weak leg? First check it is safe" in shown
    assert review_today(person=asha, now=NOW).review.doses == dose


def test_a_double_tap_is_one_answer_and_another_word_takes_its_place(
    client: Client, asha: UUID
) -> None:
    did_it(client)
    form = form_for(client.get("/today/"), felt_at())
    for _ in range(2):
        client.post(felt_at(), {**form, "before": "harder"})
    kept = CheckInHistory.objects.count()
    client.post(felt_at(), {**form, "before": "easier"})
    assert extra(asha) == {"felt_before:walking": "easier"}
    assert CheckInHistory.objects.count() == kept + 1


def test_every_moment_can_be_changed_or_left_blank_on_one_page(client: Client, asha: UUID) -> None:
    did_it(client)
    tap(client, felt_at(), before="harder")
    form = form_for(client.get(felt_at()), felt_at())
    assert form["all"] == "1"
    client.post(felt_at(), {**form, "before": "", "during": "easier"})
    assert extra(asha) == {"felt_during:walking": "easier"}
    assert whole_diary(look(asha)).on(TODAY).done == {"walking": 8.0}  # type: ignore[union-attr]


@pytest.mark.parametrize("word", ["worse", "7", "usual\x00", "é" * 9000])
def test_a_word_that_is_none_of_the_three_is_refused_and_keeps_nothing(
    client: Client, asha: UUID, word: str
) -> None:
    did_it(client)
    answer = client.post(felt_at(), {"key": "k", "before": word})
    assert answer.status_code == 422
    assert "Choose one of the words" in text_of(answer)
    assert extra(asha) == {}


def test_a_page_that_cannot_be_kept_says_so_and_keeps_what_was_chosen(
    client: Client, asha: UUID
) -> None:
    did_it(client)
    answer = client.post(felt_at(), {"key": "no key: ", "all": "1", "before": "harder"})
    assert answer.status_code == 422
    assert 'value="harder" checked' in answer.content.decode()
    assert extra(asha) == {}


@pytest.mark.parametrize(
    "path",
    [
        felt_at(),
        felt_at(TODAY + timedelta(days=1)),
        felt_at("someday"),
        felt_at(TODAY, "dancing"),
        felt_at(TODAY - timedelta(days=3)),
    ],
)
def test_a_go_that_never_was_has_no_page(client: Client, asha: UUID, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, {"before": "usual"}).status_code == 404


def test_nobody_is_made_by_a_tap_from_nowhere(client: Client) -> None:
    assert client.post(felt_at(), {"before": "usual"}).status_code == 404
    assert client.post(TREATMENT, {"had": "nonsense"}).status_code == 303
    assert client.post(TREATMENT, {"had": "heat"}).status_code == 404
    assert Person.objects.count() == 0


def test_progress_counts_how_it_felt(client: Client, asha: UUID) -> None:
    for n in range(3):
        told = {"felt_during:walking": "harder", "felt_after:walking": "nonsense"}
        walked(asha, TODAY - timedelta(days=n), extra=told)
    shown = text_of(client.get("/move/progress/"))
    assert "While I did it 0 0 3" in shown
    assert "The next morning 0 0 0" in shown
    assert "Harder each time, for weeks?" in shown


def test_what_was_felt_goes_out_and_comes_in_with_the_diary(client: Client, asha: UUID) -> None:
    walked(asha, YESTERDAY, extra={"felt_after:walking": "easier"})
    text = write_csv(whole_diary(look(asha)))
    assert "felt_after:walking" in text.splitlines()[0]
    other = cleared(Client())
    confirm_import(person=other, text=text, kind=Kind.CSV, client_key="file", now=NOW)
    assert whole_diary(look(other)) == whole_diary(look(asha))


def test_a_treatment_in_one_tap_brings_an_active_partner_at_once(
    client: Client, asha: UUID
) -> None:
    tap(client, TREATMENT, had="heat")
    tap(client, TREATMENT, had="massage")
    shown = text_of(client.get("/today/"))
    assert "You noted a massage and heat." in shown
    assert "A short, relaxed session" in shown
    assert "check it is safe" in shown
    tap(client, TREATMENT, not_had="heat")
    tap(client, TREATMENT, not_had="massage")
    assert extra(asha) == {}
    assert "Something active to go with it" not in text_of(client.get("/today/"))


def test_a_treatment_says_nothing_of_how_the_day_was(client: Client, asha: UUID) -> None:
    walked(asha, YESTERDAY)
    before = review_today(person=asha, now=NOW).review.doses
    tap(client, TREATMENT, had="tens")
    assert review_today(person=asha, now=NOW).review.doses == before


def test_a_goal_made_smaller_starts_six_weeks_of_its_own(client: Client, asha: UUID) -> None:
    walked(asha, TODAY - timedelta(weeks=1))
    assert progress_of(person=asha, now=NOW).doing[0].held.noted == 1
    plans.change_plan(person=asha, plan=walking(goal=8.0), now=NOW)
    found = progress_of(person=asha, now=NOW)
    assert (found.doing[0].held.noted, found.goals_held) == (0, False)
    plans.change_plan(person=asha, plan=replace(found.doing[0].plan, goal=60.0), now=NOW)
    assert progress_of(person=asha, now=NOW).doing[0].plan.goal_lowered == TODAY


def test_the_guide_and_progress_begin_with_the_same_number(client: Client, asha: UUID) -> None:
    plan = walking(id="dancing", name="Dancing", started=TODAY, baseline=None, tries=(10.0, 12.0))
    plans.choose_activity(person=asha, plan=plan, now=NOW)
    walked(asha, TODAY)
    guide, start = text_of(client.get("/guide/")), progress_of(person=asha, now=NOW).doing[1].start
    assert start == 8.75
    assert "I began with 8 minutes 45 seconds" in guide


def test_earlier_look_backs_can_be_read_again(client: Client, asha: UUID) -> None:
    assert "Nothing yet" in text_of(client.get(PAST))
    for n, well in ((1, "Sat through lunch"), (2, "Fed the hens")):
        monday = TODAY - timedelta(days=TODAY.weekday(), weeks=n)
        review = WeekReview(monday=monday, well=well, chosen="activity:walking")
        week_review.save_review(person=asha, monday_shown=monday, review=review, goals={}, now=NOW)
    began = TODAY - timedelta(days=6)
    walked(asha, began, flare=True)
    flare_plan.save_look_back(
        person=asha, began=began, before=frozenset({Before.SLEEP}), words="Less sofa", now=NOW
    )
    answer = client.get(PAST)
    shown = text_of(answer)
    assert shown.index("Sat through lunch") < shown.index("Fed the hens")
    assert "Walking" in shown
    assert "Poor sleep" in shown
    assert "Less sofa" in shown
    assert f"/move/flare-plan/look-back/{began}/" in answer.content.decode()


def test_today_leads_to_a_session(client: Client, asha: UUID) -> None:
    assert "Put a session together: 5, 10, 20 or 40 minutes" in text_of(client.get("/today/"))
