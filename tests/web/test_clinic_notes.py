"""Notes stand under their author's name, in versions, and none goes unseen."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safetomove.core.errors import BadInput
from safetomove.records.models import ClinicDocumentRow
from safetomove.services.clinic import members, notes
from safetomove.services.clinic.refusals import NoSuchMember
from safetomove.services.clinic.staff import Role
from safetomove.services.refusals import WrittenMeanwhile
from tests.clinics import NOW, Worker, a_clinic, a_member, a_worker, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana() -> Worker:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST, name="Dana Price")


def here(dana: Worker, member: UUID) -> str:
    return reverse("clinic_person_notes", args=[dana.at.held.clinic, member])


def test_a_note_is_written_once_put_right_and_struck_out_and_all_of_it_can_be_read(
    dana: Worker,
) -> None:
    member = a_member(dana.at)
    desk, address = signed_in(dana), here(dana, member)
    for _ in range(2):
        sent = {"key": "k", "text": "Fears <bending>.\r\nWe agreed: shoes."}
        assert desk.post(address, sent).status_code == 303
    (first,) = notes.notes_of(dana.at.held, member)
    assert (first.said.by, first.said.text) == ("Dana Price", "Fears <bending>.\nWe agreed: shoes.")
    asked = desk.get(f"{address}?note={first.id}&deed=change").content.decode()
    assert "Fears &lt;bending&gt;." in asked
    changed = {"deed": "change", "note": first.id, "version": "1", "text": "Fears lifting."}
    assert desk.post(address, changed).status_code == 303
    struck = {"deed": "strike", "note": first.id, "text": "About somebody else"}
    assert desk.post(address, struck).status_code == 303
    words = desk.get(address).content.decode()
    for said in (
        "Fears lifting.",
        "Fears &lt;bending&gt;.",
        "Struck out by Dana Price: About some",
    ):
        assert said in words
    assert "deed=change" not in words


def test_what_is_kept_is_sealed_and_about_one_person_of_this_clinic(dana: Worker) -> None:
    member, other = a_member(dana.at), a_member(dana.at, "Brian")
    one = members.member(dana.at.held, member)
    id = notes.write(dana.at, one, "canary-in-a-note", client_key="k", now=NOW)
    assert not any(b"canary" in bytes(row.sealed) for row in ClinicDocumentRow.objects.all())
    assert notes.notes_of(dana.at.held, other) == ()
    with pytest.raises(NoSuchMember):
        notes.note(dana.at.held, other, id)
    elsewhere = a_worker(a_clinic("Elsewhere"), Role.PHYSIOTHERAPIST)
    with pytest.raises(NoSuchMember):
        notes.note(elsewhere.at.held, member, id)


def test_only_the_author_puts_a_note_right_and_a_physiotherapist_may_strike_it(
    dana: Worker,
) -> None:
    clinic = dana.at.held.clinic
    one = members.member(dana.at.held, a_member(dana.at))
    helper = a_worker(clinic, Role.ASSISTANT)
    id = notes.write(helper.at, one, "Came late.", client_key="k", now=NOW)
    with pytest.raises(BadInput, match="author"):
        notes.change(dana.at, one, id, "Came early.", version=1, now=NOW)
    mine = notes.write(dana.at, one, "All well.", client_key="m", now=NOW)
    with pytest.raises(BadInput, match="author"):
        notes.strike(helper.at, one, mine, "Wrong", now=NOW)
    with pytest.raises(WrittenMeanwhile):
        notes.change(helper.at, one, id, "Came at ten.", version=7, now=NOW)
    for _ in range(2):
        notes.strike(dana.at, one, id, "The wrong day", now=NOW)
    assert notes.note(dana.at.held, one.id, id).struck == "The wrong day"


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (notes.TEXT_TOP + 1), "a\x00b"])
def test_what_can_t_be_kept_comes_back_and_nothing_is_written(dana: Worker, text: str) -> None:
    member = a_member(dana.at)
    answer = signed_in(dana).post(here(dana, member), {"key": "k", "text": text})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert notes.notes_of(dana.at.held, member) == ()


def test_fifty_notes_cost_no_more_queries_than_five(dana: Worker) -> None:
    counts = []
    for many in (5, 50):
        one = members.member(dana.at.held, a_member(dana.at, f"With {many}"))
        for n in range(many):
            notes.write(dana.at, one, f"Note {n}", client_key=f"{many}-{n}", now=NOW)
        with CaptureQueriesContext(connection) as asked:
            assert len(notes.notes_of(dana.at.held, one.id)) == many
        counts.append(len(asked))
    assert counts == [2, 2]
