"""The SQL that is written out says what the models say, on every database."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from safetomove.core.diary import CheckIn
from safetomove.records import statements
from safetomove.records.models import AuditRow, CheckInHistory, CheckInRow, PersonKey, WriteKey
from safetomove.services.check_in import save_check_in
from safetomove.services.holding import look
from safetomove.services.people import start_guest
from safetomove.services.refusals import NoSuchPerson
from tests.people import NOW, TODAY

LATER = NOW + timedelta(minutes=5, microseconds=7)


def test_a_day_and_its_amendment_are_kept_as_the_models_read_them(db: None) -> None:
    person = start_guest(now=NOW)
    for number, now in enumerate((NOW, LATER)):
        given = CheckIn(day=TODAY, mood=float(number))
        save_check_in(person=person, check_in=given, client_key=f"k{number}", now=now)
    row, past = CheckInRow.objects.get(person=person), CheckInHistory.objects.get(person=person)
    assert (row.local_day, row.version, row.written_at) == (TODAY, 2, LATER)
    assert (past.local_day, past.version, past.written_at) == (TODAY, 1, NOW)
    assert [key.written_at for key in WriteKey.objects.order_by("pk")] == [NOW, LATER]
    audited = AuditRow.objects.filter(person=person).order_by("pk").values_list("verb", "at")
    assert list(audited) == [("began", NOW), ("checked_in", NOW), ("checked_in", LATER)]
    found = statements.last_two_days(person, TODAY)
    assert [(day, version, at) for day, version, _, at in found] == [(TODAY, 2, LATER)]
    assert bytes(found[0][2]) == bytes(row.sealed)


def test_days_are_bounded_on_both_sides_and_in_order(db: None) -> None:
    person = start_guest(now=NOW)
    for back in (3, 0, 2, 1):
        given = CheckIn(day=TODAY - timedelta(days=back), mood=5.0)
        save_check_in(person=person, check_in=given, client_key=f"k{back}", now=NOW)
    after, until = TODAY - timedelta(days=3), TODAY - timedelta(days=1)
    kept = [day for day, *_ in statements.days(person, after=after, until=until)]
    assert kept == [TODAY - timedelta(days=2), until]
    assert len(statements.days(person, after=date.min, until=date.max)) == 4


def test_a_second_row_for_a_day_is_refused_by_the_database(db: None) -> None:
    person = start_guest(now=NOW)
    statements.add_day(person, TODAY, b"sealed", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        statements.add_day(person, TODAY, b"other", now=NOW)


def test_a_record_without_its_key_is_no_record(db: None) -> None:
    person = start_guest(now=NOW)
    PersonKey.objects.filter(pk=person).delete()
    with pytest.raises(NoSuchPerson):
        look(person)


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_within_a_transaction_only() -> None:
    if not connection.features.has_select_for_update:
        pytest.skip("this database locks no rows: it lets one transaction write at a time")
    person = start_guest(now=NOW)
    with pytest.raises(transaction.TransactionManagementError):
        statements.person_row(person, alone=True)
