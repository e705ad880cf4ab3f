"""My data: in whole or not at all, out whole, gone when it is erased."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from safetomove.core.diary import Diary, read_csv, write_csv, write_json
from safetomove.records.models import CheckInRow, Person
from tests.people import a_day
from tests.web.hidden import hidden

pytestmark = pytest.mark.django_db

FIRST = date(2025, 1, 1)
DIARY = Diary.of(*(a_day(n, first=FIRST, note=f"=day {n} 🙂") for n in range(40)))
IMPORT, CONFIRM = "/my-data/import/", "/my-data/import/confirm/"


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    cache.clear()


def look(client: Client, text: str | bytes, *, as_file: bool = False) -> HttpResponse:
    if not as_file:
        return client.post(IMPORT, {"pasted": text})
    raw = BytesIO(text if isinstance(text, bytes) else text.encode())
    raw.name = "diary.csv"
    return client.post(IMPORT, {"file": raw})


def page_of(client: Client, text: str) -> dict[str, str]:
    return hidden(look(client, text), "rows", "kind", "key")


def bring(client: Client, text: str) -> HttpResponse:
    return client.post(CONFIRM, page_of(client, text))


@pytest.mark.parametrize("as_file", [True, False], ids=["file", "pasted"])
@pytest.mark.parametrize("write", [write_csv, write_json], ids=["csv", "json"])
def test_a_file_is_looked_at_first_and_looking_writes_nothing_and_makes_nobody(
    client: Client, write: Callable[[Diary], str], as_file: bool
) -> None:
    answer = look(client, write(DIARY), as_file=as_file)
    assert b"40 days are new." in answer.content
    assert b"From 1 January 2025 to 9 February 2025." in answer.content
    assert not Person.objects.exists()
    assert not Session.objects.exists()


def test_what_went_out_comes_in_again_as_the_same_diary(client: Client) -> None:
    assert bring(client, write_csv(DIARY)).status_code == 303
    table = client.get("/my-data/export.csv").content.decode()
    everything = client.get("/my-data/export.json").content.decode()
    assert read_csv(table).diary == DIARY
    for text in (table, everything):
        other = Client()
        bring(other, text)
        assert other.get("/my-data/export.csv").content.decode() == table
        assert b"40 days are the same already." in look(client, text).content


def test_a_second_tap_writes_nothing_more(client: Client) -> None:
    page = page_of(client, write_csv(DIARY))
    first, second = client.post(CONFIRM, page), client.post(CONFIRM, page)
    assert first.url == second.url == "/my-data/import/done/?days=40"  # type: ignore[attr-defined]
    assert CheckInRow.objects.count() == 40
    assert Person.objects.count() == 1


def test_a_changed_day_keeps_what_it_said_before(client: Client) -> None:
    bring(client, "date,pain\n2026-11-01,3\n")
    assert b"1 day would change." in look(client, "date,pain\n2026-11-01,5\n").content
    bring(client, "date,pain\n2026-11-01,5\n")
    kept = json.loads(client.get("/my-data/export.json").content)
    assert [one["was"]["pain"] for one in kept["amended_days"]] == [3]
    assert kept["diary"][0]["pain"] == 5


ROWS = {
    "above": ("date,pain\n2026-11-01,11\n", "2", "pain", "from 0 to 10"),
    "below": ("date,pain\n2026-11-01,-1\n", "2", "pain", "from 0 to 10"),
    "not a number": ("date,pain\n2026-11-01,nan\n", "2", "pain", "from 0 to 10"),
    "no such day": ("date,pain\n2026-02-29,1\n", "2", "date", "no such day"),
    "year 1": ("date,pain\n0001-01-01,1\n", "2", "date", ""),
    "twice": ("date,pain\n2026-11-01,1\n2026-11-01,2\n", "3", "date", "twice"),
    "to come": ("date,pain\n2026-11-01,1\n2199-11-01,2\n", "3", "date", "not begun"),
    "no header": ("2026-11-01,3\n", "1", "date", "column named date"),
    "nul": ("date,note\n2026-11-01,a\x00b\n", "2", "(file)", "NUL"),
    "json": ('[{"date": "2026-11-01", "pain": 11}]', "1", "pain", "from 0 to 10"),
    "deep json": ("[" * 100_000, "1", "(file)", "JSON"),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_refused_row_is_named_with_what_to_do_and_nothing_is_written(
    client: Client, case: str
) -> None:
    text, row, column, reason = ROWS[case]
    answer = look(client, text)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<th scope="row">{row}</th><td>{column}</td>' in page
    assert reason in page
    assert 'href="#refused"' in page
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "The file is empty"),
        (b"  \n", "The file is empty"),
        (b"PK\x03\x04 and more", "This is a spreadsheet"),
        ("date,note\n2026-11-01,caf\u00e9\n".encode("latin-1"), "Save it as CSV (UTF-8)"),
        ("date,note\n2026-11-01,a\n".encode("utf-16"), "Save it as CSV (UTF-8)"),
    ],
    ids="no-bytes blank xlsx latin-1 utf-16".split(),
)
def test_a_file_that_is_no_diary_is_refused_with_what_to_do(
    client: Client, raw: bytes, says: str
) -> None:
    answer = look(client, raw, as_file=True)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert 'href="#file"' in answer.content.decode()


def test_a_file_with_a_header_and_no_day_says_that_there_is_nothing_new(client: Client) -> None:
    answer = look(client, "date,pain\n")
    assert answer.status_code == 200
    assert b"There is nothing new in this file." in answer.content


def test_ten_megabytes_of_words_are_refused_with_a_page(client: Client) -> None:
    answer = look(client, "walking is good for me " * 450_000)
    assert answer.status_code == 422
    assert len(answer.content) < 100_000


def test_ten_years_of_days_come_in_and_the_page_says_that_it_takes_a_moment(
    client: Client,
) -> None:
    rows = "".join(f"{FIRST - timedelta(days=n)},{n % 10}\n" for n in range(3650))
    assert b"it takes a moment" in look(client, f"date,pain\n{rows}").content
    bring(client, f"date,pain\n{rows}")
    assert CheckInRow.objects.count() == 3650


@pytest.mark.parametrize("broken", ["rows", "kind", "key"])
def test_rows_that_were_changed_on_the_way_are_refused_and_make_nobody(
    client: Client, broken: str
) -> None:
    page = page_of(client, "date,pain\n2026-11-01,3\n") | {broken: "é"}
    assert client.post(CONFIRM, page).status_code == 422
    bad = page_of(client, "date,pain\n2026-11-01,3\n") | {"rows": "ZGF0ZQphYmM="}
    assert client.post(CONFIRM, bad).status_code == 422
    assert not Person.objects.exists()


def test_what_was_pasted_is_still_there_to_be_mended(client: Client) -> None:
    assert b"2026-11-01,eleven" in look(client, "date,pain\n2026-11-01,eleven\n").content


def test_erasing_needs_the_tick(client: Client) -> None:
    bring(client, "date,pain\n2026-11-01,3\n")
    answer = client.post("/my-data/erase/", {})
    assert answer.status_code == 422
    assert b'href="#sure"' in answer.content
    assert Person.objects.exists()


def test_erasing_leaves_no_record_account_or_session(client: Client) -> None:
    bring(client, "date,pain\n2026-11-01,3\n")
    words = {"username": "asha", "password1": "green hills walking slowly"}
    client.post("/account/signup/", words)
    answer = client.post("/my-data/erase/", {"sure": "yes"})
    assert answer.url == "/my-data/erased/"  # type: ignore[attr-defined]
    for kept in (Person, CheckInRow, Session, get_user_model()):
        assert not kept.objects.exists()
    assert b"Nothing of yours is kept here yet." in client.get("/my-data/").content


def test_an_account_without_a_day_is_erased_too(client: Client) -> None:
    words = {"username": "asha", "password1": "green hills walking slowly"}
    client.post("/account/signup/", words)
    client.post("/my-data/erase/", {"sure": "yes"})
    assert not get_user_model().objects.exists()


def test_a_page_from_before_the_erasing_saves_nothing_and_says_so() -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(IMPORT)
    token = client.cookies["csrf"].value
    shown = client.post(IMPORT, {"pasted": "date\n2026-11-01\n", "csrfmiddlewaretoken": token})
    page = hidden(shown, "rows", "kind", "key") | {"csrfmiddlewaretoken": token}
    client.post(CONFIRM, page)
    client.post("/my-data/erase/", {"sure": "yes", "csrfmiddlewaretoken": token})
    answer = client.post(CONFIRM, page)
    assert answer.status_code == 410
    assert b"This diary is no longer here" in answer.content
    assert not Person.objects.exists()


def test_somebody_unknown_is_never_told_that_their_data_are_erased(client: Client) -> None:
    answer = client.post("/my-data/erase/", {"sure": "yes"})
    assert answer.status_code == 410


def test_there_is_nothing_to_take_away_before_anything_is_kept(client: Client) -> None:
    for path in ("export.csv", "export.json"):
        assert client.get(f"/my-data/{path}").url == "/my-data/"  # type: ignore[attr-defined]
