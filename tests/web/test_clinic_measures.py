"""The clinic's pages of measures: the card first, nothing lost, nothing loaded by halves."""

import json
import re
from base64 import b64encode
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safetomove.core.measures import Answers, Score
from safetomove.services import instruments, measures
from safetomove.services.clinic import (
    enrolment,
    measure_reading,
    measure_rounds,
    members,
    paper_measures,
)
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Role
from safetomove.services.measures import Occasion, Taken
from tests.clinics import NOW, Worker, a_clinic, a_member, a_worker, signed_in
from tests.courses import a_group
from tests.web.visits import come_as, form_for, text_of

pytestmark = pytest.mark.django_db

READER = "Sam Lee reads these on weekdays from 9 to 5"
NOW_DO = "What to do now"
NINE = {f"q{number}": "0" for number in range(1, 9)}


@pytest.fixture(autouse=True)
def site(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.DATA_FOLDER = tmp_path
    settings.SELF_HARM_READER = ""
    monkeypatch.setattr("safetomove.web.who.now", lambda request=None: NOW)
    return settings


@pytest.fixture
def worker() -> Worker:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST, name="Priya Shah")


@pytest.fixture
def staff(worker: Worker) -> Client:
    return signed_in(worker)


def invented(rules: str = "phq9", count: int = 9, version: str = "1") -> bytes:
    """Make a site's file of invented words: no owner's wording stands in these tests."""
    answers = 'answers = ["never", "some", "more", "most"]\n'
    head = f'rules = "{rules}"\nversion = "{version}"\ntitle = "Invented"\n{answers}'
    return (head + "".join(f'[[item]]\nasks = "Invented {at}"\n' for at in range(count))).encode()


@pytest.fixture
def phq9(site: Any) -> None:
    site.SELF_HARM_READER = READER
    instruments.load(invented(), name="phq9.toml", now=NOW)


def address(worker: Worker, name: str, *args: object) -> str:
    return reverse(name, args=[worker.at.held.clinic, *args])


def paper(worker: Worker, member: UUID, id: str = "own-numbers") -> str:
    return address(worker, "clinic_measure_paper", member, id)


def send(staff: Client, where: str, **typed: str) -> HttpResponse:
    """Open a form and send it as a browser would."""
    hidden = form_for(staff.get(where), where)
    return staff.post(where, {**hidden, "day": "17 11 2026", "label": "first", **typed})


def readable(worker: Worker, member: UUID) -> tuple[Taken, ...]:
    one = members.member(worker.at.held, member)
    return measure_reading.reading(worker.at, one, now=NOW).takings


# --- One person --------------------------------------------------------------------------
def test_a_paper_form_is_typed_in_as_it_stands_and_a_second_tap_keeps_it_once(
    worker: Worker, staff: Client
) -> None:
    brian = a_member(worker.at, "Brian Cole", joined=False)
    where = paper(worker, brian)
    hidden = form_for(staff.get(where), where)
    sent = {**hidden, "day": "10.11.2026", "label": "first", "gets_in_the_way": "7", "pain": "5"}
    first, again = staff.post(where, sent), staff.post(where, sent)
    assert (first.status_code, first.url) == (303, again.url)
    (one,) = readable(worker, brian)
    assert (one.day.isoformat(), one.label) == ("2026-11-10", Occasion.FIRST)
    assert one.answers.values == {"gets_in_the_way": 7, "pain": 5}
    shown = text_of(staff.get(first.url))
    assert "Your clinic keeps it" in shown
    assert "Gets in the way 7" in shown
    assert "from paper, by Priya Shah" in shown
    other = staff.post(where, {**sent, "pain": "6"})
    assert other.status_code == 422
    assert len(readable(worker, brian)) == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("day", ""), ("day", "soon"), ("day", "31 2 2026"), ("day", "18 11 2026"),
        ("day", "1 1 1901"), ("day", "\x00"), ("label", ""), ("label", "middle"),
        ("gets_in_the_way", "11"), ("gets_in_the_way", "-1"), ("gets_in_the_way", "9" * 50_000),
        ("gets_in_the_way", "\x00"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_beside_what_was_typed_and_nothing_is_kept(
    worker: Worker, staff: Client, field: str, typed: str
) -> None:
    brian = a_member(worker.at, "Brian Cole", joined=False)
    answer = send(staff, paper(worker, brian), **{"pain": "4", field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert f'href="#{field}"' in page
    assert 'value="4" checked' in page  # what was right is not lost
    assert readable(worker, brian) == ()


def test_a_change_is_set_beside_the_change_that_counts_and_a_gap_says_why(
    worker: Worker, staff: Client
) -> None:
    brian = a_member(worker.at, "Brian Cole", joined=False)
    stands = paper(worker, brian, "sit-to-stand")
    send(staff, stands, day="1 9 2026", stands="11")
    send(staff, stands, day="1 10 2026", label="last", stands="15")
    send(staff, paper(worker, brian), pain="4")
    shown = text_of(staff.get(address(worker, "clinic_measures", brian)))
    assert "Since 1 September 2026: From 11 to 15. That is a change for the better." in shown
    assert "No score: none of its questions was answered." in shown
    assert "no record of their own" in shown
    send(staff, stands, label="other", stands="12")
    again = text_of(staff.get(address(worker, "clinic_measures", brian)))
    assert "less than a change that counts (3 points)" in again


@pytest.mark.usefixtures("phq9")
def test_a_band_is_said_in_words_and_its_range_beside_it(worker: Worker, staff: Client) -> None:
    brian = a_member(worker.at, "Brian Cole", joined=False)
    answers = {f"q{number}": "2" for number in range(1, 9)}
    shown = text_of(staff.get(send(staff, paper(worker, brian, "phq9"), **answers, q9="0").url))
    assert "16 (from 0 to 27): between moderate and severe" in shown
    assert NOW_DO not in shown


@pytest.mark.usefixtures("phq9")
@pytest.mark.parametrize("joined", [True, False])
def test_what_item_nine_raises_comes_before_everything_on_each_page(
    worker: Worker, staff: Client, joined: bool
) -> None:
    shares = (Item.MEASURES,) if joined else ()
    member = a_member(worker.at, "Amina Begum", *shares, joined=joined)
    kept = send(staff, paper(worker, member, "phq9"), **NINE, q9="1").url
    for where in (kept, address(worker, "clinic_measures", member)):
        page = staff.get(where).content.decode()
        main = page.split("<main", 1)[1]
        assert main.index(NOW_DO) < main.index("<h1")
        assert "Are you safe right now?" in main
        assert "Call 999" in main
        assert "tells nobody by itself" in main


@pytest.mark.usefixtures("phq9")
def test_the_card_comes_even_where_another_answer_is_wrong(worker: Worker, staff: Client) -> None:
    brian = a_member(worker.at, "Brian Cole", joined=False)
    answer = send(staff, paper(worker, brian, "phq9"), q1="9", q9="3")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.index(NOW_DO) < page.index("There is a problem")
    assert readable(worker, brian) == ()


def test_words_on_a_form_that_tell_of_self_harm_raise_the_card_too(
    worker: Worker, staff: Client
) -> None:
    brian = a_member(worker.at, "Brian Cole", joined=False)
    words = {"a1-words": "I want to kill myself", "a1": "1"}
    kept = send(staff, paper(worker, brian, "own-activities"), **words)
    page = staff.get(kept.url).content.decode()
    assert page.index(NOW_DO) < page.index("<h1")


def test_without_consent_the_page_says_so_and_shows_only_the_clinics_own(
    worker: Worker, staff: Client
) -> None:
    amina = a_member(worker.at, "Amina Begum")
    person = members.member(worker.at.held, amina).person
    assert person is not None
    measures.record(
        person=person,
        instrument="sit-to-stand",
        answers=Answers(values={"stands": 33}),
        client_key="k",
        now=NOW,
    )
    where = address(worker, "clinic_measures", amina)
    shown = text_of(staff.get(where))
    assert "does not share their measures" in shown
    assert "33" not in shown
    form = text_of(staff.get(paper(worker, amina)))
    assert "kept by your clinic, sealed under its key" in form


def test_staff_take_out_their_own_slip_and_nothing_of_the_persons(
    worker: Worker, staff: Client
) -> None:
    amina = a_member(worker.at, "Amina Begum", Item.MEASURES)
    person = members.member(worker.at.held, amina).person
    assert person is not None
    own = measures.record(
        person=person,
        instrument="own-numbers",
        answers=Answers(values={"pain": 3}),
        client_key="k",
        now=NOW,
    )
    slip = send(staff, paper(worker, amina), pain="9").url.split("/kept/")[1].split("/")[0]
    for name, stays in ((slip, False), (own.name, True)):
        staff.post(address(worker, "clinic_measure_withdraw", amina, name))
        kept = {one.name for one in readable(worker, amina)}
        assert (name in kept) is stays
    page = text_of(staff.get(address(worker, "clinic_measure_kept", amina, own.name)))
    assert "Only they can take it out" in page


# --- A group -----------------------------------------------------------------------------
def test_a_group_is_asked_at_its_start_and_the_end_is_offered_with_the_same(
    worker: Worker, staff: Client
) -> None:
    group = a_group(worker.at)
    amina = a_member(worker.at, "Amina Begum")
    brian = a_member(worker.at, "Brian Cole", joined=False)
    for member in (amina, brian):
        enrolment.enrol(worker.at, group=group, member=member, now=NOW)
    where = address(worker, "clinic_group_measures", group)
    assert "checked" not in staff.get(where).content.decode()  # nothing is chosen in advance
    nothing = staff.post(where, {"label": "first"})
    assert nothing.status_code == 422
    assert "Choose at least one measure" in text_of(nothing)
    sent = {"label": "first", "instruments-first": ["own-numbers", "sit-to-stand"]}
    assert staff.post(where, sent).status_code == 303
    shown = text_of(staff.get(where))
    assert "One person needs a paper form: Brian Cole" in shown
    assert shown.count("Not yet") == 2
    assert shown.count("Needs paper") == 2
    last = staff.get(where).content.decode().split('id="last"')[1]
    assert len(re.findall(r'value="(?:own-numbers|sit-to-stand)" checked', last)) == 2
    send(staff, f"{paper(worker, brian)}", pain="4")
    assert text_of(staff.get(where)).count("Answered") == 1


@pytest.mark.parametrize(
    "bad", [{"label": "other"}, {"label": "\x00"}, {}, {"label": "last", "instruments-last": "x"}]
)
def test_an_asking_that_makes_no_sense_asks_nobody(
    worker: Worker, staff: Client, bad: dict[str, str]
) -> None:
    group = a_group(worker.at)
    amina = a_member(worker.at, "Amina Begum")
    enrolment.enrol(worker.at, group=group, member=amina, now=NOW)
    answer = staff.post(address(worker, "clinic_group_measures", group), bad)
    assert answer.status_code == 422
    assert "First asked on" not in text_of(answer)


def test_pages_ask_the_database_no_more_where_there_is_more_to_show(
    worker: Worker, staff: Client
) -> None:
    counted: dict[str, list[int]] = {"group": [], "person": []}
    for size in (2, 12):
        group = a_group(worker.at, places=size)
        for number in range(size):
            member = a_member(worker.at, f"Person {number}", Item.MEASURES, joined=number % 2 == 0)
            enrolment.enrol(worker.at, group=group, member=member, now=NOW)
        for number in range(size):
            paper_measures.record(
                worker.at, members.member(worker.at.held, member), instrument="own-numbers",
                answers=Answers(values={"pain": 4}), label=Occasion.FIRST, day=None,
                client_key=f"{size}-{number}", now=NOW,
            )  # fmt: skip
        places = {
            "group": address(worker, "clinic_group_measures", group),
            "person": address(worker, "clinic_measures", member),
        }
        staff.post(places["group"], {"label": "first", "instruments-first": ["own-numbers"]})
        for name, where in places.items():
            with CaptureQueriesContext(connection) as asked:
                assert staff.get(where).status_code == 200
            counted[name].append(len(asked))
    assert counted["group"][0] == counted["group"][1]
    assert counted["person"][0] == counted["person"][1]


# --- Instruments -------------------------------------------------------------------------
def upload(worker: Worker, staff: Client, data: bytes, name: str, **about: str) -> HttpResponse:
    file = SimpleUploadedFile(name, data)
    return staff.post(address(worker, "clinic_instruments_load"), {"file": file, **about})


def fhir(count: int = 2, **over: object) -> bytes:
    options = [{"valueString": f"answer {at}"} for at in range(4)]
    items = [
        {"linkId": f"{at}", "text": f"Invented {at}", "type": "choice", "answerOption": options}
        for at in range(count)
    ]
    form = {"resourceType": "Questionnaire", "status": "active", "version": "7",
            "title": "Invented", "item": items}  # fmt: skip
    return json.dumps({**form, **over}).encode()


def test_a_form_is_looked_at_first_and_loaded_only_with_the_right_to_use_it(
    worker: Worker, staff: Client
) -> None:
    looked = upload(worker, staff, fhir(), "form.json", rules="phq2")
    page = looked.content.decode()
    assert looked.status_code == 200
    assert "Invented 1" in page
    assert "answer 3" in page
    assert instruments.loaded() == ()
    load = address(worker, "clinic_instruments_load")
    sent = {**form_for(looked, load), "deed": "load"}
    refused = staff.post(load, sent)
    assert refused.status_code == 422
    assert "right to use it" in text_of(refused)
    assert instruments.loaded() == ()
    assert "Invented 1" in text_of(refused)
    for _ in range(2):
        assert staff.post(load, {**sent, "licence": "yes"}).status_code == 303
    (one,) = instruments.loaded()
    assert (one.instrument.id, one.instrument.version) == ("phq2", "7")
    shown = text_of(staff.get(address(worker, "clinic_instruments") + "?saved=loaded"))
    assert "by Priya Shah" in shown
    assert "Version 7" in shown


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"{", "broken.json", "is not JSON"),
        (b'{"resourceType": "Patient"}', "p.json", "not a FHIR Questionnaire"),
        (fhir(3), "three.json", "2 items"),
        (fhir(item=[{"linkId": "1", "type": "moon"}] * 2), "moon.json", "same linkId"),
        (invented("phq2", 3), "three.toml", "2 items"),
        (invented("phq99", 2), "lost.toml", "no scoring rules"),
        (invented("phq2", 2) + b'[[item]]\nid = "zz"\nasks = "x"\n', "odd.toml", "item"),
        (invented("own-numbers", 5), "ours.toml", "our own"),
        (b"\xff\xfe\x00", "bytes.toml", "not UTF-8"),
        (b"a\x00b", "nul.toml", "can’t be shown"),
        (b"x" * 2_000_001, "large.toml", "larger than 2 MB"),
        (b"", "empty.toml", "problem"),
        (b"11111,1\n11112,oops", "values.csv", "line 2"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence_and_nothing_is_loaded(
    worker: Worker, staff: Client, data: bytes, name: str, said: str
) -> None:
    answer = upload(worker, staff, data, name, rules="phq2" if name.endswith("json") else "")
    assert answer.status_code == 422
    assert said in text_of(answer).replace("&#34;", '"')
    assert instruments.loaded() == ()


@pytest.mark.parametrize("packed", ["", "%%%", b64encode(b"x = ").decode(), "\x00"])
def test_a_file_lost_between_the_look_and_the_loading_loads_nothing(
    worker: Worker, staff: Client, packed: str
) -> None:
    sent = {"deed": "load", "licence": "yes", "packed": packed, "name": "x.toml"}
    answer = staff.post(address(worker, "clinic_instruments_load"), sent)
    assert answer.status_code == 422
    assert instruments.loaded() == ()


def test_a_reversed_range_is_refused_before_anything_is_loaded(
    worker: Worker, staff: Client
) -> None:
    scoring = (
        '[scoring]\nid = "mine"\n[[scoring.items]]\nids = ["q1"]\nlow = 4\nhigh = 0\n'
        '[[scoring.scales]]\nid = "total"\nitems = ["q1"]\ndirection = "more_is_worse"\n'
    )
    data = 'version = "1"\ntitle = "Mine"\n[[item]]\nasks = "Invented"\n' + scoring
    answer = upload(worker, staff, data.encode(), "mine.toml")
    assert answer.status_code == 422
    assert "not a range" in text_of(answer)
    good = upload(worker, staff, data.replace("low = 4\nhigh = 0", "low = 0\nhigh = 4").encode(),
                  "mine.toml")  # fmt: skip
    assert good.status_code == 200


@pytest.mark.parametrize("reader", ["", READER])
def test_the_look_says_whether_the_question_about_self_harm_is_asked_and_who_reads_it(
    worker: Worker, staff: Client, site: Any, reader: str
) -> None:
    site.SELF_HARM_READER = reader
    shown = text_of(upload(worker, staff, invented(), "phq9.toml"))
    assert (READER in shown) is bool(reader)
    assert ("left out here" in shown) is not bool(reader)
    assert ("Nobody is named on this site" in shown) is not bool(reader)


def test_a_country_s_table_is_loaded_whole_and_the_page_says_so(
    worker: Worker, staff: Client
) -> None:
    states = ["".join(each) for each in product("12345", repeat=5)]
    rows = "".join(f"{each},{1 - 0.05 * (sum(map(int, each)) - 5):.3f}\n" for each in states)
    looked = upload(worker, staff, rows.encode(), "Country.CSV")
    assert "3,125 states" in text_of(looked)
    assert instruments.value_set() is None
    load = address(worker, "clinic_instruments_load")
    sent = {**form_for(looked, load), "deed": "load", "licence": "yes"}
    assert staff.post(load, sent).status_code == 303
    assert instruments.value_set() is not None
    assert "is loaded for EQ-5D-5L" in text_of(staff.get(address(worker, "clinic_instruments")))
    short = upload(worker, staff, rows[:2000].encode(), "short.csv")
    assert short.status_code == 422


@pytest.mark.usefixtures("phq9")
def test_words_taken_away_leave_old_answers_scored(worker: Worker, staff: Client) -> None:
    brian = a_member(worker.at, "Brian Cole", joined=False)
    send(staff, paper(worker, brian, "phq9"), **NINE, q9="0")
    remove = address(worker, "clinic_instrument_remove", "phq9")
    assert "Answers stay" in text_of(staff.get(remove))
    assert len(instruments.loaded()) == 1
    assert staff.post(remove).status_code == 303
    assert instruments.loaded() == ()
    assert isinstance(readable(worker, brian)[0].result, Score)
    assert staff.get(paper(worker, brian, "phq9")).status_code == 404
    ours = address(worker, "clinic_instrument_remove", "own-numbers")
    assert staff.post(ours).status_code == 303
    assert "own-numbers" in instruments.every()


# --- Paper -------------------------------------------------------------------------------
@pytest.mark.usefixtures("phq9")
def test_an_empty_form_can_be_printed_with_the_crisis_line_where_it_asks_about_self_harm(
    worker: Worker, staff: Client, site: Any
) -> None:
    def form(id: str) -> str:
        return text_of(staff.get(address(worker, "clinic_instrument_blank", id)))

    assert "thoughts of harming yourself" in form("phq9")
    assert "Invented 8" in form("phq9")
    assert "thoughts of harming yourself" not in form("own-numbers")
    for id in ("own-activities", "sit-to-stand"):
        assert "Date of birth" in form(id)
    site.SELF_HARM_READER = ""
    assert "Invented 8" not in form("phq9")
    assert "thoughts of harming yourself" not in form("phq9")


def test_what_is_asked_stands_on_the_persons_today_until_it_is_answered(worker: Worker) -> None:
    group, amina = a_group(worker.at), a_member(worker.at, "Amina Begum")
    enrolment.enrol(worker.at, group=group, member=amina, now=NOW)
    person = members.member(worker.at.held, amina).person
    assert person is not None
    own = Client()
    come_as(own, person)
    line = "asked for one measure"
    assert line not in text_of(own.get("/today/"))
    ids = ["sit-to-stand"]
    measure_rounds.ask(worker.at, group=group, ids=ids, label=Occasion.FIRST, now=NOW)
    assert line in text_of(own.get("/today/"))
    stands = Answers(values={"stands": 9})
    measures.record(person=person, instrument=ids[0], answers=stands, client_key="k", now=NOW)
    assert line not in text_of(own.get("/today/"))


def test_the_day_on_a_form_is_the_clinics_wherever_the_browser_is(
    worker: Worker, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = NOW.replace(hour=23, minute=30)  # the 18th already in Berlin
    monkeypatch.setattr("safetomove.web.who.now", lambda request=None: late)
    staff.cookies["tz"] = "Europe/Berlin"
    brian = a_member(worker.at, "Brian Cole", joined=False)
    form = staff.get(paper(worker, brian)).content.decode()
    assert 'value="17 11 2026"' in form
    assert send(staff, paper(worker, brian), day="18 11 2026", pain="4").status_code == 422
