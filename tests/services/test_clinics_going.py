"""What becomes of a clinic's records and of consent when people join accounts or go."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from safetomove.records.models import Clinic, ClinicKey, MemberRow, StaffRow
from safetomove.services import people
from safetomove.services.backup import backup, restore
from safetomove.services.clinic import (
    documents,
    finding,
    holding,
    invitations,
    looks,
    members,
    seeing,
    sharing,
    staff,
)
from safetomove.services.clinic.documents import Kind
from safetomove.services.clinic.known import is_number
from safetomove.services.clinic.members import Known
from safetomove.services.clinic.refusals import BadClinic, BadInvitation, NoSuchClinic, NoSuchMember
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Role
from safetomove.services.erase import erase_person
from safetomove.services.export import export_json
from safetomove.services.health import open_every_seal
from safetomove.services.site_key import change_site_key
from tests.clinics import NOW, PASSWORD, a_clinic, a_member, a_worker, join

pytestmark = pytest.mark.django_db


def an_account() -> int:
    return int(get_user_model().objects.create_user("amina", password=PASSWORD).pk)


def test_a_guest_who_keeps_the_diary_with_a_new_account_stays_in_the_clinic() -> None:
    worker = a_worker(a_clinic(), Role.PHYSIOTHERAPIST)
    id = a_member(worker.at, "Amina", Item.PLAN)
    guest = members.member(worker.at.held, id).person
    assert guest is not None
    kept = people.keep_with_account(guest=guest, user_id=an_account(), now=NOW)
    assert [each.shares for each in sharing.clinics_of_person(kept)] == [{Item.PLAN}]


def test_a_guest_who_joins_an_older_account_brings_clinics_switches_and_looks() -> None:
    worker = a_worker(a_clinic(), Role.PHYSIOTHERAPIST, name="Sam Lee")
    id = a_member(worker.at, "Amina", Item.PLAN)
    one = members.member(worker.at.held, id)
    assert one.person is not None
    seeing.see(worker.at, one, Item.PLAN, now=NOW)
    user = an_account()
    own = people.start_for_user(user_id=user, now=NOW)
    people.keep_with_account(guest=one.person, user_id=user, now=NOW)
    after = members.member(worker.at.held, id)
    assert (after.person, after.shares) == (own, {Item.PLAN})
    assert [(each.who, each.verb) for each in looks.looks(own)[0]] == [("Sam Lee", "seen_plan")]
    assert [each.item for each in sharing.switches(own)] == [Item.PLAN]
    seeing.see(worker.at, after, Item.PLAN, now=NOW)
    assert looks.looks(own)[1] == 2


def test_where_both_are_on_one_list_the_account_s_own_switches_stand() -> None:
    worker = a_worker(a_clinic(), Role.PHYSIOTHERAPIST)
    first, second = (a_member(worker.at, "Amina", joined=False) for _ in range(2))
    own, guest = join(worker.at, first), join(worker.at, second, *Item)
    user = an_account()
    account = people.keep_with_account(guest=own, user_id=user, now=NOW)
    people.keep_with_account(guest=guest, user_id=user, now=NOW)
    assert members.member(worker.at.held, first).person == account
    for id in (first, second):
        assert not members.member(worker.at.held, id).shares


def test_a_place_that_was_left_gives_way_to_a_new_one() -> None:
    worker = a_worker(a_clinic(), Role.PHYSIOTHERAPIST)
    first, second = (a_member(worker.at, "Amina", joined=False) for _ in range(2))
    own, guest = join(worker.at, first, *Item), join(worker.at, second, Item.MAP)
    sharing.leave(person=own, member=first, now=NOW)
    user = an_account()
    people.keep_with_account(guest=own, user_id=user, now=NOW)
    people.keep_with_account(guest=guest, user_id=user, now=NOW)
    assert members.member(worker.at.held, second).shares == {Item.MAP}


def test_whoever_has_left_shares_nothing_more_until_they_join_anew() -> None:
    worker = a_worker(a_clinic(), Role.PHYSIOTHERAPIST)
    id = a_member(worker.at, "Amina", *Item)
    person = members.member(worker.at.held, id).person
    assert person is not None
    for _ in range(2):
        sharing.leave(person=person, member=id, now=NOW)
    with pytest.raises(NoSuchClinic):
        sharing.share(person=person, member=id, items=frozenset(Item), now=NOW)
    clinic = worker.at.held.clinic
    code = invitations.invite(clinic=clinic, role=None, now=NOW, by=worker.at, member=id)
    invitations.accept_as_patient(code, person=person, now=NOW)
    assert members.member(worker.at.held, id).shares == frozenset()
    assert len(sharing.switches(person, member=id)) == 2 * len(Item)


def test_a_discharged_person_is_let_in_by_no_code() -> None:
    worker = a_worker(a_clinic(), Role.PHYSIOTHERAPIST)
    id = a_member(worker.at, "Amina", joined=False)
    clinic = worker.at.held.clinic
    code = invitations.invite(clinic=clinic, role=None, now=NOW, by=worker.at, member=id)
    members.discharge(worker.at, member=id, now=NOW)
    with pytest.raises(BadInvitation):
        invitations.accept_as_patient(code, person=people.start_guest(now=NOW), now=NOW)


def test_an_export_says_which_clinics_what_was_turned_on_and_who_looked() -> None:
    worker = a_worker(a_clinic(), Role.PHYSIOTHERAPIST, name="Sam Lee")
    id = a_member(worker.at, "Amina", Item.MAP)
    one = members.member(worker.at.held, id)
    assert one.person is not None
    seeing.see(worker.at, one, Item.MAP, now=NOW)
    told = export_json(person=one.person)
    for word in ("Riverside back clinic", '"map"', "Sam Lee", "seen_map"):
        assert word in told
    assert "Amina" not in told  # what the clinic wrote is the clinic's to hand over


def test_staff_who_erase_their_account_lose_the_role_and_leave_their_name() -> None:
    clinic = a_clinic()
    worker, boss = a_worker(clinic, Role.ASSISTANT), a_worker(clinic, Role.ADMINISTRATOR)
    own = people.start_for_user(user_id=worker.user_id, now=NOW)
    erase_person(person=own, actor="self", now=NOW)
    assert [each.role for each in staff.staff_of(boss.at.held)] == [Role.ADMINISTRATOR]
    assert staff.names_of(clinic)[worker.at.staff.actor] == "Assistant"
    assert StaffRow.objects.get(pk=worker.at.staff.id).ended_at == NOW


def test_an_invitation_never_lowers_the_role_of_somebody_who_works_there() -> None:
    boss = a_worker(a_clinic(), Role.ADMINISTRATOR)
    clinic = boss.at.held.clinic
    code = invitations.invite(clinic=clinic, role=Role.ASSISTANT, now=NOW, by=boss.at)
    with pytest.raises(BadInvitation):
        invitations.accept_as_staff(code, user_id=boss.user_id, name="X", now=NOW)
    assert staff.has_administrator(clinic)


def test_one_clinic_never_writes_onto_another_s_line() -> None:
    ours, theirs = (a_worker(a_clinic(name), Role.ASSISTANT) for name in ("Ours", "Theirs"))
    id = a_member(theirs.at, "Brian", joined=False)
    with pytest.raises(NoSuchMember):
        members.add_member(ours.at, known=Known(name="Amina"), now=NOW, id=id)
    assert members.member(theirs.at.held, id).name == "Brian"
    assert finding.listed(ours.at.held).count == 0


@given(st.integers(0, 999_999_999))
def test_of_ten_last_digits_one_at_most_makes_a_health_number(first: int) -> None:
    fits = [last for last in range(10) if is_number(f"{first:09}{last}")]
    assert len(fits) <= 1
    weighted = sum(
        int(sign) * weight for sign, weight in zip(f"{first:09}", range(10, 1, -1), strict=True)
    )
    for last in fits:
        assert (weighted + last) % 11 == 0


@given(st.integers(0, 999_999_999), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(first: int, at: int, by: int) -> None:
    for last in range(10):
        number = f"{first:09}{last}"
        if is_number(number):
            wrong = f"{number[:at]}{(int(number[at]) + by) % 10}{number[at + 1 :]}"
            assert not is_number(wrong)


@given(st.integers(0, 999_999_999), st.integers(0, 8))
def test_two_digits_the_wrong_way_round_are_always_seen(first: int, at: int) -> None:
    for last in range(10):
        number = f"{first:09}{last}"
        if is_number(number) and number[at] != number[at + 1]:
            assert not is_number(number[:at] + number[at + 1] + number[at] + number[at + 2 :])


@pytest.mark.parametrize(
    "wrong", ["943476591", "94347659190", "9434765918", "943476591x", "٩٤٣٤٧٦٥٩١٩"]
)
def test_what_is_no_health_number_is_refused(wrong: str) -> None:
    with pytest.raises(BadClinic):
        Known(name="Amina", number=wrong)


def test_the_site_s_key_can_be_changed_and_the_clinics_open_still(settings: object) -> None:
    worker = a_worker(a_clinic(), Role.ASSISTANT)
    id = a_member(worker.at, "Amina")
    before, after = settings.SITE_KEY, "another key for the site that is long enough"
    change_site_key(before=before, after=after)
    settings.SITE_KEY = after
    open_every_seal()
    assert members.member(holding.look(worker.at.held.clinic), id).name == "Amina"


def test_the_command_opens_a_clinic_and_lets_one_administrator_in(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("clinic", "Riverside", hours="Mondays")
    code = capsys.readouterr().out.split("code=")[1].split()[0]
    user = an_account()
    clinic = invitations.accept_as_staff(code, user_id=user, name="Sam Lee", now=_today())
    assert staff.desk(clinic=clinic, user_id=user).staff.role is Role.ADMINISTRATOR
    with pytest.raises(CommandError, match="let others in"):
        call_command("clinic", "Riverside")
    staff.end_roles_of(user, now=NOW)
    call_command("clinic", "Riverside")  # nobody is left: another one is let in
    assert Clinic.objects.count() == 1
    with pytest.raises(CommandError, match="time zone"):
        call_command("clinic", "Elsewhere", zone="Mars")


def _today() -> object:
    from django.utils import timezone

    return timezone.now()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="pg_dump's work on PostgreSQL")
def test_a_backup_holds_no_clinic_s_key_and_a_restored_one_opens(tmp_path: Path) -> None:
    assert connection.vendor == "sqlite"
    worker = a_worker(a_clinic(), Role.PHYSIOTHERAPIST)
    held = worker.at.held
    id = a_member(worker.at, "Amina", Item.PLAN)
    documents.put(held, Kind.NOTE, {"says": "a note"}, now=NOW, name="n1", member=id)
    wrapped = bytes(ClinicKey.objects.get().wrapped)
    made = backup(tmp_path / "copy.sqlite3")
    assert wrapped not in made.records.read_bytes()
    MemberRow.objects.all().delete()
    assert restore(made.records) == 1
    again = holding.look(held.clinic)
    assert members.member(again, id).shares == {Item.PLAN}
    assert [each.data for each in documents.read_all(again, Kind.NOTE)] == [{"says": "a note"}]
