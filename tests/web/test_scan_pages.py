"""Scans by age, a report in plain words, things people told me: what comes back for what."""

from uuid import uuid4

import pytest
from django.test import Client

from safetomove.records.models import DocumentRow, Person
from safetomove.services import scans
from tests.web.visits import NOW, cleared, come_as, form_for, text_of

pytestmark = pytest.mark.django_db

AGES, REPORT, TOLD = "/learn/scans/", "/learn/scan-report/", "/learn/told/"
WORDS = "L4/5: disc bulge. No fracture. Heliotrope."


def explain(client: Client, text: str = WORDS, age: str = "47") -> str:
    answer = client.post(REPORT, {"report": text, "age": age})
    assert answer.status_code == 200
    return text_of(answer)


@pytest.mark.parametrize(
    "path", [AGES, f"{AGES}?age=47&guess=30", REPORT, TOLD, f"{TOLD}dont_bend/"]
)
def test_looking_keeps_nothing_and_has_a_net(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert 'class="net"' in answer.content.decode()
    assert not Person.objects.exists()


def test_an_age_and_a_guess_are_answered_from_the_table(client: Client) -> None:
    said = text_of(client.get(f"{AGES}?age=47&finding=disc_bulge&guess=30"))
    assert "About 57 in 100" in said
    assert "You guessed 30" in said
    assert "in people with pain" in said


def test_before_a_guess_no_number_is_given_away(client: Client) -> None:
    assert "in 100 people aged" not in text_of(client.get(AGES))


@pytest.mark.parametrize(("age", "shown"), [("15", 20), ("95", 80)])
def test_outside_the_table_the_nearest_age_is_shown_and_named(
    client: Client, age: str, shown: int
) -> None:
    assert f"We show age {shown}" in text_of(client.get(f"{AGES}?age={age}"))


def test_what_nobody_was_scanned_for_says_so(client: Client) -> None:
    said = text_of(client.get(f"{AGES}?age=25&finding=spondylolisthesis"))
    assert "no one this young was scanned" in said


@pytest.mark.parametrize(
    "query", ["age=", "age=x", "age=-4", "age=9999", "age=٣٠", "age=%00", "guess=5", "age=1e9"]
)
def test_an_age_that_is_none_shows_the_form_again(client: Client, query: str) -> None:
    answer = client.get(f"{AGES}?{query}")
    assert answer.status_code == 200
    assert "All eight findings" not in text_of(answer)
    assert ("There is a problem" in text_of(answer)) is ("age" in query)


@pytest.mark.parametrize("query", ["age=47&guess=abc", "age=47&guess=900", "age=47&finding=nope"])
def test_a_guess_or_a_finding_that_is_none_is_left_out(client: Client, query: str) -> None:
    answer = client.get(f"{AGES}?{query}")
    assert answer.status_code == 200
    assert "You guessed" not in text_of(answer)


def test_a_report_is_explained_and_let_go(client: Client) -> None:
    said = explain(client)
    assert "Disc bulge" in said
    assert "About 57 in 100 people aged 47" in said
    assert "Your report says these are not there" in said
    assert not Person.objects.exists()
    assert not DocumentRow.objects.exists()


def test_a_word_that_needs_a_clinician_comes_first_and_has_no_number(client: Client) -> None:
    said = explain(client, "Disc bulge. Old fracture of L1.")
    assert said.index("Your report names a break") < said.index("Disc bulge")
    assert said.count("in 100 people aged") == 1


def test_a_report_without_a_known_word_is_never_called_clear(client: Client) -> None:
    assert "does not mean that your scan is clear" in explain(client, "Mostly porridge.")


@pytest.mark.parametrize("age", ["", "85"])
def test_without_an_age_in_the_table_there_is_no_number(client: Client, age: str) -> None:
    assert "in 100 people aged" not in explain(client, age=age)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"report": "", "age": "47"}, "Paste or type your report first"),
        ({"report": "x" * 20_001, "age": ""}, "20,001 letters"),
        ({"report": "disc\x00bulge", "age": ""}, "sign that we can’t read"),
        ({"report": "Disc bulge.", "age": "old"}, "Type your age"),
        ({"report": "Disc bulge.", "age": "0"}, "Type your age"),
    ],
)
@pytest.mark.parametrize("path", [REPORT, f"{REPORT}keep/"])
def test_bad_input_is_told_beside_the_field_and_nothing_is_kept(
    client: Client, path: str, sent: dict[str, str], words: str
) -> None:
    answer = client.post(path, {**sent, "key": str(uuid4())})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Person.objects.exists()


def test_what_was_typed_is_still_there_after_a_refusal(client: Client) -> None:
    answer = client.post(REPORT, {"report": "Disc bulge.", "age": "old"})
    assert "Disc bulge." in answer.content.decode()


def test_marks_in_a_report_are_shown_as_they_are(client: Client) -> None:
    answer = client.post(REPORT, {"report": "<script>alert(1)</script> disc bulge", "age": ""})
    assert "<script>alert" not in answer.content.decode()


def test_kept_when_asked_read_again_and_deleted(client: Client) -> None:
    answer = client.post(REPORT, {"report": WORDS, "age": "47"})
    hidden = form_for(answer, f"{REPORT}keep/")
    sent = client.post(f"{REPORT}keep/", hidden)
    assert sent.status_code == 303
    client.post(f"{REPORT}keep/", hidden)  # a double tap
    assert DocumentRow.objects.count() == 1
    kept = client.get(sent["Location"])
    assert "Your report is kept" in text_of(kept)
    assert "no-store" in kept["Cache-Control"]
    assert "Kept on" in text_of(client.get(REPORT))
    gone = client.post(sent["Location"].split("?")[0] + "delete/")
    assert gone.status_code == 303
    assert "The report is deleted" in text_of(client.get(gone["Location"]))
    assert not DocumentRow.objects.exists()
    assert client.get(sent["Location"]).status_code == 404


def test_a_key_that_is_none_is_refused_and_nothing_is_kept(client: Client) -> None:
    answer = client.post(f"{REPORT}keep/", {"report": WORDS, "age": "", "key": "../../etc"})
    assert answer.status_code == 400 or answer.status_code == 422
    assert not DocumentRow.objects.exists()


def test_nobody_opens_or_deletes_the_report_of_somebody_else(client: Client) -> None:
    owner = cleared(Client())
    kept = scans.keep_report(person=owner, key="k", text=WORDS, age=47, now=NOW)
    come_as(client, cleared(Client()))
    assert client.get(f"{REPORT}{kept.id}/").status_code == 404
    client.post(f"{REPORT}{kept.id}/delete/")
    assert scans.kept_report(person=owner, id=kept.id) == kept


def test_a_saying_in_other_words_is_answered_with_its_sources(client: Client) -> None:
    said = text_of(client.post(TOLD, {"words": "my mate says I should never stoop"}))
    assert "Don’t bend your back" in said
    assert "What you could say instead" in said
    assert "Where this comes from" in said


def test_a_saying_that_we_do_not_have_is_said_so(client: Client) -> None:
    said = text_of(client.post(TOLD, {"words": "eat more herring on Thursdays"}))
    assert "We don’t have this one yet" in said


def test_danger_words_show_their_card_before_any_answer(client: Client) -> None:
    words = "they say it's wear and tear but I can't feel my bum when I wipe"
    said = text_of(client.post(TOLD, {"words": words}))
    assert said.index("Then call 999 now") < said.index("Look")


def test_danger_words_that_are_no_saying_get_their_card_and_no_shrug(client: Client) -> None:
    page = client.post(TOLD, {"words": "i cant feel when i pee"})
    assert "call 999 now" in text_of(page)
    assert "We don’t have this one yet" not in text_of(page)
    assert page.content.decode().count("data-focus") == 1


@pytest.mark.parametrize("words", ["", "x" * 301, "a\x00b"])
def test_a_saying_that_cannot_be_read_is_told_so(client: Client, words: str) -> None:
    assert client.post(TOLD, {"words": words}).status_code == 422


def test_a_saying_that_is_none_of_ours_is_not_found(client: Client) -> None:
    assert client.get(f"{TOLD}no_such_thing/").status_code == 404
