"""One person's facts, as values: all that a day's review may know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from safetomove.core.diary import CheckIn, Diary
from safetomove.core.errors import BadInput
from safetomove.core.pacing import ActivityPlan, Climb
from safetomove.core.safety import NoteCard, SafetyAnswers, scan_note

PLANS_TOP = 8  # more than this is no longer "one small thing at a time"


class RecheckReason(StrEnum):
    """What happened since the safety questions were answered."""

    WORRYING_NOTE = "worrying_note"
    FLARE_UP = "flare_up"
    SOMETHING_DIFFERENT = "something_different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """The safety questions must be asked again before the next dose."""

    reason: RecheckReason
    since: date
    cards: tuple[NoteCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRecord:
    """One person. `climbs` hold what each plan had reached before the diary's first day."""

    safety: SafetyAnswers | None = None
    recheck: Recheck | None = None
    plans: tuple[ActivityPlan, ...] = ()
    diary: Diary = field(default_factory=Diary)
    climbs: Mapping[str, Climb] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ids = [plan.id for plan in self.plans]
        if len(set(ids)) < len(ids):
            raise BadInput("two activities have the same id")
        if len(ids) > PLANS_TOP:
            raise BadInput(f"at most {PLANS_TOP} activities at a time, not {len(ids)}")


def recheck_called_for(check_in: CheckIn, before: CheckIn | None) -> Recheck | None:
    """Say whether a day calls for the safety questions; `before` is the last day noted."""
    cards = scan_note(check_in.note) if check_in.note else ()
    if cards:
        return Recheck(reason=RecheckReason.WORRYING_NOTE, since=check_in.day, cards=cards)
    if check_in.flare and not (before is not None and before.flare):
        return Recheck(reason=RecheckReason.FLARE_UP, since=check_in.day)
    return None


def recheck_since(diary: Diary, answered_on: date, *, until: date) -> Recheck | None:
    """Find what after `answered_on` calls for the questions; a worrying note comes first."""
    found = [one for one in _rechecks(diary.between(answered_on, until)) if one.since > answered_on]
    worrying = [one for one in found if one.reason is RecheckReason.WORRYING_NOTE]
    if worrying:
        return joined(worrying)
    return found[0] if found else None


def joined(rechecks: Iterable[Recheck]) -> Recheck:
    """Join worrying notes into one, so that no card is lost; the first day is kept."""
    every = list(rechecks)
    cards = dict.fromkeys(card for one in every for card in one.cards)
    return Recheck(reason=every[0].reason, since=every[0].since, cards=tuple(cards))


def _rechecks(check_ins: tuple[CheckIn, ...]) -> Iterable[Recheck]:
    before: CheckIn | None = None
    for check_in in check_ins:
        called = recheck_called_for(check_in, before)
        before = check_in
        if called is not None:
            yield called
