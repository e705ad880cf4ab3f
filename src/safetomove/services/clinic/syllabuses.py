"""The courses that a clinic may run: the shipped one, and its own changed copies.

A clinic's own course is one document that grows by versions. Each version stays, so that a
group keeps the course it began with, however the copy is changed after that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from django.db import transaction

from safetomove.content import course
from safetomove.core.course import BadSyllabus, Session, Syllabus, problems
from safetomove.services.clinic import documents
from safetomove.services.clinic.documents import Kind
from safetomove.services.clinic.holding import HeldClinic, hold
from safetomove.services.clinic.once import once
from safetomove.services.clinic.refusals import NoSuchSyllabus
from safetomove.services.clinic.staff import Desk
from safetomove.services.refusals import WrittenMeanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One course that the clinic may run, at its newest version."""

    syllabus: Syllabus
    own: bool
    written_at: datetime | None


def listed(held: HeldClinic) -> tuple[Listed, ...]:
    """Return every course at its newest version, the shipped one first: one query."""
    own = (
        Listed(syllabus=Syllabus.from_json(each.data), own=True, written_at=each.written_at)
        for each in documents.read_all(held, Kind.SYLLABUS)
        if each.name != course.ID
    )
    shipped = Listed(syllabus=course.syllabus(), own=False, written_at=None)
    return (shipped, *sorted(own, key=lambda each: each.syllabus.title.casefold()))


def newest(held: HeldClinic, id: str) -> Syllabus:
    """Return a course at its newest version."""
    if id == course.ID:
        return course.syllabus()
    kept = documents.read(held, Kind.SYLLABUS, id)
    if kept is None:
        raise NoSuchSyllabus("this clinic has no such course")
    return Syllabus.from_json(kept.data)


def at_version(held: HeldClinic, id: str, version: int) -> Syllabus:
    """Return a course as it was at a version: at most three queries."""
    now = newest(held, id)
    if now.version == version:
        return now
    found = next((each for each in _kept(held, id) if each.version == version), None)
    if found is None:
        raise NoSuchSyllabus("this course has no such version")
    return found


def keep_shipped(held: HeldClinic, syllabus: Syllabus, *, now: datetime) -> None:
    """Keep the shipped course as it is, for the groups that begin with it: a later one differs."""
    if syllabus.id == course.ID:
        documents.put(held, Kind.SYLLABUS, syllabus.to_json(), now=now, name=course.ID)


def _kept(held: HeldClinic, id: str) -> Iterator[Syllabus]:
    """Yield every version of a course that this clinic keeps, the newest first."""
    here = documents.read(held, Kind.SYLLABUS, id)
    before = reversed(documents.before(held, Kind.SYLLABUS, id))
    yield from (Syllabus.from_json(each.data) for each in (here, *before) if each is not None)


def versions(held: HeldClinic, id: str) -> tuple[int, ...]:
    """Return the versions that can be read, newest first."""
    before = (each.version for each in _kept(held, id))
    return tuple(dict.fromkeys((newest(held, id).version, *before)))


def copy(
    at: Desk, *, id: str, version: int, title: str, client_key: str, now: datetime
) -> Syllabus:
    """Make the clinic's own copy of a course, which it may change."""
    name = f"own-{uuid5(at.held.clinic, client_key).hex[:12]}"
    copied = at_version(at.held, id, version).copied(name, title=title)

    def write() -> dict[str, str]:
        documents.put(at.held, Kind.SYLLABUS, copied.to_json(), now=now, name=name)
        return {"id": name}

    once(at, client_key, {"copy": id, "version": version, "title": title}, write, now=now)
    return newest(at.held, name)


def change(at: Desk, *, id: str, version: int, session: Session, now: datetime) -> Syllabus:
    """Put a changed session in place of that of its number, as the next version.

    Refuses with BadSyllabus what couldn't be run, and with WrittenMeanwhile where `version`
    is no longer the newest. The shipped course is never changed: a copy of it is.
    """
    if id == course.ID:
        raise BadSyllabus("make a copy of the course first; then change the copy")
    with transaction.atomic():
        hold(at.held.clinic)
        old = newest(at.held, id)
        if old.version != version:
            raise WrittenMeanwhile("this course was changed meanwhile; please look again")
        if old.session(session.number) == session:
            return old
        changed = old.changed(session)
        if found := problems(changed, course.library()):
            raise BadSyllabus(found[0])
        documents.put(at.held, Kind.SYLLABUS, changed.to_json(), now=now, name=id)
    return changed


def contents(syllabus: Syllabus) -> tuple[str, ...]:
    """Return the ids of a course's sessions in their order."""
    return tuple(session.id for session in syllabus.sessions)
