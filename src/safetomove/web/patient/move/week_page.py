"""Fill and read the weekly look back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from safetomove.core.progress import WORDS_TOP
from safetomove.core.progress.kept import WeekReview
from safetomove.services import week_review
from safetomove.services.today import Today
from safetomove.services.week_review import DoneLastWeek, LookBack
from safetomove.web.patient import flare_story
from safetomove.web.patient.forms import Errors, can_be_kept, showable, tidy
from safetomove.web.patient.presenters import plain_number
from safetomove.web.patient.start_forms import parse_above_nought
from safetomove.web.patient.words import amount_of, unit_word
from safetomove.web.words import page

GOAL = "goal-"  # before an activity's number among the form's fields
ACTIVITY = "activity:"  # before an activity's id among the things to choose
THINGS = ("goal", "movement", "ladder", "people", "rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedWeek:
    """A week as sent: what to show again, and what to keep if every part can be kept."""

    well: str
    chosen: str
    own: str
    amounts: Mapping[str, str]
    goals: Mapping[str, float]
    errors: Errors
    review: WeekReview | None


def offer(today: Today) -> Mapping[str, str] | None:
    """Return the words that offer this week's look back, if it is due and nothing comes first."""
    ready = bool(today.record.plans) and today.review.cleared and week_review.is_due(today)
    words: Mapping[str, str] = page("week_review")["offer"]
    return words if ready else None


def read(sent: QueryDict, found: LookBack) -> TypedWeek:
    """Read the form; every part of it may be blank."""
    errors: Errors = []
    well, own = tidy(sent.get("well", "")), tidy(sent.get("own", ""))
    chosen, said = sent.get("chosen", ""), page("week_review")["errors"]
    for name, text in (("well", well), ("own", own)):
        if wrong := wrong_words(text):
            errors.append((name, said[wrong]))
    if chosen and chosen not in dict(things(found)):
        errors.append(("chosen", said["choice"]))
        chosen = ""
    amounts, goals = _goals(sent, found, errors)
    review = None
    if not errors:
        review = WeekReview(monday=found.monday, well=well, chosen=chosen, own=own)
    return TypedWeek(
        well=showable(well), chosen=chosen, own=showable(own),
        amounts=amounts, goals=goals, errors=errors, review=review,
    )  # fmt: skip


def typed_of(found: LookBack) -> TypedWeek:
    """Return a kept week as the form shows it."""
    kept = found.review or WeekReview(monday=found.monday)
    return TypedWeek(
        well=kept.well,
        chosen=kept.chosen,
        own=kept.own,
        amounts={one.plan.id: plain_number(one.plan.goal) for one in found.done},
        goals={},
        errors=[],
        review=kept,
    )


def fill(found: LookBack, typed: TypedWeek, *, asking: bool) -> dict[str, Any]:
    """Fill the page: the week that was, and the form or what is kept."""
    said, wrong = page("week_review")["page"], dict(typed.errors)
    days = {"noted": found.lived.noted, "loved": found.lived.loved}
    return {
        "empty": False,
        "asking": asking,
        "monday": found.monday.isoformat(),
        "began": found.lived.begins,
        "loved": said["loved"].format(**days) if found.lived.noted else said["loved_none"],
        "earlier": _chosen(found, found.earlier),
        "one_thing": _chosen(found, found.review),
        "done": [_line(one) for one in found.done],
        "things": things(found),
        "typed": typed,
        "goals": [_goal(n, one, typed, wrong) for n, one in enumerate(found.done)],
        "errors": typed.errors,
        "wrong": wrong,
        "cards": flare_story.cards([typed.well, typed.own]),
    }


def things(found: LookBack) -> list[tuple[str, str]]:
    """List what may be chosen for the week: each activity, and a few more."""
    said = page("week_review")["things"]
    own = [
        (f"{ACTIVITY}{one.plan.id}", said["activity"].format(name=one.plan.name))
        for one in found.done
    ]
    return [*own, *((id, said[id]) for id in THINGS)]


def wrong_words(text: str) -> str:
    """Name what is wrong with words, or nothing."""
    if len(text) > WORDS_TOP:
        return "long"
    return "" if can_be_kept(text.replace("\n", " ")) else "sign"


def _goals(
    sent: QueryDict, found: LookBack, errors: Errors
) -> tuple[dict[str, str], dict[str, float]]:
    amounts, goals = {}, {}
    for n, one in enumerate(found.done):
        was = plain_number(one.plan.goal)
        typed = sent.get(f"{GOAL}{n}", was).strip()
        amounts[one.plan.id] = showable(typed)
        goal = one.plan.goal if typed in {"", was} else parse_above_nought(typed)
        if goal is None:
            wrong = page("week_review")["errors"]["goal"].format(name=one.plan.name)
            errors.append((f"{GOAL}{n}", wrong))
        else:
            goals[one.plan.id] = goal
    return amounts, goals


def _goal(n: int, one: DoneLastWeek, typed: TypedWeek, wrong: dict[str, str]) -> dict[str, str]:
    return {
        "field": f"{GOAL}{n}",
        "name": one.plan.name,
        "unit": unit_word(one.plan.unit),
        "value": typed.amounts.get(one.plan.id, ""),
        "error": wrong.get(f"{GOAL}{n}", ""),
    }


def _chosen(found: LookBack, review: WeekReview | None) -> str:
    if review is None:
        return ""
    name = dict(things(found)).get(review.chosen, "")
    return ". ".join(part for part in (name, review.own) if part)


def _line(one: DoneLastWeek) -> str:
    said, unit, now = page("week_review")["page"], one.plan.unit, one.week.typical
    if now is None or not one.week.days:
        return str(said["none"].format(name=one.plan.name))
    days = said["day_one" if one.week.days == 1 else "day_many"].format(count=one.week.days)
    line = said["done"].format(name=one.plan.name, amount=amount_of(now, unit), days=days)
    before = one.before.typical
    if before is None:
        return str(line)
    how = "same" if now == before else "more" if now > before else "less"
    return f"{line} {said[how].format(before=amount_of(before, unit))}"
