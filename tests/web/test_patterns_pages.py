"""Patterns and tests as pages: off until wanted, plain, and nothing lost or made by looking."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client

from safetomove.content import trials
from safetomove.core.diary import CheckIn
from safetomove.core.experiments import Experiment, Side, ready
from safetomove.services import check_in as diary
from safetomove.services import experiments, patterns
from safetomove.services.days import write_new_days
from safetomove.services.holding import hold
from safetomove.services.people import start_guest
from safetomove.services.today import review_today
from safetomove.web import who
from tests.web.visits import NOW, TODAY, check_in, cleared, come_as, form_for, text_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, NOW)


def at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(who, "now", lambda request=None: now)


@pytest.fixture
def asha(client: Client, db: None) -> UUID:
    return cleared(client)


def noted(person: UUID, days: int, *, linked: bool = True) -> None:
    """Write days on which a better night goes along with less in the way."""
    rows = []
    for n in range(1, days + 1):
        sleep = float((n * 7) % 11)
        wobble = float((n * 5) % 3)
        rows.append(
            CheckIn(
                day=TODAY - n * DAY,
                sleep_quality=sleep,
                interference=(8.0 - 0.6 * sleep if linked else 4.0) + wobble,
            )
        )
    with transaction.atomic():
        write_new_days(hold(person), rows, now=NOW)


def start(client: Client, which: str = "evening_relaxation", days: str = "28") -> str:
    """Start a test as the page would; return its address."""
    path = f"/patterns/tests/plan/{which}/"
    page = client.get(path).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    answer = client.post(path, {"key": key[1], "deed": "start", "days": days})
    assert answer.status_code == 303
    return str(answer.url).split("?")[0]


@pytest.mark.parametrize(
    "path",
    ["/patterns/", "/patterns/tests/", "/patterns/tests/own/", "/patterns/tests/plan/daylight/"],
)
def test_looking_creates_nobody(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200
    assert not Session.objects.exists()


def test_patterns_are_off_until_i_turn_them_on(client: Client, asha: UUID) -> None:
    noted(asha, 60)
    assert "Turn it on" in text_of(client.get("/patterns/"))
    answer = client.post("/patterns/turn/", {"on": "yes"})
    assert (answer.status_code, answer.url) == (303, "/patterns/")
    assert "After a better night, your back got in the way less" in text_of(
        client.get("/patterns/")
    )
    client.post("/patterns/turn/", {"on": "no"})
    assert "Turn it on" in text_of(client.get("/patterns/"))


def test_a_finding_has_its_caution_its_safety_net_its_numbers_and_a_test(
    client: Client, asha: UUID
) -> None:
    noted(asha, 60)
    patterns.turn(person=asha, on=True, now=NOW)
    answer = client.get("/patterns/")
    shown, page = text_of(answer), answer.content.decode()
    assert "not the same as caused" in shown
    assert 'href="/safe/"' in page
    assert 'href="/patterns/tests/plan/screens_off/"' in page
    assert "90% interval" in shown
    assert re.search(r'role="img" aria-label="\d+ of 20 dots sit at no link', page)


@pytest.mark.parametrize("word", ["caus(e|ed|es) your", "because of", "alarm", "risk"])
def test_nothing_shown_says_that_one_thing_brings_the_other(
    client: Client, asha: UUID, word: str
) -> None:
    noted(asha, 60)
    patterns.turn(person=asha, on=True, now=NOW)
    assert not re.search(word, text_of(client.get("/patterns/")))


def test_too_few_days_show_how_many_are_still_needed(client: Client, asha: UUID) -> None:
    noted(asha, 15)  # of which those since Monday don't count yet
    patterns.turn(person=asha, on=True, now=NOW)
    shown = text_of(client.get("/patterns/"))
    assert "You have noted 13 days. We need 28" in shown
    assert "15 more to go" in shown
    assert "went together" not in shown


def test_days_that_go_with_nothing_say_so(client: Client, asha: UUID) -> None:
    noted(asha, 60, linked=False)
    patterns.turn(person=asha, on=True, now=NOW)
    assert "So far, nothing stands out" in text_of(client.get("/patterns/"))


def test_without_patterns_the_check_in_is_as_it_was(client: Client, asha: UUID) -> None:
    page = client.get("/check-in/").content.decode()
    assert 'name="mood"' in page
    assert 'name="worry"' not in page


def taps_of(page: str) -> list[str]:
    """List the questions that stand outside of "more"."""
    form = page.split('action="/check-in/"', 1)[1].split("<details", 1)[0]
    return list(dict.fromkeys(re.findall(r'type="radio" name="([^"]+)"', form)))


def test_with_patterns_two_questions_take_turns_and_the_check_in_stays_at_six_taps(
    client: Client, asha: UUID
) -> None:
    patterns.turn(person=asha, on=True, now=NOW)
    for path in ("/check-in/", "/today/"):
        page = client.get(path).content.decode()
        taps = taps_of(page)
        assert taps[:3] == ["interference", "sleep_quality", "stress"]
        assert len(taps) + 1 <= 6  # and Save
        turns = {"mood", "worry", "guarding", "social"}
        assert sum(f'type="radio" name="{name}"' in page for name in turns) == 2


def test_a_question_in_turn_is_kept_and_can_be_changed_without_losing_another(
    client: Client, asha: UUID
) -> None:
    check_in(client, worry="7.5", mood="5")
    patterns.turn(person=asha, on=True, now=NOW)
    page = client.get("/check-in/").content.decode()
    for name in ("worry", "mood"):  # both stand there, or "had" would take one back
        assert f'name="{name}"' in page
    kept = review_today(person=asha, now=NOW).check_in
    assert kept is not None
    assert (kept.worry, kept.mood) == (7.5, 5.0)


def test_a_thing_of_my_own_is_kept_as_yes_or_no(client: Client, asha: UUID) -> None:
    check_in(client, **{"mood": "5", "own-1": "yes", "own-1-name": "Long drive"})
    kept = review_today(person=asha, now=NOW).check_in
    assert kept is not None
    assert kept.extra == {"own:Long drive": "yes"}
    assert "Long drive" in text_of(client.get("/today/"))


@pytest.mark.parametrize("name", ["x" * 61, "a\x00b", "", "\ud800"])
def test_a_name_that_can_not_be_kept_is_left_out(client: Client, asha: UUID, name: str) -> None:
    sent = {"mood": "5", "own-1": "yes", "own-1-name": name.encode("utf-8", "replace").decode()}
    assert check_in(client, **sent).status_code == 303
    kept = review_today(person=asha, now=NOW).check_in
    assert kept is not None
    assert all("\x00" not in each and len(each) < 70 for each in kept.extra)


def test_the_chance_to_find_anything_is_told_before_the_start(client: Client) -> None:
    shown = text_of(client.get("/patterns/tests/plan/evening_relaxation/"))
    assert "How likely is it to find anything?" in shown
    assert "for a typical person" in shown
    assert re.search(r"56 days \d in 10", shown)


def test_a_started_test_is_on_today_with_its_side_and_one_tap(
    client: Client, asha: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = start(client)
    assert "It begins tomorrow" in text_of(client.get("/today/"))
    at(monkeypatch, NOW + DAY)
    answer = client.get("/today/")
    one = the_test(asha)
    asked = "Today is a day to try it" if one.side_on(TODAY + DAY) is Side.TRY else "as usual"
    assert asked in text_of(answer)
    hidden = form_for(answer, f"{path}did/")
    for _ in range(2):  # a double tap is one answer
        done = client.post(f"{path}did/", {**hidden, "did": "yes"})
        assert (done.status_code, done.url) == (303, "/today/#test")
    assert "You noted: done." in text_of(client.get("/today/"))
    shown = experiments.one_of(person=asha, id=one.id, now=NOW + DAY)
    assert shown.did(TODAY + DAY) is True


def the_test(person: UUID) -> Experiment:
    (shown,) = experiments.all_of(person=person, now=NOW)
    return shown.experiment


def lived(person: UUID, one: Experiment, effect: float) -> datetime:
    """Write all days of a test; return when it can be read."""
    first = one.design.first_day
    rows = [
        CheckIn(
            day=first + n * DAY,
            interference=4.0
            + n % 3
            + (effect if one.side_on(first + (n - 1) * DAY) is Side.TRY else 0),
        )
        for n in range(one.design.days + 1)
    ]
    with transaction.atomic():
        write_new_days(hold(person), rows, now=NOW)
    return NOW + (one.design.read_on - TODAY) * 1


@pytest.mark.parametrize(
    ("effect", "heading"), [(-3.0, "It helped you"), (3.0, "Days to try it were harder")]
)
def test_a_result_says_how_much_how_sure_and_what_may_be_wrong(
    client: Client,
    asha: UUID,
    monkeypatch: pytest.MonkeyPatch,
    effect: float,
    heading: str,
) -> None:
    path = start(client)
    at(monkeypatch, lived(asha, the_test(asha), effect))
    assert "Your test has something to tell" in text_of(client.get("/today/"))
    shown = text_of(client.get(path))
    assert heading in shown
    assert "It could be" in shown
    assert "Chance can fool a test" in shown
    assert "Check it is safe" in shown
    client.post(f"{path}end/")
    assert heading in text_of(client.get("/patterns/tests/"))
    assert "Your test" not in text_of(client.get("/today/"))


def test_nothing_of_the_numbers_shows_while_it_runs(
    client: Client, asha: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = start(client)
    lived(asha, the_test(asha), -4.0)
    at(monkeypatch, NOW + 12 * DAY)
    shown = text_of(client.get(path))
    assert "We look at the numbers on" in shown
    assert "It helped you" not in shown
    assert the_test(asha).fingerprint in shown
    assert str(the_test(asha).seed) not in client.get(path).content.decode()


def test_a_test_that_gets_me_moving_waits_for_the_safety_questions(client: Client) -> None:
    come_as(client, start_guest(now=NOW))
    path = "/patterns/tests/plan/short_walk/"
    assert "First answer the safety questions" in text_of(client.get(path))
    answer = client.post(path, {"key": "k", "days": "28"})
    assert answer.status_code == 422


def test_a_new_flare_up_makes_the_moving_part_wait(
    client: Client, asha: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiments.start(
        person=asha,
        question=ready("short_walk"),
        days=28,
        client_key="k",
        now=NOW,  # type: ignore[arg-type]
    )
    one = the_test(asha)
    day = next(n for n in range(1, 5) if one.side_on(TODAY + n * DAY) is Side.TRY)
    at(monkeypatch, NOW + day * DAY)
    diary.start_flare(person=asha, client_key="f", now=NOW + day * DAY)
    assert "It waits while your safety questions are open" in text_of(client.get("/today/"))


def test_a_second_test_is_refused_with_a_reason(client: Client, asha: UUID) -> None:
    start(client)
    answer = client.post("/patterns/tests/plan/daylight/", {"key": "other", "days": "28"})
    assert answer.status_code == 422
    assert "End it first" in text_of(answer)


OWN = {"name": "music after lunch", "outcome": "mood", "when": "same", "lingers": "no"}


def test_a_test_of_my_own_shows_its_chances_and_starts(client: Client, asha: UUID) -> None:
    shown = client.post("/patterns/tests/own/", OWN)
    assert "music after lunch" in text_of(shown)
    begun = client.post("/patterns/tests/own/", {**OWN, "deed": "start", "key": "k", "days": "42"})
    assert begun.status_code == 303
    assert the_test(asha).question.name == "music after lunch"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "half my tablets"}, "GP or pharmacist"),
        ({"name": "bed rest"}, "keep backs stiff"),
        ({"name": ""}, "in a few words"),
        ({"name": "y" * 61}, "at most 60"),
        ({"name": "a\x00b"}, "can’t keep"),
        ({"outcome": "happiness"}, "where it should show"),
        ({"when": ""}, "when you would feel it"),
    ],
)
def test_what_can_not_be_tested_is_said_beside_it_and_what_was_typed_is_kept(
    client: Client, asha: UUID, changed: dict[str, str], said: str
) -> None:
    answer = client.post("/patterns/tests/own/", {**OWN, **changed})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert experiments.all_of(person=asha, now=NOW) == ()


@pytest.mark.parametrize("days", ["", "27", "-1", "28.0", "9" * 5000, "x"])
def test_a_length_that_is_not_offered_is_refused(client: Client, asha: UUID, days: str) -> None:
    answer = client.post("/patterns/tests/plan/daylight/", {"key": "k", "days": days})
    assert answer.status_code == 422
    assert experiments.all_of(person=asha, now=NOW) == ()


@pytest.mark.parametrize(
    "path", ["/patterns/tests/plan/nothing/", "/patterns/tests/0123456789abcdef/"]
)
def test_what_is_not_there_is_not_found(client: Client, asha: UUID, path: str) -> None:
    assert client.get(path).status_code == 404


def test_nobody_else_can_open_or_end_my_test(client: Client, asha: UUID) -> None:
    path = start(client)
    come_as(client, start_guest(now=NOW))
    assert client.get(path).status_code == 404
    assert client.post(f"{path}end/").status_code == 404


def test_a_bad_tap_changes_nothing(client: Client, asha: UUID) -> None:
    path = start(client)
    for sent in ({}, {"day": "x", "did": "yes"}, {"day": TODAY.isoformat(), "did": "perhaps"}):
        assert client.post(f"{path}did/", sent).status_code == 404


def test_how_we_test_says_first_that_nobody_real_took_part_and_what_it_can_not_tell(
    client: Client,
) -> None:
    answer = client.get("/how-we-test/")
    shown = text_of(answer)
    assert answer.status_code == 200
    assert shown.index("In silico and exploratory") < shown.index("How the dose rule did")
    assert "No real person took part" in shown
    assert "may still do badly in real life" in shown


def test_every_number_of_a_trial_stands_in_a_table_beside_its_chart(client: Client) -> None:
    page = client.get("/how-we-test/").content.decode()
    families = trials.latest()["families"]
    assert page.count('role="img"') == len(families)
    assert page.count("<caption>") >= len(families)
    assert trials.latest()["command"] in page
    assert "None" not in page
    assert "nan" not in page
