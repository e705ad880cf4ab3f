"""Who on a clinic's list is to be seen first, and why: an order with its reasons, no score.

Only what the person shares, and the clinic's own register, come in here. Nothing is guessed
for what is not shared, and a warning sign always stands first.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from safetomove.core.flare import Spell
from safetomove.core.safety import Disposition

SILENT_DAYS: Final = 14  # days without an entry, after which somebody has stopped (own-rule)
MISSED_IN_A_ROW: Final = 2  # sessions (own-rule; a group meets twice a week)


class Reason(StrEnum):
    """Why somebody stands where they stand, first reason first."""

    EMERGENCY = "emergency"
    SELF_HARM = "self_harm"
    STOPPED_IN_SESSION = "stopped_in_session"
    SAME_DAY = "same_day"
    SOON = "soon"
    ASK_AGAIN = "ask_again"
    NOT_SETTLING = "not_settling"
    WORSE = "worse"
    STOPPED = "stopped"
    GOAL_REACHED = "goal_reached"
    NOT_ASKED = "not_asked"
    WELL = "well"

    @property
    def urgency(self) -> int:
        """Order reasons from nothing to do (0) upwards."""
        return len(Reason) - 1 - list(Reason).index(self)


_SIGNS: Final = {
    Disposition.EMERGENCY: Reason.EMERGENCY,
    Disposition.SAME_DAY: Reason.SAME_DAY,
    Disposition.SOON: Reason.SOON,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one person on a day; None and False where nothing is.

    `disposition` is what the warning signs in their last safety answers come to, and
    `asked_on` the day of those answers. `questions_due` says that they were never asked, or
    too long ago; `ask_again`, since when something they told calls for the questions again.
    """

    disposition: Disposition | None = None
    questions_due: bool = False
    asked_on: date | None = None
    ask_again: date | None = None
    self_harm: date | None = None  # the day of a last form that tells of self-harm
    room_stop: date | None = None  # taken off the circuit, and not put back yet
    flare: Spell | None = None
    last_entry: date | None = None
    missed_in_a_row: int = 0
    worse: bool = False  # by the least change that people notice, on a shared measure
    goals_held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One reason, and since when where that is known."""

    reason: Reason
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody stands on the list; the most urgent reason first, never none."""

    reasons: tuple[Why, ...]

    @property
    def urgency(self) -> int:
        """Return the urgency of the first reason."""
        return self.reasons[0].reason.urgency


def place(facts: Facts, *, today: date) -> Place:
    """Say how soon somebody should be seen, with every reason that holds."""
    held = [*_signs(facts), *_course_of(facts, today)]
    order = sorted(held, key=lambda why: -why.reason.urgency)
    return Place(reasons=tuple(order) or (Why(reason=Reason.WELL),))


def _signs(facts: Facts) -> list[Why]:
    found = []
    if facts.disposition in _SIGNS:
        found.append(Why(reason=_SIGNS[facts.disposition], since=facts.asked_on))
    if facts.self_harm is not None:
        found.append(Why(reason=Reason.SELF_HARM, since=facts.self_harm))
    if facts.room_stop is not None:
        found.append(Why(reason=Reason.STOPPED_IN_SESSION, since=facts.room_stop))
    if facts.ask_again is not None:
        found.append(Why(reason=Reason.ASK_AGAIN, since=facts.ask_again))
    if facts.questions_due:
        found.append(Why(reason=Reason.NOT_ASKED))
    return found


def _course_of(facts: Facts, today: date) -> list[Why]:
    found = []
    if facts.flare is not None and facts.flare.not_settling(today):
        found.append(Why(reason=Reason.NOT_SETTLING, since=facts.flare.began))
    if facts.worse:
        found.append(Why(reason=Reason.WORSE))
    silent = facts.last_entry is not None and (today - facts.last_entry).days > SILENT_DAYS
    if silent or facts.missed_in_a_row >= MISSED_IN_A_ROW:
        found.append(Why(reason=Reason.STOPPED, since=facts.last_entry if silent else None))
    if facts.goals_held:
        found.append(Why(reason=Reason.GOAL_REACHED))
    return found
