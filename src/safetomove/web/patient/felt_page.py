"""Fill what asks how a go felt: on the dose's card, the next morning, and on a page of its own."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.urls import reverse

from safetomove.core.pacing import ActivityPlan
from safetomove.core.progress.felt import Felt, Moment, felt_on, morning_after
from safetomove.services.today import Today
from safetomove.web.patient.words import amount_of, page

AT_ONCE = (Moment.BEFORE, Moment.DURING)


def on_card(plan: ActivityPlan, today: Today) -> dict[str, Any] | None:
    """Fill what a dose's card asks once something was done today; None before that."""
    done = today.check_in.done.get(plan.id) if today.check_in else None
    if not done:
        return None
    told = felt_on(today.check_in, plan.id)
    return {
        "action": address(plan.id, today.local_day),
        "rows": [_row(moment) for moment in AT_ONCE if moment not in told],
        "said": [_said(moment, told[moment]) for moment in AT_ONCE if moment in told],
        "words": choices(short=True),
        "key": str(uuid4()),
    }


def morning(today: Today) -> dict[str, Any] | None:
    """Fill what the morning asks of yesterday's goes; None where there is nothing to ask or say."""
    yesterday = today.local_day - dt.timedelta(days=1)
    day, plans = today.record.diary.on(yesterday), {plan.id: plan for plan in today.record.plans}
    asked = [
        _asked(plans[id], amount, yesterday) for id, amount in morning_after(day, plans).items()
    ]
    harder = sorer_after(today)
    if not (asked or harder):
        return None
    said = page("felt")["morning"]
    heading = said["heading" if asked else "told_heading"]
    return {**said, "heading": heading, "asked": asked, "was_harder": bool(harder)}


def sorer_after(today: Today) -> tuple[str, ...]:
    """Name the activities of yesterday after which this morning felt harder."""
    day = today.record.diary.on(today.local_day - dt.timedelta(days=1))
    return tuple(
        plan.id
        for plan in today.record.plans
        if felt_on(day, plan.id).get(Moment.AFTER) is Felt.HARDER
    )


def why(plan: ActivityPlan, today: Today) -> list[str]:
    """Say beside the reasons for a number what a sore morning means for it: nothing to fear."""
    if plan.id not in sorer_after(today):
        return []
    return [page("felt")["why"]["harder"].format(name=plan.name)]


def form(
    plan: ActivityPlan,
    day: dt.date,
    told: Mapping[Moment, str],
    wrong: tuple[Moment, ...] = (),
    *,
    today: dt.date,
) -> dict[str, Any]:
    """Fill the page on which every moment of a go can be told, changed or left blank."""
    words = page("felt")
    return {
        "action": address(plan.id, day),
        "plan": plan,
        "day": day,
        "key": str(uuid4()),
        "questions": [
            {
                "name": moment.value,
                "legend": words["moments"][moment.value],
                "value": told.get(moment),
                "error": _wrong(moment) if moment in wrong else "",
            }
            for moment in (Moment if day < today else AT_ONCE)
        ],
        "options": [*choices(short=False), ("", words["page"]["blank"])],
        "errors": [(moment.value, _wrong(moment)) for moment in wrong],
    }


def counts(name: str, felt: Mapping[Moment, Mapping[Felt, int]]) -> dict[str, Any] | None:
    """Fill the table of how an activity's goes felt; None where nothing was said of it."""
    if not any(count for by_word in felt.values() for count in by_word.values()):
        return None
    words = page("felt")
    return {
        "caption": words["progress"]["caption"].format(name=name),
        "heads": [words["short"][word.value] for word in Felt],
        "rows": [
            (words["moments"][moment.value], [by_word[word] for word in Felt])
            for moment, by_word in felt.items()
        ],
    }


def choices(*, short: bool) -> list[tuple[str, str]]:
    """List the three words with what is shown for each."""
    shown = page("felt")["short" if short else "words"]
    return [(word.value, shown[word.value]) for word in Felt]


def address(activity: str, day: dt.date) -> str:
    return reverse("felt", args=[day.isoformat(), activity])


def _row(moment: Moment) -> tuple[str, str]:
    return moment.value, page("felt")["moments"][moment.value]


def _said(moment: Moment, word: Felt) -> str:
    words = page("felt")
    shown = words["words"][word.value].lower()
    return str(words["card"]["said"].format(moment=words["moments"][moment.value], word=shown))


def _asked(plan: ActivityPlan, amount: float, day: dt.date) -> dict[str, Any]:
    said = page("felt")["morning"]["line"]
    return {
        "line": said.format(name=plan.name, amount=amount_of(amount, plan.unit)),
        "action": address(plan.id, day),
        "words": choices(short=True),
        "key": str(uuid4()),
    }


def _wrong(moment: Moment) -> str:
    words = page("felt")
    return str(words["page"]["wrong"].format(moment=words["moments"][moment.value]))
