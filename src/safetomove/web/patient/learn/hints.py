"""What speaks for one lesson rather than another: beliefs first, then the diary, then the map."""

from collections.abc import Iterator
from statistics import fmean

from safetomove.core import beliefs
from safetomove.services.learner import Learner
from safetomove.services.next_lesson import Hint, Why
from safetomove.web.patient.learn.map_page import ready_made
from safetomove.web.words import page

# What the last two weeks must look like for a lesson to be offered for them; 0 to 10, own-rule.
DAYS_TOLD = 4  # days with an answer, so that one bad night is only one bad night
ROUGH_NIGHTS = 4.0  # mean sleep score, at most
STRESSED = 6.0  # mean stress, at least
LOW_MOOD = 4.0  # mean mood, at most

AVOIDED_LESSON = "bending-and-lifting"


def hints_for(learner: Learner) -> tuple[Hint, ...]:
    """List the hints, the strongest first."""
    return (*_from_beliefs(learner), *_from_diary(learner), *_from_map(learner))


def _from_beliefs(learner: Learner) -> Iterator[Hint]:
    strong = beliefs.worries(learner.beliefs[-1]) if learner.beliefs else ()
    lines = page("beliefs")["statements"]
    for one in strong:
        yield Hint(why=Why.BELIEF, belief=one, about=lines[one.value])


def _from_diary(learner: Learner) -> Iterator[Hint]:
    said = page("map")["noticed"]
    if any(day.flare for day in learner.recent):
        yield Hint(why=Why.DIARY, lesson="flare-ups", about=said["flare"])
    for column, lesson in (
        ("sleep_quality", "sleep"),
        ("stress", "stress-mood-worry"),
        ("mood", "stress-mood-worry"),
    ):
        if _stands_out(learner, column):
            yield Hint(why=Why.DIARY, lesson=lesson, about=said[column])


def _from_map(learner: Learner) -> Iterator[Hint]:
    for thing in learner.about.things:
        row = ready_made().get(thing.id, {})
        if lesson := row.get("lesson"):
            yield Hint(why=Why.MAP, lesson=lesson, about=row["words"])
    if learner.about.avoided:
        yield Hint(why=Why.MAP, lesson=AVOIDED_LESSON, about=learner.about.avoided[0])


def _stands_out(learner: Learner, column: str) -> bool:
    told = [value for day in learner.recent if (value := getattr(day, column)) is not None]
    if len(told) < DAYS_TOLD:
        return False
    mean = fmean(told)
    match column:
        case "sleep_quality":
            return mean <= ROUGH_NIGHTS
        case "stress":
            return mean >= STRESSED
        case _:
            return mean <= LOW_MOOD
