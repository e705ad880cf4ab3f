"""Note who did what to whose record; never what it said."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from safetomove.records import statements

SELF = "self"  # the person, or whoever holds their device


class Verb(StrEnum):
    """All that is noted."""

    BEGAN = "began"
    ZONE_SET = "zone_set"
    CHOICE_KEPT = "choice_kept"
    JOINED_ACCOUNT = "joined_account"
    SAFETY_ANSWERED = "safety_answered"
    SOMETHING_DIFFERENT = "something_different"
    ACTIVITY_CHOSEN = "activity_chosen"
    TRY_ADDED = "try_added"
    PLAN_CHANGED = "plan_changed"
    ACTIVITY_LEFT = "activity_left"
    CHECKED_IN = "checked_in"
    IMPORTED = "imported"
    ERASED = "erased"


def note(person: UUID, verb: Verb, *, now: datetime, actor: str = SELF) -> None:
    """Write one audit row; call it in the transaction of the change itself."""
    statements.add_audit(person, actor, verb.value, now=now)
