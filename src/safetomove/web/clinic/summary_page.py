"""Fill the page that is read in the half minute before somebody walks in."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.dateformat import format as format_date

from safetomove.content.doses import amount_of, plain
from safetomove.core.caseload import Reason
from safetomove.core.contributors import PainMap, Thing, Turns
from safetomove.core.diary import CheckIn
from safetomove.core.measures import Meaning, NotScorable, Score
from safetomove.core.progress.stretches import Stretch
from safetomove.core.safety import Answer
from safetomove.services import progress
from safetomove.services.clinic.plan_change import PlanChange, State
from safetomove.services.clinic.standing import Standing
from safetomove.services.clinic.summary import Came, Doing, Measured, Summary
from safetomove.services.measures import Taken
from safetomove.services.today import Today
from safetomove.web.changes import what_of
from safetomove.web.words import page

ASKED_AT_MOST = 3
_PROMPTS = {
    Reason.EMERGENCY: "warning",
    Reason.SELF_HARM: "self_harm",
    Reason.STOPPED_IN_SESSION: "warning",
    Reason.SAME_DAY: "warning",
    Reason.SOON: "warning",
    Reason.ASK_AGAIN: "ask_again",
    Reason.NOT_SETTLING: "not_settling",
    Reason.WORSE: "worse",
    Reason.STOPPED: "stopped",
    Reason.GOAL_REACHED: "goal_reached",
    Reason.NOT_ASKED: "not_asked",
}
TRACK = 300  # of the picture's own units, from nought to the most


def fill(found: Summary, standing: Standing | None) -> dict[str, Any]:
    """Turn what is shared into sentences; a part that isn't shared stays None."""
    return {
        "asks": asks(found, standing),
        "doing": None if found.doing is None else _doing(found.doing),
        "safety": None if found.doing is None else _safety(found.doing.today),
        "measures": None if found.measures is None else [_measured(m) for m in found.measures],
        "recent": None if found.recent is None else [_row(one) for one in found.recent],
        "notes": found.notes,
        "map": None if found.map is None else _map(found.map),
        "came": [_came(each) for each in found.came],
        "attended": found.attended,
    }


def asks(found: Summary, standing: Standing | None) -> list[str]:
    """Say what to ask today, from why they stand where they stand to what they love."""
    words = page("clinic_summary")["ask"]
    reasons = [why.reason for why in standing.place.reasons] if standing else []
    said = [words[_PROMPTS[reason]] for reason in reasons if reason in _PROMPTS]
    if found.doing is not None:
        goals = [plan.goal_text for plan in found.doing.today.record.plans if plan.goal_text]
        said += [words["goal"].format(goal=goal) for goal in goals[:1]]
    if found.map is not None and found.map.avoided:
        said.append(words["avoided"].format(thing=found.map.avoided[0]))
    return [*dict.fromkeys(said)][:ASKED_AT_MOST] or [words["open"]]


def _doing(found: Doing) -> dict[str, Any]:
    words = page("clinic_summary")["doing"]
    review = found.today.review
    doses = {dose.activity: dose for dose in review.doses}
    flare = found.flare
    spell = flare.spell if flare.on else None
    lines = []
    if spell is not None:
        line = words["flare_long" if flare.not_settling else "flare_on"]
        lines.append(line.format(day=_day(spell.began)))
    if found.progress.goals_held:
        lines.append(words["held"])
    if found.progress.rungs_tried:
        lines.append(words["ladder"].format(count=found.progress.rungs_tried))
    return {
        "activities": [_activity(each, doses, review.paused) for each in found.progress.doing],
        "lines": lines,
        "changes": [_changed(each, state) for each, state in found.changes],
    }


def _changed(each: PlanChange, state: State) -> str:
    """Say what a clinic changed, and what the person made of it."""
    words = page("clinic_plan")["changes"]
    ended = "" if each.ended_at is None else _day(each.ended_at.date())
    said = f"{words['state'][state].format(day=ended)}."
    line = words["line"].format(
        by=each.by, day=_day(each.override.since), until=_day(each.override.until)
    )
    return f"{what_of(each)}. {line} {said}"


def _activity(each: progress.Doing, doses: Any, paused: tuple[str, ...]) -> dict[str, Any]:
    words, plan = page("clinic_summary")["doing"], each.plan
    now, dose = _now(each.weeks), doses.get(plan.id)
    said = [
        words["now"].format(now=amount_of(now, plan.unit)) if now is not None
        else words["not_noted"]
    ]  # fmt: skip
    if each.start is not None:
        said.append(words["start"].format(start=amount_of(each.start, plan.unit)))
    said.append(words["goal"].format(goal=amount_of(plan.goal, plan.unit)))
    planned = amount_of(dose.dose, plan.unit) if dose else ""
    waits = words["paused"] if plan.id in paused else words["no_dose"]
    said.append(words["dose"].format(dose=planned) if dose else waits)
    return {
        "name": plan.name,
        "goal_text": plan.goal_text,
        "stands": " ".join(said[:-1]),
        "says": " ".join(said),
        "track": _track(each.start, now, plan.goal),
    }


def _track(start: float | None, now: float | None, goal: float) -> dict[str, float]:
    """Place the start, the present and the goal on one line."""
    most = max(goal, now or 0.0, start or 0.0)
    places = {"goal": goal, "start": start, "now": now}
    return {name: TRACK * at / most for name, at in places.items() if at is not None}


def _now(weeks: Iterable[Stretch]) -> float | None:
    """Return the typical amount of the last noted week of four."""
    noted = [week.typical for week in [*weeks][-4:] if week.typical is not None]
    return noted[-1] if noted else None


def _safety(today: Today) -> list[str]:
    words, asked = page("clinic_summary")["safety"], today.record.safety
    if asked is None:
        return [words["never"]]
    triage = today.review.triage
    said = [words["asked"].format(day=_day(asked.given_on))]
    signs = [_told(each.flag) for each in triage.fired if each.because is not Answer.NO]
    if signs:
        said.append(f"{words['fired']} {'; '.join(dict.fromkeys(signs))}.")
    elif triage.answers_stale:
        said.append(words["stale"])
    else:
        said.append(words["clear"])
    if today.record.recheck is not None:
        said.append(words["waiting"].format(day=_day(today.record.recheck.since)))
    return said


def _told(flag: str) -> str:
    words = page("safety")
    asked = words["questions"].get(flag, {})
    return str(words["told"].get(flag) or asked.get("told") or flag)


def _measured(each: Measured) -> list[str]:
    words = page("clinic_summary")["measures"]
    said = [_score(each.last)]
    if each.first is None or each.change is None:
        return said
    before = _value(each.first)
    if before is not None:
        name = {Meaning.BETTER: "better", Meaning.WORSE: "worse", Meaning.WITHIN: "within"}
        line = words[name.get(each.change.meaningful, "unknown")]
        said.append(line.format(value=before, day=_day(each.first.day)))
    return said


def _score(one: Taken) -> str:
    words = page("clinic_summary")["measures"]
    facts = {"title": one.title, "day": _day(one.day)}
    match one.result:
        case NotScorable(reason=reason, answered=answered, needed=needed):
            why = page("measures")["reasons"][reason]
            told = why.format(answered=answered, needed=needed)
            return str(words["no_score"].format(**facts, reason=told))
        case Score():
            return str(words["last"].format(**facts, value=_value(one)))


def _value(one: Taken) -> str | None:
    return plain(one.result.main.value) if isinstance(one.result, Score) else None


def _row(one: CheckIn) -> dict[str, str]:
    words = page("clinic_summary")["recent"]
    flare = {True: words["yes"], False: words["no"], None: ""}[one.flare]
    scales = {
        name: "" if (value := getattr(one, name)) is None else plain(value)
        for name in ("sleep_quality", "stress", "mood", "interference")
    }
    return {"day": _day(one.day), **scales, "flare": flare}


def _map(found: PainMap) -> dict[str, list[str]]:
    ready = {row["id"]: row["words"] for row in page("map")["thing"]}

    def named(thing: Thing) -> str:
        return thing.words or str(ready[thing.id])

    sides = {turns: [named(t) for t in found.things if t.turns is turns] for turns in Turns}
    parts = {turns.value: names for turns, names in sides.items()}
    parts |= {"avoided": [*found.avoided], "missed": [*found.missed]}
    return {name: things for name, things in parts.items() if things}


def _came(each: Came) -> dict[str, Any]:
    states = page("clinic_summary")["came"]["states"]
    return {"number": each.number, "state": states[each.state], "kind": each.state.value}


def _day(day: dt.date) -> str:
    return format_date(day, "j F")
