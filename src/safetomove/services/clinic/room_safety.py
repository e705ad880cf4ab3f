"""Safety in the room: the questions asked there, what they lead to, and who may do the circuit.

The clinic keeps what was answered in the room as its own document. What a person answered at
home is shown only where they share their plan, and is kept here only once they went through
it together with staff.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from safetomove.core import safety
from safetomove.core.course.happened import BadRun, Deed, Event, How, Why
from safetomove.core.course.run import in_order, open_stops, why
from safetomove.core.doing import Abilities, AboutPerson, about_person
from safetomove.core.safety import SafetyAnswers, TriageResult
from safetomove.records.models import ClinicDocumentRow, MemberRow
from safetomove.records.person_file import safety_from_json, safety_to_json
from safetomove.services.clinic import documents, run_events, seeing
from safetomove.services.clinic.documents import Kind
from safetomove.services.clinic.holding import HeldClinic, hold
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk, Role

HOME_DAYS: Final = 7  # own rule: answers from home this fresh need only "anything new?"
REASON_LEAST: Final = 10  # letters of a reason to let somebody back in


class May(StrEnum):
    """Whether somebody may do the circuit."""

    ASK = "ask"  # the safety questions come first
    STOPPED = "stopped"
    READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSafety:
    """What the clinic knows of one person's safety; `events` are stops and what settled them."""

    member: UUID
    answers: SafetyAnswers | None = field(default=None, repr=False)
    abilities: Abilities = field(default_factory=Abilities, repr=False)
    events: tuple[Event, ...] = field(default=(), repr=False)
    from_home: bool = False

    @property
    def stops(self) -> tuple[Event, ...]:
        """Return what stops this person's circuit, of this session or an earlier one."""
        return tuple(in_order(open_stops(self.events).values()))

    def may(self, today: date) -> May:
        """Say whether they may do the circuit, apart from "anything new?" of the day."""
        if self.stops:
            return May.STOPPED
        stale = self.answers is None or triaged(self.answers, today).answers_stale
        return May.ASK if stale else May.READY

    def about(self, today: date) -> AboutPerson:
        """Return what decides which movements fit."""
        return about_person(self.answers, self.abilities, today=today)


def of_members(held: HeldClinic, members: Iterable[UUID]) -> dict[UUID, RoomSafety]:
    """Return what is known of each; of somebody never asked, nothing: one query."""
    by_name = {each.hex: each for each in members}
    rows = ClinicDocumentRow.objects.filter(
        clinic_id=held.clinic, kind=Kind.SAFETY, name__in=list(by_name)
    )
    found = {by_name[doc.name]: doc.data for doc in documents.opened(held, rows)}
    return {each: _read(each, found.get(each)) for each in by_name.values()}


def of_member(held: HeldClinic, member: UUID) -> RoomSafety:
    """Return what is known of one person: one query."""
    return of_members(held, (member,))[member]


def triaged(answers: SafetyAnswers, today: date) -> TriageResult:
    """Say what answers mean on a day."""
    return safety.triage(answers, rules=safety.rules_in_force(today), today=today)


def local_day(held: HeldClinic, now: datetime) -> date:
    """Return the day it is at the clinic."""
    return now.astimezone(ZoneInfo(held.zone)).date()


def from_home(at: Desk, member: Member, *, now: datetime) -> SafetyAnswers | None:
    """Return what the person answered at home in the last days, where they share their plan.

    None too where they have said since that something is different. That it was seen is noted.
    """
    if member.person is None or Item.PLAN not in member.shares:
        return None
    file = seeing.see(at, member, Item.PLAN, now=now).file
    given = file.safety
    if given is None or file.recheck is not None:
        return None
    today = local_day(at.held, now)
    asked_on = given.full_check_on or given.given_on
    fresh = timedelta() <= today - asked_on <= timedelta(days=HOME_DAYS)
    return given if fresh else None


def keep_answers(
    at: Desk,
    *,
    session: int,
    member: UUID,
    answers: SafetyAnswers,
    client_key: str,
    now: datetime,
    home: bool = False,
) -> TriageResult:
    """Keep what was answered in the room and say what it leads to.

    Leave to move settles what was merely new. Anything else stops this person's circuit, and
    answering again never undoes that: a physiotherapist settles it.
    """
    result = triaged(answers, local_day(at.held, now))
    with transaction.atomic():
        hold(at.held.clinic)
        if run_events.known(session, (client_key,)):
            return result
        old = of_member(at.held, member)
        event = _follows(old, result, client_key, now)
        kept = run_events.write(at, session, event, now=now)
        new = replace(old, answers=answers, events=(*old.events, kept), from_home=home)
        _put(at.held, new, now=now)
    return result


def keep_abilities(at: Desk, *, member: UUID, abilities: Abilities, now: datetime) -> None:
    """Keep what is hard for a person, as told in the room."""
    with transaction.atomic():
        hold(at.held.clinic)
        _put(at.held, replace(of_member(at.held, member), abilities=abilities), now=now)


def stop(held: HeldClinic, event: Event, *, now: datetime) -> None:
    """Keep a stop beyond its session; call it in the transaction that writes the event."""
    old = of_member(held, UUID(event.member))
    if event.key not in {each.key for each in old.events}:
        _put(held, replace(old, events=(*old.events, event)), now=now)


def clear(
    at: Desk, *, session: int, member: UUID, reason: str, client_key: str, now: datetime
) -> None:
    """Let somebody back into the circuit, with a physiotherapist's reason."""
    tidy = reason.strip()
    if at.staff.role is not Role.PHYSIOTHERAPIST:
        raise BadRun("only a physiotherapist lets somebody back in")
    if len(tidy) < REASON_LEAST:
        raise BadRun(f"give a reason of at least {REASON_LEAST} letters")
    with transaction.atomic():
        hold(at.held.clinic)
        old = of_member(at.held, member)
        keys = tuple(each.key for each in old.stops)
        event = Event(
            key=client_key, at=now, deed=Deed.CLEAR, member=str(member),
            value=How.CLINICIAN, text=tidy, clears=keys,
        )  # fmt: skip
        if not keys or run_events.known(session, (client_key,)):
            return
        kept = run_events.write(at, session, event, now=now)
        _put(at.held, replace(old, events=(*old.events, kept)), now=now)


def _follows(old: RoomSafety, result: TriageResult, key: str, now: datetime) -> Event:
    about = str(old.member)
    if result.clearance is None:
        return Event(key=key, at=now, deed=Deed.STOP, member=about, value=Why.SIGN)
    new = tuple(each.key for each in old.stops if why(each) is Why.NEW)
    return Event(
        key=key, at=now, deed=Deed.CLEAR, member=about, value=How.QUESTIONS, clears=new
    )  # fmt: skip


def _read(member: UUID, data: Mapping[str, Any] | None) -> RoomSafety:
    if data is None:
        return RoomSafety(member=member)
    answers = data["answers"]
    return RoomSafety(
        member=member,
        answers=None if answers is None else safety_from_json(answers),
        abilities=Abilities.from_text(data["abilities"]),
        events=tuple(Event.from_json(each) for each in data["events"]),
        from_home=data["from_home"],
    )


def _put(held: HeldClinic, told: RoomSafety, *, now: datetime) -> None:
    data = {
        "answers": None if told.answers is None else safety_to_json(told.answers),
        "abilities": told.abilities.to_text(),
        "events": [each.to_json() for each in told.events],
        "from_home": told.from_home,
    }
    documents.put(held, Kind.SAFETY, data, now=now, name=told.member.hex, member=told.member)
    MemberRow.objects.filter(pk=told.member).update(standing_at=None)  # who to see first changes
    MemberRow.objects.filter(pk=told.member).update(standing_at=None)  # their line is old now
