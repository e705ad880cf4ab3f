"""A group's measures at its start and at its end: what it is asked, and who has answered.

That somebody has answered what the clinic asked is told by the request, which is then gone:
nobody's record is opened for it. What they answered is another page, and needs their consent.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from safetomove.records.models import ClinicDocumentRow, DocumentRow
from safetomove.services import instruments, measures
from safetomove.services.clinic import documents, enrolment, groups, paper_measures
from safetomove.services.clinic.documents import Kind
from safetomove.services.clinic.holding import HeldClinic, hold
from safetomove.services.clinic.members import Member
from safetomove.services.clinic.paper_measures import can_be_asked
from safetomove.services.clinic.refusals import BadClinic
from safetomove.services.clinic.staff import Desk
from safetomove.services.documents import Kind as PersonKind
from safetomove.services.measures import Occasion, Taken

SHAPE: Final = 1
EARLIER: Final = timedelta(days=28)  # a paper form filled in so long before still counts
ROUNDS: Final = (Occasion.FIRST, Occasion.LAST)


class State(StrEnum):
    """Where one person stands with one measure."""

    ANSWERED = "answered"
    WAITING = "waiting"  # asked, and it stands on their own page
    PAPER = "paper"  # nothing here reaches them
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One person of a group, and where they stand by measure."""

    member: Member
    states: Mapping[str, State]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One asking of a group. `asked_on` is None before anybody was asked."""

    label: Occasion
    instruments: tuple[str, ...]
    asked_on: date | None
    lines: tuple[Line, ...]

    def waiting_for(self, state: State) -> tuple[Member, ...]:
        """Return the people with at least one measure in this state."""
        return tuple(line.member for line in self.lines if state in line.states.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    instruments: tuple[str, ...] = ()
    asked: Mapping[str, tuple[str, ...]]  # measures by member
    asked_on: date | None = None


def ask(
    at: Desk, *, group: UUID, ids: Collection[str], label: Occasion, now: datetime
) -> tuple[Member, ...]:
    """Ask everybody with a place for exactly these measures; return who needs paper.

    Whoever was asked before is not asked again, so that later comers can be added. Refuses
    with BadInstrument for one that can't be filled in here; then nobody is asked.
    """
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        raise BadClinic("choose at least one measure")
    for one in wanted:
        instruments.offered(one)
    with transaction.atomic():
        held = hold(at.held.clinic)
        groups.group(held, group)
        people = _people(held, group)
        before = _read(held, group).get(label) or _Kept(asked={})
        for each in people:
            _ask_one(at, each, wanted, before, label=label, now=now)
        documents.put(
            held, Kind.MEASURE_ROUND, _data(held, people, wanted, before, now),
            now=now, name=_name(group, label),
        )  # fmt: skip
        return tuple(each for each in people if not can_be_asked(each))


def rounds(held: HeldClinic, group: UUID) -> tuple[Round, ...]:
    """Return a group's start and end: four queries, however many people there are."""
    people = _people(held, group)
    kept = _read(held, group)
    persons = {each.person for each in people if each.person is not None}
    open_asks = set(
        DocumentRow.objects.filter(person_id__in=persons, kind=PersonKind.MEASURE_ASK).values_list(
            "person_id", "name"
        )
    )
    paper = paper_measures.taken_by_members(held, {each.id for each in people})
    return tuple(
        _round(label, kept.get(label) or _Kept(asked={}), people, open_asks, paper)
        for label in ROUNDS
    )


def ask_again(at: Desk, member: Member, taken: Taken, *, now: datetime) -> None:
    """Ask once more for what was typed in by mistake, where one of their groups had asked."""
    named = {_name(each.group, taken.label) for each in enrolment.of_member(at.held, member.id)}
    rows = ClinicDocumentRow.objects.filter(
        clinic_id=at.held.clinic, kind=Kind.MEASURE_ROUND, name__in=named
    )
    every = (_kept(one.data) for one in documents.opened(at.held, rows))
    if any(taken.instrument in one.asked.get(str(member.id), ()) for one in every):
        paper_measures.ask(at, [member], [taken.instrument], label=taken.label, now=now)


def _round(
    label: Occasion,
    kept: _Kept,
    people: tuple[Member, ...],
    open_asks: Collection[tuple[UUID, str]],
    paper: Mapping[str, tuple[Taken, ...]],
) -> Round:
    since = kept.asked_on or date.max
    lines = []
    for each in people:
        typed = {
            one.instrument
            for one in paper.get(str(each.id), ())
            if one.label is label and one.day >= since - EARLIER
        }
        states = {
            id: State.ANSWERED if id in typed else _state(each, id, label, kept, open_asks)
            for id in kept.instruments
        }
        lines.append(Line(member=each, states=states))
    return Round(
        label=label, instruments=kept.instruments, asked_on=kept.asked_on, lines=tuple(lines)
    )


def _state(
    member: Member,
    id: str,
    label: Occasion,
    kept: _Kept,
    open_asks: Collection[tuple[UUID, str]],
) -> State:
    if not can_be_asked(member):
        return State.PAPER
    if id not in kept.asked.get(str(member.id), ()):
        return State.NOT_ASKED
    stands = (member.person, f"{id}-{label.value}") in open_asks
    return State.WAITING if stands else State.ANSWERED


def _ask_one(
    at: Desk,
    member: Member,
    wanted: tuple[str, ...],
    before: _Kept,
    *,
    label: Occasion,
    now: datetime,
) -> None:
    asked = before.asked.get(str(member.id), ())
    if new := [id for id in wanted if id not in asked]:
        paper_measures.ask(at, [member], new, label=label, now=now)
    for id in (id for id in asked if id not in wanted and member.person is not None):
        assert member.person is not None
        measures.take_back(
            person=member.person, instrument=id, label=label, now=now, by=at.staff.actor
        )


def _data(
    held: HeldClinic,
    people: tuple[Member, ...],
    wanted: tuple[str, ...],
    before: _Kept,
    now: datetime,
) -> dict[str, Any]:
    asked = {str(each.id): wanted for each in people if can_be_asked(each)}
    today = now.astimezone(ZoneInfo(held.zone)).date()
    return {
        "shape": SHAPE,
        "instruments": list(wanted),
        "asked": {id: list(ids) for id, ids in {**before.asked, **asked}.items()},
        "asked_on": (before.asked_on or today).isoformat(),
    }


def _people(held: HeldClinic, group: UUID) -> tuple[Member, ...]:
    every = enrolment.of_group(held, group)
    placed = [each.member for each in every if each.state is enrolment.State.ENROLLED]
    return tuple(sorted(placed, key=lambda each: each.name.casefold()))


def _read(held: HeldClinic, group: UUID) -> dict[Occasion, _Kept]:
    named = {_name(group, label): label for label in ROUNDS}
    rows = ClinicDocumentRow.objects.filter(
        clinic_id=held.clinic, kind=Kind.MEASURE_ROUND, name__in=named
    )
    return {named[one.name]: _kept(one.data) for one in documents.opened(held, rows)}


def _kept(data: Mapping[str, Any]) -> _Kept:
    if data.get("shape") != SHAPE:
        raise BadClinic("this asking was kept in a shape that is not known here")
    return _Kept(
        instruments=tuple(data["instruments"]),
        asked={id: tuple(ids) for id, ids in data["asked"].items()},
        asked_on=date.fromisoformat(data["asked_on"]),
    )


def _name(group: UUID, label: Occasion) -> str:
    return f"{group.hex}-{label.value}"
