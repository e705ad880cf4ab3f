"""A clinic's groups: begin one, change what is told of it, and read it with its sessions.

The dates stand in the group's sealed schedule, in local time; `SessionRow` holds the same
instants in plain, to sort and count by. Whatever changes one changes both, here or in
`group_dates`. A one-to-one course is a group with one place.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from safetomove.core.course import Meeting, Schedule, Syllabus, Timetable, schedule
from safetomove.records.mappers import open_json, seal_json
from safetomove.records.models import EnrolmentRow, GroupRow, SessionRow
from safetomove.services.clinic import days_off, syllabuses
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.once import once
from safetomove.services.clinic.refusals import BadClinic, NoSuchGroup
from safetomove.services.clinic.staff import Desk, tidy_name
from safetomove.services.clinic.video import tidy_link, told_again
from safetomove.services.refusals import WrittenMeanwhile

PLACES_TOP: Final = 30  # people in one room; a circuit is made for 8 to 12
VENUE_TOP: Final = 200  # letters


class GroupKind(StrEnum):
    """Whether people take the course together, or one takes it alone with a therapist."""

    GROUP = "group"
    SINGLE = "single"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is told of a group. `contents` are the ids of the course's sessions in order."""

    name: str
    venue: str
    syllabus: str
    syllabus_version: int
    contents: tuple[str, ...]
    schedule: Schedule
    changed_at: datetime  # when calendars were last given something new
    video: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", tidy_name(self.name))
        venue = " ".join(self.venue.split())
        if not venue or len(venue) > VENUE_TOP or not venue.isprintable():
            raise BadClinic(f"say where it is, in 1 to {VENUE_TOP} letters")
        object.__setattr__(self, "venue", venue)
        object.__setattr__(self, "video", tidy_link(self.video))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group as it stands."""

    id: UUID
    clinic: UUID
    kind: GroupKind
    places: int
    about: About = field(repr=False)
    version: int
    made_at: datetime
    ended_at: datetime | None

    @property
    def name(self) -> str:
        """Return what the group is called."""
        return self.about.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One meeting of a group, with the row that the register hangs on."""

    id: int
    group: UUID
    meeting: Meeting
    closed_at: datetime | None

    @property
    def number(self) -> int | None:
        """Return which session of the course is done there; None where it was called off."""
        return self.meeting.session


def create(
    at: Desk,
    *,
    kind: GroupKind,
    name: str,
    venue: str,
    places: int,
    timetable: Timetable,
    syllabus: Syllabus,
    client_key: str,
    now: datetime,
) -> UUID:
    """Begin a group with all its sessions; return its id. The same key makes one group."""
    places = 1 if kind is GroupKind.SINGLE else _places(places)
    about = About(
        name=name,
        venue=venue,
        syllabus=syllabus.id,
        syllabus_version=syllabus.version,
        contents=syllabuses.contents(syllabus),
        schedule=schedule(timetable),
        changed_at=now,
    )

    def write() -> dict[str, str]:
        syllabuses.keep_shipped(at.held, syllabus, now=now)
        return {"id": str(begin(at.held, kind, places, about, now))}

    body = {"kind": kind, "places": places, **about_to_json(about), "changed_at": ""}
    return UUID(once(at, client_key, body, write, now=now)["id"])


def change_about(
    at: Desk, *, group: UUID, name: str, venue: str, places: int, version: int, now: datetime
) -> None:
    """Change the name, the venue or the places; calendars are told of a new name or venue.

    Refuses fewer places than people hold already.
    """
    with transaction.atomic():
        old = held_group(at.held, group)
        if old.version != version:
            raise WrittenMeanwhile("this group was changed meanwhile; please look again")
        kept = 1 if old.kind is GroupKind.SINGLE else _places(places)
        taken = EnrolmentRow.objects.filter(group_id=group, state="enrolled").count()
        if kept < taken:
            raise BadClinic(f"{taken} people hold a place; there can't be fewer places than that")
        about = replace(old.about, name=name, venue=venue)
        if (about.name, about.venue) != (old.about.name, old.about.venue):
            about = replace(about, schedule=told_again(about.schedule), changed_at=now)
        put_about(at.held, old, about)
        GroupRow.objects.filter(pk=group).update(places=kept)


def end(at: Desk, *, group: UUID, now: datetime) -> None:
    """Close a group; its register stays. Again is harmless."""
    with transaction.atomic():
        held_group(at.held, group)
        GroupRow.objects.filter(pk=group, ended_at=None).update(ended_at=now)


def group(held: HeldClinic, id: UUID) -> Group:
    """Return one of the clinic's groups: one query. NoSuchGroup for another clinic's."""
    return _found(held, GroupRow.objects.filter(pk=id, clinic_id=held.clinic).first())


def held_group(held: HeldClinic, id: UUID) -> Group:
    """Return a group that only this transaction may change until it ends."""
    rows = GroupRow.objects.select_for_update().filter(pk=id, clinic_id=held.clinic)
    return _found(held, rows.first())


def sessions(group: Group) -> tuple[Session, ...]:
    """Return a group's sessions by time, those called off too: one query."""
    return sessions_of((group,))[group.id]


def sessions_of(groups: Iterable[Group]) -> dict[UUID, tuple[Session, ...]]:
    """Return the sessions of several groups by time: one query."""
    by_id = {each.id: each for each in groups}
    found: dict[UUID, list[Session]] = {id: [] for id in by_id}
    for row in SessionRow.objects.filter(group_id__in=by_id).order_by("starts_at", "number"):
        found[row.group_id].append(as_session(by_id[row.group_id], row))
    return {id: tuple(each) for id, each in found.items()}


def as_session(group: Group, row: SessionRow) -> Session:
    """Put a session's row and its meeting in the schedule together."""
    meeting = group.about.schedule.meeting(row.number)
    return Session(id=row.pk, group=group.id, meeting=meeting, closed_at=row.closed_at)


def opened(held: HeldClinic, row: GroupRow) -> Group:
    """Open a group of this clinic."""
    data = open_json(row.sealed, seal=held.seal, what=_bound(row.pk, row.version))
    return Group(
        id=row.pk,
        clinic=row.clinic_id,
        kind=GroupKind(row.kind),
        places=row.places,
        about=about_from_json(data),
        version=row.version,
        made_at=row.made_at,
        ended_at=row.ended_at,
    )


def name_in(held: HeldClinic, row: GroupRow) -> str:
    """Return what a group is called, without reading its dates: for a list of many."""
    return str(open_json(row.sealed, seal=held.seal, what=_bound(row.pk, row.version))["name"])


def put_about(held: HeldClinic, old: Group, about: About) -> None:
    """Write what is told of a held group, and bring its sessions' rows in line."""
    version = old.version + 1
    sealed = _sealed(held, old.id, version, about)
    GroupRow.objects.filter(pk=old.id).update(sealed=sealed, version=version)
    _keep_rows(old.id, old.about.schedule, about.schedule)


def about_to_json(about: About) -> dict[str, Any]:
    """Return plain values that JSON can hold."""
    return {
        "name": about.name,
        "venue": about.venue,
        "syllabus": about.syllabus,
        "syllabus_version": about.syllabus_version,
        "contents": [*about.contents],
        "schedule": about.schedule.to_json(),
        "changed_at": about.changed_at.isoformat(),
        "video": about.video,
    }


def about_from_json(data: dict[str, Any]) -> About:
    """Read what `about_to_json` wrote."""
    contents = tuple(data["contents"])
    dates = Schedule.from_json(data["schedule"])
    changed_at = datetime.fromisoformat(data["changed_at"])
    return About(**{**data, "contents": contents, "schedule": dates, "changed_at": changed_at})


def timetable_with_days_off(held: HeldClinic, timetable: Timetable) -> Timetable:
    """Leave out the clinic's days off, and the bank holidays where it keeps them: one query."""
    years = range(timetable.first_day.year, timetable.first_day.year + 3)
    return replace(timetable, days_off=days_off.read(held).days_in(years))


def begin(held: HeldClinic, kind: GroupKind, places: int, about: About, now: datetime) -> UUID:
    """Write a new group with its sessions' rows; call it in a transaction."""
    id = uuid4()
    GroupRow.objects.create(
        id=id,
        clinic_id=held.clinic,
        kind=kind,
        places=places,
        sealed=_sealed(held, id, 1, about),
        made_at=now,
    )
    SessionRow.objects.bulk_create(_row(id, each) for each in about.schedule.meetings)
    return id


def _keep_rows(group: UUID, old: Schedule, new: Schedule) -> None:
    before = {each.id: each for each in old.meetings}
    fresh = [each for each in new.meetings if each.id not in before]
    SessionRow.objects.bulk_create(_row(group, each) for each in fresh)
    for each in new.meetings:
        if each.id in before and each != before[each.id]:
            rows = SessionRow.objects.filter(group_id=group, number=each.id)
            rows.update(**_columns(each))


def _row(group: UUID, meeting: Meeting) -> SessionRow:
    return SessionRow(group_id=group, number=meeting.id, **_columns(meeting))


def _columns(meeting: Meeting) -> dict[str, Any]:
    return {
        "starts_at": meeting.utc,
        "minutes": meeting.minutes,
        "cancelled": not meeting.held,
        "changes": meeting.changes,
    }


def _places(places: int) -> int:
    if not 1 <= places <= PLACES_TOP:
        raise BadClinic(f"a group has 1 to {PLACES_TOP} places")
    return places


def _found(held: HeldClinic, row: GroupRow | None) -> Group:
    if row is None:
        raise NoSuchGroup("this clinic has no such group")
    return opened(held, row)


def _sealed(held: HeldClinic, group: UUID, version: int, about: About) -> bytes:
    return seal_json(about_to_json(about), seal=held.seal, what=_bound(group, version))


def _bound(group: UUID, version: int) -> str:
    return f"group {group} v{version}"
