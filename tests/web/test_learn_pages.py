"""Make sense: what strangers and known people see, what is kept, and what is refused."""

import gzip
import re
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from safetomove.content import lessons as books
from safetomove.content.lesson_shapes import Lesson, Lists, Plan
from safetomove.records.models import Person
from safetomove.services import lessons
from safetomove.services.lesson_notes import IDEAS_TOP, WORDS_TOP
from safetomove.web.patient.learn import buffer, views
from safetomove.web.patient.learn.offline import FILES, offline_pages, offline_urls
from tests.web.visits import cleared, text_of

pytestmark = pytest.mark.django_db

ALL = books.load().lessons
FIRST = next(iter(ALL.values()))
LISTS = next(each for each in ALL.values() if isinstance(each.trial, Lists))
PLAN = next(each for each in ALL.values() if isinstance(each.trial, Plan))
OFFLINE_BYTES = 400_000


def lesson_url(lesson: Lesson, more: str = "") -> str:
    return f"/learn/{lesson.id}/{more}"


def refused(answer: HttpResponse) -> str:
    """See a page that says what is wrong and leads to it; return it."""
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "There is a problem" in page
    assert "<title>Problem: " in page
    assert '#try"' not in page  # or the browser would go past the list of problems
    return page


@pytest.mark.parametrize("lesson", ALL.values(), ids=lambda each: each.id)
def test_every_lesson_can_be_read_by_a_stranger_who_leaves_nothing_behind(
    client: Client, lesson: Lesson
) -> None:
    answer = client.get(lesson_url(lesson))
    text = text_of(answer)
    for words in (lesson.front.title, lesson.keep.split("’")[0], lesson.parts[-1].heading):
        assert words.split("’")[0] in text
    if lesson.net:
        assert lesson.net.text.split("’")[0] in text
    assert 'href="/safe/"' in answer.content.decode()
    assert (Person.objects.count(), Session.objects.count()) == (0, 0)
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_lesson_hides_behind_another_page() -> None:
    hidden = [id for id in ALL if resolve(reverse("lesson", args=[id])).func is not views.lesson]
    assert hidden == []


def test_a_lesson_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/learn/no-such-lesson/").status_code == 404
    for deed in ("keep", "lists", "to-do"):
        assert client.post(f"/learn/no-such-lesson/{deed}/").status_code == 404


def test_a_deed_that_a_lesson_does_not_offer_is_not_found(client: Client) -> None:
    assert client.post(lesson_url(FIRST, "lists/"), {"left": "x"}).status_code == 404
    assert client.post(lesson_url(FIRST, "to-do/"), {"own": "x"}).status_code == 404


def test_somebody_known_finds_what_they_read_marked_and_what_comes_next(client: Client) -> None:
    person = cleared(client)
    assert "Read" not in re.findall(r'book__read">(\w+)', client.get("/learn/").content.decode())
    client.get(lesson_url(FIRST))
    assert lessons.notes_of(person)[FIRST.id].read is not None
    shelf = client.get("/learn/").content.decode()
    assert re.findall(r'book__read">(\w+)', shelf) == ["Read"]
    assert "It goes on from what you read last." in shelf


@pytest.mark.parametrize("header", ["prefetch", "prefetch;prerender"])
def test_a_page_that_the_browser_fetches_ahead_counts_as_unread(
    client: Client, header: str
) -> None:
    person = cleared(client)
    client.get(lesson_url(FIRST), headers={"sec-purpose": header})
    client.head(lesson_url(FIRST))
    assert lessons.notes_of(person) == {}


def test_keeping_a_sentence_begins_a_record_and_leads_back_to_it(client: Client) -> None:
    answer = client.post(lesson_url(FIRST, "keep/"))
    assert (answer.status_code, answer.url) == (303, f"/learn/{FIRST.id}/?saved=sentence#said")
    person = UUID(client.session["person"])
    assert lessons.notes_of(person)[FIRST.id].kept is not None
    assert FIRST.keep.split("’")[0] in text_of(client.get("/learn/kept/"))
    answer = client.post(lesson_url(FIRST, "keep/"), {"wanted": "no", "from": "kept"})
    assert (answer.status_code, answer.url) == (303, "/learn/kept/")
    assert "Nothing kept yet" in text_of(client.get("/learn/kept/"))


def test_letting_go_creates_nobody(client: Client) -> None:
    client.post(lesson_url(FIRST, "keep/"), {"wanted": "no"})
    client.post(lesson_url(PLAN, "to-do/"), {"deed": "done"})
    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("x" * (WORDS_TOP + 1), "too long"),
        ("\n".join(map(str, range(IDEAS_TOP + 1))), "a lot of things"),
        ("<b>bell\x07</b>", "a sign in there"),
        ("   ", "at least one thing"),
    ],
)
def test_lists_that_cannot_be_kept_come_back_as_typed_and_nothing_is_stored(
    client: Client, own: str, said: str
) -> None:
    page = refused(client.post(lesson_url(LISTS, "lists/"), {"left_own": own, "right": "Singing"}
                               if own.strip() else {"left_own": own}))  # fmt: skip
    assert said in page
    if own.strip():
        assert 'value="Singing" checked' in page
    assert "<b>bell" not in page
    assert Person.objects.count() == 0


def test_own_things_stay_ticked_beside_the_ideas(client: Client) -> None:
    client.post(lesson_url(LISTS, "lists/"), {"left_own": "Rain\nA <row>\n\n"})
    page = client.get(lesson_url(LISTS)).content.decode()
    assert 'value="Rain" checked' in page
    assert 'value="A &lt;row&gt;" checked' in page


@pytest.mark.parametrize("sent", [{}, {"what": "something else"}, {"own": "y" * (WORDS_TOP + 1)},
                                  {"own": "a\x00b"}])  # fmt: skip
def test_a_thing_to_do_that_cannot_be_kept_is_asked_for_again(
    client: Client, sent: dict[str, str]
) -> None:
    refused(client.post(lesson_url(PLAN, "to-do/"), sent))
    assert Person.objects.count() == 0


def test_a_thing_to_do_waits_on_today_and_goes_when_let_go(client: Client) -> None:
    client.post(lesson_url(PLAN, "to-do/"), {"own": "Hum a tune", "when": "at dawn"})
    today = client.get("/today/")
    assert "Hum a tune" in text_of(today)
    assert "at dawn" not in text_of(today), "only what the lesson offers is a time"
    answer = client.post(lesson_url(PLAN, "to-do/"), {"deed": "drop", "from": "today"})
    assert (answer.status_code, answer.url) == (303, "/today/")
    assert "Hum a tune" not in text_of(client.get("/today/"))


@pytest.mark.parametrize("path", ["/learn/", "/learn/kept/", lesson_url(FIRST), lesson_url(LISTS)])
def test_with_records_out_of_reach_there_is_still_everything_to_read(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    cleared(client)

    def gone(*_: object, **__: object) -> None:
        raise OperationalError("no such luck")

    monkeypatch.setattr(lessons, "look", gone)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["pick=99", "pick=%00", "s0=maybe", "g0=1e999", "g0=nan", "g0=-5", "worry=9", "saved=x"],
)
def test_an_address_with_nonsense_in_it_shows_the_page_as_it_is(client: Client, query: str) -> None:
    for lesson in ALL.values():
        answer = client.get(f"{lesson_url(lesson)}?{query}")
        assert answer.status_code == 200
        assert "nan" not in re.findall(r'value="([^"]*)"', answer.content.decode())


def test_every_difference_from_the_booklet_is_shown_with_its_reason(client: Client) -> None:
    page = client.get("/learn/differences/").content.decode()
    rows = views.words.page("differences")["difference"]
    assert page.count("<dt>Why</dt>") == len(rows) > 0


def test_the_rail_never_goes_over_the_edge_nor_off_the_hill() -> None:
    names = (*buffer.DOWN, *buffer.UP)
    for level in range(4 ** len(names)):
        levels = {name: level // 4**n % 4 for n, name in enumerate(names)}
        at = buffer.place(levels)
        assert buffer.LOWEST <= at <= buffer.USUAL < 1
        for name in names:
            if levels[name] < buffer.LEVEL_TOP:
                moved = buffer.place({**levels, name: levels[name] + 1})
                assert moved <= at if name in buffer.DOWN else moved >= at


@pytest.mark.parametrize(
    ("preset", "zone"), [("usual", "usual"), ("months", "low"), ("practice", "regained")]
)
def test_three_times_of_life_look_as_they_are_called(preset: str, zone: str) -> None:
    asked = {name: str(level) for name, level in buffer.PRESETS[preset].items()}
    assert buffer.picture(asked).zone == zone


def test_all_lessons_fit_on_a_phone_with_no_signal(client: Client) -> None:
    pages = [client.get(path) for path in offline_pages()]
    assert {answer.status_code for answer in pages} == {200}
    size = sum(len(gzip.compress(answer.content)) for answer in pages)
    print(f"offline: {len(pages)} pages, {size:,} bytes with gzip")
    assert size <= OFFLINE_BYTES
    assert len(offline_urls()) == len(pages) + len(FILES)
