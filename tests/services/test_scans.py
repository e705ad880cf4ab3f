"""A scan report is kept only when asked, sealed, once for each form, and deleted for good."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from safetomove.core.errors import BadInput
from safetomove.records.models import DocumentHistory, DocumentRow
from safetomove.services import export, people, scans
from safetomove.services.refusals import KeyReused, NoSuchPerson
from safetomove.services.scans import REPORTS_TOP, TooManyReports

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
CANARY = "heliotrope disc bulge"


@pytest.fixture
def asha() -> UUID:
    return people.start_guest(now=NOW)


def keep(person: UUID, key: str = "one", text: str = CANARY, age: int | None = 47) -> None:
    scans.keep_report(person=person, key=key, text=text, age=age, now=NOW)


def test_what_was_kept_comes_back_as_it_was(asha: UUID) -> None:
    keep(asha)
    [kept] = scans.kept_reports(person=asha)
    assert (kept.text, kept.age, kept.kept_on) == (CANARY, 47, NOW.date())
    assert scans.kept_report(person=asha, id="one") == kept


def test_a_double_tap_keeps_one_report(asha: UUID) -> None:
    keep(asha)
    keep(asha)
    assert len(scans.kept_reports(person=asha)) == 1


def test_a_key_with_another_report_is_refused(asha: UUID) -> None:
    keep(asha)
    with pytest.raises(KeyReused):
        keep(asha, text="another")


def test_it_rests_sealed(asha: UUID) -> None:
    keep(asha)
    row = DocumentRow.objects.get(person_id=asha)
    assert b"heliotrope" not in bytes(row.sealed)


def test_deleting_leaves_nothing_of_it_and_is_harmless_twice(asha: UUID) -> None:
    keep(asha)
    scans.delete_report(person=asha, id="one", now=NOW)
    scans.delete_report(person=asha, id="one", now=NOW)
    assert scans.kept_reports(person=asha) == ()
    assert not DocumentRow.objects.filter(person_id=asha).exists()
    assert not DocumentHistory.objects.filter(person_id=asha).exists()


def test_one_report_too_many_is_refused(asha: UUID) -> None:
    for number in range(REPORTS_TOP):
        keep(asha, key=f"k{number}")
    with pytest.raises(TooManyReports):
        keep(asha, key="last")


@pytest.mark.parametrize(("text", "age"), [("", 47), ("   ", 47), ("x" * 20_001, 47), ("x", 900)])
def test_what_cannot_be_a_report_is_not_kept(asha: UUID, text: str, age: int) -> None:
    with pytest.raises(BadInput):
        keep(asha, text=text, age=age)
    assert scans.kept_reports(person=asha) == ()


def test_nobody_has_a_report_of_somebody_else(asha: UUID) -> None:
    keep(asha)
    other = people.start_guest(now=NOW)
    assert scans.kept_report(person=other, id="one") is None
    with pytest.raises(NoSuchPerson):
        keep(uuid4())


def test_a_kept_report_is_among_what_is_handed_over(asha: UUID) -> None:
    keep(asha)
    assert CANARY in export.export_json(person=asha)
