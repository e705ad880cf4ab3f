"""A stolen database or backup reads as noise: words and numbers planted in it aren't found."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.db import connection

from safetomove.core.diary import CheckIn
from safetomove.records import sealing
from safetomove.records.models import PersonKey
from safetomove.services.backup import BackupRefused, backup, restore
from safetomove.services.check_in import save_check_in
from safetomove.services.clinic import documents as clinic_documents
from safetomove.services.clinic import members
from safetomove.services.clinic.clinics import open_clinic
from safetomove.services.clinic.documents import Kind
from safetomove.services.clinic.members import Known
from safetomove.services.clinic.staff import Role
from safetomove.services.erase import erase_person
from safetomove.services.export import export_csv, export_json
from safetomove.services.health import open_every_seal
from safetomove.services.people import keep_choice, person_exists, start_guest
from safetomove.services.plans import change_plan, choose_activity
from safetomove.services.safety_check import save_answers
from safetomove.services.today import review_today
from tests.clinics import a_worker
from tests.people import NOW, TODAY, walking, with_a_yes

WORDS = ("heliotrope-canary", "Grüße-canary", "unicycling", "over the hills to Maud",
         "ces_bladder", "teal-choice", "Europe/London")  # fmt: skip
CLINIC_WORDS = ("Ottilie Canary", "0161 canary 7", "said-in-a-canary-note", "9434765919")
NUMBERS = ("7.251953125", "13.06251953125")  # longer than a time of day could hold

pytestmark = pytest.mark.django_db(transaction=True)


def plant() -> UUID:
    person = start_guest(now=NOW)
    plan = walking(id="unicycling", name="Unicycling", goal_text="over the hills to Maud")
    choose_activity(person=person, plan=plan, now=NOW)
    change_plan(person=person, plan=walking(id="unicycling", goal=13.06251953125), now=NOW)
    save_answers(person=person, answers=with_a_yes("ces_bladder"), now=NOW)
    keep_choice(person=person, name="colour", value="teal-choice", now=NOW)
    for n, note in enumerate(WORDS[:2]):
        told = CheckIn(day=TODAY, pain=7.251953125, note=note, done={"unicycling": 13.06251953125})
        save_check_in(person=person, check_in=told, client_key=f"{n}", now=NOW)
    return person


def plant_at_a_clinic() -> None:
    # Its own zone is no secret: another than the person's, which is.
    clinic = open_clinic(name="A clinic", zone="Europe/Dublin", reading_hours="", now=NOW)
    at = a_worker(clinic, Role.ADMINISTRATOR).at
    name, contact, note, number = CLINIC_WORDS
    known = Known(name=name, contact=contact, number=number, born=date(1972, 3, 24))
    member = members.add_member(at, known=known, now=NOW)
    for n in range(2):
        says = {"says": f"{note} {n}"}
        clinic_documents.put(at.held, Kind.NOTE, says, now=NOW, name="n", member=member)


def spellings(word: str) -> Iterator[bytes]:
    for one in {word, json.dumps(word)[1:-1], word.lower()}:
        yield from (one.encode("utf-8"), one.encode("utf-16-le"), one.encode("utf-16-be"))
        yield one.encode().hex().encode()


def found_in(raw: bytes) -> set[str]:
    low = raw.lower()
    return {
        word
        for word in (*WORDS, *NUMBERS, *CLINIC_WORDS)
        if any(one in raw or one.lower() in low for one in spellings(word))
    }


def the_raw_database(tmp_path: Path) -> bytes:
    if connection.vendor == "sqlite":
        return _file_and_log() + backup(tmp_path / "copy.sqlite3").records.read_bytes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables "
                       "WHERE table_name LIKE 'records!_%' ESCAPE '!'")  # fmt: skip
        raw = b""
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{table}"')
            raw += b"".join(_bytes(cell) for row in cursor.fetchall() for cell in row)
    return raw


def _bytes(cell: object) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def test_nothing_planted_is_found_in_the_database_its_log_or_a_backup(tmp_path: Path) -> None:
    plant()
    plant_at_a_clinic()
    assert found_in(the_raw_database(tmp_path)) == set()


def test_the_search_finds_everything_when_sealing_is_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing.Seal, "seal", lambda self, plain, *, what: plain)
    monkeypatch.setattr(sealing.Seal, "open", lambda self, sealed, *, what: bytes(sealed))
    plant()
    plant_at_a_clinic()
    assert found_in(the_raw_database(tmp_path)) == {*WORDS, *NUMBERS, *CLINIC_WORDS}


def test_what_was_planted_comes_back_whole_to_its_person() -> None:
    exported = export_json(person=plant())
    assert all(word in exported for word in (*WORDS, *NUMBERS))


needs_sqlite = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="the copy of a PostgreSQL database is pg_dump's work"
)


@needs_sqlite
def test_a_backup_holds_no_key_and_its_key_file_is_the_owner_s_alone(tmp_path: Path) -> None:
    person = plant()
    made = backup(tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(made.records)) as copy:
        assert copy.execute("SELECT count(*) FROM records_personkey").fetchone() == (0,)
        assert copy.execute("SELECT count(*) FROM records_person").fetchone() == (1,)
    [line] = made.keys.read_text().splitlines()
    wrapped = bytes.fromhex(line.split()[1])
    assert line.split()[0] == person.hex
    assert wrapped not in made.records.read_bytes()
    assert made.keys.stat().st_mode & 0o077 == made.records.stat().st_mode & 0o077 == 0


@needs_sqlite
def test_a_restored_backup_reads_as_the_records_did(tmp_path: Path) -> None:
    person = plant()
    diary = export_csv(person=person)
    made = backup(tmp_path / "copy.sqlite3")
    told = CheckIn(day=TODAY, pain=1)
    save_check_in(person=person, check_in=told, client_key="later", now=NOW)
    assert restore(made.records) == 1
    assert export_csv(person=person) == diary
    assert open_every_seal() == 1
    told = CheckIn(day=TODAY, pain=2)
    assert save_check_in(person=person, check_in=told, client_key="x", now=NOW).version == 3


@needs_sqlite
def test_whoever_was_erased_is_noise_in_older_backups_once_the_next_one_is_made(
    tmp_path: Path, settings: LazySettings
) -> None:
    gone, stays = plant(), start_guest(now=NOW)
    old = backup(tmp_path / "monday.sqlite3")
    wrapped = next(x for x in old.keys.read_text().split() if len(x) > 32)
    erase_person(person=gone, actor="self", now=NOW)
    new = backup(tmp_path / "tuesday.sqlite3")
    assert new.keys == old.keys
    assert gone.hex not in new.keys.read_text()
    assert wrapped.encode() not in new.keys.read_bytes() + old.records.read_bytes()
    assert restore(old.records) == 1
    assert not person_exists(gone)
    assert person_exists(stays)


@needs_sqlite
def test_a_damaged_backup_or_missing_keys_change_nothing(tmp_path: Path) -> None:
    person = plant()
    made = backup(tmp_path / "copy.sqlite3")
    raw = bytearray(made.records.read_bytes())
    raw[4096:8192] = bytes(4096)
    bad = tmp_path / "bad.sqlite3"
    bad.write_bytes(bytes(raw))
    with pytest.raises((BackupRefused, sqlite3.DatabaseError)):
        restore(bad)
    made.keys.unlink()
    with pytest.raises(BackupRefused):
        restore(made.records)
    assert review_today(person=person, now=NOW).check_in is not None


@needs_sqlite
def test_the_key_of_the_erased_is_gone_from_the_file_and_its_log() -> None:
    person = plant()
    wrapped = bytes(PersonKey.objects.get(pk=person).wrapped)
    assert wrapped in _file_and_log()
    erase_person(person=person, actor="self", now=NOW)
    assert wrapped not in _file_and_log()


def _file_and_log() -> bytes:
    name = Path(connection.settings_dict["NAME"])
    return name.read_bytes() + Path(f"{name}-wal").read_bytes()
