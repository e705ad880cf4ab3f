"""Turn what was found into sentences: always towards the easier days, never "caused"."""

from collections.abc import Mapping
from typing import Any

from safetomove.core.diary.cells import DOSE
from safetomove.core.patterns import DAYS_NEEDED, Association, Lag, Link, Patterns, Verdict
from safetomove.services.patterns import OWN, Found
from safetomove.web.patient.patterns.dots import DOTS, dots, linked_of
from safetomove.web.patient.patterns.sizes import size
from safetomove.web.patient.words import page

_SAYS_SOMETHING = {Verdict.LIKELY, Verdict.POSSIBLE}


def found_page(found: Found, plan_names: Mapping[str, str]) -> dict[str, Any]:
    """Fill the page of somebody who turned patterns on."""
    assert found.patterns is not None
    strongest = _strongest(found.patterns)
    said = [one for one in strongest if one.verdict in _SAYS_SOMETHING]
    rest = [one for one in strongest if one.verdict not in _SAYS_SOMETHING]
    return {
        "found": found,
        "days": found.patterns.days_observed,
        "needed": DAYS_NEEDED,
        "until": found.patterns.last_day,
        "findings": [_finding(one, found.outcome, plan_names) for one in said],
        "others": [_other(one, plan_names) for one in rest],
        "rows": [_row(one, plan_names) for one in found.patterns.associations],
        "test": _test(said, rest),
    }


def _strongest(patterns: Patterns) -> list[Association]:
    """Keep one lag of each contributor, the surer one; the surest contributor first."""
    best: dict[str, Association] = {}
    for one in patterns.associations:
        if _sure(one) > _sure(best.get(one.contributor)):
            best[one.contributor] = one
    return sorted(best.values(), key=_sure, reverse=True)


def _sure(one: Association | None) -> tuple[float, int]:
    if one is None:
        return (-1.0, 0)
    return (0.0 if one.link is None else one.link.inclusion, one.days)


def _finding(one: Association, outcome: str, plan_names: Mapping[str, str]) -> dict[str, Any]:
    assert one.link is not None
    words = page("patterns")
    easier = _easier(one.link)
    drawn = dots(one.link.inclusion, **easier)
    return {
        "id": f"f-{one.contributor}-{one.lag}".replace(":", "-").replace(" ", "-"),
        "sentence": _sentence(one, outcome, plan_names),
        "readings": _readings(drawn.linked, drawn.apart),
        "guess": _guess(easier),
        "picture": drawn,
        "says": words["finding"]["dots_says"].format(
            apart=drawn.apart, linked=drawn.linked, effect=size(easier["effect"], words["size"])
        ),
        "axis": words["finding"][f"axis_{outcome}"],
        "cautions": _cautions(one),
        "verdict": one.verdict,
        "rests": words["finding"]["rests"].format(days=one.days),
    }


def _easier(link: Link) -> dict[str, float]:
    """Turn a link so that above nought is an easier day: less in the way, less pain.

    An activity is turned too, so a harder day after more of it lies above nought as well;
    its sentence says so.
    """
    if link.effect <= 0:
        return {"effect": -link.effect, "low": -link.high, "high": -link.low}
    return {"effect": link.effect, "low": link.low, "high": link.high}


def _sentence(one: Association, outcome: str, plan_names: Mapping[str, str]) -> str:
    words, thing = page("patterns"), _thing(one.contributor)
    when = "same" if one.lag is Lag.SAME_DAY else "next"
    harder = one.link is not None and one.link.effect > 0
    side = "high" if not harder else "more" if _is_activity(one.contributor) else "low"
    return str(thing[f"{side}_{when}"]).format(
        name=_own_name(one.contributor, plan_names),
        easier=words["easier"][outcome],
        harder=words["harder"][outcome],
    )


def _readings(linked: int, apart: int) -> str:
    words = page("patterns")["finding"]
    return str(words["readings"]).format(linked=linked, apart=apart)


def _guess(easier: Mapping[str, float]) -> str:
    words = page("patterns")
    said = {name: size(points, words["size"]) for name, points in easier.items()}
    if easier["low"] <= 0:
        return str(words["finding"]["guess_open"]).format(**said)
    return str(words["finding"]["guess"]).format(**said)


def _cautions(one: Association) -> list[str]:
    words = page("patterns")["finding"]
    night = one.lag is Lag.SAME_DAY and one.caution is None
    together = words[
        "caution_together" if one.caution else "caution_night" if night else "caution_next"
    ]
    if not _is_activity(one.contributor):
        return [together]
    harder = one.link is not None and one.link.effect > 0
    return [together, words["caution_activity" if harder else "caution_activity_less"]]


def _other(one: Association, plan_names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": _name(one.contributor, plan_names),
        "text": _other_text(one),
        "verdict": one.verdict,
        "linked": None if one.link is None else linked_of(one.link.inclusion),
    }


def _other_text(one: Association) -> str:
    words = page("patterns")["others"]
    if one.link is None:
        flat = one.days >= DAYS_NEEDED
        return str(words["flat"] if flat else words["collecting"]).format(days=one.days)
    key = "activity_fine" if _is_activity(one.contributor) else "nothing_seen"
    return str(words[key]).format(apart=DOTS - linked_of(one.link.inclusion), days=one.days)


def _row(one: Association, plan_names: Mapping[str, str]) -> dict[str, str]:
    words, link = page("patterns")["table"], one.link
    none = words["none"]
    return {
        "thing": _name(one.contributor, plan_names),
        "when": words["same" if one.lag is Lag.SAME_DAY else "next"],
        "chance": none if link is None else f"{link.inclusion:.2f}",
        "size": none if link is None else _signed(link.effect),
        "range": none if link is None else f"{_signed(link.low)} to {_signed(link.high)}",
        "days": str(one.days),
    }


def _test(said: list[Association], rest: list[Association]) -> str:
    """Name the ready-made test that suits the surest finding; "own" is one of their own."""
    first = next(iter(said or rest), None)
    return "" if first is None else str(_thing(first.contributor)["test"])


def _signed(points: float) -> str:
    return f"{points:+.2f}".replace("-", "−")


def _is_activity(contributor: str) -> bool:
    return contributor == "steps" or contributor.startswith(DOSE)


def _thing(contributor: str) -> Mapping[str, str]:
    things: Mapping[str, Mapping[str, str]] = page("patterns")["things"]
    if contributor.startswith(DOSE):
        return things["dose"]
    return things["own"] if contributor.startswith(OWN) else things[contributor]


def _name(contributor: str, plan_names: Mapping[str, str]) -> str:
    return _thing(contributor)["name"].format(name=_own_name(contributor, plan_names))


def _own_name(contributor: str, plan_names: Mapping[str, str]) -> str:
    if contributor.startswith(DOSE):
        id = contributor.removeprefix(DOSE)
        return plan_names.get(id) or id
    return contributor.removeprefix(OWN)
