"""Who is kept here: a guest, or the person of an account. Never a name."""

from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from safetomove.core.errors import BadInput
from safetomove.records.mappers import seal_file
from safetomove.records.models import Person, PersonKey
from safetomove.records.person_file import PersonFile
from safetomove.records.sealing import new_seal
from safetomove.services import audit
from safetomove.services.audit import Verb
from safetomove.services.checkpoint import first_checkpoint
from safetomove.services.holding import hold, keep
from safetomove.services.joining import join
from safetomove.services.refusals import BadZone, NoSuchPerson, NotYours

SESSION_KEY = "person"  # where a session keeps the id of its person, as text
HOME_ZONE = "Europe/London"
CHOICE_CHARACTERS = 200
CHOICES_TOP = 50


def start_guest(*, now: datetime, zone: str = HOME_ZONE) -> UUID:
    """Begin an empty record for somebody who has no account."""
    return _start(user_id=None, now=now, zone=zone)


def local_day(*, now: datetime, zone: str) -> date:
    """Return the day that it is in `zone`; BadZone where there is no such zone."""
    if now.utcoffset() is None:
        raise BadInput("a time without its offset from UTC says nothing about the day")
    return now.astimezone(_zone(zone)).date()


def set_zone(*, person: UUID, zone: str, now: datetime) -> None:
    """Keep the time zone that the person's days are counted in."""
    _zone(zone)
    with transaction.atomic():
        keep(hold(person), zone=zone)
        audit.note(person, Verb.ZONE_SET, now=now)


def keep_choice(*, person: UUID, name: str, value: str, now: datetime) -> None:
    """Keep one setting of the person's own; Today hands them back in `choices`."""
    if max(len(name), len(value)) > CHOICE_CHARACTERS:
        raise BadInput(f"a setting holds at most {CHOICE_CHARACTERS} characters")
    with transaction.atomic():
        held = hold(person)
        choices = {**held.file.choices, name: value}
        if len(choices) > CHOICES_TOP:
            raise BadInput(f"at most {CHOICES_TOP} settings are kept")
        keep(held, choices=choices)
        audit.note(person, Verb.CHOICE_KEPT, now=now)


def person_exists(person: UUID) -> bool:
    """Say whether a record is still kept under this id."""
    return PersonKey.objects.filter(pk=person).exists()


def person_of_user(user_id: int) -> UUID | None:
    """Return the record that belongs to an account, if it has one."""
    return Person.objects.filter(user_id=user_id).values_list("pk", flat=True).first()


def start_for_user(*, user_id: int, now: datetime, zone: str = HOME_ZONE) -> UUID:
    """Return the account's record, begun now where it had none."""
    return person_of_user(user_id) or _start(user_id=user_id, now=now, zone=zone)


def keep_with_account(*, guest: UUID, user_id: int, now: datetime) -> UUID:
    """Move a guest's record into an account; return the id of the account's record.

    Days that only the guest has are moved. Where both have a day the account's stands, and
    the guest's is kept as its history. A second call finds nothing left to do.
    """
    with transaction.atomic():
        row = Person.objects.select_for_update().filter(pk=guest).only("pk", "user_id").first()
        own = person_of_user(user_id)
        if row is None and own is None:
            raise NoSuchPerson("there is no record here any more")
        if row is None or own == guest:
            return own or guest
        if row.user_id is not None:
            raise NotYours("this record belongs to another account")
        if own is None:
            Person.objects.filter(pk=guest).update(user_id=user_id)
        else:
            _join(guest, own, now=now)
        audit.note(guest, Verb.JOINED_ACCOUNT, now=now)
        return own or guest


def _join(guest: UUID, account: UUID, *, now: datetime) -> None:
    held = hold(account)
    join(guest=hold(guest), account=held, now=now, today=local_day(now=now, zone=held.file.zone))


def _start(*, user_id: int | None, now: datetime, zone: str) -> UUID:
    today = local_day(now=now, zone=zone)
    person = uuid4()
    seal = new_seal(person)
    file = PersonFile(zone=zone, checkpoint=first_checkpoint(today))
    sealed = seal_file(file, seal=seal, version=1)
    with transaction.atomic():
        Person.objects.create(id=person, file=sealed, user_id=user_id, created_at=now)
        PersonKey.objects.create(person_id=person, wrapped=seal.wrapped())
        audit.note(person, Verb.BEGAN, now=now)
    return person


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, ill-formed, or the name of a folder
        raise BadZone(f"{name[:60]!r} is not a time zone that we know") from None
