"""Letters and the page for paper: only what is shared, one page, read by a screen reader."""

import html
from uuid import UUID

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from safetomove.records.models import AuditRow, ClinicDocumentRow
from safetomove.services import demo_clinic, plans, safety_check
from safetomove.services.clinic import letters, members, sharing
from safetomove.services.clinic.letters import Reader
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk, Role
from tests.clinics import NOW, a_clinic, a_member, a_worker, signed_in
from tests.people import all_clear, walking
from tests.web.test_clinic_reading import at_desk, named

pytestmark = pytest.mark.django_db


@pytest.fixture
def physio() -> tuple[Client, Desk]:
    worker = a_worker(a_clinic(), Role.PHYSIOTHERAPIST, name="Dana Price")
    return signed_in(worker), worker.at


def walker(desk: Desk, *shared: Item) -> Member:
    """Put somebody on the list who walks and lets the clinic see these items."""
    member = members.member(desk.held, a_member(desk, "Amina Begum", *shared))
    assert member.person is not None
    answers = all_clear(given_on=NOW.date())
    safety_check.save_answers(person=member.person, answers=answers, now=NOW)
    plan = walking(started=NOW.date(), goal_text="Round the lake with Sam")
    plans.choose_activity(person=member.person, plan=plan, now=NOW)
    return member


def at(desk: Desk, name: str, member: UUID) -> str:
    return reverse(name, args=[desk.held.clinic, member])


def read(body: bytes) -> tuple[int, str]:
    """Return how many pages a PDF has, and its words."""
    pages = pypdfium2.PdfDocument(body)
    words = (pages[n].get_textpage().get_text_bounded() for n in range(len(pages)))
    return len(pages), " ".join(" ".join(words).split())


def begun(client: Client, address: str, reader: Reader) -> str:
    """Return the text that a letter begins with."""
    page = client.get(f"{address}?new={reader}").content.decode()
    return html.unescape(page.split('name="text"')[1].split(">", 1)[1].split("</textarea>")[0])


def test_the_page_for_paper_holds_what_is_shared_and_says_what_is_not() -> None:
    client, desk = at_desk(demo_clinic.make_demo_clinic(now=NOW), "demo-physio")
    amina = named(desk, "Amina Begum")
    assert amina.person is not None
    address = at(desk, "clinic_summary_pdf", amina.id)
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert "Amina" not in answer["Content-Disposition"]
    count, words = read(answer.content)
    assert count == 1
    assert "Once round the lake with Sam" in words
    assert "Forgot about my back until the evening" in words
    assert b"pdfuaid" in answer.content  # it says of itself that a screen reader can read it
    sharing.share(person=amina.person, member=amina.id, items=frozenset({Item.PLAN}), now=NOW)
    _, less = read(client.get(address).content)
    assert "Once round the lake with Sam" in less
    assert "Forgot about my back" not in less
    assert less.count("Not shared with the clinic.") == 4
    assert AuditRow.objects.filter(person=amina.person, verb="seen_plan").count() == 2


def test_eight_activities_with_long_goals_still_stand_on_one_page(
    physio: tuple[Client, Desk],
) -> None:
    client, desk = physio
    member = a_member(desk, "Ffion " * 9 + "漢字 *bold* #eval", *Item)
    person = members.member(desk.held, member).person
    assert person is not None
    safety_check.save_answers(person=person, answers=all_clear(given_on=NOW.date()), now=NOW)
    for n in range(8):
        plan = walking(id=f"w{n}", name=f"Long walk {n}", goal_text="to the lake " * 16)
        plan_today = walking(
            started=NOW.date(), id=plan.id, name=plan.name, goal_text=plan.goal_text
        )
        plans.choose_activity(person=person, plan=plan_today, now=NOW)
    count, words = read(client.get(at(desk, "clinic_summary_pdf", member)).content)
    assert count == 1
    assert "Long walk 7" in words
    assert "*bold* #eval" in words  # what a person is called is never read as markup


def test_each_page_about_one_person_says_first_who_that_is(physio: tuple[Client, Desk]) -> None:
    client, desk = physio
    amina = walker(desk, *Item)
    pages = ("clinic_summary", "clinic_person_plan", "clinic_person_notes", "clinic_letters")
    for name in pages:
        words = client.get(at(desk, name, amina.id)).content.decode()
        assert "Who this page is about" in words
        assert words.index("who__name") < words.index("<h1")


def test_somebody_with_no_record_has_a_page_too(physio: tuple[Client, Desk]) -> None:
    client, desk = physio
    member = a_member(desk, "On paper", joined=False)
    count, words = read(client.get(at(desk, "clinic_summary_pdf", member)).content)
    assert count == 1
    assert "Nothing in a register yet" in words


@pytest.mark.parametrize("reader", list(Reader))
def test_a_letter_begins_with_the_record_is_put_right_and_keeps_its_end(
    physio: tuple[Client, Desk], reader: Reader
) -> None:
    client, desk = physio
    amina = walker(desk, *Item)
    address = at(desk, "clinic_letters", amina.id)
    text = begun(client, address, reader)
    assert "Began with 8 minutes. Goal: 30 minutes." in text
    assert ClinicDocumentRow.objects.filter(kind="letter").count() == 0  # looking keeps nothing
    sent = {"reader": reader, "to": "Dr Jones\r\n1 High Street", "text": text, "key": "k"}
    for _ in range(2):
        assert client.post(address, sent).status_code == 303
    (kept,) = letters.letters_of(desk.held, amina.id)
    more = {"letter": kept.id, "version": "1", "text": f"{text}\n# Agreed\nSee them in May."}
    assert client.post(address, sent | more).status_code == 303
    paper = client.get(f"{at(desk, 'clinic_letter_pdf', amina.id)}?letter={kept.id}")
    count, words = read(paper.content)
    assert count == 1
    assert "See them in May." in words
    assert "1 High Street" in words
    assert "Version 2" in words
    ends = {
        Reader.DOCTOR: ["no group to compare with", "unknown, not zero", "is an emergency"],
        Reader.PERSON: ["We can’t say for sure what helped", "Call 999", "pharmacist"],
    }
    for said in ends[reader]:
        assert said in words
    assert client.post(address, sent | more).status_code == 422  # that version is gone


def test_a_letter_about_somebody_who_shares_nothing_says_that_it_is_unknown(
    physio: tuple[Client, Desk],
) -> None:
    client, desk = physio
    amina = walker(desk)
    text = begun(client, at(desk, "clinic_letters", amina.id), Reader.DOCTOR)
    assert text.count("They did not share this with us") == 2  # what they do, and measures
    assert "Walking" not in text


WRONG = ({"reader": ""}, {"text": ""}, {"text": "x" * 9000}, {"to": "a\x00b"}, {"key": "!"})


def test_a_letter_that_can_t_be_kept_comes_back(physio: tuple[Client, Desk]) -> None:
    client, desk = physio
    amina = walker(desk)
    for wrong in WRONG:
        sent = {"reader": "doctor", "to": "Dr Jones", "text": "All well.", "key": "k"} | wrong
        answer = client.post(at(desk, "clinic_letters", amina.id), sent)
        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()
    assert letters.letters_of(desk.held, amina.id) == ()


def test_a_letter_about_one_person_is_not_found_under_another(physio: tuple[Client, Desk]) -> None:
    client, desk = physio
    amina, other = walker(desk), a_member(desk, "Brian")
    words = letters.Words(reader=Reader.DOCTOR, to="", text="All well.")
    id = letters.write(desk, amina, words, client_key="k", now=NOW)
    for name in ("clinic_letters", "clinic_letter_pdf"):
        assert client.get(f"{at(desk, name, other)}?letter={id}").status_code == 404
    assert client.get(at(desk, "clinic_letter_pdf", other)).status_code == 303
