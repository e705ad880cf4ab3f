"""Nobody sees more of a person than the person lets this clinic see, and never unseen."""

from datetime import timedelta

import pytest

from safetomove.records.models import AuditRow, MemberRow
from safetomove.services import people
from safetomove.services.clinic import invitations, members, seeing, sharing, staff
from safetomove.services.clinic.refusals import (
    BadInvitation,
    LastAdministrator,
    NoSuchClinic,
    NoSuchMember,
    NotShared,
)
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Role
from safetomove.services.erase import erase_person
from tests.clinics import NOW, a_clinic, a_member, a_worker, join

pytestmark = pytest.mark.django_db


def test_staff_open_only_what_is_shared_and_leave_a_trace() -> None:
    worker = a_worker(a_clinic(), Role.PHYSIOTHERAPIST)
    id = a_member(worker.at, "Amina Begum", Item.PLAN)
    amina = members.member(worker.at.held, id)
    held = seeing.see(worker.at, amina, Item.PLAN, now=NOW)
    assert held.person == amina.person
    for other in set(Item) - {Item.PLAN}:
        with pytest.raises(NotShared):
            seeing.see(worker.at, amina, other, now=NOW)
    seen = AuditRow.objects.filter(person=amina.person, actor=worker.at.staff.actor)
    assert [row.verb for row in seen] == ["seen_plan"]


def test_what_a_person_stops_sharing_is_closed_at_once() -> None:
    worker = a_worker(a_clinic(), Role.PHYSIOTHERAPIST)
    id = a_member(worker.at, "Amina Begum", *Item)
    person = members.member(worker.at.held, id).person
    assert person is not None
    sharing.share(person=person, member=id, items=frozenset({Item.PLAN}), now=NOW)
    amina = members.member(worker.at.held, id)
    with pytest.raises(NotShared):
        seeing.see(worker.at, amina, Item.NOTES, now=NOW)


@pytest.mark.parametrize("how", ["leaves", "is discharged", "erases everything"])
def test_a_person_who_goes_is_seen_no_more_but_stays_on_the_clinics_own_list(how: str) -> None:
    worker = a_worker(a_clinic(), Role.PHYSIOTHERAPIST)
    id = a_member(worker.at, "Amina Begum", *Item)
    person = members.member(worker.at.held, id).person
    assert person is not None
    match how:
        case "leaves":
            sharing.leave(person=person, member=id, now=NOW)
        case "is discharged":
            members.discharge(worker.at, member=id, now=NOW)
        case _:
            erase_person(person=person, actor="self", now=NOW)
    amina = members.member(worker.at.held, id)
    assert amina.name == "Amina Begum"
    assert not amina.shares
    for item in Item:
        with pytest.raises(NotShared):
            seeing.see(worker.at, amina, item, now=NOW)


def test_a_clinic_has_no_way_to_another_clinics_people() -> None:
    ours = a_worker(a_clinic("Ours"), Role.PHYSIOTHERAPIST)
    theirs = a_worker(a_clinic("Theirs"), Role.PHYSIOTHERAPIST)
    id = a_member(theirs.at, "Brian Cole", *Item)
    with pytest.raises(NoSuchMember):
        members.member(ours.at.held, id)
    brian = members.member(theirs.at.held, id)
    with pytest.raises(NotShared):
        seeing.see(ours.at, brian, Item.PLAN, now=NOW)
    with pytest.raises(NoSuchClinic):
        staff.desk(clinic=theirs.at.held.clinic, user_id=ours.user_id)


def test_one_patient_may_share_differently_with_two_clinics() -> None:
    first = a_worker(a_clinic("First"), Role.PHYSIOTHERAPIST)
    second = a_worker(a_clinic("Second"), Role.PHYSIOTHERAPIST)
    one = members.add_member(first.at, known=members.Known(name="Amina"), now=NOW)
    person = join(first.at, one, Item.PLAN)
    two = members.add_member(second.at, known=members.Known(name="Amina"), now=NOW)
    clinic = second.at.held.clinic
    code = invitations.invite(clinic=clinic, role=None, now=NOW, by=second.at, member=two)
    invitations.accept_as_patient(code, person=person, now=NOW)
    shares = {each.name: each.shares for each in sharing.clinics_of_person(person)}
    assert shares == {"First": {Item.PLAN}, "Second": frozenset()}


def test_a_code_opens_once_for_its_own_kind_and_for_four_weeks() -> None:
    worker = a_worker(a_clinic(), Role.ADMINISTRATOR)
    clinic = worker.at.held.clinic
    id = members.add_member(worker.at, known=members.Known(name="Amina"), now=NOW)

    def new() -> str:
        return invitations.invite(clinic=clinic, role=None, now=NOW, by=worker.at, member=id)

    first, second = new(), new()
    person = people.start_guest(now=NOW)
    with pytest.raises(BadInvitation):  # a newer one closed it
        invitations.accept_as_patient(first, person=person, now=NOW)
    with pytest.raises(BadInvitation):
        invitations.accept_as_staff(second, user_id=worker.user_id, name="X", now=NOW)
    late = NOW + timedelta(days=29)
    with pytest.raises(BadInvitation):
        invitations.accept_as_patient(second, person=person, now=late)
    invitations.accept_as_patient(second.lower().replace("-", " "), person=person, now=NOW)
    with pytest.raises(BadInvitation):
        invitations.accept_as_patient(second, person=person, now=NOW)
    assert MemberRow.objects.get(pk=id).shares == []


def test_the_last_administrator_stays() -> None:
    worker = a_worker(a_clinic(), Role.ADMINISTRATOR)
    with pytest.raises(LastAdministrator):
        staff.end_role(worker.at, staff=worker.at.staff.id, now=NOW)
    other = a_worker(worker.at.held.clinic, Role.ADMINISTRATOR)
    staff.end_role(worker.at, staff=worker.at.staff.id, now=NOW)
    with pytest.raises(NoSuchClinic):
        staff.desk(clinic=worker.at.held.clinic, user_id=worker.user_id)
    assert staff.names_of(other.at.held.clinic)[worker.at.staff.actor] == "Administrator"
