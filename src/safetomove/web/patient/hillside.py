"""Turn weeks of doing into the hillside: a sentence, a picture, a table; gaps stay gaps."""

from collections.abc import Sequence
from itertools import dropwhile
from typing import Any

from django.utils.dateformat import format as format_date

from safetomove.core.pacing import ActivityPlan
from safetomove.services.today import Today
from safetomove.services.today import Week as Lived
from safetomove.web.patient.words import amount_of, label, page, unit_word
from safetomove.web.pictures import Week


def far(today: Today, chosen: str = "") -> dict[str, Any]:
    """Draw one activity's climb, the chosen or the first; say the others in a sentence each."""
    plans = sorted(today.record.plans, key=lambda plan: plan.id != chosen)
    walked = [(plan, lived) for plan in plans if (lived := _lived(plan, today))]
    if not walked:
        return {"hill": None, "others": []}
    others = [
        {"id": plan.id, "title": _title(plan), "sentence": _sentence(plan, lived)}
        for plan, lived in walked[1:]
    ]
    return {"hill": _picture(*walked[0]), "others": others}


def _lived(plan: ActivityPlan, today: Today) -> list[Lived]:
    """Return the weeks since something was first noted; none where nothing was."""
    return list(dropwhile(lambda week: week.typical is None, today.weekly.get(plan.id, ())))


def _picture(plan: ActivityPlan, lived: Sequence[Lived]) -> dict[str, Any]:
    words, known = page("today")["hill"], _known(lived)
    return {
        "title": _title(plan),
        "sentence": _sentence(plan, lived),
        "weeks": [_week(number, week, plan) for number, week in enumerate(lived, 1)],
        "unit": unit_word(plan.unit),
        "says": " ".join(_says(known, lived)).format(**_facts(plan, lived)),
        "goal": plan.goal,
        "goal_words": words["goal"].format(goal=label(plan.goal, plan.unit)),
        "caption": words["caption"].format(name=plan.name),
        "your_goal": words["your_goal"].format(text=plan.goal_text) if plan.goal_text else "",
    }


def _title(plan: ActivityPlan) -> str:
    return str(page("today")["hill"]["title"].format(name=plan.name))


def _known(lived: Sequence[Lived]) -> list[Lived]:
    return [week for week in lived if week.typical is not None]


def _facts(plan: ActivityPlan, lived: Sequence[Lived]) -> dict[str, str]:
    known = _known(lived)
    first, last = known[0].typical or 0.0, known[-1].typical or 0.0
    return {
        "name": plan.name,
        "first": amount_of(first, plan.unit),
        "last": amount_of(last, plan.unit),
        "month": format_date(known[0].monday, "F"),
        "weeks": str(len(lived)),
        "goal": amount_of(plan.goal, plan.unit),
    }


def _sentence(plan: ActivityPlan, lived: Sequence[Lived]) -> str:
    words, known = page("today")["hill"], _known(lived)
    same = known[0].typical == known[-1].typical
    kind = "begun" if len(known) == 1 else "same" if same else "sentence"
    return str(words[kind].format(**_facts(plan, lived)))


def _says(known: Sequence[Lived], lived: Sequence[Lived]) -> list[str]:
    words = page("today")["hill"]
    said = [words["says"] if len(known) > 1 else words["says_one"]]
    if len(known) < len(lived):
        said.append(words["says_gaps"])
    return [*said, words["says_goal"]]


def _week(number: int, week: Lived, plan: ActivityPlan) -> Week:
    words = "" if week.typical is None else label(week.typical, plan.unit)
    return Week(label=str(number), value=week.typical, words=words, flare=week.flare)
