"""Say what is the person's own in a flare-up: their plan, how it goes, the way back up."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from safetomove.core.flare import FlarePlan, Going, last_spell
from safetomove.core.pacing import DoseDecision
from safetomove.core.pacing.way_back import Stair, way_back
from safetomove.core.safety import Disposition, NoteCard, scan_note
from safetomove.services import flare_plan
from safetomove.services.flare_plan import Flare
from safetomove.services.today import Today
from safetomove.web.patient.safety_keeping import try_to_keep
from safetomove.web.patient.words import amount_of, label
from safetomove.web.words import card, page, spoken

LABEL_TOP = 5  # letters that fit over one step; the first and the last have room for more
GOING_SHOWN = 7  # days told, in one line
STAIRS_LEFT, STAIRS_RIGHT, STAIRS_FOOT, STAIRS_TOP = 12.0, 348.0, 128.0, 44.0


def own_plan(plan: FlarePlan, today: Today | None) -> dict[str, Any]:
    """Fill the plan as it is shown; amounts only where the day's review gives numbers."""
    helps = page("flare_plan")["helps"]
    cleared = today is not None and today.review.cleared
    return {
        "empty": plan.empty,
        "helps": [*(helps[id] for id in plan.helps if id in helps), *plan.own],
        "tell": list(plan.tell),
        "small": smallest_lines(plan, today) if cleared else [],
        "small_waits": bool(plan.small) and not cleared,
        "say": plan.say,
        "cards": cards([*plan.own, *plan.tell, plan.say]),
    }


def smallest_lines(plan: FlarePlan, today: Today | None) -> list[tuple[str, str]]:
    """List the person's smallest amounts by the activity's name."""
    if today is None:
        return []
    return [
        (each.name, amount_of(plan.small[each.id], each.unit))
        for each in today.record.plans
        if each.id in plan.small
    ]


def going(flare: Flare) -> dict[str, Any] | None:
    """Fill the one tap of the day; the first day has nothing to compare with."""
    spell = flare.spell
    if spell is None or not flare.on or spell.began == flare.today:
        return None
    said, told = page("flare_plan")["going"], flare.story.going if flare.story else {}
    past = [(day, how) for day, how in sorted(told.items()) if day < flare.today]
    words = [said[how].lower() for _, how in past[-GOING_SHOWN:]]
    now = told.get(flare.today)
    return {
        "day": said["day"].format(day=spell.day(flare.today)),
        "options": [(each.value, said[each], each is now) for each in Going],
        "told": said[f"told_{now}"] if now else "",
        "worse": now is Going.WORSE,
        "so_far": said["so_far"].format(days=", ".join(words)) if words else "",
    }


def settling_card(flare: Flare) -> dict[str, Any] | None:
    """Return the see-someone card once a flare-up has gone on for more than two weeks."""
    if not flare.not_settling:
        return None
    said = page("flare_plan")["settling"]
    seen = card(spoken().care_card(Disposition.SOON))
    return {**seen, "heading": said["heading"], "lead": f"{said['text']} {said['text_more']}"}


def stairs_of(today: Today | None) -> list[dict[str, Any]]:
    """Fill the stairs of each activity that is on its way back; none without clearance."""
    if today is None or not today.review.cleared:
        return []
    names = {plan.id: plan.name for plan in today.record.plans}
    filled = [(dose, stairs(dose)) for dose in today.review.doses]
    return [{"name": names[dose.activity], **up} for dose, up in filled if up]


def stairs(dose: DoseDecision) -> dict[str, Any] | None:
    """Fill the picture of one activity's way back; None where it is on none."""
    found = way_back(dose)
    if not found:
        return None
    said, unit = page("flare_plan")["stairs"], dose.unit
    amounts = [amount_of(each.amount, unit) for each in found]
    rows = [
        said["step_one" if each.days == 1 else "step"].format(amount=amount, days=each.days)
        for each, amount in zip(found[1:], amounts[1:], strict=True)
    ]
    return {
        "heading": said["on_today"].format(before=amounts[-1]),
        "says": said["says"].format(now=amounts[0], before=amounts[-1]),
        "steps": _places(found, [label(each.amount, unit) for each in found]),
        "rows": rows,
    }


def look_back_due(request: HttpRequest, today: Today) -> str:
    """Return where a flare-up that has lately passed is looked back on; "" for none.

    Today's own days decide it, so that only then another question is asked of the records.
    """
    spell = last_spell(today.record.diary, today=today.local_day)
    if spell is None or not flare_plan.just_over(spell, today=today.local_day):
        return ""
    _, done = try_to_keep(
        request, lambda person, _: flare_plan.is_looked_back(person=person, spell=spell)
    )
    return reverse("flare_look_back", args=[spell.began.isoformat()]) if done is False else ""


def cards(texts: Iterable[str]) -> list[dict[str, Any]]:
    """Return the safety cards that the person's own words raise: they come before all else."""
    raised: dict[NoteCard, None] = {}
    for text in texts:
        raised |= dict.fromkeys(scan_note(text)) if text else {}
    return [card(spoken().note_card(one)) for one in raised]


def _places(found: tuple[Stair, ...], labels: list[str]) -> list[dict[str, Any]]:
    """Place the steps, each as wide as the next and a little higher."""
    width, last = (STAIRS_RIGHT - STAIRS_LEFT) / len(found), len(found) - 1
    rise = (STAIRS_FOOT - STAIRS_TOP) / len(found)
    return [
        {
            "x": round(STAIRS_LEFT + n * width, 1),
            "y": round(STAIRS_FOOT - (n + 1) * rise, 1),
            "width": round(width - 3, 1),
            "height": round((n + 1) * rise, 1),
            "middle": round(STAIRS_LEFT + (n + 0.5) * width, 1),
            "label": text if len(text) <= LABEL_TOP or n in (0, last) else "",
        }
        for n, text in enumerate(labels)
    ]
