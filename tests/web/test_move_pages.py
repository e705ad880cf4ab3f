"""Move: what doesn't fit is nowhere to be found, and a session is kept as it goes."""

import re
from dataclasses import replace
from html import unescape
from uuid import UUID

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from safetomove.content import figures, movements
from safetomove.content.movements import Movement
from safetomove.core.doing import HEALTH, Abilities, Tag, Way
from safetomove.core.safety import Answer
from safetomove.records.models import Person
from safetomove.services import move_fit, move_sessions, people, safety_check
from safetomove.services.today import review_today
from safetomove.web import who
from safetomove.web.patient.move import reaching
from tests.people import all_clear
from tests.web.visits import NOW, TODAY, cleared, come_as, form_for, text_of

pytestmark = pytest.mark.django_db

HOW = "How to do it"
OPEN_PAGES = (
    "/move/",
    "/move/movements/",
    "/move/movements/?q=bend",
    "/move/movements/easy-fold/",
    "/move/movements/easy-fold/print/",
    "/move/fit/",
    "/move/session/",
    "/move/breathe/",
    "/move/relax/old-path/",
)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "now", lambda request=None: NOW)


@pytest.fixture
def asha(client: Client, db: None) -> UUID:
    """Asha, who is cleared and walks."""
    return cleared(client)


def with_a(tag: Tag, client: Client) -> None:
    """Come as somebody who told us of one thing, and said no to all else."""
    person = people.start_guest(now=NOW)
    told = all_clear(given_on=TODAY)
    if tag in HEALTH:
        told = replace(told, context=replace(told.context, **{HEALTH[tag]: Answer.YES}))
    safety_check.save_answers(person=person, answers=told, now=NOW)
    trouble = {each: Answer.NO for each in Tag if each not in HEALTH}
    trouble |= {tag: Answer.YES} if tag not in HEALTH else {}
    move_fit.keep_abilities(person=person, abilities=Abilities(trouble=trouble), now=NOW)
    come_as(client, person)


def links(answer: HttpResponse) -> set[str]:
    """Return the ids of the movements that a page leads to."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    return set(re.findall(r'href="/move/movements/([\w-]+)/', main))


def unfit(tag: Tag) -> dict[str, Movement]:
    """Return the movements that are swapped or left out for this tag."""
    every = movements.load().items()
    return {id: each for id, each in every if each.tags.get(tag) in (Way.SWAP, Way.HIDE)}


@pytest.mark.parametrize("tag", Tag)
def test_what_does_not_fit_is_on_no_list_no_search_no_page_and_no_print(
    client: Client, tag: Tag
) -> None:
    with_a(tag, client)
    gone = unfit(tag)
    assert links(client.get("/move/movements/")) == set(movements.load()) - set(gone)
    for words in ("bend", "lie on the floor", "kneel", "ball", "balance"):
        assert links(client.get("/search/", {"q": words})).isdisjoint(gone), words
    for id, movement in gone.items():
        found = links(client.get("/move/movements/", {"q": movement.title}))
        assert found.isdisjoint(gone), id
        for path in (f"/move/movements/{id}/", f"/move/movements/{id}/print/"):
            text = unescape(text_of(client.get(path)))
            assert "you told us about" in text, path
            assert movement.steps[0] not in text, path
            assert all(level.how not in text for level in movement.levels), path


@pytest.mark.parametrize("tag", Tag)
def test_what_needs_a_clinician_says_so_before_anything_else_on_screen_and_paper(
    client: Client, tag: Tag
) -> None:
    with_a(tag, client)
    first = [id for id, each in movements.load().items() if each.tags.get(tag) is Way.CLINICIAN]
    listed = client.get("/move/movements/").content.decode()
    assert listed.count("With your physio first") == len(first)
    for id in first:
        for path in (f"/move/movements/{id}/", f"/move/movements/{id}/print/"):
            text = unescape(text_of(client.get(path)))
            said, step = text.index("With your physio first"), movements.load()[id].steps[0]
            assert said < text.index(step), path


def test_of_a_stranger_each_movement_asks_before_it_shows(client: Client) -> None:
    for id in ("easy-fold", "bridge", "carry", "child-pose"):
        for path in (f"/move/movements/{id}/", f"/move/movements/{id}/print/"):
            text = text_of(client.get(path))
            assert "Check first" in text
            assert "First: is it safe to start?" in text


def test_every_movement_has_a_page_with_its_levels_worries_and_net(
    client: Client, asha: UUID
) -> None:
    for id, movement in movements.load().items():
        answer = client.get(f"/move/movements/{id}/?level=3")
        text = unescape(text_of(answer))
        assert answer.status_code == 200
        assert movement.levels[2].how in text
        assert f"/move/figures/{id}/3/still.svg" in answer.content.decode()
        assert all(worry.answer in text for worry in movement.worries)


def test_there_is_a_picture_of_every_level_of_every_movement() -> None:
    drawn = {id: len(figure.levels) for id, figure in figures.load().items()}
    for id, movement in movements.load().items():
        assert drawn.get(id) == len(movement.levels), id


def test_a_picture_for_a_stranger_may_be_kept_by_anybody(client: Client) -> None:
    for kind in ("still", "moving", "strip"):
        answer = client.get(f"/move/figures/easy-fold/1/{kind}.svg")
        assert answer["Content-Type"] == "image/svg+xml"
        assert "public" in answer["Cache-Control"]
        assert b"<svg" in answer.content
        assert "session" not in answer.cookies


@pytest.mark.parametrize(
    "path",
    ["movements/no-such/", "movements/no-such/print/", "relax/no-such/",
     "figures/easy-fold/9/still.svg", "figures/easy-fold/1/dancing.svg",
     "figures/no-such/1/still.svg"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/move/{path}").status_code == 404


@pytest.mark.parametrize("level", ["0", "4", "-1", "x", "", "²", "1" * 400, "\x00"])
def test_an_odd_level_is_the_easiest(client: Client, level: str) -> None:
    answer = client.get("/move/movements/easy-fold/", {"level": level})
    assert answer.status_code == 200
    assert "/easy-fold/1/still.svg" in answer.content.decode()


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_looking_creates_nobody_and_needs_no_record(client: Client, path: str) -> None:
    before = Person.objects.count()
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert Person.objects.count() == before
    assert not answer.cookies.get("session")


@pytest.mark.parametrize("path", OPEN_PAGES[:5])
def test_the_library_opens_without_records_and_says_that_it_does_not_know_what_fits(
    client: Client, asha: UUID, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def gone(**_: object) -> None:
        raise OperationalError("out of reach")

    monkeypatch.setattr(reaching, "review_today", gone)
    answer = client.get(path)
    assert answer.status_code == 200
    if path == "/move/movements/easy-fold/":
        assert "Check first" in text_of(answer)


@pytest.mark.parametrize("query", ["x" * 5000, "a\x00b", "<script>alert(1)</script>", "🐈", "%"])
def test_whatever_is_searched_for_the_page_opens_and_nothing_runs(
    client: Client, query: str
) -> None:
    answer = client.get("/move/movements/", {"q": query})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_a_search_that_sounds_like_a_warning_sign_shows_its_card_first(client: Client) -> None:
    text = text_of(client.get("/move/movements/", {"q": "I can't pee and numb between my legs"}))
    assert "may be a warning sign" in text
    assert "999" in text


def test_a_worrying_answer_holds_the_session_and_says_so_in_the_library(client: Client) -> None:
    person = people.start_guest(now=NOW)
    told = all_clear(given_on=TODAY)
    worrying = replace(told, answers={**told.answers, "ces_bladder": Answer.YES})
    safety_check.save_answers(person=person, answers=worrying, now=NOW)
    come_as(client, person)
    for path in ("/move/", "/move/session/", "/move/movements/", "/move/movements/easy-fold/"):
        assert "Your movements wait for now" in text_of(client.get(path)), path
    assert b"Start</button>" not in client.get("/move/session/").content


def test_what_suits_me_is_kept_shown_again_and_taken_back(client: Client, asha: UUID) -> None:
    sent = client.post("/move/fit/", {"floor": "yes", "hands": "no", "kit": ["ball", "step"]})
    assert sent.status_code == 303
    page = client.get(sent["Location"]).content.decode()
    assert "Saved." in page
    assert len(re.findall(r"\bchecked\b", page)) == 4
    client.post("/move/fit/", {"hands": "no"})
    told = move_fit.abilities_of(review_today(person=asha, now=NOW))
    assert (dict(told.trouble), told.kit) == ({Tag.HANDS: Answer.NO}, frozenset())


@pytest.mark.parametrize(
    "sent", [{"floor": "perhaps"}, {"kit": ["spoon"]}, {"hands": "\x00"}, {"balance": "unknown"}]
)
def test_an_answer_that_was_not_on_offer_is_refused_and_nothing_is_kept(
    client: Client, asha: UUID, sent: dict[str, str]
) -> None:
    answer = client.post("/move/fit/", {**sent, "kneeling": "yes"})
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert not move_fit.abilities_of(review_today(person=asha, now=NOW)).trouble


def begin(client: Client, minutes: str = "5") -> HttpResponse:
    """Choose a session as the page offers it."""
    hidden = form_for(client.get("/move/session/"), "/move/session/")
    return client.post("/move/session/", {**hidden, "minutes": minutes})


def press(client: Client, deed: str, **more: str) -> HttpResponse:
    """Press a button of the player."""
    hidden = form_for(client.get("/move/session/now/"), "/move/session/now/")
    hidden.pop("seconds", None)
    return client.post("/move/session/now/", {**hidden, "deed": deed, **more})


def test_a_session_goes_from_start_to_end_and_its_minutes_to_the_diary(
    client: Client, asha: UUID
) -> None:
    assert begin(client)["Location"] == "/move/session/now/"
    for _ in range(6):
        sent = press(client, "done")
    assert sent["Location"] == "/move/session/end/"
    page = client.get("/move/session/end/")
    assert "You did 6 of 6 movements, about 5 minutes." in text_of(page)
    hidden = {"id": form_for(page, "/move/session/end/")["id"]}
    client.post("/move/session/end/", {**hidden, "part": "felt", "felt": "right"})
    for _ in range(2):
        client.post("/move/session/end/", {**hidden, "part": "count", "count": "walking"})
    assert "We added 5 minutes to Walking." in text_of(client.get("/move/session/end/"))
    day = review_today(person=asha, now=NOW).check_in
    assert day is not None
    assert day.done == {"walking": 5.0}


def test_a_session_left_halfway_is_offered_again_everywhere(client: Client, asha: UUID) -> None:
    begin(client)
    press(client, "done")
    press(client, "skip")
    for path in ("/move/", "/move/session/"):
        text = text_of(client.get(path))
        assert "You have done 1 of 6. Carry on where you left off." in text
    assert "3 of 6" in text_of(client.get("/move/session/now/"))
    press(client, "end")
    assert "Carry on" not in text_of(client.get("/move/"))


def test_an_old_page_sent_again_does_nothing_twice(client: Client, asha: UUID) -> None:
    begin(client)
    hidden = form_for(client.get("/move/session/now/"), "/move/session/now/")
    hidden.pop("seconds", None)
    for _ in range(3):
        client.post("/move/session/now/", {**hidden, "deed": "done"})
    kept = move_sessions.latest(person=asha)
    assert kept is not None
    assert kept.session.at == 1


@pytest.mark.parametrize("minutes", ["", "7", "\x00", "9" * 300, "5.0"])
def test_a_length_that_is_not_on_offer_is_refused(client: Client, asha: UUID, minutes: str) -> None:
    answer = begin(client, minutes)
    assert answer.status_code == 422
    assert "Choose how long you have." in text_of(answer)
    assert move_sessions.latest(person=asha) is None


@pytest.mark.parametrize(
    "sent",
    [{"deed": "fly"}, {"deed": "done", "seen": "x"}, {"deed": "done", "seen": "9" * 400},
     {"deed": "done", "id": "a\x00b" * 4}, {"deed": "done", "seconds": "-1"}, {}],
)  # fmt: skip
def test_nonsense_sent_to_the_player_is_never_an_error(
    client: Client, asha: UUID, sent: dict[str, str]
) -> None:
    begin(client)
    hidden = form_for(client.get("/move/session/now/"), "/move/session/now/")
    hidden.pop("seconds", None)
    assert client.post("/move/session/now/", {**hidden, **sent}).status_code == 303
    assert client.get("/move/session/now/").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [{"part": "felt", "felt": "grand"}, {"part": "felt"}, {"part": "count"},
     {"part": "count", "count": "flying"}, {"part": "count", "count": "\x00"}, {}],
)  # fmt: skip
def test_the_end_page_refuses_what_it_did_not_offer(
    client: Client, asha: UUID, sent: dict[str, str]
) -> None:
    begin(client)
    press(client, "done")
    press(client, "end")
    hidden = {"id": form_for(client.get("/move/session/end/"), "/move/session/end/")["id"]}
    answer = client.post("/move/session/end/", {**hidden, **sent})
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)


def test_nobody_starts_a_session_before_the_safety_questions(client: Client) -> None:
    sent = client.post("/move/session/", {"minutes": "5", "key": "k" * 20})
    assert (sent.status_code, sent["Location"]) == (303, "/move/session/")
    assert Person.objects.count() == 0
    for path in ("/move/session/now/", "/move/session/end/"):
        assert client.get(path)["Location"] == "/move/session/"


def test_something_different_midway_stops_the_player(client: Client, asha: UUID) -> None:
    begin(client)
    safety_check.say_something_is_different(person=asha, now=NOW)
    assert client.get("/move/session/now/")["Location"] == "/move/session/"
    assert "A session waits" in text_of(client.get("/move/session/"))


def test_what_i_tell_midway_holds_for_the_session_that_is_open(client: Client, asha: UUID) -> None:
    nobody_minds = Abilities(trouble={tag: Answer.NO for tag in Tag if tag not in HEALTH})
    move_fit.keep_abilities(person=asha, abilities=nobody_minds, now=NOW)
    begin(client, "40")
    on_the_floor = False
    while not on_the_floor:  # a long session has something on the floor
        kept = move_sessions.latest(person=asha)
        assert kept is not None
        assert kept.session.at is not None
        movement = movements.load()[kept.session.items[kept.session.at].movement]
        on_the_floor = Tag.FLOOR in movement.tags
        if not on_the_floor:
            press(client, "skip")
    client.post("/move/fit/", {"floor": "yes"})
    text = unescape(text_of(client.get("/move/session/now/")))
    assert "because you told us about the floor" in text
    assert movement.steps[0] not in text
    press(client, "swap")
    text = unescape(text_of(client.get("/move/session/now/")))
    assert movement.title not in text
    assert HOW in text
