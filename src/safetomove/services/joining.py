"""Move a guest's record into an account's, so that nothing is lost."""

from datetime import date, datetime

from safetomove.core import safety
from safetomove.core.pacing import ActivityPlan
from safetomove.core.record import PLANS_TOP
from safetomove.core.safety import SafetyAnswers
from safetomove.records.mappers import open_check_in, open_json
from safetomove.records.models import CheckInHistory, FileHistory, Person
from safetomove.records.person_file import PersonFile, file_to_json
from safetomove.services import documents
from safetomove.services.checkpoint import rebuilt
from safetomove.services.clinic import looks, sharing
from safetomove.services.days import put_in_history, write_new_days
from safetomove.services.holding import (
    FILE_HISTORY,
    Held,
    keep,
    put_by,
    versions_kept,
    whole_diary,
)
from safetomove.services.rechecks import both


def join(*, guest: Held, account: Held, now: datetime, today: date) -> None:
    """Move days, history, documents and file; then the guest's record and its key are gone."""
    _move_days(guest, account, now=now)
    _move_history(guest, account)
    documents.move(guest=guest, account=account)
    sharing.move_memberships(guest=guest.person, account=account.person, now=now)
    looks.move_looks(guest=guest.person, account=account.person)
    put_by(account, "guest_file", file_to_json(guest.file), now=now)
    joined = keep(account, **_joined(guest.file, account.file, today=today))
    keep(joined, checkpoint=rebuilt(joined, today=today))
    Person.objects.filter(pk=guest.person).delete()


def _move_days(guest: Held, account: Held, *, now: datetime) -> None:
    taken, versions = versions_kept(account), versions_kept(guest)
    days = whole_diary(guest).check_ins
    write_new_days(account, (one for one in days if one.day not in taken), now=now)
    for one in days:
        if one.day in taken:
            put_in_history(account, one, version=versions[one.day], now=now)


def _move_history(guest: Held, account: Held) -> None:
    for row in CheckInHistory.objects.filter(person_id=guest.person):
        day, version = row.local_day, row.version
        was = open_check_in(row.sealed, seal=guest.seal, day=day, version=version)
        put_in_history(account, was, version=version, now=row.written_at)
    for kept in FileHistory.objects.filter(person_id=guest.person):
        data = open_json(kept.sealed, seal=guest.seal, what=FILE_HISTORY)
        put_by(account, data.pop("kind"), data, now=kept.written_at)


def _joined(guest: PersonFile, account: PersonFile, *, today: date) -> dict[str, object]:
    plans = _plans(guest, account)
    ids = {plan.id for plan in plans}
    pins = {**guest.pins, **account.pins}
    return {
        "safety": _answers(guest.safety, account.safety, today=today),
        "recheck": both(account.recheck, guest.recheck),
        "plans": plans,
        "pins": {plan: climb for plan, climb in pins.items() if plan in ids},
        "choices": {**guest.choices, **account.choices},
    }


def _plans(guest: PersonFile, account: PersonFile) -> tuple[ActivityPlan, ...]:
    """Return the account's plans, then as many of the guest's others as there is room for."""
    ids = {plan.id for plan in account.plans}
    others = (plan for plan in guest.plans if plan.id not in ids)
    return (*account.plans, *others)[:PLANS_TOP]


def _answers(
    guest: SafetyAnswers | None, account: SafetyAnswers | None, *, today: date
) -> SafetyAnswers | None:
    """Return the newer answers; of two from the same day, the more worrying."""
    if guest is None or account is None:
        return guest or account
    if guest.given_on != account.given_on:
        return max(guest, account, key=lambda answers: answers.given_on)
    rules = safety.rules_in_force(today)
    return max(
        guest,
        account,
        key=lambda answers: safety.triage(answers, rules=rules, today=today).disposition.urgency,
    )
