"""Documents are sealed, keep what they said before, and go where their person goes."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from safetomove.core.errors import BadInput
from safetomove.records.models import DocumentHistory, DocumentRow
from safetomove.records.person_file import Json
from safetomove.records.sealing import SealBroken
from safetomove.services import documents
from safetomove.services.documents import Kind
from safetomove.services.erase import erase_person
from safetomove.services.export import export_json
from safetomove.services.holding import hold, look
from safetomove.services.people import keep_with_account, start_for_user, start_guest
from tests.people import NOW

pytestmark = pytest.mark.django_db

MAP: Json = {"sleep": "heliotrope nights"}
LATER = NOW + timedelta(days=1)


@pytest.fixture
def asha() -> UUID:
    return start_guest(now=NOW)


def put(person: UUID, data: Json, kind: Kind = Kind.MAP, name: str = "") -> int:
    with transaction.atomic():
        return documents.put(hold(person), kind, data, now=LATER, name=name)


def test_a_document_comes_back_as_it_was_put(asha: UUID) -> None:
    put(asha, MAP)
    kept = documents.read(look(asha), Kind.MAP)
    assert kept is not None
    assert (kept.data, kept.version, kept.written_at) == (MAP, 1, LATER)


def test_its_words_do_not_stand_in_the_table(asha: UUID) -> None:
    put(asha, MAP)
    put(asha, {})
    rows = (*DocumentRow.objects.all(), *DocumentHistory.objects.all())
    assert len(rows) == 2
    assert not any(b"heliotrope" in bytes(row.sealed) for row in rows)


def test_a_change_keeps_what_was_said_before(asha: UUID) -> None:
    put(asha, MAP)
    assert put(asha, {"sleep": "better"}) == 2
    assert [was.data for was in documents.history(look(asha))] == [MAP]


def test_the_same_words_again_change_nothing(asha: UUID) -> None:
    assert [put(asha, MAP), put(asha, MAP)] == [1, 1]
    assert documents.history(look(asha)) == ()


def test_the_steps_of_a_session_leave_no_history(asha: UUID) -> None:
    for step in range(3):
        put(asha, {"step": step}, Kind.MOVE_SESSION, "one")
    assert documents.history(look(asha)) == ()


def test_a_document_let_go_stays_in_history_unless_it_is_to_be_forgotten(asha: UUID) -> None:
    for name in ("kept", "forgotten"):
        put(asha, {"said": name}, Kind.SCAN_REPORT, name)
    with transaction.atomic():
        documents.drop(hold(asha), Kind.SCAN_REPORT, "kept")
        documents.drop(hold(asha), Kind.SCAN_REPORT, "forgotten", forget=True)
        documents.drop(hold(asha), Kind.SCAN_REPORT, "never there")
    assert documents.read_all(look(asha), *Kind) == ()
    assert [was.name for was in documents.history(look(asha))] == ["kept"]


def test_one_row_cannot_pass_for_another(asha: UUID) -> None:
    put(asha, MAP)
    DocumentRow.objects.update(kind=Kind.BELIEFS)
    with pytest.raises(SealBroken):
        documents.read(look(asha), Kind.BELIEFS)


@pytest.mark.parametrize("name", ["über", "a b", "x" * 65, "../x"])
def test_a_name_is_an_id_and_not_words(asha: UUID, name: str) -> None:
    with pytest.raises(BadInput):
        put(asha, MAP, name=name)
    assert not DocumentRow.objects.exists()


def test_the_export_holds_documents_and_what_they_said_before(asha: UUID) -> None:
    put(asha, MAP)
    put(asha, {"sleep": "better"})
    told = json.loads(export_json(person=asha))
    assert [one["says"] for one in told["documents"]] == [{"sleep": "better"}]
    assert [one["says"] for one in told["earlier_documents"]] == [MAP]


def test_a_guest_who_joins_an_account_loses_no_document(asha: UUID) -> None:
    user = get_user_model().objects.create_user("dev")
    account = start_for_user(user_id=user.pk, now=NOW)
    put(account, {"whose": "the account's"})
    put(asha, MAP)
    put(asha, {"try": 1}, Kind.LADDER_TRY, "2026-11-22")
    own = keep_with_account(guest=asha, user_id=user.pk, now=LATER)
    kept = documents.read_all(look(own), *Kind)
    assert {one.kind: one.data for one in kept} == {
        Kind.MAP: {"whose": "the account's"},
        Kind.LADDER_TRY: {"try": 1},
    }
    assert [was.data for was in documents.history(look(own))] == [MAP]


def test_erasing_a_person_takes_their_documents_along(asha: UUID) -> None:
    put(asha, MAP)
    put(asha, {})
    erase_person(person=asha, actor="self", now=LATER)
    assert not DocumentRow.objects.exists()
    assert not DocumentHistory.objects.exists()
