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
    BELIEFS_ANSWERED = "beliefs_answered"
    MAP_CHANGED = "map_changed"
    LESSON_NOTED = "lesson_noted"
    MEASURE_ASKED = "measure_asked"
    MEASURE_TAKEN = "measure_taken"
    MEASURE_WITHDRAWN = "measure_withdrawn"
    MOVED = "moved"
    LADDER_CHANGED = "ladder_changed"
    LADDER_TRIED = "ladder_tried"
    FLARE_PLAN_CHANGED = "flare_plan_changed"
    FLARE_TOLD = "flare_told"
    EXPERIMENT_BEGUN = "experiment_begun"
    EXPERIMENT_ENDED = "experiment_ended"
    RESULT_POOLED = "result_pooled"
    RESULT_TAKEN_BACK = "result_taken_back"
    SCAN_REPORT_KEPT = "scan_report_kept"
    SCAN_REPORT_DELETED = "scan_report_deleted"
    STAY_WELL_CHANGED = "stay_well_changed"
    WEEK_REVIEWED = "week_reviewed"
    JOINED_CLINIC = "joined_clinic"
    LEFT_CLINIC = "left_clinic"
    SHARING_CHANGED = "sharing_changed"
    SEEN_IN_LIST = "seen_in_list"
    SEEN_PLAN = "seen_plan"
    SEEN_MEASURES = "seen_measures"
    SEEN_CHECK_INS = "seen_check_ins"
    SEEN_MAP = "seen_map"
    SEEN_NOTES = "seen_notes"
    CHANGED_BY_CLINIC = "changed_by_clinic"
    SAID_NO_TO_CLINIC = "said_no_to_clinic"
    MESSAGE_SENT = "message_sent"
    MESSAGES_READ = "messages_read"
    MESSAGE_WRITTEN = "message_written"
    HANDED_ON = "handed_on"  # a file for another record system was made
    IMPORTED = "imported"
    ERASED = "erased"


def note(person: UUID, verb: Verb, *, now: datetime, actor: str = SELF) -> None:
    """Write one audit row; call it in the transaction of the change itself."""
    statements.add_audit(person, actor, verb.value, now=now)
    if actor == SELF:
        statements.age_standing(person)  # a clinic's line about them is no longer the newest
