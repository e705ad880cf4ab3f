"""Turn a day's review into what the Today page shows: plain values, words from content."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from safetomove.core.diary import CheckIn
from safetomove.core.pacing import ActivityPlan, DoseDecision, Phase
from safetomove.core.review import DayReview
from safetomove.services.today import Today
from safetomove.web.patient import check_in_page, felt_page, hillside
from safetomove.web.patient.flare_story import stairs
from safetomove.web.patient.waiting import why_waiting
from safetomove.web.patient.words import (
    amount_of,
    because,
    label,
    number_and_unit,
    page,
    ready_made,
    span,
    unit_word,
)

OWN_ART = "path"
NEWS = frozenset({"clinic_no", "kept", "try", "left"})  # what else than a day may have been saved


def today_page(today: Today, far: str = "") -> dict[str, Any]:
    """Fill the Today page of somebody who is known."""
    review, plans = today.review, {plan.id: plan for plan in today.record.plans}
    doses = [_dose(plans[dose.activity], dose, today) for dose in review.doses]
    tries = [_tries(plans[id]) for id in review.needs_tries]
    return {
        "day": today.local_day,
        "check": why_waiting(today.record, today.review),
        "doses": doses,
        "tries": tries,
        "nothing": not plans,
        "heading": _heading(review, len(doses) + len(tries)),
        "gap": _gap(today),
        "form": check_in_page.form(today.local_day, today.check_in),
        "kept": check_in_page.saved(today.check_in),
        "waiting": bool(plans),
        **hillside.far(today, far),
    }


def nobodys_page(day: date) -> dict[str, Any]:
    """Fill the Today page of somebody of whom nothing is kept."""
    return {
        "day": day,
        "nothing": True,
        "heading": page("today")["heading"]["nothing"],
        "form": check_in_page.form(day, None),
    }


def just_saved(today: Today, asked: str, *, again: bool) -> dict[str, Any] | None:
    """Say what was saved a moment ago, if it is truly there."""
    words = page("today")["saved"]
    if asked in NEWS:
        return {"heading": words[asked]}
    day = _day_kept(asked, today)
    if day is None:
        return None
    is_today = day == today.local_day
    return {
        "heading": words["today"] if is_today else words["other"],
        "day": day,
        "late": "" if is_today else words["late"],
        "again": words["again"] if again else "",
    }


def amount_row(plan: ActivityPlan, today: Today) -> dict[str, Any]:
    """Say what is needed to ask how much of an activity was done."""
    dose = next((each for each in today.review.doses if each.activity == plan.id), None)
    done = today.check_in.done.get(plan.id) if today.check_in else None
    words = page("today")["did"]
    return {
        "id": plan.id,
        "name": plan.name,
        "unit": unit_word(plan.unit),
        "planned": "" if dose is None else plain_number(dose.dose),
        "plan_says": words["plan"].format(amount=amount_of(dose.dose, dose.unit)) if dose else "",
        "value": "" if done is None else plain_number(done),
        "day": today.local_day.isoformat(),
        "key": str(uuid4()),
    }


def plain_number(value: float) -> str:
    """Write a number for a field: nothing lost, and no comma that would be read as a point."""
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def _day_kept(asked: str, today: Today) -> date | None:
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return None
    return day if today.record.diary.on(day) is not None else None


def _gap(today: Today) -> date | None:
    """Return yesterday if it is blank although there is a diary."""
    yesterday = today.local_day - timedelta(days=1)
    diary = today.record.diary
    begun = diary.first_day is not None and diary.first_day < today.local_day
    return yesterday if begun and not check_in_page.answered(diary.on(yesterday)) else None


def _heading(review: DayReview, count: int) -> str:
    words = page("today")["heading"]
    if not review.cleared:
        return str(words["check"])
    if count == 0:
        return str(words["nothing"])
    return str(words["one"] if count == 1 else words["many"].format(count=words["counts"][count]))


def _dose(plan: ActivityPlan, dose: DoseDecision, today: Today) -> dict[str, Any]:
    low, high = dose.room
    words = page("today")["dose"]
    room = words["room"] if low < high else words["room_one"]
    number, unit = number_and_unit(dose.dose, plan.unit)
    least, most = span(low, high, plan.unit)
    return {
        "id": plan.id,
        "name": plan.name,
        "number": number,
        "unit": unit,
        "because": [*map(because, dose.reasons), *felt_page.why(plan, today)],
        "low": low,
        "aim": dose.dose,
        "high": high,
        "labels": [label(each, plan.unit) for each in (low, dose.dose, high)],
        "room_says": room.format(low=least, high=most),
        "art": art_of(plan),
        "noted": _noted(plan, today.check_in),
        "felt": felt_page.on_card(plan, today),
        "stairs": stairs(dose),
        "guess": words["first_guess"].format(tries=len(plan.tries)) if _guessing(dose) else "",
        "key": str(uuid4()),
        "planned": plain_number(dose.dose),
        "iso": today.local_day.isoformat(),
    }


def _guessing(dose: DoseDecision) -> bool:
    return dose.phase is Phase.BASELINE


def _noted(plan: ActivityPlan, check_in: CheckIn | None) -> str:
    done = check_in.done.get(plan.id) if check_in else None
    if done is None:
        return ""
    words = page("today")["dose"]
    return str(
        words["noted"].format(amount=amount_of(done, plan.unit)) if done else words["noted_none"]
    )


def _tries(plan: ActivityPlan) -> dict[str, Any]:
    words = page("today")["tries"]
    return {"id": plan.id, "heading": words["heading"].format(name=plan.name), "art": art_of(plan)}


def art_of(plan: ActivityPlan) -> str:
    """Name the drawing of an activity."""
    ready = ready_made().get(plan.id)
    return ready.art if ready else OWN_ART
