"""The ladder's pages: no try without clearance, nothing kept twice, cards before all else."""

import re
from datetime import datetime
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from safetomove.core.contributors import PainMap
from safetomove.core.safety import Answer, scan_note
from safetomove.records.models import Person
from safetomove.services import pain_map, people, safety_check
from safetomove.services.ladder import ladder_of
from safetomove.services.today import review_today
from safetomove.web.words import page
from tests.people import all_clear
from tests.web.visits import cleared, come_as, form_for, text_of

pytestmark = pytest.mark.django_db

LADDER, ADD = "/move/ladder/", "/move/ladder/add/"
GUESS = {"what": "My back will go", "likely": "80", "bad": "7", "where": "home"}
CAME = {"happened": "no", "bad": "2", "worry": "3", "learnt": "It held."}


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def put_up(client: Client, worry: str = "5", **sent: str) -> str:
    """Put something on the ladder and return its rung's address."""
    hidden = form_for(client.get(ADD), ADD)
    sent = sent or {"words": "bending to the floor"}
    assert client.post(ADD, {**hidden, "worry": worry, **sent}).status_code == 303
    return f"{LADDER}{hidden['key']}/"


def begin(client: Client, rung: str, **changes: str) -> HttpResponse:
    """Keep a guess for a rung, as its form would send it."""
    hidden = form_for(client.get(f"{rung}try/"), f"{rung}try/")
    return client.post(f"{rung}try/", {**hidden, **GUESS, **changes})


def test_to_look_creates_nobody(client: Client) -> None:
    for path in (LADDER, ADD):
        assert client.get(path).status_code == 200
    assert client.get(f"{LADDER}nothing/").status_code == 404
    assert client.get(f"{LADDER}try/nothing/").status_code == 404
    assert not Person.objects.exists()


def test_anybody_may_put_up_a_rung_but_without_clearance_no_try_is_offered(client: Client) -> None:
    rung = put_up(client)
    shown = client.get(rung)
    assert "is it safe to start?" in text_of(shown)
    assert f"{rung}try/" not in shown.content.decode()
    assert client.get(f"{rung}try/").headers["Location"] == rung
    client.post(f"{rung}try/", {**GUESS, "key": "a-key-long-enough"})
    person = UUID(client.session[people.SESSION_KEY])
    assert ladder_of(person).tries == ()


def test_a_try_goes_from_guess_to_outcome_and_shows_the_gap(client: Client, now: datetime) -> None:
    cleared(client, now=now)
    rung = put_up(client)
    at = begin(client, rung).headers["Location"]
    assert "My back will go" in text_of(client.get(at))
    assert client.post(at, CAME).status_code == 303
    shown = text_of(client.get(at))
    assert "Your guess did not come true" in shown
    assert "7 of 10. It came to 2" in shown
    assert "from 5 to 3" in shown
    ladder = text_of(client.get(LADDER))
    assert "Worry 3 of 10. It began at 5" in ladder
    assert "Tried once" in ladder
    assert "So far: home" in text_of(client.get(rung))


def test_worse_than_expected_is_said_and_leads_to_a_smaller_step(
    client: Client, now: datetime
) -> None:
    cleared(client, now=now)
    at = begin(client, put_up(client)).headers["Location"]
    client.post(at, {**CAME, "happened": "yes", "bad": "9", "worry": "7"})
    shown = text_of(client.get(at))
    assert "Your guess came true" in shown
    assert "try half of it, or ask your physio" in shown
    assert "A smaller step may suit you better" in shown


def test_two_taps_put_up_one_rung_and_begin_one_try(client: Client, now: datetime) -> None:
    person = cleared(client, now=now)
    hidden = form_for(client.get(ADD), ADD)
    for _ in range(2):
        sent = {**hidden, "worry": "5", "words": "bending"}
        assert client.post(ADD, sent).status_code == 303
    rung = f"{LADDER}{hidden['key']}/"
    again = form_for(client.get(f"{rung}try/"), f"{rung}try/")
    for _ in range(2):
        assert client.post(f"{rung}try/", {**again, **GUESS}).status_code == 303
    kept = ladder_of(person)
    assert (len(kept.ladder.rungs), len(kept.tries)) == (1, 1)
    at = f"{LADDER}try/{kept.tries[0].name}/"
    for _ in range(2):
        client.post(at, CAME)
    kept = ladder_of(person)
    assert len(kept.tries) == 1
    client.post(f"{rung}try/", {**again, **GUESS})  # the old form, sent from a tab left open
    assert len(ladder_of(person).tries) == 1


def test_a_try_not_made_is_taken_away_without_a_word_of_blame(
    client: Client, now: datetime
) -> None:
    person = cleared(client, now=now)
    at = begin(client, put_up(client)).headers["Location"]
    for _ in range(2):
        answer = client.post(f"{at}drop/", follow=True)
    assert "That is fine" in text_of(answer)
    assert ladder_of(person).tries == ()


def test_a_rung_is_let_go_and_taken_back(client: Client, now: datetime) -> None:
    person = cleared(client, now=now)
    rung = put_up(client)
    client.post(rung, {"deed": "let_go"})
    assert ladder_of(person).ladder.up == ()
    assert "Put it back up" in text_of(client.get(LADDER))
    client.post(rung, {"deed": "take_back"})
    assert len(ladder_of(person).ladder.up) == 1


def test_high_worry_asks_for_somebody_trained_before_a_try_begins(
    client: Client, now: datetime
) -> None:
    person = cleared(client, now=now)
    rung = put_up(client, worry="8")
    assert "First with somebody beside you" in text_of(client.get(rung))
    assert begin(client, rung).status_code == 422
    assert ladder_of(person).tries == ()
    assert begin(client, rung, talked="yes").status_code == 303


def test_what_no_longer_fits_is_never_tried_even_by_a_direct_link(
    client: Client, now: datetime
) -> None:
    person = cleared(client, now=now)
    rung = put_up(client, movement="roll-down", words="")
    assert "Try it" in text_of(client.get(rung))
    today = people.local_day(now=now, zone="Europe/London")
    bones = all_clear(given_on=today)
    context = {name: getattr(bones.context, name) for name in bones.context.__slots__}
    context["osteoporosis"] = Answer.YES
    told = type(bones)(
        given_on=today, answers=bones.answers, context=type(bones.context)(**context)
    )
    safety_check.save_answers(person=person, answers=told, now=now)
    assert "This one waits" in text_of(client.get(rung))
    assert client.get(f"{rung}try/").headers["Location"] == rung
    client.post(f"{rung}try/", {**GUESS, "key": "a-key-long-enough"})
    assert ladder_of(person).tries == ()


def test_a_danger_word_brings_its_card_first_and_one_learnt_stops_the_numbers(
    client: Client, now: datetime
) -> None:
    person = cleared(client, now=now)
    rung = put_up(client, words="numb between my legs since monday")
    shown = text_of(client.get(LADDER))
    assert shown.index("999") < shown.index("My ladder")
    at = begin(client, rung).headers["Location"]
    assert review_today(person=person, now=now).review.cleared
    client.post(at, {**CAME, "learnt": "I am numb between my legs and can't pee"})
    assert text_of(client.get(at)).index("999") < text_of(client.get(at)).index("found out")
    assert not review_today(person=person, now=now).review.cleared


def test_the_map_and_the_library_are_ready_to_tap(client: Client, now: datetime) -> None:
    person = cleared(client, now=now)
    pain_map.save_map(person=person, about=PainMap(avoided=("the 47 bus",)), now=now)
    shown = client.get(ADD).content.decode()
    assert '<option value="the 47 bus"' in shown
    assert '<option value="roll-down"' in shown
    put_up(client, avoided="the 47 bus")
    assert ladder_of(person).ladder.up[0].words == "the 47 bus"


BAD_RUNGS: tuple[dict[str, str], ...] = (
    {},
    {"words": "x" * 61, "worry": "5"},
    {"words": "a\x00b", "worry": "5"},
    {"words": "bending", "worry": "11"},
    {"words": "bending", "worry": "nan"},
    {"words": "bending", "worry": "9" * 5000},
    {"movement": "made-up", "worry": "5"},
    {"words": "bending", "movement": "roll-down", "worry": "5"},
    {"words": "bending", "worry": "5", "key": "no/key"},
)
BAD_GUESSES = ({"what": ""}, {"likely": "101"}, {"likely": "x"}, {"bad": ""},
               {"what": "x" * 301}, {"where": "\x00"})  # fmt: skip
BAD_OUTCOMES = ({"happened": "maybe"}, {"bad": ""}, {"worry": "-1"}, {"learnt": "\x00"})


def test_what_can_not_be_kept_is_asked_again_as_typed(client: Client, now: datetime) -> None:
    person = cleared(client, now=now)
    for sent in BAD_RUNGS:
        answer = client.post(ADD, {"key": "a-key-long-enough", **sent})
        assert answer.status_code == 422, sent
        assert "There is a problem" in text_of(answer)
    assert "x" * 61 in client.post(ADD, BAD_RUNGS[1]).content.decode()
    assert ladder_of(person).ladder.rungs == ()


def test_half_a_guess_or_half_an_outcome_is_asked_again(client: Client, now: datetime) -> None:
    person = cleared(client, now=now)
    rung = put_up(client)
    for wrong in BAD_GUESSES:
        assert begin(client, rung, **wrong).status_code == 422, wrong
    assert ladder_of(person).tries == ()
    at = begin(client, rung).headers["Location"]
    for wrong in BAD_OUTCOMES:
        assert client.post(at, {**CAME, **wrong}).status_code == 422, wrong
    assert ladder_of(person).tries[0].outcome is None


def test_nobody_reaches_another_persons_rung(client: Client, now: datetime) -> None:
    cleared(client, now=now)
    rung = put_up(client)
    dev = people.start_guest(now=now)
    come_as(client, dev)
    assert client.get(rung).status_code == 404
    assert client.post(rung, {"deed": "let_go"}).status_code == 404


def test_the_words_we_offer_as_examples_raise_no_card() -> None:
    offered = (page("ladder")["try"]["what_hint"], page("flare_plan")["ask"]["say_hint"])
    examples = [each for text in offered for each in re.findall(r"“([^”]+)”", text)]
    assert len(examples) == 3
    assert [each for each in examples if scan_note(each)] == []


def test_a_rung_that_fits_is_done_in_a_short_session_that_begins_with_it(
    client: Client, now: datetime
) -> None:
    cleared(client, now=now)
    rung = put_up(client, movement="hip-hinge", words="", worry="4")
    assert "/move/session/?first=hip-hinge" in client.get(rung).content.decode()
    choose = client.get("/move/session/", {"first": "hip-hinge"})
    assert "we begin with “Hip hinge, standing”" in text_of(choose)
    hidden = form_for(choose, "/move/session/")
    assert hidden["first"] == "hip-hinge"
    client.post("/move/session/", {**hidden, "minutes": "5"})
    player = client.get("/move/session/now/")
    sent = form_for(player, "/move/session/now/")
    client.post("/move/session/now/", {"id": sent["id"], "seen": sent["seen"], "deed": "done"})
    assert "Hip hinge, standing" in text_of(client.get("/move/session/now/"))


@pytest.mark.parametrize("first", ["bridge", "no-such", "\x00", "x" * 5000, ""])
def test_a_session_never_begins_with_what_does_not_surely_fit(
    client: Client, now: datetime, first: str
) -> None:
    cleared(client, now=now)
    choose = client.get("/move/session/", {"first": first})
    assert choose.status_code == 200
    assert "we begin with" not in text_of(choose)
    hidden = form_for(choose, "/move/session/")
    sent = client.post("/move/session/", {**hidden, "first": first, "minutes": "5"})
    assert sent.status_code == 303
    assert "Bridge" not in text_of(client.get("/move/session/now/"))
