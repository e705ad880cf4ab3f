"""Measures that staff type in from paper, and those that a clinic asks for.

Where the person has a record here and lets the clinic see their measures, what is typed in
is theirs and lies with them. Else the clinic keeps it: the register and the report of
somebody without a telephone are as whole as anybody's.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from safetomove.core.errors import BadInput
from safetomove.core.measures import Answers, check_answers
from safetomove.records import statements
from safetomove.records.models import ClinicDocumentRow, MemberRow
from safetomove.services import instruments, measures
from safetomove.services.clinic import documents
from safetomove.services.clinic.documents import Kind
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.once import once
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk
from safetomove.services.measures import Occasion, Taken, taken_from


def lies_with_person(member: Member) -> bool:
    """Say whether what is typed in for somebody becomes part of their own record."""
    return member.person is not None and Item.MEASURES in member.shares


def record(
    at: Desk,
    member: Member,
    *,
    instrument: str,
    answers: Answers,
    label: Occasion,
    day: date | None,
    client_key: str,
    now: datetime,
) -> Taken:
    """Keep one filled-in form; the same key again returns the first.

    Refuses with BadInput for what the instrument can't take, or a day still to come.
    """
    if member.person is not None and lies_with_person(member):
        kept = measures.record(
            person=member.person,
            instrument=instrument,
            answers=answers,
            label=label,
            day=day,
            client_key=client_key,
            now=now,
            by=at.staff.actor,
        )
        statements.age_standing(member.person)  # clinics' lines about them are old now
        return kept
    kept = _record_here(at, member, instrument, answers, label, day, client_key, now)
    if can_be_asked(member) and member.person is not None:
        measures.take_back(
            person=member.person, instrument=instrument, label=label, now=now, by=at.staff.actor
        )
    return kept


def can_be_asked(member: Member) -> bool:
    """Say whether a request would reach somebody here; else they need a paper form."""
    return member.person is not None and member.left_at is None and member.discharged_at is None


def ask(
    at: Desk, people: Iterable[Member], ids: Collection[str], *, label: Occasion, now: datetime
) -> tuple[Member, ...]:
    """Ask for measures; return those who can't be asked here and need a paper form."""
    on_paper = []
    for each in people:
        if each.person is None or not can_be_asked(each):
            on_paper.append(each)
            continue
        measures.ask(
            person=each.person,
            instruments_asked=ids,
            label=label,
            now=now,
            by=at.staff.actor,
        )
    return tuple(on_paper)


def of_member(held: HeldClinic, member: UUID) -> tuple[Taken, ...]:
    """Return what the clinic keeps of one member's filled-in forms: one query."""
    return taken_by_members(held, {member}).get(str(member), ())


def taken_by_members(held: HeldClinic, people: Collection[UUID]) -> dict[str, tuple[Taken, ...]]:
    """Return what the clinic keeps, by member and by day: one query."""
    found: dict[str, list[Taken]] = {}
    rows = ClinicDocumentRow.objects.filter(
        clinic_id=held.clinic, kind=Kind.MEASURE, member_id__in=people
    )
    for one in documents.opened(held, rows):
        taken = taken_from(one.data, name=one.name, written_at=one.written_at)
        if not taken.withdrawn:
            found.setdefault(str(one.member), []).append(taken)
    return {member: tuple(sorted(each, key=_when)) for member, each in found.items()}


def _record_here(
    at: Desk,
    member: Member,
    instrument: str,
    answers: Answers,
    label: Occasion,
    day: date | None,
    client_key: str,
    now: datetime,
) -> Taken:
    asked = instruments.offered(instrument)
    check_answers(asked, answers)
    if not answers.values:
        raise BadInput("answer at least one of the questions")
    today = now.astimezone(ZoneInfo(at.held.zone)).date()
    data = measures.to_keep(
        asked, answers, label=label, day=day or today, today=today, by=at.staff.actor
    )

    def write() -> dict[str, str]:
        name = uuid4().hex
        documents.put(at.held, Kind.MEASURE, data, now=now, name=name, member=member.id)
        MemberRow.objects.filter(pk=member.id).update(standing_at=None)  # their line is old now
        return {"name": name}

    name = once(at, client_key, {**data, "member": str(member.id)}, write, now=now)["name"]
    kept = documents.read(at.held, Kind.MEASURE, name)
    if kept is None:
        raise BadInput("this form was taken away meanwhile")
    return taken_from(kept.data, name=name, written_at=kept.written_at)


def _when(one: Taken) -> tuple[date, datetime, str]:
    return one.day, one.written_at, one.name
