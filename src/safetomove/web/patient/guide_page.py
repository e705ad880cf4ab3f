"""Fill a person's own guide: each part as words, and the parts that are still blank."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse

from safetomove.content.lesson_shapes import Lists
from safetomove.core import beliefs
from safetomove.core.beliefs import Direction
from safetomove.core.contributors import Turns
from safetomove.core.experiments import Verdict
from safetomove.core.pacing import ActivityPlan
from safetomove.core.safety import NoteCard, scan_note
from safetomove.services.experiments import KeptResult
from safetomove.services.guide import Guide
from safetomove.services.progress import began_with
from safetomove.web import words
from safetomove.web.patient.learn import map_page, shelf
from safetomove.web.patient.learn.beliefs_page import statements
from safetomove.web.patient.patterns import plan_page
from safetomove.web.patient.patterns.trial_page import text_of
from safetomove.web.patient.words import amount_of, page, plain

LEFT_OUT_AT_FIRST: Final = frozenset({"notes"})  # others may read the paper
NOTES_BACK: Final = timedelta(days=14)
LATELY: Final = timedelta(days=7)  # the week before this one still counts as now
FROM, TO = 12.0, 288.0  # the picture of one climb: its foot and its flag

Words = Mapping[str, Any]


def filled(guide: Guide | None) -> dict[str, Any]:
    """Return each part that has something to say, by its id, in the order shown."""
    if guide is None:
        return {}
    every = {id: fill(guide) for id, fill in _PARTS.items()}
    return {row["id"]: every[row["id"]] for row in page("guide")["part"] if every[row["id"]]}


def shown(guide: Guide | None, asked: QueryDict) -> dict[str, Any]:
    """Fill the page: the parts asked for, those to choose from, and those still blank."""
    parts = filled(guide)
    chosen = _chosen(asked, parts)
    rows = page("guide")["part"]
    return {
        "parts": [(row, parts[row["id"]]) for row in rows if row["id"] in chosen],
        "offered": [(row["id"], row["title"]) for row in rows if row["id"] in parts],
        "chosen": chosen,
        "begun": bool(parts),
        "blank": [] if guide is None else _blank(parts),
        "begin": _blank({}) if guide is None else [],
        "cards": [] if guide is None else _cards(guide, chosen),
        "help": help_cards(),
    }


def help_cards() -> list[dict[str, Any]]:
    """Return the cards that end every guide, with this site's numbers."""
    levels = words.LEVELS
    rows = page("guide")["help"]["cards"]
    calls = [[words.spoken().call(id) for id in row["call"]] for row in rows]
    return [
        {**row, "kind": levels[row["kind"]], "call": call}
        for row, call in zip(rows, calls, strict=True)
    ]


def _chosen(asked: QueryDict, parts: Mapping[str, Any]) -> list[str]:
    """Read what was ticked; a page opened afresh shows all but the private notes."""
    if "chosen" in asked:
        ticked = set(asked.getlist("part"))
        return [id for id in parts if id in ticked]
    return [id for id in parts if id not in LEFT_OUT_AT_FIRST]


def _blank(parts: Mapping[str, Any]) -> list[dict[str, str]]:
    rows = [row for row in page("guide")["part"] if row["to"] and row["id"] not in parts]
    placed = [(row, _address(row)) for row in rows]
    return [{**row, "href": href} for row, href in placed if href]


def _address(row: Mapping[str, str]) -> str:
    return reverse(row["to"], args=[row["at"]]) if "at" in row else shelf.address(row["to"])


def _loves(guide: Guide) -> Words:
    plans, missed = guide.today.record.plans, guide.about.missed
    if not (plans or missed):
        return {}
    return {"activities": [_activity(plan, guide) for plan in plans], "missed": missed}


def _activity(plan: ActivityPlan, guide: Guide) -> Words:
    said = page("guide")["loves"]
    record, today = guide.today.record, guide.today.local_day
    first = began_with(plan, record.diary, record.climbs, today=today)
    now, last = _lately(plan, guide, said)
    began = said["began"] if first else said["began_no_amount"]
    goal = said["reached"] if now >= plan.goal else said["goal"]
    return {
        "name": plan.name,
        "why": said["why"].format(text=plan.goal_text) if plan.goal_text else "",
        "began": began,
        "amount": amount_of(first, plan.unit) if first else "",
        "day": plan.started,
        "last": last,
        "goal": goal.format(amount=amount_of(plan.goal, plan.unit)),
        "picture": {"first": _x(first or 0, plan), "now": _x(now, plan)} if now else None,
    }


def _lately(plan: ActivityPlan, guide: Guide, said: Words) -> tuple[float, Words]:
    """Return the typical amount of the last week with any, and how to say it."""
    weeks = [one for one in guide.today.weekly.get(plan.id, ()) if one.typical]
    if not weeks:
        return 0.0, {"words": said["nothing"], "amount": "", "day": None}
    typical, day = weeks[-1].typical or 0.0, weeks[-1].monday
    this_week = guide.today.local_day - timedelta(days=guide.today.local_day.weekday())
    how = said["now"] if day >= this_week - LATELY else said["last"]
    return typical, {"words": how, "amount": amount_of(typical, plan.unit), "day": day}


def _x(amount: float, plan: ActivityPlan) -> float:
    return round(FROM + (TO - FROM) * min(1.0, amount / plan.goal), 1)


def _pain_map(guide: Guide) -> Words:
    about = guide.about
    if not (about.things or about.worst_times or about.avoided):
        return {}
    drawn = map_page.picture(about)
    sides = {
        turns.value: [one["words"] for area in drawn["areas"] for one in area[turns.value]]
        for turns in (Turns.UP, Turns.DOWN)
    }
    return {**sides, "times": drawn["times"], "avoided": drawn["avoided"]}


def _sentences(guide: Guide) -> list[dict[str, Any]]:
    return shelf.kept(guide.notes)


def _lists(guide: Guide) -> list[dict[str, Any]]:
    """Pair the lists of each lesson that has any with what the lesson calls them."""
    found = []
    for id, lesson in shelf.library().lessons.items():
        notes = guide.notes.get(id)
        if notes and (notes.left or notes.right) and isinstance(lesson.trial, Lists):
            trial = lesson.trial
            sides = [(trial.left.label, notes.left), (trial.right.label, notes.right)]
            found.append({"lesson": lesson, "sides": sides})
    return found


def _beliefs(guide: Guide) -> Words:
    if len(guide.beliefs) < 2:
        return {}
    first, last = guide.beliefs[0], guide.beliefs[-1]
    said = page("guide")["beliefs"]
    moved = [one for one in beliefs.changes(first, last) if one.direction is not Direction.SAME]
    rows = [
        {
            "line": statements()[one.belief.value],
            "said": said[one.direction.value].format(before=plain(one.before), now=plain(one.now)),
        }
        for one in moved
    ]
    return {"first": first.given_on, "last": last.given_on, "rows": rows} if rows else {}


def _flare_plan(guide: Guide) -> Words:
    plan = guide.flare_plan
    if plan.empty:
        return {}
    ready, plans = page("flare_plan")["helps"], guide.today.record.plans
    units = {one.id: one for one in plans}
    small = [
        (units[id].name, amount_of(amount, units[id].unit))
        for id, amount in plan.small.items()
        if id in units
    ]
    cleared = guide.today.review.cleared
    return {
        "helps": [*(ready[id] for id in plan.helps if id in ready), *plan.own],
        "tell": plan.tell,
        "small": small if cleared else [],
        "waits": bool(small) and not cleared,
        "say": plan.say,
    }


def _found(guide: Guide) -> list[dict[str, Any]]:
    return [_result(one) for one in guide.found]


def _result(kept: KeptResult) -> dict[str, Any]:
    said, result = page("experiments")["result"], kept.result
    verdict = Verdict.CANT_TELL if result is None else result.verdict
    question = kept.experiment.question
    return {
        "title": plan_page.about(question)["title"],
        "heading": said["heading"][verdict.value],
        "text": said["cant_tell_few"] if result is None else text_of(result, question.lag),
        "begun": kept.experiment.design.first_day,
    }


def _notes(guide: Guide) -> list[tuple[Any, str]]:
    since = guide.today.local_day - NOTES_BACK
    days = guide.today.record.diary.between(since, guide.today.local_day)
    return [(one.day, one.note) for one in reversed(days) if one.note]


_PARTS: Final[Mapping[str, Callable[[Guide], Any]]] = {
    "loves": _loves,
    "pain_map": _pain_map,
    "sentences": _sentences,
    "lists": _lists,
    "beliefs": _beliefs,
    "flare_plan": _flare_plan,
    "found": _found,
    "notes": _notes,
}


def _cards(guide: Guide, chosen: list[str]) -> list[dict[str, Any]]:
    """Return the safety cards that the person's own words raise: they come before the rest."""
    raised: dict[NoteCard, None] = {}
    for line in _own_words(guide, notes="notes" in chosen):
        raised |= dict.fromkeys(scan_note(line))
    return [words.card(words.spoken().note_card(one)) for one in raised]


def _own_words(guide: Guide, *, notes: bool) -> Iterator[str]:
    about, plan = guide.about, guide.flare_plan
    yield from (one.words for one in about.things if one.words)
    yield from (*about.avoided, *about.missed, *plan.own, *plan.tell, plan.say)
    for each in guide.notes.values():
        yield from (*each.left, *each.right)
    if notes:
        yield from (text for _, text in _notes(guide))
