"""The list says who to see first from what is shared, and is never older than it admits."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from safetomove.core.caseload import Reason
from safetomove.core.safety import FLAGS, Answer, Context, SafetyAnswers
from safetomove.records.models import AuditRow, MemberRow
from safetomove.services import safety_check
from safetomove.services.clinic import groups, members, my_messages, room_safety, sharing
from safetomove.services.clinic.caseload import PAGE, Caseload, caseload
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk, Role
from safetomove.services.clinic.standing import refresh, refresh_all
from tests.clinics import NOW, a_clinic, a_member, a_worker
from tests.courses import a_group
from tests.people import with_a_yes

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Desk:
    return a_worker(a_clinic(), Role.PHYSIOTHERAPIST).at


def answer(at: Desk, member: object, **said: str) -> None:
    person = members.member(at.held, member).person  # type: ignore[arg-type]
    assert person is not None
    answers = dict.fromkeys(FLAGS, Answer.NO) | {k: Answer(v) for k, v in said.items()}
    given = SafetyAnswers(
        answers=answers,
        context=Context(age=50, pregnant=Answer.NO),
        given_on=NOW.date(),
    )
    safety_check.save_answers(person=person, answers=given, now=NOW)


def names(found: Caseload) -> list[tuple[str, Reason]]:
    return [
        (line.member.name, line.standing.place.reasons[0].reason)
        for line in found.lines
        if line.standing
    ]


def test_a_warning_sign_stands_before_somebody_who_is_well(at: Desk) -> None:
    well = a_member(at, "Amina", Item.PLAN)
    ill = a_member(at, "Brian", Item.PLAN)
    answer(at, well)
    answer(at, ill, ces_bladder="yes")
    assert names(caseload(at, now=NOW)) == [("Brian", Reason.EMERGENCY), ("Amina", Reason.WELL)]


def test_what_somebody_tells_now_moves_them_up_at_the_next_look(at: Desk) -> None:
    id = a_member(at, "Amina", Item.PLAN)
    answer(at, id)
    assert names(caseload(at, now=NOW)) == [("Amina", Reason.WELL)]
    answer(at, id, ces_saddle="yes")
    assert names(caseload(at, now=NOW)) == [("Amina", Reason.EMERGENCY)]


def test_a_worrying_message_moves_somebody_up_who_shares_nothing(at: Desk) -> None:
    id = a_member(at, "Amina")
    assert names(caseload(at, now=NOW)) == [("Amina", Reason.WELL)]
    person = members.member(at.held, id).person
    assert person is not None
    my_messages.send(
        person=person,
        member=id,
        words="I have gone numb between my legs since this morning.",
        client_key="one",
        now=NOW,
    )
    assert names(caseload(at, now=NOW)) == [("Amina", Reason.ASK_AGAIN)]


def test_a_warning_sign_that_is_not_shared_does_not_show(at: Desk) -> None:
    id = a_member(at, "Amina", Item.PLAN)
    answer(at, id, ces_bladder="yes")
    person = members.member(at.held, id).person
    assert person is not None
    assert names(caseload(at, now=NOW)) == [("Amina", Reason.EMERGENCY)]
    sharing.share(person=person, member=id, items=frozenset({Item.MAP}), now=NOW)
    assert names(caseload(at, now=NOW)) == [("Amina", Reason.WELL)]


def test_being_on_a_page_is_noted_for_those_who_share_something(at: Desk) -> None:
    shown = a_member(at, "Amina", Item.PLAN)
    a_member(at, "Brian")
    a_member(at, "Cara", joined=False)
    caseload(at, now=NOW)
    rows = AuditRow.objects.filter(verb="seen_in_list")
    assert [row.person for row in rows] == [members.member(at.held, shown).person]


def test_old_lines_are_counted_until_they_are_worked_out(at: Desk) -> None:
    for n in range(PAGE + 5):
        a_member(at, f"Person {n}", joined=False)
    first = caseload(at, now=NOW)
    assert (first.people, first.pages, len(first.lines), first.old) == (PAGE + 5, 2, PAGE, 5)
    assert refresh(at.held, now=NOW) == 0
    assert refresh(at.held, now=NOW + timedelta(days=1), most=0) == PAGE + 5


def test_somebody_of_another_clinic_is_not_on_the_list(at: Desk) -> None:
    other = a_worker(a_clinic("Other"), Role.PHYSIOTHERAPIST).at
    a_member(other, "Brian", Item.PLAN)
    assert not caseload(at, now=NOW).lines


def test_the_reason_is_sealed(at: Desk) -> None:
    id = a_member(at, "Amina", Item.PLAN)
    answer(at, id, ces_bladder="yes")
    caseload(at, now=NOW)
    assert b"emergency" not in bytes(MemberRow.objects.get(pk=id).standing)


def test_more_people_take_no_more_queries(at: Desk) -> None:
    counts = []
    for more in (3, PAGE):
        for n in range(more):
            a_member(at, f"Person {n}", Item.PLAN)
        refresh(at.held, now=NOW, most=100)
        counts.append(queries_of(at))
    assert counts[0] == counts[1]


def queries_of(at: Desk) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        caseload(at, now=NOW)
    return len(seen)


def test_somebody_stopped_in_the_room_moves_up_until_a_physiotherapist_settles_it(
    at: Desk,
) -> None:
    id = a_member(at, "On paper", joined=False)
    a_member(at, "Brian", joined=False)
    group = groups.group(at.held, a_group(at))
    session = groups.sessions(group)[0].id
    assert [reason for _, reason in names(caseload(at, now=NOW))] == [Reason.WELL] * 2
    sign = with_a_yes("ces_bladder", given_on=NOW.date())
    room_safety.keep_answers(at, session=session, member=id, answers=sign, client_key="k", now=NOW)
    assert names(caseload(at, now=NOW))[0] == ("On paper", Reason.STOPPED_IN_SESSION)
    room_safety.clear(
        at, session=session, member=id, reason="Seen by A&E, all clear", client_key="c", now=NOW
    )
    assert [reason for _, reason in names(caseload(at, now=NOW))] == [Reason.WELL] * 2


def test_the_nights_work_brings_every_line_of_every_clinic_up_to_date(at: Desk) -> None:
    other = a_worker(a_clinic("Elsewhere"), Role.PHYSIOTHERAPIST).at
    for n in range(30):
        a_member(at, f"N{n}", joined=False)
    a_member(other, "There", joined=False)
    assert refresh_all(now=NOW) == 31
    assert refresh_all(now=NOW) == 0
    assert refresh_all(now=NOW + timedelta(days=1)) == 31
    said = StringIO()
    call_command("standings", stdout=said)
    assert said.getvalue() == "31 lines worked out again.\n"
