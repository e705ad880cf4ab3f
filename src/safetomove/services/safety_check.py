"""Keep what a person answered to the safety questions."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from safetomove.core import safety
from safetomove.core.record import Recheck, RecheckReason
from safetomove.core.safety import SafetyAnswers, TriageResult
from safetomove.records.person_file import safety_to_json
from safetomove.services import audit
from safetomove.services.audit import Verb
from safetomove.services.holding import hold, keep, look, put_by
from safetomove.services.people import local_day
from safetomove.services.rechecks import both


def save_answers(*, person: UUID, answers: SafetyAnswers, now: datetime) -> TriageResult:
    """Keep the answers, settle any recheck and say what they lead to."""
    with transaction.atomic():
        held = hold(person)
        today = local_day(now=now, zone=held.file.zone)
        result = safety.triage(answers, rules=safety.rules_in_force(today), today=today)
        said = {"answers": safety_to_json(answers), "result": result.to_json()}
        put_by(held, "safety_check", said, now=now)
        keep(held, safety=answers, recheck=None)
        audit.note(person, Verb.SAFETY_ANSWERED, now=now)
    return result


def latest_answers(*, person: UUID) -> SafetyAnswers | None:
    """Return the answers last given, to carry over into a flare-up check."""
    return look(person).file.safety


def say_something_is_different(*, person: UUID, now: datetime) -> None:
    """Ask for the safety questions again before the next dose."""
    with transaction.atomic():
        held = hold(person)
        today = local_day(now=now, zone=held.file.zone)
        new = Recheck(reason=RecheckReason.SOMETHING_DIFFERENT, since=today)
        keep(held, recheck=both(held.file.recheck, new))
        audit.note(person, Verb.SOMETHING_DIFFERENT, now=now)
