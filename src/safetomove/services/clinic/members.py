"""A clinic's list of people: what the clinic itself knows of each, under its own key."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from safetomove.records.mappers import open_json, seal_json
from safetomove.records.models import MemberRow
from safetomove.services.clinic.holding import HeldClinic
from safetomove.services.clinic.known import Known as Known  # others know it from here
from safetomove.services.clinic.refusals import NoSuchMember
from safetomove.services.clinic.sharing import Item
from safetomove.services.clinic.staff import Desk
from safetomove.services.refusals import WrittenMeanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody on the list. `person` is None until they join with a record of their own."""

    id: UUID
    clinic: UUID
    known: Known = field(repr=False)
    person: UUID | None
    shares: frozenset[Item]
    version: int
    added_at: datetime
    joined_at: datetime | None
    left_at: datetime | None
    discharged_at: datetime | None

    @property
    def name(self) -> str:
        """Return the name on the clinic's list."""
        return self.known.name


def add_member(at: Desk, *, known: Known, now: datetime, id: UUID | None = None) -> UUID:
    """Write somebody onto the list; return their id there.

    A form brings the id with it, so that the same form sent twice writes once.
    """
    member = id or uuid4()
    row = MemberRow(id=member, clinic_id=at.held.clinic, shares=[], added_at=now)
    row.sealed = _sealed(at.held, member, 1, known)
    MemberRow.objects.bulk_create([row], ignore_conflicts=True)
    if id is not None:
        _row(at.held, member)  # NoSuchMember where the id stands on another clinic's list
    return member


def change_member(at: Desk, *, member: UUID, known: Known, version: int) -> None:
    """Change what the clinic knows; WrittenMeanwhile where another change came between."""
    rows = MemberRow.objects.filter(pk=member, clinic_id=at.held.clinic, version=version)
    sealed = _sealed(at.held, member, version + 1, known)
    if not rows.update(sealed=sealed, version=version + 1):
        raise WrittenMeanwhile("this was changed meanwhile; please look again")


def discharge(at: Desk, *, member: UUID, now: datetime) -> None:
    """End somebody's time at the clinic: it sees nothing of theirs from now on."""
    with transaction.atomic():
        row = _row(at.held, member, alone=True)
        row.discharged_at = row.discharged_at or now
        row.save(update_fields=["discharged_at"])


def take_back(at: Desk, *, member: UUID) -> None:
    """Undo a discharge; what the person shared counts again, unless they ended it meanwhile."""
    with transaction.atomic():
        row = _row(at.held, member, alone=True)
        row.discharged_at = None
        row.save(update_fields=["discharged_at"])


def member(held: HeldClinic, id: UUID) -> Member:
    """Return one of the clinic's people: one query. NoSuchMember for any other clinic's."""
    return opened(held, _row(held, id))


def members(held: HeldClinic, *, among: tuple[UUID, ...] | None = None) -> tuple[Member, ...]:
    """Return the people who are not discharged, or those of these ids: one query."""
    rows = MemberRow.objects.filter(clinic_id=held.clinic)
    rows = rows.filter(discharged_at=None) if among is None else rows.filter(pk__in=among)
    return tuple(sorted((opened(held, row) for row in rows), key=lambda each: each.name.casefold()))


def opened(held: HeldClinic, row: MemberRow) -> Member:
    """Open a row of this clinic's list."""
    data = open_json(row.sealed, seal=held.seal, what=_bound(row.pk, row.version))
    born = data.pop("born", None)
    gone = row.person_id is None or row.left_at is not None or row.discharged_at is not None
    return Member(
        id=row.pk,
        clinic=row.clinic_id,
        known=Known(born=date.fromisoformat(born) if born else None, **data),
        person=row.person_id,
        shares=frozenset() if gone else frozenset(Item(name) for name in row.shares),
        version=row.version,
        added_at=row.added_at,
        joined_at=row.joined_at,
        left_at=row.left_at,
        discharged_at=row.discharged_at,
    )


def _row(held: HeldClinic, member: UUID, *, alone: bool = False) -> MemberRow:
    rows = MemberRow.objects.filter(pk=member, clinic_id=held.clinic)
    row = (rows.select_for_update() if alone else rows).first()
    if row is None:
        raise NoSuchMember("nobody on this list has this number")
    return row


def _sealed(held: HeldClinic, member: UUID, version: int, known: Known) -> bytes:
    data = {
        "name": known.name,
        "born": known.born.isoformat() if known.born else None,
        "number": known.number,
        "contact": known.contact,
        "about": known.about,
    }
    return seal_json(data, seal=held.seal, what=_bound(member, version))


def _bound(member: UUID, version: int) -> str:
    return f"member {member} v{version}"
