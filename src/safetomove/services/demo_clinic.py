"""An invented clinic with staff, a list and a course half-way through, to look around in."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db import transaction

from safetomove.content import course
from safetomove.core.course import Attendance, Timetable
from safetomove.core.measures import Answers
from safetomove.core.safety import Answer
from safetomove.records.models import Clinic, MemberRow, Person, StaffRow
from safetomove.services import people
from safetomove.services.checkpoint import rebuilt
from safetomove.services.clinic import (
    clinics,
    enrolment,
    groups,
    invitations,
    members,
    paper_measures,
    register,
    sharing,
    staff,
    syllabuses,
)
from safetomove.services.clinic.groups import GroupKind
from safetomove.services.clinic.members import Known
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk, Role
from safetomove.services.days import write_new_days
from safetomove.services.demo import ZONE, all_clear
from safetomove.services.demo_life import live, plans_of
from safetomove.services.holding import hold, keep
from safetomove.services.measures import Occasion
from safetomove.services.safety_check import save_answers

NAME = "Demo back clinic"
HOURS = "weekdays, 9 to 5"
STAFF = {
    "demo-physio": ("Priya Shah", Role.PHYSIOTHERAPIST),
    "demo-assistant": ("Tom Reid", Role.ASSISTANT),
    "demo-office": ("Ann Oduya", Role.ADMINISTRATOR),
}
BEGAN = timedelta(days=24)  # ago: about half of the sessions are behind them
TUESDAY, FRIDAY = 1, 4
JOINER = "Sam Demo"  # whose account is the demonstration's own
EVERYTHING = frozenset(Item)
SOME = frozenset({Item.PLAN, Item.MEASURES})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Life:
    """One invented person on the list; `days` of diary, 0 for somebody without a record."""

    name: str
    born: date
    days: int = 0
    shares: frozenset[Item] = SOME
    silent: int = 0  # days since the last check-in
    missed: tuple[int, ...] = ()  # sessions
    sign: str = ""  # a warning sign that they answered with yes
    stands: int = 9


LIVES = (
    _Life(name="Amina Begum", born=date(1971, 3, 4), days=84, shares=EVERYTHING),
    _Life(name="Brian Cole", born=date(1958, 9, 21), days=66, missed=(3,)),
    _Life(name="Carol Dean", born=date(1979, 1, 30), days=55, sign="sciatica"),
    _Life(name="Dev Patel", born=date(1984, 6, 12), days=47),
    _Life(name="Eileen Fox", born=date(1949, 11, 2), missed=(2, 5), stands=6),
    _Life(name="Femi Ade", born=date(1966, 4, 17), days=70, silent=21, missed=(5, 6, 7)),
    _Life(name="Grace Hill", born=date(1990, 8, 8), days=40, shares=frozenset()),
    _Life(name="Huw Jenkins", born=date(1961, 12, 25), days=62, sign="ces_bladder"),
    _Life(name="Ines Lopes", born=date(1975, 5, 5), days=33, shares=EVERYTHING),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoClinic:
    """How to sign in to the demonstration clinic: a password by account name."""

    clinic: UUID
    passwords: Mapping[str, str]


def make_demo_clinic(*, now: datetime, person: UUID | None = None) -> DemoClinic:
    """Make the clinic afresh, with invented people and new passwords; `person` joins them."""
    with transaction.atomic():
        _clear_away()
        clinic = clinics.open_clinic(name=NAME, zone=ZONE, reading_hours=HOURS, now=now)
        passwords = {username: secrets.token_urlsafe(12) for username in STAFF}
        desks = {name: _hire(clinic, name, passwords[name], now) for name in STAFF}
        group = _run_a_course(desks["demo-physio"], now)
        if person is not None:
            _join(desks["demo-physio"], group, person, now)
    return DemoClinic(clinic=clinic, passwords=passwords)


def _clear_away() -> None:
    """Let the last demonstration go: its clinic, its accounts and its invented people."""
    staffed = StaffRow.objects.filter(user__username__in=STAFF).values("clinic_id")
    old = Clinic.objects.filter(pk__in=staffed, name=NAME)
    invented = MemberRow.objects.filter(clinic__in=old, person__user=None).values("person_id")
    Person.objects.filter(pk__in=list(invented.values_list("person_id", flat=True))).delete()
    old.delete()
    get_user_model().objects.filter(username__in=STAFF).delete()


def _hire(clinic: UUID, username: str, password: str, now: datetime) -> Desk:
    user = get_user_model().objects.create_user(username=username, password=password)
    name, role = STAFF[username]
    staff.begin_role(clinic=clinic, user_id=user.pk, name=name, role=role, now=now)
    return staff.desk(clinic=clinic, user_id=user.pk)


def _join(at: Desk, group: UUID, person: UUID, now: datetime) -> None:
    member = members.add_member(at, known=Known(name=JOINER), now=now)
    _accept(at, member, person, SOME, now)
    enrolment.enrol(at, group=group, member=member, now=now)


def _run_a_course(at: Desk, now: datetime) -> UUID:
    zone = ZoneInfo(ZONE)
    first = now.astimezone(zone).date() - BEGAN
    first -= timedelta(days=(first.weekday() - TUESDAY) % 7)
    taught = syllabuses.newest(at.held, course.ID)
    timetable = Timetable(
        first_day=first,
        weekdays=frozenset({TUESDAY, FRIDAY}),
        starts=time(10, 30),
        zone=zone,
        count=len(taught.sessions),
    )
    group = groups.create(
        at,
        kind=GroupKind.GROUP,
        name="Autumn group",
        venue="Village hall, Mill Lane",
        places=12,
        timetable=timetable,
        syllabus=taught,
        client_key="demo-group",
        now=now,
    )
    ids = [_put_on_the_list(at, life, first, now) for life in LIVES]
    for id in ids:
        enrolment.enrol(at, group=group, member=id, now=now)
    _mark(at, group, dict(zip(ids, LIVES, strict=True)), now)
    return group


def _put_on_the_list(at: Desk, life: _Life, first: date, now: datetime) -> UUID:
    member = members.add_member(at, known=Known(name=life.name, born=life.born), now=now)
    if life.days:
        _accept(at, member, _live(life, now), life.shares, now)
    paper_measures.record(
        at,
        members.member(at.held, member),
        instrument="sit-to-stand",
        answers=Answers(values={"stands": life.stands}),
        label=Occasion.FIRST,
        day=first,
        client_key=f"demo-{member}",
        now=now,
    )
    return member


def _accept(at: Desk, member: UUID, person: UUID, shares: frozenset[Item], now: datetime) -> None:
    code = invitations.invite(clinic=at.held.clinic, role=None, now=now, by=at, member=member)
    invitations.accept_as_patient(code, person=person, now=now)
    sharing.share(person=person, member=member, items=shares, now=now)


def _live(life: _Life, now: datetime) -> UUID:
    person = people.start_guest(now=now, zone=ZONE)
    today = people.local_day(now=now, zone=ZONE)
    first = today - timedelta(days=life.days)
    plans = plans_of(first)
    held = hold(person)
    write_new_days(held, live(plans, first=first, days=life.days - life.silent), now=now)
    held = keep(held, plans=plans)
    keep(held, checkpoint=rebuilt(held, today=today))
    clear = all_clear(today)
    sign = {life.sign: Answer.YES} if life.sign else {}
    answers = replace(clear, answers={**clear.answers, **sign})
    save_answers(person=person, answers=answers, now=now)
    return person


def _mark(at: Desk, group: UUID, lives: Mapping[UUID, _Life], now: datetime) -> None:
    held = [each for each in groups.sessions(groups.group(at.held, group)) if each.number]
    for session in held:
        if session.meeting.utc >= now:
            return
        for member, life in lives.items():
            missed = session.number in life.missed
            state = Attendance.ABSENT if missed else Attendance.PRESENT
            register.mark(at, session=session.id, member=member, state=state, now=now)
        register.close(at, session=session.id, now=now)
