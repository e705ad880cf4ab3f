"""What is sealed opens for its own person, day and version only, and with the site key only."""

import uuid
from uuid import UUID

import pytest
from django.conf import LazySettings

from safetomove.core.diary import CheckIn
from safetomove.records.mappers import open_check_in, seal_check_in
from safetomove.records.models import CheckInRow, Person, PersonKey
from safetomove.records.sealing import NoSiteKey, SealBroken, new_seal, unwrap
from safetomove.services.check_in import save_check_in
from safetomove.services.export import export_csv
from safetomove.services.health import open_every_seal
from safetomove.services.people import start_guest
from safetomove.services.site_key import change_site_key
from safetomove.services.today import review_today
from tests.people import NOW, TODAY, a_day

WHO, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
OTHER_KEY = "another site key, just as long as the first"


def test_sealed_words_come_back_and_do_not_stand_in_the_bytes() -> None:
    seal = new_seal(WHO)
    sealed = seal.seal(b"heliotrope", what="file")
    assert seal.open(sealed, what="file") == b"heliotrope"
    assert b"heliotrope" not in sealed


def test_the_same_words_are_never_sealed_to_the_same_bytes() -> None:
    seal = new_seal(WHO)
    assert len({seal.seal(b"x", what="file") for _ in range(100)}) == 100


def test_sealed_bytes_open_for_nothing_else_and_for_nobody_else() -> None:
    seal = new_seal(WHO)
    sealed = seal.seal(b"x", what="day 2026-11-22 v1")
    for what in ("day 2026-11-23 v1", "day 2026-11-22 v2", "file"):
        with pytest.raises(SealBroken):
            seal.open(sealed, what=what)
    with pytest.raises(SealBroken):
        new_seal(OTHER).open(sealed, what="day 2026-11-22 v1")


def test_a_person_s_key_opens_for_that_person_only() -> None:
    wrapped = new_seal(WHO).wrapped()
    assert unwrap(wrapped, person=WHO)
    with pytest.raises(SealBroken):
        unwrap(wrapped, person=OTHER)


def test_every_changed_or_missing_byte_is_noticed() -> None:
    seal = new_seal(WHO)
    sealed = seal.seal(b"x" * 20, what="file")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SealBroken):
            seal.open(bytes(changed), what="file")
        with pytest.raises(SealBroken):
            seal.open(sealed[:place], what="file")


def test_how_long_a_day_is_says_little_about_what_was_answered() -> None:
    seal = new_seal(WHO)
    days = [CheckIn(day=TODAY, pain=1), CheckIn(day=TODAY, pain=7.25, flare=True, mood=3)]
    assert len({len(seal_check_in(day, seal=seal, version=1)) for day in days}) == 1


@pytest.mark.parametrize("n", range(40))
def test_a_day_survives_the_way_into_a_row_and_out(n: int) -> None:
    seal = new_seal(WHO)
    day = a_day(n, first=TODAY, note="\u202eodd 🌱 'quotes\"\n", extra={"x": "\x7f \ud800"})
    sealed = seal_check_in(day, seal=seal, version=n + 1)
    assert open_check_in(sealed, seal=seal, day=day.day, version=n + 1) == day


@pytest.fixture
def asha(db: None) -> UUID:
    person = start_guest(now=NOW)
    for n, key in enumerate("ab"):
        day = a_day(-n, first=TODAY)
        save_check_in(person=person, check_in=day, client_key=key, now=NOW)
    return person


def test_without_the_site_key_nothing_can_be_read_or_begun(
    asha: UUID, settings: LazySettings
) -> None:
    settings.SITE_KEY = ""
    with pytest.raises(NoSiteKey):
        review_today(person=asha, now=NOW)
    with pytest.raises(NoSiteKey):
        start_guest(now=NOW)


def test_with_another_site_key_nothing_can_be_read(asha: UUID, settings: LazySettings) -> None:
    settings.SITE_KEY = OTHER_KEY
    with pytest.raises(SealBroken):
        export_csv(person=asha)


def test_the_site_key_can_be_changed_and_the_old_one_then_opens_nothing(
    asha: UUID, settings: LazySettings
) -> None:
    before, diary = settings.SITE_KEY, export_csv(person=asha)
    assert change_site_key(before=before, after=OTHER_KEY) == 1
    with pytest.raises(SealBroken):
        export_csv(person=asha)
    settings.SITE_KEY = OTHER_KEY
    assert export_csv(person=asha) == diary
    assert open_every_seal() == 1


def test_changing_from_a_wrong_site_key_changes_nothing(asha: UUID) -> None:
    before = bytes(PersonKey.objects.get().wrapped)
    with pytest.raises(SealBroken):
        change_site_key(before=OTHER_KEY, after=OTHER_KEY)
    assert bytes(PersonKey.objects.get().wrapped) == before


def test_days_swapped_in_the_database_refuse_to_open(asha: UUID) -> None:
    first, second = CheckInRow.objects.order_by("local_day")
    first.sealed, second.sealed = second.sealed, first.sealed
    first.save()
    second.save()
    with pytest.raises(SealBroken):
        review_today(person=asha, now=NOW)


def test_a_day_put_under_another_person_refuses_to_open(asha: UUID) -> None:
    dev = start_guest(now=NOW)
    CheckInRow.objects.update(person_id=dev)
    with pytest.raises(SealBroken):
        review_today(person=dev, now=NOW)


def test_a_file_or_key_put_under_another_person_refuses_to_open(asha: UUID) -> None:
    dev = start_guest(now=NOW)
    Person.objects.filter(pk=dev).update(file=Person.objects.get(pk=asha).file)
    with pytest.raises(SealBroken):
        review_today(person=dev, now=NOW)
    PersonKey.objects.filter(pk=dev).update(wrapped=PersonKey.objects.get(pk=asha).wrapped)
    with pytest.raises(SealBroken):
        review_today(person=dev, now=NOW)


def test_an_old_version_of_a_day_put_back_refuses_to_open(asha: UUID) -> None:
    row = CheckInRow.objects.get(local_day=TODAY)
    old = row.sealed
    again = a_day(0, first=TODAY, pain=9.0)
    save_check_in(person=asha, check_in=again, client_key="c", now=NOW)
    CheckInRow.objects.filter(pk=row.pk).update(sealed=old)
    with pytest.raises(SealBroken):
        review_today(person=asha, now=NOW)
