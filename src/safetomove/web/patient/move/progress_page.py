"""Fill the pages of progress: what can be done now beside the start and the goal."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateformat import format as format_date

from safetomove.core.progress.boom import boom_to_tell
from safetomove.core.progress.kept import StayWell
from safetomove.core.progress.passive import named_in, tapped
from safetomove.core.progress.stretches import Lived, Stretch
from safetomove.services import progress
from safetomove.services.progress import Doing, Progress
from safetomove.services.today import Today
from safetomove.web.patient import felt_page, flare_story
from safetomove.web.patient.move.progress_picture import draw
from safetomove.web.patient.safety_keeping import try_to_keep
from safetomove.web.patient.words import amount_of, label, plain, unit_word
from safetomove.web.words import page

WEEKS, MONTHS = "weeks", "months"
PARTS = ("keep", "signs", "then", "who")
WHOLE = 100  # percent


def fill(found: Progress, *, by: str) -> dict[str, Any]:
    """Fill the progress page for weeks or months."""
    lived = found.lived_months if by == MONTHS else found.lived_weeks
    return {
        "by": by,
        "felt": page("felt")["progress"],
        "doing": [_doing(each, by) for each in found.doing],
        "loved": _loved(lived, by, pain=found.pain),
        "ladder": _ladder(found),
        "pain": found.pain,
        "held": found.goals_held and found.stay_well.since is None,
        "alone": found.stay_well.since,
    }


def boom(request: HttpRequest, today: Today) -> dict[str, Any] | None:
    """Say in words what boom and bust the diary shows, if it is to be told today.

    Today's own weeks say cheaply that there is nothing; the weeks before them are read else.
    """
    if not today.review.cleared:
        return None
    plans = {plan.id: plan for plan in today.record.plans}
    if boom_to_tell(today.record.diary, tuple(plans), today=today.local_day) is None:
        return None
    _, found = try_to_keep(
        request, lambda person, _: progress.boom_told(person=person, today=today.local_day)
    )
    if found is None or found.activity not in plans:
        return None
    said, unit = page("progress")["boom"], plans[found.activity].unit
    days = {"day": _day(found.day), "worse": _day(found.worse)}
    done, usual = amount_of(found.done, unit), amount_of(found.typical, unit)
    name = plans[found.activity].name
    return {
        **said,
        "more": said["more"].format(name=name, done=done, typical=usual, **days),
        "then": said["flare" if found.flare else "worse"].format(**days),
    }


def partner(today: Today) -> dict[str, Any] | None:
    """Offer something active where today holds a treatment done to the person."""
    if today.check_in is None or not today.review.cleared:
        return None
    said = page("progress")["passive"]
    what = _treatments(today) or _treatment_named(today.check_in.note)
    return {**said, "text": said["text"].format(what=what)} if what else None


def chips(today: Today) -> dict[str, Any] | None:
    """Fill the treatments that can be tapped; none while the numbers wait for a safety check."""
    if not (today.review.cleared and today.record.plans):
        return None
    kinds = page("progress")["passive"]["kinds"]
    told = tapped(today.check_in, [kind["id"] for kind in kinds])
    shown = [{"id": kind["id"], "chip": kind["chip"], "told": kind["id"] in told} for kind in kinds]
    return {**page("felt")["treatment"], "kinds": shown, "told": bool(told), "key": str(uuid4())}


def _treatments(today: Today) -> str:
    """Name what was tapped today: a massage, heat and needles."""
    said = page("progress")["passive"]
    names = {kind["id"]: kind["what"] for kind in said["kinds"]}
    *first, last = ["", *(names[kind] for kind in tapped(today.check_in, tuple(names)))]
    before = ", ".join(name for name in first if name)
    return str(said["joined"].format(first=before, last=last)) if before else str(last)


def _treatment_named(note: str) -> str:
    said = page("progress")["passive"]
    named = {name: kind["what"] for kind in said["kinds"] for name in kind["synonyms"]}
    name = named_in(note, tuple(named)) if note else ""
    return str(named[name]) if name else ""


def stay_well(found: Progress | None, plan: StayWell) -> dict[str, Any]:
    """Fill the page for staying well: the summary, the plan and whether the person goes alone."""
    said = page("progress")["stay_well"]
    return {
        "plan": plan,
        "rows": [(said[name], getattr(plan, name)) for name in PARTS if getattr(plan, name)],
        "held": found is not None and found.goals_held,
        "since": plan.since,
        "summary": [line for each in found.doing if (line := _summary(each))] if found else [],
        "cards": flare_story.cards(plan.words),
    }


def _doing(one: Doing, by: str) -> dict[str, Any]:
    said = page("progress")["doing"]
    stretches = one.months if by == MONTHS else one.weeks
    known = [each.typical for each in stretches if each.typical is not None]
    return {
        "id": one.plan.id,
        "name": one.plan.name,
        "sentence": _sentence(one, known),
        "lines": _lines(one, known),
        "picture": draw(stretches, start=one.start, goal=one.plan.goal),
        "goal": f"{said['key_goal']} {label(one.plan.goal, one.plan.unit)}",
        "start": ""
        if one.start is None
        else f"{said['key_start']} {label(one.start, one.plan.unit)}",
        "says": _says(one, stretches, known, by),
        "caption": said["caption"].format(name=one.plan.name, unit=unit_word(one.plan.unit)),
        "rows": [_row(each, one, by) for each in stretches],
        "felt": felt_page.counts(one.plan.name, one.felt),
        "change": reverse("start_goal", args=[one.plan.id]),
    }


def _sentence(one: Doing, known: list[float]) -> str:
    said, unit = page("progress")["doing"], one.plan.unit
    if not known:
        return str(said["none"])
    now = amount_of(known[-1], unit)
    if one.start is None:
        return str(said["now"].format(now=now))
    start = amount_of(one.start, unit)
    kind = "now_same" if start == now else "now_start"
    return str(said[kind].format(now=now, start=start))


def _lines(one: Doing, known: list[float]) -> list[str]:
    said, plan = page("progress")["doing"], one.plan
    goal = amount_of(plan.goal, plan.unit)
    there = bool(known) and known[-1] >= plan.goal
    lines = [said["at_goal" if there else "to_goal"].format(goal=goal)]
    if (share := _share(one, known)) and not there:
        lines.append(said["far"].format(share=share))
    if one.start is None:
        lines.append(said["finding"])
    if one.held.at_goal:
        lines.append(said["held"].format(at=one.held.at_goal, noted=one.held.noted))
    if plan.goal_text:
        lines.append(said["own_goal"].format(text=plan.goal_text))
    return lines


def _share(one: Doing, known: list[float]) -> int:
    """Return the way from start to goal in percent; 0 where there is nothing to say."""
    if not known or one.start is None or one.plan.goal <= one.start:
        return 0
    return max(0, int(WHOLE * (known[-1] - one.start) / (one.plan.goal - one.start)))


def _says(one: Doing, stretches: tuple[Stretch, ...], known: list[float], by: str) -> str:
    if not known:
        return ""
    said, unit = page("progress")["doing"], one.plan.unit
    return str(said["says"].format(
        name=one.plan.name, first=amount_of(known[0], unit), last=amount_of(known[-1], unit),
        noted=len(known), all=f"{len(stretches)} {said[by]}",
    ))  # fmt: skip


def _row(each: Stretch, one: Doing, by: str) -> tuple[str, str, str, str]:
    said = page("progress")["doing"]
    amount = said["gap"] if each.typical is None else amount_of(each.typical, one.plan.unit)
    days = "" if each.typical is None else str(each.days)
    return _when(each, by), amount, days, said["flare"] if each.flare else ""


def _loved(lived: tuple[Lived, ...], by: str, *, pain: bool) -> dict[str, Any]:
    said = page("progress")["loved"]
    noted, loved = sum(each.noted for each in lived), sum(each.loved for each in lived)
    kind = "none" if not noted else "one" if loved == 1 else "text"
    rows = [
        (_when(each, by), str(each.loved) if each.noted else page("progress")["doing"]["gap"],
         str(each.noted) if each.noted else "",
         plain(each.pain) if pain and each.pain is not None else "")
        for each in lived
    ]  # fmt: skip
    return {"says": said[kind].format(noted=noted, loved=loved), "rows": rows}


def _ladder(found: Progress) -> dict[str, str] | None:
    said, tries = page("progress")["ladder"], found.tries
    if tries is None:
        return None
    rungs = said["rung_one" if found.rungs_tried == 1 else "rung_many"]
    times = said["try_one" if tries.tries == 1 else "try_many"]
    text = said["text"].format(
        rungs=rungs.format(count=found.rungs_tried), tries=times.format(count=tries.tries)
    )
    better = said["better"].format(better=tries.better) if tries.better else ""
    return {"heading": said["heading"], "text": text, "better": better, "go": said["go"]}


def _summary(one: Doing) -> str:
    said, unit = page("progress")["stay_well"], one.plan.unit
    known = [each.typical for each in one.weeks if each.typical is not None]
    if not known:
        return ""
    words: Mapping[str, str] = {"name": one.plan.name, "now": amount_of(known[-1], unit)}
    if one.start is None:
        return str(said["line_now"].format(**words))
    return str(said["line"].format(start=amount_of(one.start, unit), **words))


def _when(each: Stretch | Lived, by: str) -> str:
    return format_date(each.begins, "F Y" if by == MONTHS else "j M")


def _day(day: date) -> str:
    return format_date(day, "l j F")
