"""Keep a scan report, if the person asks for it; hand it back; delete it for good."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from safetomove.core.errors import BadInput
from safetomove.core.scans import CHARACTERS_TOP, check_age
from safetomove.services import audit, documents
from safetomove.services.audit import Verb
from safetomove.services.documents import Document, Kind
from safetomove.services.holding import hold, look
from safetomove.services.people import local_day
from safetomove.services.refusals import BadKey, KeyReused

REPORTS_TOP: Final = 20  # more than anybody has; a script could fill a disk
FORMAT: Final = 1
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


class TooManyReports(BadInput):
    """No more reports fit; one has to go first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReport:
    """One report as pasted; what it means is read afresh each time, by the rules of the day."""

    id: str
    text: str = field(repr=False)  # what a traceback shows may end up in a log
    age: int | None
    kept_on: date


def keep_report(*, person: UUID, key: str, text: str, age: int | None, now: datetime) -> KeptReport:
    """Keep a report under the key of its form, so that a double tap keeps it once.

    Refuses with TooManyReports for the twenty-first, KeyReused where the key came with other
    words, and BadInput for a text, an age or a key that can't be read.
    """
    if not _KEY.fullmatch(key):
        raise BadKey("a client key is 1 to 64 letters, digits, - or _")
    _check(text, age)
    with transaction.atomic():
        held = hold(person)
        old = {one.name: one for one in documents.read_all(held, Kind.SCAN_REPORT)}
        if key in old:
            return _same(_kept(old[key]), text, age)
        if len(old) >= REPORTS_TOP:
            raise TooManyReports(f"at most {REPORTS_TOP} reports are kept")
        today = local_day(now=now, zone=held.file.zone)
        report = KeptReport(id=key, text=text, age=age, kept_on=today)
        documents.put(held, Kind.SCAN_REPORT, _to_json(report), now=now, name=key)
        audit.note(person, Verb.SCAN_REPORT_KEPT, now=now)
    return report


def kept_reports(*, person: UUID) -> tuple[KeptReport, ...]:
    """Return the kept reports, newest first."""
    found = (_kept(one) for one in documents.read_all(look(person), Kind.SCAN_REPORT))
    return tuple(sorted(found, key=lambda one: (one.kept_on, one.id), reverse=True))


def kept_report(*, person: UUID, id: str) -> KeptReport | None:
    """Return one kept report, or None where there is none."""
    found = documents.read(look(person), Kind.SCAN_REPORT, id)
    return None if found is None else _kept(found)


def delete_report(*, person: UUID, id: str, now: datetime) -> None:
    """Delete a report and all that is left of it; again is harmless."""
    with transaction.atomic():
        held = hold(person)
        if documents.read(held, Kind.SCAN_REPORT, id) is not None:
            audit.note(person, Verb.SCAN_REPORT_DELETED, now=now)
        documents.drop(held, Kind.SCAN_REPORT, id, forget=True)


def _check(text: str, age: int | None) -> None:
    if not text.strip() or len(text) > CHARACTERS_TOP:
        raise BadInput(f"a report has between 1 and {CHARACTERS_TOP:,} characters")
    if age is not None:
        check_age(age)


def _same(kept: KeptReport, text: str, age: int | None) -> KeptReport:
    if (kept.text, kept.age) != (text, age):
        raise KeyReused("this was sent before with another report; please send it as new")
    return kept


def _to_json(report: KeptReport) -> dict[str, object]:
    return {
        "format": FORMAT,
        "text": report.text,
        "age": report.age,
        "kept_on": report.kept_on.isoformat(),
    }


def _kept(one: Document) -> KeptReport:
    data = one.data
    return KeptReport(
        id=one.name,
        text=data["text"],
        age=data["age"],
        kept_on=date.fromisoformat(data["kept_on"]),
    )
