"""Running a session: taps once, early or late; who may stand at a station, who is put back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safetomove.core.course import Attendance
from safetomove.core.course import How as Meets
from safetomove.core.course.happened import BadRun, Deed, Event, Why
from safetomove.core.course.run_clock import Phase
from safetomove.core.doing import ABILITIES, Abilities
from safetomove.core.safety import Answer, Disposition, SafetyAnswers
from safetomove.records.models import AttendanceHistory, AuditRow, ClinicDocumentRow, RunEventRow
from safetomove.services import safety_check
from safetomove.services.clinic import (
    enrolment,
    groups,
    members,
    notes,
    register,
    room_safety,
    runs,
)
from safetomove.services.clinic.refusals import BadClinic, NoSuchSession
from safetomove.services.clinic.room_safety import May
from safetomove.services.clinic.runs import InRoom, Room
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk, Role
from safetomove.services.demo import all_clear
from tests.clinics import NOW, a_clinic, a_member, a_worker, join
from tests.courses import a_group

pytestmark = pytest.mark.django_db
keys: Iterator[int] = count()
START = NOW + timedelta(days=7)  # the first session, Tuesday at ten
TODAY = START.date()


@pytest.fixture(autouse=True)
def quick_passwords(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class Hall:
    """A group in its room on the day of the first session."""

    def __init__(self, *names: str) -> None:
        self.at: Desk = a_worker(a_clinic(), Role.PHYSIOTHERAPIST, name="Priya").at
        self.assistant = a_worker(self.at.held.clinic, Role.ASSISTANT).at
        self.group = a_group(self.at)
        self.ids = [a_member(self.at, name, joined=False) for name in names or ("Amina", "Brian")]
        for each in self.ids:
            enrolment.enrol(self.at, group=self.group, member=each, now=NOW)
        self.sessions = groups.sessions(groups.group(self.at.held, self.group))
        self.session = self.sessions[0].id

    def take(self, *events: Event, now: float = 0, desk: Desk | None = None) -> tuple[object, ...]:
        when = START + timedelta(seconds=now)
        return runs.take(desk or self.at, session=self.session, events=events, now=when)

    def room(self, now: float = 0) -> Room:
        return runs.room(self.at, self.session, now=START + timedelta(seconds=now))

    def who(self, name: str) -> InRoom:
        return next(each for each in self.room().people if each.member.name == name)

    def answer(self, member: UUID, *, days: int = 0, **yes: Answer) -> Disposition:
        day = START + timedelta(days=days)
        clear = all_clear(day.date())
        told = replace(clear, given_on=day.date(), answers={**clear.answers, **yes})
        return room_safety.keep_answers(
            self.at, session=self.session, member=member, answers=told,
            client_key=uuid4().hex, now=day,
        ).disposition  # fmt: skip

    def ready(self) -> None:
        for each in self.ids:
            self.answer(each)
            self.take(tap(Deed.NEW, member=each, value="no"))


def tap(deed: Deed, at: float = 0, *, member: object = "", **more: object) -> Event:
    when = START + timedelta(seconds=at)
    return Event(key=f"tap-{next(keys)}", at=when, deed=deed, member=str(member), **more)


def marks(hall: Hall) -> dict[str, Attendance | None]:
    return {each.member.name: each.mark for each in hall.room().people}


def test_a_device_that_sends_everything_twice_writes_once() -> None:
    hall = Hall()
    amina, _ = hall.ids
    told = [
        tap(Deed.STEP, 1, to=0),
        tap(Deed.CAME, 2, member=amina, value="absent"),
        tap(Deed.CAME, 3, member=amina, value="present"),
        tap(Deed.NOTE, 4, member=amina, text="Wants a mat"),
    ]
    for batch in (told[2:], told, told):
        assert hall.take(*batch) == ()
    assert RunEventRow.objects.count() == 4
    assert marks(hall)["Amina"] is Attendance.PRESENT
    assert [each.text for each in hall.room().run.notes] == ["Wants a mat"]
    assert b"Wants" not in RunEventRow.objects.latest("at").sealed
    assert [each.said.text for each in notes.notes_of(hall.at.held, amina)] == ["Wants a mat"]


def test_a_tap_held_back_by_a_device_never_undoes_a_newer_mark() -> None:
    hall = Hall()
    amina, _ = hall.ids
    late = tap(Deed.CAME, 60, member=amina, value="absent")
    desk = START + timedelta(seconds=300)
    register.mark(hall.at, session=hall.session, member=amina, state=Attendance.PRESENT, now=desk)
    assert hall.take(late, now=600) == ()
    assert marks(hall)["Amina"] is Attendance.PRESENT
    assert not AttendanceHistory.objects.exists()


def test_the_same_mark_again_keeps_the_reason_that_was_noted() -> None:
    hall = Hall()
    amina, _ = hall.ids
    absent = Attendance.ABSENT
    register.mark(
        hall.at, session=hall.session, member=amina, state=absent, reason="A cold", now=START
    )
    hall.take(tap(Deed.CAME, 9, member=amina, value="absent"), now=9)
    line = register.lines(hall.at.held, hall.sessions[0])[0]
    assert line.mark is not None
    assert line.mark.reason == "A cold"


def test_what_a_device_says_of_the_future_happens_now() -> None:
    hall = Hall()
    hall.take(tap(Deed.STEP, 90_000, to=0), now=5)
    run = hall.room().run
    assert run.part_at == START + timedelta(seconds=5)


def test_what_can_not_be_taken_is_named_and_the_rest_is_kept() -> None:
    hall = Hall()
    stranger = a_member(hall.at, "Carol", joined=False)
    bad = [
        tap(Deed.CAME, member=stranger, value="present"),
        tap(Deed.LEVEL, member=hall.ids[0], movement="no-such-thing", to=1),
        tap(Deed.CLEAR, member=hall.ids[0], value="clinician", clears=("x",)),
        tap(Deed.STOP, member=hall.ids[0], value=Why.SIGN),
        tap(Deed.STEP, to=0, order=(str(stranger),)),
    ]
    good = tap(Deed.NOTE, text="Fine")
    refused = hall.take(*bad, good)
    assert {each.key for each in refused} == {each.key for each in bad}
    assert [each.key for each in hall.room().events] == [good.key]


def test_a_session_of_another_clinic_or_one_called_off_takes_nothing() -> None:
    hall, other = Hall(), Hall()
    with pytest.raises(NoSuchSession):
        runs.take(other.at, session=hall.session, events=[tap(Deed.PAUSE)], now=START)
    with pytest.raises(NoSuchSession):
        runs.room(other.at, hall.session, now=START)
    from safetomove.core.course import Content
    from safetomove.services.clinic import group_dates

    group_dates.cancel(hall.at, session=hall.session, content=Content.LEFT_OUT, now=NOW)
    with pytest.raises((BadClinic, NoSuchSession)):
        hall.take(tap(Deed.PAUSE))


def test_nobody_stands_at_a_station_before_both_safety_questions_are_answered() -> None:
    hall = Hall()
    amina, _ = hall.ids
    assert hall.who("Amina").may is May.ASK
    hall.take(tap(Deed.CAME, member=amina, value="present"),
              tap(Deed.NEW, member=amina, value="no"))  # fmt: skip
    assert not hall.who("Amina").in_circuit  # never asked in full
    assert hall.answer(amina) is Disposition.PROCEED
    assert hall.who("Amina").in_circuit
    assert not hall.who("Brian").in_circuit


def test_answers_wear_out_after_four_weeks() -> None:
    hall = Hall()
    hall.answer(hall.ids[0])
    known = room_safety.of_member(hall.at.held, hall.ids[0])
    assert known.may(TODAY + timedelta(days=28)) is May.READY
    assert known.may(TODAY + timedelta(days=29)) is May.ASK


def test_a_yes_to_anything_new_stops_the_circuit_until_the_questions_clear_it() -> None:
    hall = Hall()
    hall.ready()
    amina, _ = hall.ids
    hall.take(tap(Deed.NEW, 5, member=amina, value="yes"))
    assert hall.who("Amina").may is May.STOPPED
    hall.take(tap(Deed.NEW, 6, member=amina, value="no"))
    assert hall.who("Amina").may is May.STOPPED  # a later "no" takes nothing back
    hall.answer(amina)
    assert hall.who("Amina").in_circuit


def test_a_warning_sign_stops_the_circuit_and_no_other_answer_undoes_it() -> None:
    hall = Hall()
    hall.ready()
    amina, _ = hall.ids
    assert hall.answer(amina, ces_bladder=Answer.YES) is Disposition.EMERGENCY
    assert hall.who("Amina").may is May.STOPPED
    assert hall.answer(amina) is Disposition.PROCEED  # asked again, all "no"
    assert hall.who("Amina").may is May.STOPPED
    assert str(amina) not in hall.room().order
    assert hall.take(tap(Deed.CAME, 9, member=amina, value="present"), now=9) == ()
    assert marks(hall)["Amina"] is Attendance.PRESENT  # the register still works


def test_only_a_physiotherapist_with_a_reason_lets_somebody_back_in() -> None:
    hall = Hall()
    hall.ready()
    amina, _ = hall.ids
    hall.answer(amina, sciatica=Answer.YES, ces_bladder=Answer.UNKNOWN)
    asked = {"session": hall.session, "member": amina, "client_key": "c", "now": START}
    with pytest.raises(BadRun):
        room_safety.clear(hall.assistant, reason="She was seen at hospital today", **asked)
    with pytest.raises(BadRun):
        room_safety.clear(hall.at, reason="fine", **asked)
    assert hall.who("Amina").may is May.STOPPED
    for _ in range(2):
        room_safety.clear(hall.at, reason="She was seen at hospital today", **asked)
    assert hall.who("Amina").in_circuit
    hall.take(tap(Deed.STOP, member=amina, value=Why.ROOM, text="Faint"))
    assert hall.who("Amina").may is May.STOPPED  # what comes later stops anew


def test_a_stop_lasts_into_the_next_session() -> None:
    hall = Hall()
    hall.ready()
    hall.take(tap(Deed.STOP, member=hall.ids[0], value=Why.ROOM, text="Faint"))
    following = runs.room(hall.at, hall.sessions[1].id, now=START + timedelta(days=3))
    assert [each.may for each in following.people] == [May.STOPPED, May.READY]
    assert all(each.asked == "" for each in following.people)  # asked afresh each time


def test_answers_from_home_show_only_where_the_plan_is_shared_and_fresh() -> None:
    hall = Hall()
    shared = a_member(hall.at, "Dev", Item.PLAN)
    silent = a_member(hall.at, "Eileen", Item.MEASURES)
    for id in (shared, silent):
        person = members.member(hall.at.held, id).person
        assert person is not None
        answers = SafetyAnswers.from_json(all_clear(TODAY).to_json(), given_on=TODAY)
        safety_check.save_answers(person=person, answers=answers, now=START)
    seen = AuditRow.objects.filter(actor=hall.at.staff.actor)

    def home(id: UUID, days: int) -> SafetyAnswers | None:
        who = members.member(hall.at.held, id)
        return room_safety.from_home(hall.at, who, now=START + timedelta(days=days))

    before = seen.count()
    assert home(silent, 0) is None
    assert seen.count() == before
    assert home(shared, 7) is not None
    assert seen.count() == before + 1
    assert home(shared, 8) is None
    person = members.member(hall.at.held, shared).person
    assert person is not None
    safety_check.say_something_is_different(person=person, now=START)
    assert home(shared, 1) is None


def test_what_does_not_suit_somebody_is_swapped_at_the_same_station() -> None:
    hall = Hall()
    hall.ready()
    amina, _ = hall.ids
    trouble = dict.fromkeys(ABILITIES, Answer.YES)
    room_safety.keep_abilities(
        hall.at, member=amina, abilities=Abilities(trouble=trouble), now=START
    )
    hall.session = hall.sessions[3].id
    hers = hall.who("Amina").stands
    swapped = [each for each in hers if each.how is Meets.SWAP]
    assert swapped
    assert len(hers) > len(swapped)
    assert all(each.swap is None for each in swapped)  # no tap takes a swap back
    station = swapped[0].station
    hall.take(tap(Deed.SWAP, member=amina, to=station, value="plan"))
    assert hall.who("Amina").stands == hers


def test_a_level_and_a_swap_for_one_person_hold_and_the_level_holds_next_time() -> None:
    hall = Hall()
    hall.ready()
    amina, brian = hall.ids
    stand = hall.who("Amina").stands[0]
    assert stand.plan is not None
    assert stand.plan.level == stand.plan.low
    hall.take(
        tap(Deed.LEVEL, 4, member=amina, movement=stand.plan.movement, to=stand.plan.high),
        tap(Deed.LEVEL, 2, member=amina, movement=stand.plan.movement, to=stand.plan.low),
        tap(Deed.SWAP, 5, member=brian, to=hall.who("Brian").stands[0].station, value="swap"),
    )
    now = hall.who("Amina").stands[0].plan
    assert now is not None
    assert now.level == stand.plan.high  # by when it was tapped
    assert hall.who("Brian").stands[0].swapped
    kept = ClinicDocumentRow.objects.filter(kind="run", name=amina.hex)
    assert kept.count() == 1


def test_once_the_circuit_runs_who_comes_or_goes_moves_nobody_else() -> None:
    hall = Hall(*"ABCDEFG")
    hall.ready()
    turn = next(each for each in hall.room().parts if each.phase is Phase.STATIONS)
    late = hall.ids[0]
    order = tuple(str(each) for each in hall.ids[1:])
    hall.take(tap(Deed.STEP, to=turn.index, order=order))
    before = {each.member.id: each.stands for each in hall.room().people}
    hall.take(tap(Deed.CAME, 5, member=late, value="present"),
              tap(Deed.CAME, 6, member=hall.ids[3], value="absent"), now=9)  # fmt: skip
    after = {each.member.id: each.stands for each in hall.room().people}
    assert all(before[id] == after[id] for id in hall.ids[1:])
    assert after[late][0].turn == 2


def test_a_full_room_takes_no_more_queries_than_a_small_one() -> None:
    counts = []
    for size in (2, 12):
        hall = Hall(*(f"P{n}" for n in range(size)))
        hall.ready()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            hall.room()
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 11


def test_somebody_who_joined_with_a_record_is_run_the_same_way() -> None:
    hall = Hall()
    join(hall.at, hall.ids[0])
    hall.ready()
    assert hall.who("Amina").in_circuit
