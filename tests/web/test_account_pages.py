"""Accounts: plain words, nothing lost, and who is out is out."""

import json
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from safetomove.records.models import CheckInRow, Person
from safetomove.services import people
from tests.web.hidden import hidden

pytestmark = pytest.mark.django_db

PASSWORD = "green hills walking slowly"
OTHER = "a second long password"
DAY = "date,pain\n2026-11-01,3\n"


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    cache.clear()


def sign_up(client: Client, name: str = "asha", password: str = PASSWORD) -> HttpResponse:
    return client.post("/account/signup/", {"username": name, "password1": password})


def sign_in(client: Client, name: str = "asha", password: str = PASSWORD) -> HttpResponse:
    sent = {"login": name, "password": password, "remember": "on"}
    return client.post("/account/login/", sent)


def note(client: Client, rows: str = DAY) -> None:
    """Begin a diary, or add to it, as a browser does."""
    sent = hidden(client.post("/my-data/import/", {"pasted": rows}), "rows", "kind", "key")
    assert client.post("/my-data/import/confirm/", sent).status_code == 303


def days(client: Client) -> list[str]:
    return [line.split(",")[0] for line in csv_of(client).splitlines()[1:]]


def csv_of(client: Client) -> str:
    answer = client.get("/my-data/export.csv")
    return answer.content.decode() if answer.status_code == 200 else ""


def test_a_guest_who_signs_up_finds_the_diary_on_another_device(client: Client) -> None:
    note(client)
    assert sign_up(client).status_code == 302
    elsewhere = Client()
    sign_in(elsewhere)
    assert days(elsewhere) == ["2026-11-01"]
    assert Person.objects.count() == 1


def test_what_is_noted_after_signing_up_with_nothing_belongs_to_the_account(
    client: Client,
) -> None:
    sign_up(client)
    note(client)
    elsewhere = Client()
    sign_in(elsewhere)
    assert days(elsewhere) == ["2026-11-01"]


@pytest.mark.parametrize(
    ("name", "password", "says"),
    [
        ("", PASSWORD, "Type a name to sign in with."),
        ("a", PASSWORD, "Choose a name of two letters or more."),
        ("a b", PASSWORD, "no spaces"),
        ("a" * 151, PASSWORD, "Choose a shorter name"),
        ("as\x00ha", PASSWORD, "letters"),
        ("Dev", PASSWORD, "Somebody else has this name"),
        ("asha", "", "Type a password."),
        ("asha", "short", "Use at least 10 letters or numbers."),
        ("asha", "1234567890", "easy to guess"),
        ("ashaashaasha", "ashaashaasha", "too much like your name"),
    ],
    ids="none one-letter space long nul taken no-word short common alike".split(),
)
def test_what_is_wrong_is_said_plainly_and_the_name_is_kept_but_not_the_password(
    client: Client, name: str, password: str, says: str
) -> None:
    get_user_model().objects.create_user("dev")
    answer = sign_up(client, name, password)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert 'href="#username"' in page or 'href="#password1"' in page
    assert not password or f'value="{password}"' not in page.replace(f'value="{name}"', "")
    assert not name.isalpha() or f'value="{name}"' in page
    assert get_user_model().objects.count() == 1


@pytest.mark.parametrize("name", ["", "a", "a b", "a" * 151, "as\x00ha", "dev", "DEV"])
def test_a_passkey_account_takes_no_name_that_a_password_account_would_not(
    client: Client, name: str
) -> None:
    get_user_model().objects.create_user("dev")
    assert client.post("/account/passkey/", {"username": name}).status_code == 422
    assert get_user_model().objects.count() == 1


def test_a_wrong_password_is_told_without_saying_whether_the_name_exists(client: Client) -> None:
    sign_up(client)
    said = [sign_in(Client(), name, "not the password").content for name in ("asha", "nobody")]
    assert b"The name or the password is not right" in said[0]
    stripped = [each.replace(b"asha", b"").replace(b"nobody", b"") for each in said]
    assert len(stripped[0]) == len(stripped[1])


def test_the_sixth_wrong_password_is_stopped_with_a_clear_line(client: Client) -> None:
    sign_up(client)
    other = Client()
    for _ in range(6):
        answer = sign_in(other, password="not the password")
    assert answer.status_code == 422
    assert b"There were too many tries. Wait five minutes" in answer.content


def test_who_sends_the_form_too_often_gets_our_own_page(client: Client) -> None:
    for _ in range(21):
        answer = sign_up(client, "", "")
    assert answer.status_code == 429
    assert b"That was too often" in answer.content
    assert b"999" in answer.content


def test_a_new_password_signs_out_every_other_device_at_once(client: Client) -> None:
    note(client)
    sign_up(client)
    other = Client()
    sign_in(other)
    assert days(other)
    sent = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    answer = client.post("/account/password/change/", sent)
    assert answer.url == "/account/?saved=password"  # type: ignore[attr-defined]
    assert days(client) == ["2026-11-01"]
    assert days(other) == []


def test_the_two_new_passwords_must_be_the_same_and_the_old_one_right(client: Client) -> None:
    sign_up(client)
    sent = {"oldpassword": "no", "password1": OTHER, "password2": OTHER + "x"}
    page = client.post("/account/password/change/", sent).content.decode()
    assert "This is not the password you have now" in page
    assert "The two passwords are not the same" in page


def test_signing_out_everywhere_ends_every_session_of_this_account_alone(client: Client) -> None:
    sign_up(client)
    phone, dev = Client(), Client()
    sign_in(phone)
    sign_up(dev, "dev")
    client.post("/account/logout/everywhere/")
    assert b"I have an account: sign in" in phone.get("/account/").content
    assert b"You are signed in as dev." in dev.get("/account/").content
    assert Session.objects.count() == 1


@pytest.mark.parametrize("device", ["signed out", "erased"])
def test_a_page_left_open_where_the_session_ended_saves_nothing_and_says_so(
    client: Client, device: str
) -> None:
    note(client)
    sign_up(client)
    phone = Client()
    sign_in(phone)
    if device == "erased":
        client.post("/my-data/erase/", {"sure": "yes"})
    else:
        client.post("/account/logout/everywhere/")
    people_before = Person.objects.count()
    left_open = {"rows": "ZGF0ZSxwYWluCjIwMjYtMTEtMDIsMwo=", "kind": "csv", "key": str(UUID(int=7))}
    answer = phone.post("/my-data/import/confirm/", left_open)
    assert answer.status_code == 410
    assert b"This diary is no longer here" in answer.content
    assert Person.objects.count() == people_before


@pytest.fixture
def shared(client: Client) -> Client:
    """Asha has an account with a day; on this device somebody noted two as a guest."""
    owner = Client()
    note(owner)
    sign_up(owner)
    note(client, "date,pain\n2026-11-01,9\n2026-11-02,4\n")
    answer = sign_in(client)
    assert answer.url == "/account/join/"  # type: ignore[attr-defined]
    return client


def test_a_guests_diary_joins_the_account_after_a_yes_and_nothing_is_lost(shared: Client) -> None:
    assert days(shared) == ["2026-11-01"]
    assert shared.post("/account/join/", {"mine": "yes"}).status_code == 303
    assert csv_of(shared).splitlines()[1:] == ["2026-11-01,3", "2026-11-02,4"]
    kept = json.loads(shared.get("/my-data/export.json").content)
    assert [one["was"]["pain"] for one in kept["amended_days"]] == [9]
    assert Person.objects.count() == 1


def test_a_guests_diary_is_left_alone_after_a_no_and_opens_again_after_sign_out(
    shared: Client,
) -> None:
    shared.post("/account/join/", {"mine": "no"})
    assert days(shared) == ["2026-11-01"]
    shared.post("/account/logout/")
    assert days(shared) == ["2026-11-01", "2026-11-02"]


def test_signing_out_everywhere_leaves_a_waiting_diary_on_its_device(shared: Client) -> None:
    shared.post("/account/logout/everywhere/")
    assert days(shared) == ["2026-11-01", "2026-11-02"]


def test_neither_yes_nor_no_asks_again(shared: Client) -> None:
    answer = shared.post("/account/join/", {})
    assert answer.status_code == 422
    assert b"Choose yes or no." in answer.content
    assert CheckInRow.objects.count() == 3


JUNK = ("", "null", "[]", "7", "{}", '{"id": 1}', '{"id": "a", "rawId": "a", "response": {}}',
        '{"type": "public-key", "id": "AA", "rawId": "AA", "response": {"clientDataJSON": "e30", '
        '"attestationObject": "AA", "authenticatorData": "AA", "signature": "AA", '
        '"userHandle": "AA"}}', "not json")  # fmt: skip


@pytest.mark.parametrize("credential", JUNK)
def test_what_is_no_passkey_is_refused_with_a_page(client: Client, credential: str) -> None:
    client.get("/account/passkeys/login/", headers={"accept": "application/json"})
    answer = client.post("/account/passkeys/login/", {"credential": credential})
    assert answer.url == "/account/login/?passkey=no"  # type: ignore[attr-defined]
    assert b"The passkey did not work" in client.get(answer.url).content  # type: ignore[attr-defined]
    client.post("/account/passkey/", {"username": "asha"})
    client.get("/account/passkeys/add/")
    answer = client.post("/account/passkeys/add/", {"credential": credential, "name": "phone"})
    assert answer.status_code == 422
    assert b"The passkey did not work" in answer.content


def test_an_account_without_any_key_yet_says_that_there_is_no_way_back(client: Client) -> None:
    note(client)
    assert client.post("/account/passkey/", {"username": "asha"}).status_code == 303
    assert b"There is no way back in yet" in client.get("/account/").content
    sent = {"password1": PASSWORD, "password2": PASSWORD}
    client.post("/account/password/set/", sent)
    assert b"There is no way back in yet" not in client.get("/account/").content
    elsewhere = Client()
    sign_in(elsewhere)
    assert days(elsewhere) == ["2026-11-01"]


def test_looking_at_the_account_pages_makes_nobody_and_no_session(client: Client) -> None:
    paths = ("", "signup/", "login/", "passkey/", "inactive/", "join/", "password/change/")
    for path in paths:
        assert client.get(f"/account/{path}").status_code in {200, 302}
    assert not Person.objects.exists()
    assert not Session.objects.exists()


def test_one_account_never_sees_the_record_of_another(client: Client) -> None:
    note(client)
    sign_up(client)
    dev = Client()
    sign_up(dev, "dev")
    assert days(dev) == []
    mine = people.person_of_user(get_user_model().objects.get(username="asha").pk)
    assert str(mine) not in dev.get("/my-data/export.json").content.decode()
