"""My guide: all that a person found out on one page, and when to get help whatever happens."""

import re
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, transaction
from django.test import Client

from safetomove.core.beliefs import Belief
from safetomove.core.contributors import Area, PainMap, Thing, Turns
from safetomove.core.diary import CheckIn
from safetomove.core.experiments import Side, ready
from safetomove.core.flare import FlarePlan
from safetomove.records.models import Person
from safetomove.services import (
    beliefs,
    documents,
    experiments,
    flare_plan,
    lessons,
    pain_map,
    plans,
)
from safetomove.services import guide as service
from safetomove.services.check_in import save_check_in
from safetomove.services.days import write_new_days
from safetomove.services.documents import Kind
from safetomove.services.guide import guide_of
from safetomove.services.holding import hold
from safetomove.services.people import start_guest
from tests.people import walking
from tests.web.visits import NOW, cleared, come_as, text_of

pytestmark = pytest.mark.django_db

GUIDE = "/guide/"
DAY = timedelta(days=1)
PILES = "danger-and-safety"
OWN = {"the 47 bus", "Sam’s jokes", "This has passed before.", "tell Sam"}


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def filled(person: UUID, *, now: datetime) -> None:
    """Write something into every part of a guide, as the pages would."""
    then, day = now - 40 * DAY, now.date()
    first = experiments.start(
        person=person, question=ready("short_walk"), days=28, client_key="g", now=then
    )  # fmt: skip
    rows = [
        CheckIn(
            day=each,
            interference=5.0 + n % 3 * 0.5 - (3.0 if first.side_on(each) is Side.TRY else 0.0),
            done={"walking": 6.0 + n // 3},
        )
        for n in range(38)
        for each in [first.design.first_day + n * DAY]
    ]
    with transaction.atomic():
        write_new_days(hold(person), rows, now=now)
    experiments.end(person=person, id=first.id, now=now)
    pain_map.save_map(person=person, about=the_map(), now=now)
    before = dict.fromkeys(Belief, 8.0)
    beliefs.save_beliefs(person=person, scores=before, now=now - 28 * DAY)
    after = {**before, Belief.DAMAGE: 3.0, Belief.REST: 10.0}
    beliefs.save_beliefs(person=person, scores=after, now=now)
    lessons.keep_sentence(person=person, lesson=PILES, wanted=True, now=now)
    lessons.save_lists(
        person=person, lesson=PILES, left=["A bad night"], right=["Sam’s jokes"], now=now
    )
    plan = FlarePlan(helps=("warm",), tell=("tell Sam",), small={"walking": 4.0},
                     say="This has passed before.")  # fmt: skip
    flare_plan.save_plan(person=person, plan=plan, now=now)
    note = CheckIn(day=day, note="Round the lake with Sam.")
    save_check_in(person=person, check_in=note, client_key="n", now=now)


def the_map() -> PainMap:
    things = (
        Thing(area=Area.BODY, turns=Turns.UP, id="poor_sleep", column="sleep_quality"),
        Thing(area=Area.LIFE, turns=Turns.UP, words="the 47 bus"),
        Thing(area=Area.LIFE, turns=Turns.DOWN, id="friends", column="social"),
    )
    return PainMap(things=things, worst_times=("waking",), avoided=("bending",), missed=("tango",))


@pytest.fixture
def asha(client: Client) -> UUID:
    person = cleared(client)
    filled(person, now=NOW)
    return person


def titles(client: Client, query: str = "") -> list[str]:
    """Return the headings of the parts shown, in order."""
    return re.findall(r'<h2 id="\w+-h">([^<]+)</h2>', client.get(GUIDE + query).content.decode())


def test_a_stranger_gets_whom_to_call_and_where_to_begin_and_leaves_nothing(
    client: Client,
) -> None:
    answer = client.get(GUIDE)
    shown = text_of(answer)
    for words in ("Call 999 now", "Call 111", "116 123", "Where to begin", "Check it is safe"):
        assert words in shown
    assert 'href="/start/"' in answer.content.decode()
    assert f'href="/learn/{PILES}/"' in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert (Person.objects.count(), Session.objects.count()) == (0, 0)


@pytest.mark.usefixtures("asha")
def test_all_that_was_found_out_is_there_and_help_comes_last(client: Client) -> None:
    shown = text_of(client.get(GUIDE))
    for words in (
        "Walking", "I began with 8 minutes", "Now I mostly do", "on my way to 30 minutes",
        "I also miss: tango", "A poor night", "the 47 bus", "Time with people I like", "On waking",
        "I hold back from these now: bending",
        "You can take something off the danger pile", "Tells my body danger", "Sam’s jokes",
        "It was 8. Now it is 3: it has eased.", "It was 8. Now it is 10: it has more of a grip.",
        "Something warm on my back", "tell Sam", "Walking: 4 minutes", "This has passed before.",
        "A short walk: It helped you", "your back got in the way less",
    ):  # fmt: skip
        assert words in shown, words
    assert titles(client)[-1] == "When to get help"
    assert "Still blank" not in shown


@pytest.mark.usefixtures("asha")
def test_private_notes_stay_out_until_they_are_ticked(client: Client) -> None:
    assert "Round the lake" not in text_of(client.get(GUIDE))
    assert "Round the lake" in text_of(client.get(f"{GUIDE}?chosen=1&part=notes"))


@pytest.mark.usefixtures("asha")
def test_only_ticked_parts_are_shown_and_help_can_not_be_unticked(client: Client) -> None:
    some = titles(client, "?chosen=1&part=sentences&part=loves&part=%00&part=help&part=made+up")
    assert some == [
        "What I love, and am getting back to", "Sentences I keep", "When to get help",
    ]  # fmt: skip
    assert titles(client, "?chosen=1") == ["When to get help"]
    assert "You left every part out" in text_of(client.get(f"{GUIDE}?chosen=1"))


def test_a_part_with_nothing_in_it_is_offered_as_a_beginning_not_as_a_gap(client: Client) -> None:
    cleared(client)
    page = client.get(GUIDE).content.decode()
    assert "Still blank" in page
    assert titles(client)[0] == "What I love, and am getting back to"
    assert 'href="/learn/map/change/"' in page
    assert 'value="pain_map"' not in page


def test_amounts_for_a_flare_up_wait_for_the_safety_questions(client: Client) -> None:
    person = start_guest(now=NOW)
    come_as(client, person)
    filled(person, now=NOW)
    guide = guide_of(person=person, now=NOW)
    assert not guide.today.review.cleared
    assert "4 minutes" not in text_of(client.get(GUIDE))


def test_a_danger_sign_in_ones_own_words_brings_its_card_before_all_else(
    client: Client, asha: UUID
) -> None:
    words = ["numb between my legs since monday"]
    lessons.save_lists(person=asha, lesson=PILES, left=words, right=[], now=NOW)
    shown = text_of(client.get(GUIDE))
    assert shown.index("999") < shown.index("My guide")


def test_what_can_not_be_read_here_costs_no_other_part(client: Client, asha: UUID) -> None:
    with transaction.atomic():
        held = hold(asha)
        for kind, name in ((Kind.MAP, ""), (Kind.FLARE_PLAN, ""), (Kind.EXPERIMENT, "x")):
            documents.put(held, kind, {"shape": 99}, now=NOW, name=name)
        documents.put(held, Kind.LESSONS, {"shape": 1, "left": 7}, now=NOW, name="sleep")
    shown = text_of(client.get(GUIDE))
    assert "One thing could not be read" in shown
    for words in ("It helped you", "You can take something off", "I began with 8 minutes"):
        assert words in shown


def test_with_the_records_out_of_reach_it_says_so_and_keeps_the_help(
    client: Client, asha: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OperationalError("no such luck")

    monkeypatch.setattr(service, "review_today", gone)
    answer = client.get(GUIDE)
    shown = text_of(answer)
    assert answer.status_code == 200
    assert "Your records are out of reach" in shown
    assert "Call 999 now" in shown
    assert "Still blank" not in shown


def test_it_shows_nobody_elses_words(client: Client, asha: UUID) -> None:
    come_as(client, start_guest(now=NOW))
    shown = text_of(client.get(GUIDE))
    assert [each for each in OWN if each in shown] == []


def test_a_guide_costs_four_queries_however_much_there_is(
    asha: UUID, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(4):  # type: ignore[operator]
        guide_of(person=asha, now=NOW)


def test_an_amount_last_noted_long_ago_says_when(client: Client) -> None:
    person = start_guest(now=NOW - 42 * DAY)
    come_as(client, person)
    plan = walking(started=date(2026, 10, 14))
    plans.choose_activity(person=person, plan=plan, now=NOW - 42 * DAY)
    old = CheckIn(day=date(2026, 10, 21), done={"walking": 11.0})
    with transaction.atomic():
        write_new_days(hold(person), [old], now=NOW)
    assert "I last noted 11 minutes, in the week of 19 October 2026" in text_of(client.get(GUIDE))


@pytest.mark.usefixtures("asha")
def test_the_way_to_it_stands_on_my_data_and_in_make_sense(client: Client) -> None:
    for path in ("/my-data/", "/learn/"):
        assert 'href="/guide/"' in client.get(path).content.decode()
