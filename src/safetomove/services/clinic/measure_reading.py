"""One person's measures as staff may read them: what they share, and what the clinic typed in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from safetomove.core.errors import BadInput
from safetomove.records import statements
from safetomove.records.models import MemberRow
from safetomove.services import measures
from safetomove.services.clinic import documents, measure_rounds, paper_measures, seeing
from safetomove.services.clinic.documents import Kind
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.paper_measures import lies_with_person
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk, names_of
from safetomove.services.measures import Asked, NoSuchMeasure, Taken


class NotTypedHere(BadInput):
    """Only what this clinic typed in can be taken out by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that staff may read of one person. `asked` is None where measures aren't shared."""

    takings: tuple[Taken, ...]  # the oldest day first
    asked: tuple[Asked, ...] | None
    kept_here: frozenset[str]  # names of those that lie with the clinic

    @property
    def shared(self) -> bool:
        """Say whether the person lets the clinic see their measures."""
        return self.asked is not None

    def one(self, name: str) -> Taken:
        """Return one filling-in; NoSuchMeasure for what can't be read or was taken out."""
        found = next((each for each in self.takings if each.name == name), None)
        if found is None:
            raise NoSuchMeasure("this measure can't be read here")
        return found


def reading(at: Desk, member: Member, *, now: datetime) -> Reading:
    """Open what staff may read; what is shared is noted as seen. Five queries at most."""
    paper = paper_measures.of_member(at.held, member.id)
    own: tuple[Taken, ...] = ()
    asked: tuple[Asked, ...] | None = None
    if lies_with_person(member):
        held = seeing.see(at, member, Item.MEASURES, now=now)
        own, asked = measures.read_measures(held), measures.asked_of(held)
    together = sorted((*own, *paper), key=lambda one: (one.day, one.written_at, one.name))
    here = frozenset(one.name for one in paper)
    return Reading(takings=tuple(together), asked=asked, kept_here=here)


def may_withdraw(taken: Taken, staff: Collection[str]) -> bool:
    """Say whether a filling-in was typed in by one of these staff, by the audit's words."""
    return taken.by in staff


def withdraw(at: Desk, member: Member, name: str, *, now: datetime) -> None:
    """Take out what was typed in by mistake; it stays kept. What was asked is asked again.

    Refuses with NoSuchMeasure, and with NotTypedHere for what the person filled in.
    """
    with transaction.atomic():
        found = reading(at, member, now=now)
        one = found.one(name)
        if not may_withdraw(one, names_of(at.held.clinic)):
            raise NotTypedHere("the person filled this in; only they can take it out")
        if one.name in found.kept_here:
            _withdraw_here(at, member.id, one, now)
        elif member.person is not None:
            measures.withdraw(person=member.person, name=name, now=now, by=at.staff.actor)
            statements.age_standing(member.person)  # clinics' lines about them are old now
        measure_rounds.ask_again(at, member, one, now=now)


def _withdraw_here(at: Desk, member: UUID, one: Taken, now: datetime) -> None:
    kept = documents.read(at.held, Kind.MEASURE, one.name)
    if kept is None or kept.member != member:
        raise NoSuchMeasure("this measure is not kept here")
    data = {**kept.data, "withdrawn_by": at.staff.actor}
    documents.put(at.held, Kind.MEASURE, data, now=now, name=one.name, member=member)
    MemberRow.objects.filter(pk=member).update(standing_at=None)  # their line is old now
