"""A guest's record moves into an account whole, and goes whole when it is erased."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction

from safetomove.core.diary import CheckIn
from safetomove.core.record import RecheckReason
from safetomove.core.safety import Answer
from safetomove.records.models import (
    AppendOnly,
    AuditRow,
    CheckInHistory,
    CheckInRow,
    FileHistory,
    Person,
    PersonKey,
    WriteKey,
)
from safetomove.services.check_in import save_check_in, start_flare
from safetomove.services.erase import erase_person
from safetomove.services.export import export_csv, export_json
from safetomove.services.people import (
    keep_with_account,
    person_exists,
    person_of_user,
    start_for_user,
    start_guest,
)
from safetomove.services.plans import choose_activity, leave_activity
from safetomove.services.refusals import NoSuchPerson, NotYours
from safetomove.services.safety_check import latest_answers, save_answers
from safetomove.services.today import review_today
from tests.people import ASHA, DEV, NOW, TODAY, all_clear, walking, with_a_yes

YESTERDAY = TODAY - timedelta(days=1)


def user(name: str) -> User:
    return get_user_model().objects.create_user(username=name)


def note(person: UUID, check_in: CheckIn) -> None:
    key = uuid4().hex
    save_check_in(person=person, check_in=check_in, client_key=key, now=NOW)


@pytest.fixture
def asha(db: None) -> User:
    return user(ASHA)


def test_a_guest_who_makes_an_account_keeps_their_record(asha: User) -> None:
    guest = start_guest(now=NOW)
    note(guest, CheckIn(day=TODAY, pain=4))
    assert keep_with_account(guest=guest, user_id=asha.pk, now=NOW) == guest
    assert person_of_user(asha.pk) == guest
    assert keep_with_account(guest=guest, user_id=asha.pk, now=NOW) == guest


def test_days_of_a_guest_move_into_the_account_and_clashing_days_lose_neither(
    asha: User,
) -> None:
    account, guest = start_for_user(user_id=asha.pk, now=NOW), start_guest(now=NOW)
    note(account, CheckIn(day=TODAY, pain=4))
    note(guest, CheckIn(day=TODAY, pain=9, note="the other phone"))
    note(guest, CheckIn(day=YESTERDAY, pain=2))
    note(guest, CheckIn(day=YESTERDAY, pain=3))
    assert keep_with_account(guest=guest, user_id=asha.pk, now=NOW) == account
    assert export_csv(person=account).split() == [
        "date,pain", f"{YESTERDAY},3", f"{TODAY},4"
    ]  # fmt: skip
    exported = export_json(person=account)
    assert "the other phone" in exported
    assert '"pain": 2' in exported
    assert not person_exists(guest)


def test_joining_twice_is_joining_once(asha: User) -> None:
    account, guest = start_for_user(user_id=asha.pk, now=NOW), start_guest(now=NOW)
    note(guest, CheckIn(day=TODAY, pain=4))
    for _ in range(3):
        assert keep_with_account(guest=guest, user_id=asha.pk, now=NOW) == account
    assert CheckInRow.objects.count() == 1
    assert CheckInHistory.objects.count() == 0


def test_plans_of_both_are_kept_and_the_account_s_own_comes_first(asha: User) -> None:
    account, guest = start_for_user(user_id=asha.pk, now=NOW), start_guest(now=NOW)
    choose_activity(person=account, plan=walking(goal=30.0), now=NOW)
    choose_activity(person=guest, plan=walking(goal=99.5), now=NOW)
    choose_activity(person=guest, plan=walking(id="swim"), now=NOW)
    keep_with_account(guest=guest, user_id=asha.pk, now=NOW)
    plans = review_today(person=account, now=NOW).record.plans
    assert [(plan.id, plan.goal) for plan in plans] == [("walking", 30.0), ("swim", 30.0)]
    assert "99.5" in export_json(person=account)


def test_a_warning_sign_on_the_same_day_is_never_lost_by_joining(asha: User) -> None:
    account, guest = start_for_user(user_id=asha.pk, now=NOW), start_guest(now=NOW)
    save_answers(person=account, answers=with_a_yes("ces_saddle"), now=NOW)
    save_answers(person=guest, answers=all_clear(), now=NOW)
    keep_with_account(guest=guest, user_id=asha.pk, now=NOW)
    answers = latest_answers(person=account)
    assert answers is not None
    assert answers.answers["ces_saddle"] is Answer.YES


def test_an_open_recheck_of_the_guest_stays_open(asha: User) -> None:
    account, guest = start_for_user(user_id=asha.pk, now=NOW), start_guest(now=NOW)
    start_flare(person=guest, client_key="a", now=NOW)
    save_answers(person=account, answers=all_clear(), now=NOW)
    keep_with_account(guest=guest, user_id=asha.pk, now=NOW)
    recheck = review_today(person=account, now=NOW).record.recheck
    assert recheck is not None
    assert recheck.reason is RecheckReason.FLARE_UP


def test_nobody_takes_the_record_of_another_account(asha: User) -> None:
    mine = start_for_user(user_id=asha.pk, now=NOW)
    dev = user(DEV)
    with pytest.raises(NotYours):
        keep_with_account(guest=mine, user_id=dev.pk, now=NOW)
    start_for_user(user_id=dev.pk, now=NOW)
    with pytest.raises(NotYours):
        keep_with_account(guest=mine, user_id=dev.pk, now=NOW)
    assert person_of_user(asha.pk) == mine


def test_an_account_is_begun_once(asha: User) -> None:
    first = start_for_user(user_id=asha.pk, now=NOW)
    assert start_for_user(user_id=asha.pk, now=NOW) == first


def test_erasing_leaves_no_row_no_key_no_account_and_no_session(asha: User) -> None:
    person, dev = start_for_user(user_id=asha.pk, now=NOW), start_guest(now=NOW)
    for one in (person, dev):
        note(one, CheckIn(day=TODAY, pain=4))
        note(one, CheckIn(day=TODAY, pain=5))
        choose_activity(person=one, plan=walking(), now=NOW)
        leave_activity(person=one, activity="walking", now=NOW)
    _session(person=str(person))
    _session(_auth_user_id=str(asha.pk))
    others = _session(person=str(dev))
    erase_person(person=person, actor="self", now=NOW)
    erase_person(person=person, actor="self", now=NOW)
    assert get_user_model().objects.count() == 0
    assert list(Session.objects.values_list("pk", flat=True)) == [others]
    assert [row.pk for row in Person.objects.all()] == [dev]
    assert [row.pk for row in PersonKey.objects.all()] == [dev]
    for model in (CheckInRow, CheckInHistory, FileHistory, WriteKey):
        assert set(model.objects.values_list("person_id", flat=True)) == {dev}


def test_the_audit_still_says_that_somebody_was_erased_and_nothing_of_their_health(
    asha: User,
) -> None:
    person = start_for_user(user_id=asha.pk, now=NOW)
    note(person, CheckIn(day=TODAY, pain=4, note="heliotrope"))
    erase_person(person=person, actor="self", now=NOW)
    rows = list(AuditRow.objects.filter(person=person).order_by("pk"))
    assert [row.verb for row in rows] == ["began", "checked_in", "erased"]
    assert {field.name for field in AuditRow._meta.fields} == {
        "id", "person", "actor", "verb", "at"
    }  # fmt: skip


def test_after_erasing_nothing_can_be_read_or_written(asha: User) -> None:
    person = start_for_user(user_id=asha.pk, now=NOW)
    erase_person(person=person, actor="self", now=NOW)
    with pytest.raises(NoSuchPerson):
        review_today(person=person, now=NOW)
    with pytest.raises(NoSuchPerson):
        keep_with_account(guest=person, user_id=0, now=NOW)


def test_audit_rows_are_never_changed_or_taken_away(db: None) -> None:
    start_guest(now=NOW)
    row = AuditRow.objects.get()
    for attempt in (row.save, row.delete, AuditRow.objects.all().delete):
        with pytest.raises(AppendOnly):
            attempt()
    with pytest.raises(AppendOnly):
        AuditRow.objects.update(verb="x")


@pytest.mark.parametrize(
    "statement", ["UPDATE records_auditrow SET verb = 'x'", "DELETE FROM records_auditrow"]
)
def test_the_database_itself_keeps_audit_rows(db: None, statement: str) -> None:
    start_guest(now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditRow.objects.get().verb == "began"


def _session(**said: str) -> str:
    store = SessionStore()
    store.update(said)
    store.save()
    return str(store.session_key)
