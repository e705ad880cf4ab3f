"""One person's file for another record system, such as a GP's, as FHIR R4.

It is a Bundle of type collection: what belongs to one person at one time, for somebody to
look at and file. A document would need a Composition that somebody signs for, and nobody
does. For a clinic it holds what the person shares with it, item by item, and the clinic's
own register; each item opened is noted. A person's own file holds all of theirs, and no name.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from safetomove import __version__
from safetomove.services import audit
from safetomove.services.audit import Verb
from safetomove.services.clinic import enrolment, groups, paper_measures, register, seeing
from safetomove.services.clinic import fhir_parts as parts
from safetomove.services.clinic.fhir_parts import Entry, Went
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk
from safetomove.services.holding import look
from safetomove.services.measures import read_measures
from safetomove.services.today import Today, review_today

SOFTWARE = f"Safe to Move {__version__}"

Json = dict[str, Any]


def for_clinic(at: Desk, member: Member, *, now: datetime) -> Json:
    """Return what somebody shares with a clinic; that it was handed on is noted."""
    shares = member.shares if member.person is not None else frozenset()
    today: Today | None = None
    if Item.PLAN in shares:
        today = review_today(person=seeing.see(at, member, Item.PLAN, now=now).person, now=now)
    taken = [*paper_measures.of_member(at.held, member.id)]
    if Item.MEASURES in shares:
        taken += read_measures(seeing.see(at, member, Item.MEASURES, now=now))
    if member.person is not None:
        audit.note(member.person, Verb.HANDED_ON, now=now, actor=at.staff.actor)
    who = uuid5(member.id, "patient")
    made = [parts.patient(who, member.known)]
    made += _plan_parts(who, today, _went(at, member, now), now)
    made += parts.measured(who, taken)
    return _bundle(who, made, (f"{at.staff.name}, {at.held.name}", SOFTWARE), now)


def for_person(person: UUID, *, now: datetime) -> Json:
    """Return a person's own plan and measures; it names nobody."""
    held = look(person)
    who = uuid5(person, "patient")
    made = [parts.patient(who, None)]
    made += _plan_parts(who, review_today(person=person, now=now), (), now)
    made += parts.measured(who, read_measures(held))
    return _bundle(who, made, (SOFTWARE,), now)


def as_text(bundle: Json) -> str:
    """Return the file's text."""
    return json.dumps(bundle, ensure_ascii=False, indent=1)


def _plan_parts(who: UUID, today: Today | None, went: Iterable[Went], now: datetime) -> list[Entry]:
    goals = [] if today is None else [*parts.goals(who, today.record.plans)]
    return [*goals, parts.care_plan(who, today, went, now), *parts.not_asked(who, now)]


def _went(at: Desk, member: Member, now: datetime) -> list[Went]:
    """Return each course that somebody has or had a place in, by the clinic's own register."""
    found = []
    for each in enrolment.of_member(at.held, member.id):
        if each.state in {enrolment.State.ENROLLED, enrolment.State.LEFT}:
            group = groups.group(at.held, each.group)
            meetings = groups.sessions(group)
            held = [one for one in meetings if one.meeting.held]
            marks = register.of_group(at.held, group, meetings)
            came = len(marks.standing(str(member.id)).came)
            over = all(one.meeting.utc <= now for one in held)
            found.append(Went(name=group.name, came=came, count=len(held), over=over))
    return found


def _bundle(who: UUID, made: list[Entry], by: Iterable[str], now: datetime) -> Json:
    """Put the parts together; the file's own id is new each time it is made."""
    return {
        "resourceType": "Bundle",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{uuid4()}"},
        "type": "collection",
        "timestamp": now.isoformat(),
        "entry": [*made, parts.provenance(who, made, by, now)],
    }
