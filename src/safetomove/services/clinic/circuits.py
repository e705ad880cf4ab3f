"""Who stands where in the room, at which level: the plan of the circuit, and what was changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from safetomove.content import course
from safetomove.core.course import Circuit, Exercise, How, Member, Place, plan_circuit
from safetomove.core.course.happened import BadRun, Event
from safetomove.core.course.run import Run
from safetomove.records.models import ClinicDocumentRow
from safetomove.services.clinic import documents
from safetomove.services.clinic.documents import Kind
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.room_safety import RoomSafety

SWAPPABLE: Final = (How.AS_PLANNED, How.ASK_FIRST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A movement for one person, with the levels that the station offers."""

    movement: str
    level: int
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """One person at one station. `doing` is what they do there; None: choose together."""

    turn: int
    station: int
    how: How
    plan: Offer | None
    swap: Offer | None  # None where it may not be chosen by a tap
    swapped: bool
    because: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()

    @property
    def doing(self) -> Offer | None:
        """Return what they do there."""
        return self.swap if self.swapped and self.swap else self.plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """What level of each movement somebody did last, and when that was said."""

    member: UUID
    by_movement: Mapping[str, tuple[int, datetime]] = field(default_factory=dict)

    @property
    def plain(self) -> dict[str, int]:
        """Return the levels alone."""
        return {movement: level for movement, (level, _) in self.by_movement.items()}


def stands(
    circuit: Circuit,
    people: Iterable[UUID],
    *,
    run: Run,
    safety: Mapping[UUID, RoomSafety],
    levels: Mapping[UUID, Levels],
    today: date,
) -> dict[UUID, tuple[Stand, ...]]:
    """Return where each stands at each turn.

    `people` come in the order of the register, those who are away last. Once the circuit has
    begun its order holds, and whoever comes later moves nobody else.
    """
    every = [str(each) for each in people]
    begun = [key for key in run.order if key in every]
    late = [key for key in every if run.order and key not in begun]
    arrives = min(2, circuit.turns)
    members = [
        _member(UUID(key), safety, levels, today, arrives=arrives if key in late else 1)
        for key in (*(begun or every), *late)
    ]
    plan = plan_circuit(circuit, members, course.library())
    places = [(turn.number, place) for turn in plan.turns for place in turn.places]
    known = {each.key: each for each in members}
    return {
        UUID(key): tuple(
            _stand(circuit, turn, place, known[key], run)
            for turn, place in places
            if place.member == key
        )
        for key in every
    }


def levels_of(held: HeldClinic, people: Iterable[UUID]) -> dict[UUID, Levels]:
    """Return the levels that each did last: one query."""
    by_name = {each.hex: each for each in people}
    rows = ClinicDocumentRow.objects.filter(
        clinic_id=held.clinic, kind=Kind.RUN, name__in=list(by_name)
    )
    found = {by_name[doc.name]: doc.data for doc in documents.opened(held, rows)}
    return {each: _levels(each, found.get(each, {})) for each in by_name.values()}


def keep_level(held: HeldClinic, event: Event, *, now: datetime) -> None:
    """Keep the level of a movement for the next session; call it in a transaction."""
    facts = course.library().movements.get(event.movement)
    if facts is None or not 1 <= event.to <= facts.levels:
        raise BadRun("there is no such level of this movement")
    member = UUID(event.member)
    old = levels_of(held, (member,))[member].by_movement
    if event.movement in old and old[event.movement][1] > event.at:
        return
    new = {**old, event.movement: (event.to, event.at)}
    data = {name: [level, at.isoformat()] for name, (level, at) in new.items()}
    documents.put(held, Kind.RUN, data, now=now, name=member.hex, member=member)


def _member(
    id: UUID,
    safety: Mapping[UUID, RoomSafety],
    levels: Mapping[UUID, Levels],
    today: date,
    *,
    arrives: int,
) -> Member:
    about = safety.get(id, RoomSafety(member=id)).about(today)
    known = levels.get(id, Levels(member=id))
    return Member(key=str(id), about=about, levels=known.plain, arrives=arrives)


def _stand(circuit: Circuit, turn: int, place: Place, member: Member, run: Run) -> Stand:
    station = circuit.stations[place.station - 1]
    plan = None
    if place.movement is not None:
        exercise = station.do if place.movement == station.do.movement else station.swap
        plan = _offer(exercise, member, run)
    free = place.how in SWAPPABLE
    return Stand(
        turn=turn,
        station=place.station,
        how=place.how,
        plan=plan,
        swap=_offer(station.swap, member, run) if free else None,
        swapped=free and (place.member, place.station) in run.swaps,
        because=place.because,
        ask=place.ask,
    )


def _offer(exercise: Exercise, member: Member, run: Run) -> Offer:
    kept = member.levels.get(exercise.movement, exercise.easier)
    wanted = run.levels.get((member.key, exercise.movement), kept)
    level = min(max(wanted, exercise.easier), exercise.harder)
    return Offer(
        movement=exercise.movement, level=level, low=exercise.easier, high=exercise.harder
    )  # fmt: skip


def _levels(member: UUID, data: Mapping[str, list[object]]) -> Levels:
    read = {
        name: (int(str(level)), datetime.fromisoformat(str(at)))
        for name, (level, at) in data.items()
    }
    return Levels(member=member, by_movement=read)
