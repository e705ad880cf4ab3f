"""Take in a diary file: all of it or nothing."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, assert_never
from uuid import UUID

from django.db import transaction

from safetomove.core.diary import BadCell, BadDiary, CheckIn, Diary, DiaryFile, read_csv, read_json
from safetomove.core.record import Recheck, recheck_since
from safetomove.services import audit, once
from safetomove.services.audit import Verb
from safetomove.services.checkpoint import rebuilt
from safetomove.services.days import merged, write_changed_days, write_new_days
from safetomove.services.export import FORMAT
from safetomove.services.holding import Held, hold, keep, look, whole_diary
from safetomove.services.people import HOME_ZONE, local_day
from safetomove.services.rechecks import both


class Kind(StrEnum):
    """How the file is written."""

    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file would do to the diary."""

    new_days: tuple[date, ...]
    changed_days: tuple[date, ...]
    same_days: tuple[date, ...]
    unknown_columns: tuple[str, ...]


def preview_import(
    *, person: UUID | None, text: str, kind: Kind, now: datetime, zone: str = HOME_ZONE
) -> Preview:
    """Say what the file would change; BadDiary with every bad cell where it can't be read.

    For somebody who is not kept here yet every day is new, counted in `zone`; nobody is made.
    """
    if person is None:
        file = _read(text, kind, today=local_day(now=now, zone=zone))
        return _preview(file, Diary.of())
    held = look(person)
    file = _read(text, kind, today=local_day(now=now, zone=held.file.zone))
    return _preview(file, whole_diary(held))


def confirm_import(
    *, person: UUID, text: str, kind: Kind, client_key: str, now: datetime
) -> Preview:
    """Write the file's days into the diary, and return what was done."""
    body = {"import": text, "kind": kind.value}
    with transaction.atomic():
        held = hold(person)
        answer = once.answered_before(held, client_key, body)
        if answer is not None:
            return _preview_from_json(answer)
        today = local_day(now=now, zone=held.file.zone)
        done = _write(held, _read(text, kind, today=today), today=today, now=now)
        once.remember(held, client_key, body, _preview_to_json(done), now=now)
        audit.note(person, Verb.IMPORTED, now=now)
    return done


def _read(text: str, kind: Kind, *, today: date) -> DiaryFile:
    match kind:
        case Kind.CSV:
            file = read_csv(text)
        case Kind.JSON:
            text = _days_of_export(text)
            file = read_json(text)
        case _:
            assert_never(kind)
    late = [day for one in file.diary.check_ins if (day := one.day) > today]
    if late:
        raise BadDiary(_future(_row_of(day, text, kind), day) for day in late)
    return file


def _days_of_export(text: str) -> str:
    """Return the days in what `export_json` wrote; any other text comes back as it is."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return text  # read_json says what is wrong with it
    if isinstance(data, dict) and data.get("format") == FORMAT:
        return json.dumps(data.get("diary"), ensure_ascii=False)
    return text


def _preview(file: DiaryFile, diary: Diary) -> Preview:
    new: list[date] = []
    changed: list[date] = []
    same: list[date] = []
    for one in file.diary.check_ins:
        old = diary.on(one.day)
        which = new if old is None else same if merged(old, one) == old else changed
        which.append(one.day)
    return Preview(
        new_days=tuple(new),
        changed_days=tuple(changed),
        same_days=tuple(same),
        unknown_columns=file.unknown_columns,
    )


def _write(held: Held, file: DiaryFile, *, today: date, now: datetime) -> Preview:
    diary = whole_diary(held)
    done = _preview(file, diary)
    new = set(done.new_days)
    write_new_days(held, (one for one in file.diary.check_ins if one.day in new), now=now)
    changed = (merged(diary.on(day), _day(file, day)) for day in done.changed_days)
    write_changed_days(held, changed, now=now)
    recheck = _called_for(held, {*done.new_days, *done.changed_days}, today=today)
    keep(held, recheck=both(held.file.recheck, recheck), checkpoint=rebuilt(held, today=today))
    return done


def _called_for(held: Held, written: set[date], *, today: date) -> Recheck | None:
    """Look for what the file tells that is newer than the safety answers."""
    answers = held.file.safety
    if answers is None or not written:
        return None
    return recheck_since(whole_diary(held), answers.given_on, until=today)


def _day(file: DiaryFile, day: date) -> CheckIn:
    return next(one for one in file.diary.between(day, day))


def _row_of(day: date, text: str, kind: Kind) -> int:
    """Count rows as `core.diary` does: lines of a CSV file, days of a JSON one."""
    above = text[: text.find(str(day))]
    return above.count("\n") + 1 if kind is Kind.CSV else above.count('"date"')


def _future(row: int, day: date) -> BadCell:
    return BadCell(row=row, column="date", value=str(day), reason="this day has not begun yet")


def _preview_to_json(preview: Preview) -> dict[str, Any]:
    return {
        "new_days": [str(day) for day in preview.new_days],
        "changed_days": [str(day) for day in preview.changed_days],
        "same_days": [str(day) for day in preview.same_days],
        "unknown_columns": list(preview.unknown_columns),
    }


def _preview_from_json(data: dict[str, Any]) -> Preview:
    days = {
        name: tuple(date.fromisoformat(day) for day in data[name])
        for name in ("new_days", "changed_days", "same_days")
    }
    return Preview(**days, unknown_columns=tuple(data["unknown_columns"]))
