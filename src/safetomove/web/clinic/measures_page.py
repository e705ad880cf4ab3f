"""Fill the pages of one person's measures as staff read them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from safetomove.core.measures import (
    Change,
    Direction,
    Instrument,
    Method,
    Missing,
    NotScorable,
    ScaleScore,
    Score,
    Size,
    changes,
)
from safetomove.services import instruments
from safetomove.services.clinic.measure_reading import Reading, may_withdraw
from safetomove.services.measures import Taken, by_instrument
from safetomove.web import measure_results
from safetomove.web.measure_results import OWN_RULE, answers_of, ends, name_of, number, parts_of
from safetomove.web.words import page


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Who typed things in, by the audit's words."""

    staff: Mapping[str, str]

    def of(self, one: Taken) -> str:
        """Say who filled a form in."""
        said = page("clinic_measures")["person"]
        if may_withdraw(one, self.staff):
            return str(said["by_paper"].format(name=self.staff[one.by]))
        return str(said["by_self"])


def listed(found: Reading, staff: Mapping[str, str]) -> dict[str, Any]:
    """Fill one person's list; what raises a card comes before all else."""
    names = Names(staff=staff)
    done = by_instrument(found.takings)
    newest = [several[-1] for several in done.values()]
    every = instruments.every()
    return {
        "crises": [crisis(one) for one in newest if one.cards],
        "done": [_several(several, names, found) for several in done.values()],
        "asked": [(one, every[one.instrument].title) for one in found.asked or ()],
        "choices": [(id, one.title) for id, one in every.items()],
        "shared": found.shared,
    }


def kept(one: Taken, found: Reading, staff: Mapping[str, str]) -> dict[str, Any]:
    """Fill the page of one filled-in form."""
    instrument = instruments.for_scoring(one.instrument, one.version)
    several = by_instrument(found.takings)[one.instrument]
    return {
        "one": one,
        "crises": [crisis(one)] if one.cards else [],
        "scores": _scores(one),
        "change": _moved(one, several),
        "answers": answers_of(one, instrument),
        "by": Names(staff=staff).of(one),
        "ours": one.name in found.kept_here,
        "may_withdraw": may_withdraw(one, staff),
        "occasion": page("clinic_measures")["occasion"][one.label.value],
    }


def crisis(one: Taken) -> dict[str, Any]:
    """Fill what comes at once: the card, and what the clinic should do now."""
    said = page("clinic_measures")["crisis"]
    answered = not one.answers.words
    return {
        "name": one.name,
        "title": one.title,
        "day": one.day,
        "says": said["lead"] if answered else said["worded"],
        "cards": measure_results.cards_shown(one.cards, answered=answered),
    }


def _several(several: tuple[Taken, ...], names: Names, found: Reading) -> dict[str, Any]:
    last = several[-1]
    rows = [_line(one, names, found.kept_here) for one in reversed(several)]
    return {
        "id": last.instrument,
        "title": last.title,
        "scores": _scores(last),
        "moved": _moved(last, several),
        "rows": rows,
    }


def _line(one: Taken, names: Names, kept_here: Collection[str]) -> dict[str, Any]:
    words = page("clinic_measures")
    return {
        "name": one.name,
        "day": one.day,
        "when": words["occasion"][one.label.value],
        "by": names.of(one),
        "here": one.name in kept_here,
        "value": _value(one),
        "raises": bool(one.cards),
    }


def _value(one: Taken) -> str:
    """Return the main score; where an instrument has several, named."""
    if not isinstance(one.result, Score):
        return "–"
    value = number(one.result.value)
    several = len(one.result.parts) > 1
    return f"{name_of(one.result.main.scale.id)} {value}" if several else value


def _scores(one: Taken) -> list[dict[str, Any]]:
    instrument = instruments.for_scoring(one.instrument, one.version)
    rows = [_scored(id, part, instrument) for id, part in parts_of(one)]
    group = one.result.group if isinstance(one.result, Score) else ""
    if group:
        rows[0]["band"] = page("clinic_measures")["groups"].get(group, group)
    return rows


def _scored(
    id: str, part: ScaleScore | NotScorable, instrument: Instrument | None
) -> dict[str, Any]:
    words = page("clinic_measures")
    if isinstance(part, NotScorable):
        counts = {"answered": part.answered, "needed": part.needed}
        why = words["reasons"][part.reason].format(**counts)
        return {"name": name_of(id), "value": "", "band": "", "range": "", "lines": [why]}
    better = part.scale.direction is Direction.MORE_IS_BETTER
    lines = [words["result"]["up" if better else "down"], *_blanks(part)]
    return {
        "name": name_of(id),
        "value": number(part.value),
        "band": words["bands"].get(part.band, part.band),
        "range": _range(part, instrument),
        "lines": lines,
    }


def _range(part: ScaleScore, instrument: Instrument | None) -> str:
    if instrument is None or part.scale.method is Method.VALUE_SET:
        return ""
    low, top = (0.0, 100.0)
    if part.scale.method is not Method.PERCENT:
        low, top = ends(part.scale, instrument)
    said = page("clinic_measures")["result"]["range"]
    return str(said.format(low=number(low), top=number(top)))


def _blanks(part: ScaleScore) -> list[str]:
    said = page("clinic_measures")["result"]
    if not part.blank:
        return []
    match part.scale.missing:
        case Missing.MEAN_OF_REST:
            return [said["blank_mean"].format(blank=part.blank)]
        case Missing.ZERO:
            return [said["blank_zero"]]
        case Missing.REFUSE:
            return []


def _moved(one: Taken, several: tuple[Taken, ...]) -> dict[str, Any] | None:
    """Say what has changed since the first of the same measure; None where this is the first."""
    earlier = [each for each in several if each.day <= one.day and each.name != one.name]
    if not earlier or several[0].name == one.name:
        return None
    first, said = earlier[0], page("clinic_measures")["result"]
    if first.version != one.version:
        return {"since": first.day, "lines": [said["other_words"]]}
    found = changes(first.result, one.result)
    lines = [line for each in found for line in _change(each, one, named=len(found) > 1)]
    return {"since": first.day, "lines": list(dict.fromkeys(lines))} if lines else None


def _change(each: Change, one: Taken, *, named: bool) -> list[str]:
    said, part = page("clinic_measures")["result"], dict(parts_of(one)).get(each.scale)
    if each.before is None or each.after is None or not isinstance(part, ScaleScore):
        return []
    least = part.scale.least_change
    facts = {
        "before": number(each.before),
        "after": number(each.after),
        "least": "" if least is None else least_in_words(least.size, least.measured_in),
    }
    words = said["same" if each.by == 0 else each.meaningful.value].format(**facts)
    lines = [f"{name_of(each.scale)}: {words}" if named else words[:1].upper() + words[1:]]
    if least is not None and each.by != 0:
        lines += [said["own_rule"]] if least.source == OWN_RULE else []
        lines += [said["not_checked"]] if not least.checked and least.source != OWN_RULE else []
    return lines


def least_in_words(size: float, measured_in: Size) -> str:
    """Return a least change as words."""
    said = page("clinic_measures")["instruments"]
    points = measured_in is Size.POINTS
    return str(said["least_points" if points else "least_percent"].format(least=number(size)))
