"""Fill what a measure comes to: the numbers, what moved, and what they can't say."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from safetomove.core.measures import (
    Change,
    Direction,
    Instrument,
    Meaning,
    Method,
    Missing,
    NotScorable,
    Scale,
    ScaleScore,
    Score,
    changes,
)
from safetomove.core.safety import NoteCard
from safetomove.services import instruments
from safetomove.services.measures import Taken
from safetomove.web.measure_picture import draw
from safetomove.web.words import card, page, spoken

# Bands from which their authors say: talk about it. Only of measures of mood and worry.
WEIGHS: Final = {"moderate", "moderately_severe", "severe", "ask_more"}
OF_MOOD: Final = ("phq", "gad")
OWN_RULE: Final = "own-rule"  # the source of what nobody has tested


def filled(one: Taken, every: Sequence[Taken]) -> dict[str, Any]:
    """Fill the page of one filling-in; `every` are all of the same measure, in order."""
    earlier = [each for each in every if each.day <= one.day and each.name != one.name]
    first = earlier[0] if earlier else None
    instrument = instruments.for_scoring(one.instrument, one.version)
    return {
        "one": one,
        "cards": cards_shown(one.cards, answered=not one.answers.words),
        "scores": [_scored(id, part, instrument) for id, part in parts_of(one)],
        "moved": _moved(first, one) if first else [],
        "since": first.day if first else None,
        "worse": first is not None and _any_worse(first, one),
        "talk": _weighs(one),
        "answers": answers_of(one, instrument),
        "history": over_time(tuple(every)) if len(every) > 1 else None,
        "licence": instrument.licence if instrument else None,
    }


def cards_shown(cards: Iterable[NoteCard], *, answered: bool) -> list[dict[str, Any]]:
    """Fill the cards; one raised by an answer says so, for the card speaks of a note."""
    found = []
    for one in cards:
        shown = card(spoken().note_card(one))
        said = answered and one is NoteCard.SUICIDALITY
        found.append(shown | {"lead": page("measures")["crisis"]["lead"]} if said else shown)
    return found


def over_time(several: Sequence[Taken]) -> dict[str, Any]:
    """Fill one measure over time: a sentence, a small picture of the main score, a table."""
    said, last = page("measures")["result"], several[-1]
    alike = [one for one in several if (one.version, _scores(one)) == (last.version, True)]
    points = [(one.day, one.result.value) for one in alike if isinstance(one.result, Score)]
    ids = [id for id, _ in parts_of(last)]
    says = ""
    if len(points) > 1:
        says = said["picture_says"].format(
            title=name_of(ids[0]) if len(ids) > 1 else last.title,
            first=number(points[0][1]),
            first_day=f"{points[0][0]:%-d %B}",
            last=number(points[-1][1]),
            last_day=f"{points[-1][0]:%-d %B}",
            count=len(points),
        )
    return {
        "id": last.instrument,
        "name": last.name,
        "title": last.title,
        "last": last.day,
        "says": says,
        "picture": draw(points, *_bounds(last)) if len(points) > 1 else None,
        "scales": [name_of(id) for id in ids],
        "rows": [(one.name, one.day, [_cell(one, id) for id in ids]) for one in reversed(several)],
        "other_words": len({one.version for one in several}) > 1,
    }


def _scores(one: Taken) -> bool:
    return isinstance(one.result, Score)


def parts_of(one: Taken) -> list[tuple[str, ScaleScore | NotScorable]]:
    """Return every scale of a filling-in with its score, or why there is none."""
    return list(one.result.parts.items()) or [("total", _alone(one))]


def _alone(one: Taken) -> NotScorable:
    assert isinstance(one.result, NotScorable)
    return one.result


def _scored(
    id: str, part: ScaleScore | NotScorable, instrument: Instrument | None
) -> dict[str, Any]:
    said = page("measures")
    if isinstance(part, NotScorable):
        counts = {"answered": part.answered, "needed": part.needed}
        return {
            "name": name_of(id),
            "value": "",
            "lines": [said["reasons"][part.reason].format(**counts)],
        }
    rose = part.scale.direction is Direction.MORE_IS_BETTER
    lines = [said["result"]["better" if rose else "worse"]]
    if instrument and part.scale.method in (Method.SUM, Method.MEAN):
        low, top = ends(part.scale, instrument)
        lines.insert(0, said["result"]["between"].format(low=number(low), top=number(top)))
    if part.blank and part.scale.missing is Missing.MEAN_OF_REST and len(part.scale.items) > 5:
        lines.append(said["result"]["blank_mean"].format(blank=part.blank))
    if part.blank and part.scale.missing is Missing.ZERO:
        lines.append(said["result"]["blank_zero"])
    percent = part.scale.method is Method.PERCENT
    shown = (
        said["result"]["percent"].format(value=number(part.value))
        if percent
        else number(part.value)
    )
    return {"name": name_of(id), "value": shown, "lines": lines}


def _moved(first: Taken, one: Taken) -> list[str]:
    if first.version != one.version:
        return [page("measures")["result"]["other_words"]]
    found = changes(first.result, one.result)
    told = [_sentence(each, named=len(found) > 1) for each in found]
    return [*told, *_unsure(one, {each.scale for each in found})]


def _unsure(one: Taken, scales: set[str]) -> list[str]:
    """Say where the size of a change that counts is our own, or was not checked."""
    said, parts = page("measures")["result"], [part for id, part in parts_of(one) if id in scales]
    least = [part.scale.least_change for part in parts if isinstance(part, ScaleScore)]
    known = [each for each in least if each is not None]
    if any(each.source == OWN_RULE for each in known):
        return [said["checked_own"]]
    return [] if all(each.checked for each in known) else [said["checked_no"]]


def _sentence(each: Change, *, named: bool) -> str:
    said = page("measures")["result"]
    if each.before is None or each.after is None:
        return str(said["other_words"])
    numbers = {"before": number(each.before), "after": number(each.after)}
    kind = "same" if each.by == 0 else each.meaningful.value
    words = said[f"change_{kind}"].format(**numbers)
    return f"{name_of(each.scale)}: {words}" if named else str(words)


def _any_worse(first: Taken, one: Taken) -> bool:
    found = changes(first.result, one.result)
    return any(each.meaningful is Meaning.WORSE for each in found)


def _weighs(one: Taken) -> bool:
    bands = [part.band for _, part in parts_of(one) if isinstance(part, ScaleScore)]
    return one.instrument.startswith(OF_MOOD) and bool(WEIGHS & set(bands))


def answers_of(one: Taken, instrument: Instrument | None) -> list[tuple[str, str]]:
    """Return each question with what was answered, in the words that it was asked in."""
    if instrument is None:
        return [(id, str(value)) for id, value in one.answers.values.items()]
    none, rows = page("measures")["result"]["not_answered"], []
    for item in instrument.items:
        value = one.answers.values.get(item.id)
        asks = one.answers.words.get(item.id) or item.asks or item.id
        if value is None and one.answers.words:
            continue
        words = item.answers[value - item.low] if item.answers and value is not None else value
        rows.append((asks, none if words is None else str(words)))
    return rows


def ends(scale: Scale, instrument: Instrument) -> tuple[float, float]:
    """Return the lowest and the highest score there can be on a sum or a mean."""
    items = [instrument.item(id) for id in scale.items]
    lows = [min(one.points_of(one.low), one.points_of(one.high)) for one in items]
    tops = [max(one.points_of(one.low), one.points_of(one.high)) for one in items]
    share = len(items) if scale.method is Method.MEAN else 1
    return sum(lows) / share, sum(tops) / share


def _bounds(one: Taken) -> tuple[float, float]:
    instrument = instruments.for_scoring(one.instrument, one.version)
    if instrument is None or instrument.main.method is Method.VALUE_SET:
        return 0.0, 1.0
    if instrument.main.method is Method.PERCENT:
        return 0.0, 100.0
    return ends(instrument.main, instrument)


def _cell(one: Taken, scale: str) -> str:
    part = one.result.parts.get(scale)
    return number(part.value) if isinstance(part, ScaleScore) else "–"


def name_of(scale: str) -> str:
    """Return what a scale is called on a page."""
    found = page("measures")["scales"].get(
        scale, {"name": page("measures")["scales"]["total"]["name"]}
    )
    return str(found["name"])


def number(value: float) -> str:
    """Return a score as it is written, with no more places than it is worth."""
    places = 2 if 0 < abs(value) < 1 else 1
    return f"{round(value, places) + 0.0:g}"
